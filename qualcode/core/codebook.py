"""The codebook: a tree of codes with rules, facets that qualify a coding, themes and the codes they are fed by."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from qualcode.errors import InputError, UnknownName

_CODE_ID = re.compile(r"[^\W_][\w-]*(?:\.[^\W_][\w-]*)*")
_LIMIT = 1000


@dataclass(frozen=True, slots=True)
class WeightScale:
    """How strongly a coding may be weighted: whole numbers from `low` to `high`, both included; `means` says of what."""

    low: int = 0
    high: int = 100
    means: str = ""

    def __str__(self) -> str:
        return f"{self.low}–{self.high}" + (f" ({self.means})" if self.means else "")

    def checked(self, weight: int) -> int:
        """Return the weight; InputError where the scale does not hold it."""
        if not self.low <= weight <= self.high:
            raise InputError(
                f"{weight} is outside the weights {self}",
                hint=f"a whole number from {self.low} to {self.high}",
            )
        return weight


@dataclass(frozen=True, slots=True)
class Source:
    """The publication a codebook is modelled on."""

    title: str = ""
    year: str = ""
    doi: str = ""

    def __bool__(self) -> bool:
        return bool(self.title or self.year or self.doi)


@dataclass(frozen=True, slots=True)
class Code:
    """One code. `key` is its full id (`benefit.trust`), unique in the project and kept when the code moves.

    `wording` counts the changes of what coders go by (name, definition, rules, example); `version` counts all."""

    key: str
    name: str
    parent: str | None = None
    definition: str = ""
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    example: tuple[str, ...] = ()
    color: str | None = None
    quick_key: str | None = None
    aliases: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    id: int = 0
    uid: uuid.UUID | None = None
    version: int = 1
    wording: int = 1
    weights: WeightScale | None = None


@dataclass(frozen=True, slots=True)
class FacetValue:
    key: str
    name: str
    definition: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class Facet:
    """A single-choice qualifier of a coding. `applies_to` names branches (empty: every code);

    `only_if` maps another facet to the values under which this one is asked."""

    key: str
    name: str
    values: tuple[FacetValue, ...]
    definition: str = ""
    applies_to: tuple[str, ...] = ()
    required: bool = False
    only_if: dict[str, tuple[str, ...]] = field(default_factory=dict)
    id: int = 0

    def value(self, key: str) -> FacetValue:
        """Return the value of this key, ignoring case; UnknownName otherwise."""
        for value in self.values:
            if value.key.casefold() == key.casefold():
                return value
        raise UnknownName(f"value of facet {self.key}", key, [value.key for value in self.values])


@dataclass(frozen=True, slots=True)
class Theme:
    key: str
    name: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Touched:
    """What stands on a code and those `below` it: `codings` as (coder, round, how many), `consensus` codings, and
    `others` as (what, how many). With `may_be_more` a blind open round may hide what others coded."""

    code: str
    below: tuple[str, ...]
    codings: tuple[tuple[str, str, int], ...]
    consensus: int
    others: tuple[tuple[str, int], ...]
    themes: tuple[str, ...]
    facets: tuple[str, ...]
    may_be_more: bool


@dataclass(frozen=True)
class Codebook:
    """A codebook in tree order (parents before their children, siblings as the team sorted them)."""

    title: str = ""
    about: str = ""
    codes: tuple[Code, ...] = ()
    facets: tuple[Facet, ...] = ()
    themes: tuple[Theme, ...] = ()
    rules: tuple[str, ...] = ()
    source: Source = Source()

    @cached_property
    def by_key(self) -> dict[str, Code]:
        return {code.key: code for code in self.codes}

    @cached_property
    def by_id(self) -> dict[int, Code]:
        return {code.id: code for code in self.codes}

    @cached_property
    def children(self) -> dict[str | None, tuple[Code, ...]]:
        below: dict[str | None, list[Code]] = {}
        for code in self.codes:
            below.setdefault(code.parent, []).append(code)
        return {parent: tuple(codes) for parent, codes in below.items()}

    def find(self, name: str) -> Code:
        """Return the code meant by a full id, a path of names (`What helps > Trust`), an alias or a unique leaf.

        Case is ignored. UnknownName when nothing or more than one code fits."""
        wanted = name.strip().casefold()
        exact = [code for code in self.codes if code.key.casefold() == wanted]
        if exact:
            return exact[0]
        found = [
            code
            for code in self.codes
            if wanted in (code.name.casefold(), code.key.casefold().rpartition(".")[2])
            or wanted == " > ".join(self.path(code.key)).casefold()
            or wanted in (alias.casefold() for alias in code.aliases)
        ]
        if len(found) == 1:
            return found[0]
        if found:
            raise UnknownName("single code", name, [code.key for code in found])
        raise UnknownName("code", name, [code.key for code in self.codes])

    def facet(self, name: str) -> Facet:
        for facet in self.facets:
            if facet.key.casefold() == name.casefold():
                return facet
        raise UnknownName("facet", name, [facet.key for facet in self.facets])

    def path(self, key: str) -> tuple[str, ...]:
        """Return the names from the root down to this code."""
        names: list[str] = []
        step: str | None = key
        while step is not None:
            code = self.by_key[step]
            names.append(code.name)
            step = code.parent
        return tuple(reversed(names))

    def ancestors(self, key: str) -> tuple[str, ...]:
        """Return the ids above this code, nearest first."""
        above: list[str] = []
        step = self.by_key[key].parent
        while step is not None:
            above.append(step)
            step = self.by_key[step].parent
        return tuple(above)

    def depth(self, key: str) -> int:
        """Return 1 for a top-level code."""
        return len(self.ancestors(key)) + 1

    def branch(self, key: str) -> tuple[str, ...]:
        """Return the id itself and every id below it, in tree order."""
        found = [key]
        for child in self.children.get(key, ()):
            found.extend(self.branch(child.key))
        return tuple(found)

    def walk(self) -> Iterator[tuple[int, Code]]:
        """Yield (depth from 0, code) in tree order."""
        stack = [(0, code) for code in reversed(self.children.get(None, ()))]
        while stack:
            depth, code = stack.pop()
            yield depth, code
            stack.extend((depth + 1, child) for child in reversed(self.children.get(code.key, ())))

    def facets_for(self, key: str) -> tuple[Facet, ...]:
        """Return the facets that are asked for a coding with this code."""
        line = {key, *self.ancestors(key)}
        return tuple(
            facet for facet in self.facets if not facet.applies_to or line & set(facet.applies_to)
        )

    def asked_facets(self, key: str, answers: Mapping[str, str]) -> dict[str, str]:
        """Return those answers that belong to facets asked for this code; all of them where the code is gone.

        A facet with a condition is asked where the answers that remain fulfil it."""
        if key not in self.by_key:
            return dict(answers)
        asked = {facet.key: facet for facet in self.facets_for(key)}
        kept = {facet: value for facet, value in answers.items() if facet in asked}
        while True:
            unasked = [
                facet
                for facet in kept
                if not all(kept.get(on) in v for on, v in asked[facet].only_if.items())
            ]
            if not unasked:
                return kept
            for facet in unasked:
                del kept[facet]

    def scale_of(self, key: str) -> WeightScale:
        """Return the scale for the weights of this code: its own, the nearest one above it, or 0–100."""
        if key not in self.by_key:
            return WeightScale()
        for step in (key, *self.ancestors(key)):
            scale = self.by_key[step].weights
            if scale is not None:
                return scale
        return WeightScale()

    def color_of(self, key: str) -> str | None:
        """Return the code's own colour, or the nearest one above it."""
        for step in (key, *self.ancestors(key)):
            if self.by_key[step].color:
                return self.by_key[step].color
        return None


def in_tree_order(codes: Iterable[Code]) -> tuple[Code, ...]:
    """Return the codes parents first, siblings in the order given; a code whose parent is missing stands at the root."""
    given = list(codes)
    keys = {code.key for code in given}
    below: dict[str | None, list[Code]] = {}
    for code in given:
        below.setdefault(code.parent if code.parent in keys else None, []).append(code)
    ordered: list[Code] = []
    stack = list(reversed(below.get(None, [])))
    while stack:
        code = stack.pop()
        ordered.append(code)
        stack.extend(reversed(below.get(code.key, [])))
    return tuple(ordered)


def code_leaf(name: str) -> str:
    """Return the last part of the id that follows from a name: `Children's Division` gives `children_s_division`."""
    leaf = re.sub(r"[^\w]+", "_", name.strip().casefold()).strip("_")
    if not leaf:
        raise InputError(f"{name!r} gives no id", hint="use letters or digits in the name")
    return leaf


def checked_code_id(key: str) -> str:
    """Return the id, or InputError where a codebook file could not hold it."""
    if not _CODE_ID.fullmatch(key.strip()):
        raise InputError(
            f"{key!r} is no id for a code", hint="letters, digits, _ and -; dots between the parts"
        )
    return key.strip()


def scale_from(text: str) -> WeightScale:
    """Return the scale written as `1-5` or `1-5 how strong`; InputError otherwise."""
    found = re.fullmatch(r"(\d+) ?(?:-|–|\.\.|to) ?(\d+) ?(.*)", " ".join(text.split()))
    if not found:
        raise _no_scale(text)
    means = found[3]
    if means.startswith("(") and means.endswith(")"):
        means = means[1:-1]
    return checked_scale(int(found[1]), int(found[2]), means)


def checked_scale(low: int, high: int, means: str = "") -> WeightScale:
    """Return the scale; InputError where its ends are in the wrong order or beyond what weights may be."""
    if not 0 <= low < high <= _LIMIT:
        raise _no_scale(f"{low}-{high}")
    return WeightScale(low, high, means)


def _no_scale(text: str) -> InputError:
    return InputError(
        f"{text!r} is no scale of weights",
        hint=f"two whole numbers from 0 to {_LIMIT}, the smaller first: 1-5 how strong",
    )
