"""A confirmed passage about how actors deal with each other, and what its coder has already said in facets."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

from qualcode.core.network.statements import (
    Basis,
    Formality,
    Mention,
    Presence,
    TieType,
    Valence,
    Word,
)

UNTOLD = frozenset({"unspecified", "unknown", "none", "not_said"})
"""Facet values by which a coder says that it cannot be told; such a field is not asked again."""

_FIRST_PERSON = re.compile(
    r"\b(?:i|i'm|i've|i'd|we|we're|we've|we'd|my|our|me|us|mine|ours)\b", re.I
)
_SITE_IN_TEXT = re.compile(r"\[(?:study )?site ([^\]\s]{1,20})\]", re.I)


@dataclass(frozen=True, slots=True)
class FacetNames:
    """The facet keys of the codebook in which presence, quality and the rest were recorded."""

    site: str = "site"
    presence: str = "presence"
    valence: str = "valence"
    formality: str = "formality"
    direction: str = "direction"
    basis: str = "basis"
    type: str = "tie_type"


@dataclass(frozen=True, slots=True)
class Passage:
    """One consensus coding with a collaboration code, ready to be read for ties.

    `text` holds the speaker's own words within the span `[start, end)`, without the interviewer's; `mentions`
    lie inside the span, with document offsets. `pairs` are the pairs of actor keys its code stands for. `sites` are the sites of the speaker;
    `person` is the actor who is this participant, if the registry has one.
    """

    coding_id: int
    coding_uid: uuid.UUID
    document: str
    start: int
    end: int
    text: str
    code: str
    pairs: tuple[tuple[str, str], ...] = ()
    facets: Mapping[str, str] = field(default_factory=dict)
    mentions: tuple[Mention, ...] = ()
    participant: str | None = None
    speaker_role: str | None = None
    sites: tuple[str, ...] = ()
    person: str | None = None

    @property
    def in_first_person(self) -> bool:
        """Whether the speaker says I, we, my or our."""
        return _FIRST_PERSON.search(self.text.replace("’", "'")) is not None


@dataclass(frozen=True, slots=True)
class Answers:
    """What is known about a passage without guessing. `settled` fields were answered by "cannot be told"."""

    type: TieType
    presence: Presence | None
    valence: Valence | None
    formality: Formality | None
    basis: Basis | None
    site: str | None
    direction: str | None
    settled: tuple[str, ...]
    hints: tuple[str, ...]


def read_answers(passage: Passage, names: FacetNames) -> Answers:
    """Return what facets, the passage and the speaker's only site say; everything else stays None.

    A quality of a tie that is absent or wished is dropped, as its facet should not have been asked.
    """
    facets = passage.facets
    presence = _word(Presence, facets.get(names.presence))
    valence = _word(Valence, facets.get(names.valence))
    if presence not in (Presence.PRESENT, Presence.PAST):
        valence = None if presence is not None else valence
    formality = _word(Formality, facets.get(names.formality))
    if presence is Presence.ABSENT:
        formality = None
    site, hint = _site(passage, facets.get(names.site))
    asked = ("site", "presence", "valence", "formality", "basis", "direction")
    settled = tuple(
        name for name in asked if facets.get(getattr(names, name), "").casefold() in UNTOLD
    )
    return Answers(
        type=_word(TieType, facets.get(names.type)) or TieType.WORKS_WITH,
        presence=presence,
        valence=valence,
        formality=formality,
        basis=_word(Basis, facets.get(names.basis)),
        site=site,
        direction=facets.get(names.direction),
        settled=settled,
        hints=(hint,) if hint else (),
    )


def _site(passage: Passage, facet: str | None) -> tuple[str | None, str]:
    if facet is not None and facet.casefold() not in UNTOLD:
        return facet, ""
    if facet is not None:
        return None, ""
    named = {match.group(1) for match in _SITE_IN_TEXT.finditer(passage.text)}
    if len(named) == 1:
        site = named.pop()
        return site, f"site {site} is named in the passage"
    if len(passage.sites) == 1:
        return passage.sites[0], f"site {passage.sites[0]} is the only one of the speaker"
    return None, ""


def _word(kind: type[Word], value: str | None) -> Word | None:
    wanted = (value or "").strip().casefold()
    return next((word for word in kind if word.value == wanted), None)
