"""Which passages make a narrative, and in which order they stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qualcode.core.codebook import Codebook
from qualcode.core.compare.evidence import Corpus, Evidence

ORDER = (
    "subthemes in the order of the codebook; within a subtheme the speakers' roles by name; "
    "within a role the documents by name, each in its own order; a passage that was given several of "
    "the subthemes stands under the first"
)


@dataclass(frozen=True, slots=True)
class Section:
    """A subtheme: one code of the theme's branch. `depth` counts from 0 for the theme itself."""

    code: str
    name: str
    depth: int
    definition: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """One passage before it has a place in a text. `also` are further subthemes it was coded with."""

    evidence: Evidence
    section: str
    role: str
    also: tuple[str, ...] = ()

    @property
    def place(self) -> tuple[int, int, int]:
        return self.evidence.revision_id, self.evidence.start, self.evidence.end


@dataclass(frozen=True, slots=True)
class Arranged:
    """The passages of a narrative in their order, and the subthemes that hold them (with what stands above those)."""

    sections: tuple[Section, ...]
    drafts: tuple[Draft, ...]

    @property
    def by_place(self) -> Mapping[tuple[int, int, int], Draft]:
        return {draft.place: draft for draft in self.drafts}


def sections_of(codebook: Codebook, codes: Sequence[str]) -> tuple[Section, ...]:
    """Return a section for every code of these branches, in tree order; with several branches each begins at depth 1."""
    found: dict[str, Section] = {}
    for start in codes:
        base = codebook.depth(start) - (1 if len(codes) > 1 else 0)
        for key in codebook.branch(start):
            code = codebook.by_key[key]
            section = Section(key, code.name, codebook.depth(key) - base, code.definition)
            found.setdefault(key, section)
    return tuple(found.values())


def arrange(evidence: Iterable[Evidence], sections: Sequence[Section], corpus: Corpus) -> Arranged:
    """Return the passages of these subthemes in the order that `ORDER` states; the same span stands once."""
    rank = {section.code: n for n, section in enumerate(sections)}
    at_place: dict[tuple[int, int, int], list[Evidence]] = {}
    for one in evidence:
        if one.code in rank:
            at_place.setdefault((one.revision_id, one.start, one.end), []).append(one)
    drafts = []
    for found in at_place.values():
        found.sort(key=lambda one: (rank[one.code], one.coding_id))
        first = found[0]
        also = tuple(dict.fromkeys(one.code for one in found[1:] if one.code != first.code))
        drafts.append(Draft(first, first.code, _role(first, corpus), also))
    drafts.sort(
        key=lambda draft: (
            rank[draft.section],
            draft.role,
            draft.evidence.document,
            draft.evidence.start,
            draft.evidence.end,
        )
    )
    return Arranged(_used(sections, {draft.section for draft in drafts}), tuple(drafts))


def _role(one: Evidence, corpus: Corpus) -> str:
    roles = dict.fromkeys(corpus.role_of(name) for name in one.participants)
    return " and ".join(roles) or "speaker not on record"


def _used(sections: Sequence[Section], codes: set[str]) -> tuple[Section, ...]:
    """Return the sections that hold passages, and those above them, so that headings nest."""
    kept: list[Section] = []
    open_depths: dict[int, Section] = {}
    for section in sections:
        open_depths = {
            depth: above for depth, above in open_depths.items() if depth < section.depth
        }
        open_depths[section.depth] = section
        if section.code in codes:
            kept += [above for above in open_depths.values() if above not in kept]
    return tuple(kept)
