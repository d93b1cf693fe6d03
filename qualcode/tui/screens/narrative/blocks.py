"""A narrative as a row of blocks: title, subtheme headings, passages, prose, what speaks against, who speaks."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qualcode.core.narrative import NarrativeView, PassageView, ProseKind, ProseView
from qualcode.errors import Refused
from qualcode.services.narrative import Spot


class Kind(enum.StrEnum):
    """What a block is."""

    TITLE = "title"
    HEADING = "heading"
    PASSAGE = "passage"
    PROSE = "prose"
    AGAINST = "against"
    UNPLACED = "unplaced"
    COVERAGE = "coverage"


@dataclass(frozen=True, slots=True)
class Block:
    """`section` is the subtheme it stands in (None: the opening); `role` is set where a group of speakers begins.

    `depth` of a heading counts from 1."""

    kind: Kind
    section: str | None = None
    words: str = ""
    depth: int = 0
    role: str = ""
    passage: PassageView | None = None
    prose: ProseView | None = None

    @property
    def stale(self) -> str | None:
        """Say why it has to be looked at again; None where it stands as it did."""
        if self.passage is not None:
            return self.passage.stale
        if self.prose is None:
            return None
        gone = self.prose.evidence_gone
        if self.prose.stale is None and gone:
            return f"{gone} of the passages it names {'is' if gone == 1 else 'are'} not in it any more"
        return self.prose.stale

    @property
    def is_counter(self) -> bool:
        """Whether it belongs to what speaks against."""
        is_counter = self.prose is not None and self.prose.kind is ProseKind.COUNTER
        return self.kind is Kind.AGAINST or is_counter

    @property
    def text(self) -> str:
        """What is searched: words said, words written, headings, names."""
        if self.passage is not None:
            one = self.passage
            return f"{one.text} {one.speaker} {one.role} {one.document} {one.number}"
        return self.prose.text if self.prose is not None else self.words


def blocks_of(view: NarrativeView) -> tuple[Block, ...]:
    """Return the blocks in the order in which they are read."""
    return tuple(_blocks(view))


def _blocks(view: NarrativeView) -> Iterator[Block]:
    yield Block(Kind.TITLE, words=view.title)
    yield from (Block(Kind.PROSE, prose=one) for one in view.opening)
    for section in view.sections:
        if section.depth or section.groups or section.opening:
            name = section.name if section.depth else f"{section.name}, without a subtheme"
            yield Block(
                Kind.HEADING, section=section.code, words=name, depth=max(section.depth, 1)
            )
        for one in section.opening:
            yield Block(Kind.PROSE, section=section.code, prose=one)
        for group in section.groups:
            role = group.role
            for item in group.items:
                if isinstance(item, PassageView):
                    yield Block(Kind.PASSAGE, section=section.code, role=role, passage=item)
                    role = ""
                else:
                    yield Block(Kind.PROSE, section=section.code, prose=item)
    if view.unplaced:
        yield Block(Kind.UNPLACED, words="Prose whose place is gone")
        yield from (Block(Kind.PROSE, prose=one) for one in view.unplaced)
    yield Block(Kind.AGAINST, words="What speaks against")
    yield from (Block(Kind.PROSE, prose=one) for one in view.counter)
    yield Block(Kind.COVERAGE, words="Who speaks")


def spot_behind(blocks: Sequence[Block], index: int) -> tuple[Spot, ProseKind]:
    """Return the spot right behind a block, and what is written there: prose, or what speaks against."""
    block = blocks[index]
    if block.kind is Kind.COVERAGE:
        return spot_behind(blocks, index - 1)
    if block.kind is Kind.AGAINST:
        return Spot(), ProseKind.COUNTER
    if block.is_counter and block.prose is not None:
        return Spot(behind=block.prose.id), ProseKind.COUNTER
    behind = block.prose.id if block.prose is not None else None
    for above in reversed(blocks[: index + 1]):
        if above.kind is Kind.TITLE:
            return Spot(behind=behind), ProseKind.PROSE
        if above.kind is Kind.HEADING:
            return Spot(section=above.section, behind=behind), ProseKind.PROSE
        if above.passage is not None:
            number = above.passage.number
            return Spot(above.section, number, behind), ProseKind.PROSE
        if above.kind is Kind.UNPLACED:
            break
    raise Refused(
        "nothing new can stand there: its place is gone",
        hint="K moves such a piece back into the narrative",
    )


def spot_moved(blocks: Sequence[Block], index: int, by: int) -> Spot:
    """Return where a piece of prose stands when it goes one block down (`by` 1) or up (-1)."""
    block = blocks[index]
    if block.prose is None:
        raise Refused(
            "only prose can be moved", hint="passages stand in the order of the codebook"
        )
    others = [one for n, one in enumerate(blocks) if n != index]
    behind = index if by > 0 else index - 2
    gone = next((n for n, one in enumerate(others) if one.kind is Kind.UNPLACED), None)
    if gone is not None and gone < index and not block.is_counter:
        behind = gone - 1
    where = "what speaks against" if block.is_counter else "the narrative"
    if not 0 <= behind < len(others) or behind == gone:
        raise Refused(f"it stands at the edge of {where} already")
    target = others[behind]
    if target.is_counter != block.is_counter or target.kind is Kind.COVERAGE:
        raise Refused(f"it stands at the edge of {where} already")
    return spot_behind(others, behind)[0]


def find_block(blocks: Sequence[Block], like: Block, near: int) -> int:
    """Return where a block stands now: the same piece or the same words of an interview; else a place near by."""
    for index, block in enumerate(blocks):
        if _same(like, block):
            return index
    return min(near, len(blocks) - 1)


def place_of(passage: PassageView) -> tuple[str, int, int]:
    """Return what a passage is told by when the narrative is built again: the words of the interview."""
    return passage.document, passage.start, passage.end


def _same(one: Block, other: Block) -> bool:
    if one.prose is not None or other.prose is not None:
        return one.prose is not None and other.prose is not None and one.prose.id == other.prose.id
    if one.passage is not None and other.passage is not None:
        return place_of(one.passage) == place_of(other.passage)
    return (one.kind, one.section) == (other.kind, other.section)
