"""Codings as arrays: who read which documents, and who marked which span with which code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from qualcode.core.agreement.scope import Scope
from qualcode.errors import InputError, SpanError, UnknownName

IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
SpanRow = tuple[str, str, str, int, int]

MOST_CODERS = 62


@dataclass(frozen=True, slots=True, eq=False)
class CodeTree:
    """Codes in tree order: `keys[i]` has the parent `keys[parents[i]]`, or stands at the top where that is −1."""

    keys: tuple[str, ...]
    parents: IntArray

    @staticmethod
    def of(parents: Mapping[str, str | None]) -> CodeTree:
        """Return the tree of {key: key of its parent or None}; a parent that is not a key is refused."""
        keys = tuple(parents)
        at = {key: n for n, key in enumerate(keys)}
        rows = []
        for parent in parents.values():
            if parent is not None and parent not in at:
                raise UnknownName("code", parent, keys)
            rows.append(-1 if parent is None else at[parent])
        tree = CodeTree(keys, np.array(rows, dtype=np.int64))
        tree.depths()
        return tree

    def index(self, key: str) -> int:
        """Return the place of a code; UnknownName otherwise."""
        try:
            return self.keys.index(key)
        except ValueError:
            raise UnknownName("code", key, self.keys) from None

    def depths(self) -> IntArray:
        """Return 1 for codes at the top, 2 below them ...; a circle of parents is refused."""
        depth = np.ones(len(self.keys), dtype=np.int64)
        above = self.parents.copy()
        for _ in range(len(self.keys) + 1):
            if not (above >= 0).any():
                return depth
            depth += above >= 0
            above = np.where(above >= 0, self.parents[above], -1)
        raise InputError("the code tree runs in a circle", hint="a code cannot stand below itself")

    def closure(self) -> BoolArray:
        """Return (codes × codes): row i is true for the code i itself and for all codes above it."""
        size = len(self.keys)
        found = np.eye(size, dtype=np.bool_)
        above = self.parents.copy()
        rows = np.arange(size)
        while (above >= 0).any():
            known = above >= 0
            found[rows[known], above[known]] = True
            above = np.where(known, self.parents[above], -1)
        return found

    def at_level(self, level: int) -> IntArray:
        """Return for each code the place of its ancestor at this depth, or the code itself where it stands above it."""
        depth = self.depths()
        here = np.arange(len(self.keys))
        while (depth[here] > level).any():
            here = np.where(depth[here] > level, self.parents[here], here)
        return here

    def branch(self, key: str) -> IntArray:
        """Return the places of a code and of all codes below it."""
        return np.flatnonzero(self.closure()[:, self.index(key)])


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """Spans of assigned coders, `start` and `end` counted in the text that is in scope (squeezed together)."""

    document: IntArray
    coder: IntArray
    code: IntArray
    start: IntArray
    end: IntArray


@dataclass(frozen=True, slots=True, eq=False)
class SpanSet:
    """Independent codings of a set of documents.

    `document`, `coder` and `code` are places in `documents`, `coders` and `tree.keys`; `start`, `end` are half-open
    offsets in code points of the document. `assigned` (coders × documents) is true where the coder has read the
    document: what she did not mark there was found to need no code. Where it is false her silence is missing data,
    and spans she may have there are left out (`n_left_out`).
    """

    documents: tuple[str, ...]
    coders: tuple[str, ...]
    tree: CodeTree
    scope: Scope
    assigned: BoolArray
    document: IntArray
    coder: IntArray
    code: IntArray
    start: IntArray
    end: IntArray

    def __post_init__(self) -> None:
        if len(self.coders) > MOST_CODERS:
            raise InputError(
                f"{len(self.coders)} coders are too many to compare at once",
                hint=f"name at most {MOST_CODERS} coders",
            )
        if self.assigned.shape != (len(self.coders), len(self.documents)):
            raise InputError(
                "the assignment must have one row per coder and one column per document",
                hint=f"expected {len(self.coders)} × {len(self.documents)}",
            )
        _check_spans(self)

    @property
    def n_left_out(self) -> int:
        """Spans of coders who have not finished the document."""
        return int((~self.assigned[self.coder, self.document]).sum())

    def placed(self) -> Placed:
        """Return the spans that count: of assigned coders, cut to the scope, in squeezed offsets, none empty."""
        start = self.scope.squeeze(self.document, self.start)
        end = self.scope.squeeze(self.document, self.end)
        kept = (end > start) & self.assigned[self.coder, self.document]
        if kept.all():
            return Placed(self.document, self.coder, self.code, start, end)
        return Placed(
            self.document[kept], self.coder[kept], self.code[kept], start[kept], end[kept]
        )

    def document_index(self, name: str) -> int:
        """Return the place of a document; UnknownName otherwise."""
        return _place("document", name, self.documents)

    def masks(self) -> IntArray:
        """Return for each document the assigned coders as bits (coder i is bit i)."""
        bits = np.int64(1) << np.arange(len(self.coders), dtype=np.int64)
        masks: IntArray = (self.assigned * bits[:, None]).sum(axis=0, dtype=np.int64)
        return masks

    def only(
        self, *, codes: Sequence[str] | None = None, coders: Sequence[str] | None = None
    ) -> SpanSet:
        """Return the set with only these codes' spans (the tree stays whole) and only these coders, in the order given."""
        found = self
        if codes is not None:
            wanted = np.zeros(len(self.tree.keys), dtype=np.bool_)
            wanted[[self.tree.index(key) for key in codes]] = True
            found = found._kept(wanted[self.code])
        if coders is not None:
            places = [_place("coder", name, self.coders) for name in coders]
            new = np.full(len(self.coders), -1, dtype=np.int64)
            new[places] = np.arange(len(places))
            found = found._kept(new[found.coder] >= 0)
            found = replace(
                found,
                coders=tuple(coders),
                coder=new[found.coder],
                assigned=self.assigned[places],
            )
        return found

    def without(self, coder: str) -> SpanSet:
        """Return the set without one coder."""
        _place("coder", coder, self.coders)
        return self.only(coders=[name for name in self.coders if name != coder])

    def recoded(self, new: IntArray) -> SpanSet:
        """Return the set with every span's code c replaced by `new[c]`; −1 drops the span."""
        kept = self._kept(new[self.code] >= 0)
        return replace(kept, code=new[kept.code])

    def _kept(self, rows: BoolArray) -> SpanSet:
        if rows.all():
            return self
        return replace(
            self,
            document=self.document[rows],
            coder=self.coder[rows],
            code=self.code[rows],
            start=self.start[rows],
            end=self.end[rows],
        )


def span_set(
    documents: Mapping[str, int],
    spans: Iterable[SpanRow],
    *,
    coders: Sequence[str] | None = None,
    codes: Mapping[str, str | None] | Sequence[str] | None = None,
    done: Iterable[tuple[str, str]] | None = None,
    scope: Mapping[str, Sequence[tuple[int, int]]] | None = None,
) -> SpanSet:
    """Return the spans as a SpanSet.

    `documents`: {name: length in code points}; `spans`: (document, coder, code, start, end), half-open.
    `coders` and `codes` default to those that occur; `codes` may map each code to its parent. `done`: pairs
    (coder, document) that are finished; None means that every coder has read every document. `scope`: intervals per
    document that count (participants' turns, say); a document not named counts whole.
    """
    rows = list(spans)
    names = tuple(documents)
    people = tuple(coders) if coders is not None else tuple(dict.fromkeys(row[1] for row in rows))
    if codes is None:
        codes = tuple(dict.fromkeys(row[2] for row in rows))
    tree = CodeTree.of(codes if isinstance(codes, Mapping) else dict.fromkeys(codes))
    assigned = np.full((len(people), len(names)), done is None, dtype=np.bool_)
    for coder, document in done or ():
        assigned[_place("coder", coder, people), _place("document", document, names)] = True
    place = _numbers("document", [row[0] for row in rows], names)
    coder_of = _numbers("coder", [row[1] for row in rows], people)
    code = _numbers("code", [row[2] for row in rows], tree.keys)
    lengths = np.array([documents[name] for name in names], dtype=np.int64)
    return SpanSet(
        documents=names,
        coders=people,
        tree=tree,
        scope=Scope.of(lengths, [None if scope is None else scope.get(name) for name in names]),
        assigned=assigned,
        document=place,
        coder=coder_of,
        code=code,
        start=np.array([row[3] for row in rows], dtype=np.int64),
        end=np.array([row[4] for row in rows], dtype=np.int64),
    )


def _numbers(kind: str, values: Iterable[str], names: tuple[str, ...]) -> IntArray:
    at = {name: n for n, name in enumerate(names)}
    try:
        return np.array([at[value] for value in values], dtype=np.int64)
    except KeyError as missing:
        raise UnknownName(kind, str(missing.args[0]), names) from None


def _place(kind: str, name: str, known: Sequence[str]) -> int:
    try:
        return list(known).index(name)
    except ValueError:
        raise UnknownName(kind, name, known) from None


def _check_spans(spans: SpanSet) -> None:
    wrong = (
        (spans.start < 0)
        | (spans.end <= spans.start)
        | (spans.end > spans.scope.lengths[spans.document])
    )
    if wrong.any():
        row = int(np.flatnonzero(wrong)[0])
        raise SpanError(
            f"span {spans.start[row]}–{spans.end[row]} does not lie in"
            f" {spans.documents[spans.document[row]]}",
            hint="spans are half-open, counted in code points, and may not be empty",
        )
