"""What findings stand on: codings with their place in an interview, their speakers and their facets."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from qualcode.core.documents import AttributeType


@dataclass(frozen=True, slots=True)
class Evidence:
    """One stretch `[start, end)` of an interview that a coding claims for a code.

    `participants` are who speaks in it. A coding of a narrative stands for the stretches of the interviews that it
    covers: several pieces of evidence with one `coding_id`, and `through` names the narrative. Where only numbers are
    wanted of very many codings, one piece stands for `count` of them, without ids and places (`coding_id` 0)."""

    coding_id: int
    code: str
    document: str
    revision_id: int
    start: int
    end: int
    participants: tuple[str, ...] = ()
    coder: str = ""
    round: str = ""
    facets: Mapping[str, str] = field(default_factory=dict)
    through: str | None = None
    count: int = 1


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who speaks in the interviews, with attribute values and the documents they speak in."""

    name: str
    values: Mapping[str, tuple[str, ...]]
    documents: tuple[str, ...]

    def value(self, attribute: str) -> tuple[str, ...]:
        """Return the values of an attribute, ignoring the case of its name; empty when there is none."""
        for name, values in self.values.items():
            if name.casefold() == attribute.casefold():
                return values
        return ()


@dataclass(frozen=True)
class Corpus:
    """What could have been said: the documents read (name → length in code points) and who speaks in them."""

    lengths: Mapping[str, int]
    voices: tuple[Voice, ...]
    attributes: Mapping[str, AttributeType]

    @cached_property
    def by_name(self) -> dict[str, Voice]:
        return {voice.name: voice for voice in self.voices}

    def attribute(self, name: str) -> str | None:
        """Return the attribute of this name as it is written, ignoring case; None when there is none."""
        for known in self.attributes:
            if known.casefold() == name.casefold():
                return known
        return None

    def values_of(self, participant: str, attribute: str) -> tuple[str, ...]:
        voice = self.by_name.get(participant)
        return voice.value(attribute) if voice else ()

    def documents_of(self, participants: Iterable[str]) -> tuple[str, ...]:
        """Return the documents read in which any of these speak, by name."""
        found = {
            document
            for name in participants
            if name in self.by_name
            for document in self.by_name[name].documents
        }
        return tuple(sorted(found & set(self.lengths)))

    def length_of(self, documents: Iterable[str]) -> int:
        return sum(self.lengths.get(document, 0) for document in documents)

    def role_of(self, participant: str) -> str:
        """Return what somebody speaks as: the attribute `role`, else `participant`; several joined by a slash."""
        return " / ".join(self.values_of(participant, "role")) or "participant"


def count_codings(evidence: Iterable[Evidence]) -> int:
    """Return how many codings pieces of evidence stand for; pieces of one coding count once."""
    ids: set[int] = set()
    counted = 0
    for one in evidence:
        if one.coding_id:
            ids.add(one.coding_id)
        else:
            counted += one.count
    return counted + len(ids)


def emptiness(evidence: Collection[Evidence], basis: str) -> tuple[str, ...]:
    """Return a note where a layer holds nothing that may be seen, so that zeros are not taken for findings."""
    if evidence:
        return ()
    if basis == "consensus":
        return ("the consensus holds nothing yet: a round gives one when it is reconciled",)
    return (f"no codings of {basis} that may be seen",)
