"""Codings as columns, and what is told of two codes that stand together."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from qualcode.errors import InputError

if TYPE_CHECKING:
    import numpy as np

    Ints: TypeAlias = np.ndarray[Any, np.dtype[np.int64]]


class Relation(enum.StrEnum):
    """When two codings stand together."""

    OVERLAP = "overlap"
    TURN = "turn"
    SENTENCE = "sentence"
    NEAR = "near"


NEAR_CHARACTERS = 200
"""How far apart, in code points, two codings may stand that are `near` each other, unless told otherwise."""


@dataclass(frozen=True)
class CodedSpans:
    """Codings as columns. `layer` numbers who coded what (one coder, one round, one document): only codings of the same

    layer can stand together. `document` and `code` number the names in `documents` and `codes`; `revisions` are the ids
    of the documents' revisions."""

    layer: Ints
    document: Ints
    start: Ints
    end: Ints
    code: Ints
    codes: tuple[str, ...]
    documents: tuple[str, ...]
    revisions: tuple[int, ...] = ()

    def __len__(self) -> int:
        return len(self.start)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two codes that stand together. `together` counts pairs of codings (overlap, near) or units (turn, sentence).

    `jaccard` is what both cover over what either covers: characters for overlap, units for turn and sentence; None,
    with `jaccard_reason`, for near, which has no common ground to measure. `first_met` of the codings (or units) of
    the first code meet the second, and the other way round."""

    first: str
    second: str
    together: int
    documents: int
    first_met: int
    second_met: int
    first_all: int
    second_all: int
    jaccard: float | None
    jaccard_reason: str | None = None


@dataclass(frozen=True, slots=True)
class CoOccurrences:
    """All pairs of codes that stand together at least once, most often first."""

    pairs: tuple[Pair, ...]
    relation: Relation
    distance: int | None
    basis: str
    codings: int
    notes: tuple[str, ...] = ()


def relation_from(text: str) -> Relation:
    try:
        return Relation(text.strip().casefold())
    except ValueError:
        raise InputError(
            f"{text!r} is no way to stand together",
            hint="one of " + ", ".join(relation.value for relation in Relation),
        ) from None
