"""A narrative as blocks: their order, where something new would stand, how they look, how the page scrolls."""

from __future__ import annotations

from dataclasses import replace

import pytest
from textual.geometry import Size

from qualcode.core.narrative import NarrativeView, ProseKind
from qualcode.errors import Refused
from qualcode.services.narrative import Spot
from qualcode.tui.screens.narrative.block_list import BlockList
from qualcode.tui.screens.narrative.blocks import (
    Block,
    Kind,
    blocks_of,
    find_block,
    spot_behind,
    spot_moved,
)
from qualcode.tui.screens.narrative.drawing import block_lines, detail_lines
from qualcode.tui.widgets.lines import Line
from tests.formats.test_narrative import view


def kinds(found: NarrativeView) -> list[str]:
    return [one.kind.value for one in blocks_of(found)]


def at(blocks: tuple[Block, ...], text: str) -> int:
    return next(n for n, one in enumerate(blocks) if one.text.startswith(text))


def written(lines: list[Line]) -> str:
    return "\n".join("".join(text for text, _ in line) for line in lines)


def test_blocks_stand_in_the_order_of_reading() -> None:
    assert kinds(view()) == [
        "title", "prose", "heading", "prose", "heading", "prose", "passage", "prose", "passage",
        "unplaced", "prose", "against", "prose", "coverage",
    ]  # fmt: skip


def test_what_is_written_behind_a_block_stands_right_there() -> None:
    blocks = blocks_of(view())
    assert spot_behind(blocks, 0) == (Spot(), ProseKind.PROSE)
    assert spot_behind(blocks, 1) == (Spot(behind=5), ProseKind.PROSE)
    assert spot_behind(blocks, at(blocks, "Earned"))[0] == Spot(section="trust.earned")
    assert spot_behind(blocks, at(blocks, "They"))[0] == Spot("trust.earned", 1, 1)
    assert spot_behind(blocks, at(blocks, "Plain."))[0] == Spot("trust.earned", 2)
    assert spot_behind(blocks, at(blocks, "What speaks")) == (Spot(), ProseKind.COUNTER)
    assert spot_behind(blocks, len(blocks) - 1) == (Spot(behind=6), ProseKind.COUNTER)
    with pytest.raises(Refused, match="its place is gone"):
        spot_behind(blocks, at(blocks, "It was so."))


def test_prose_moves_block_by_block_and_stops_at_the_edges() -> None:
    blocks = blocks_of(view())
    assert spot_moved(blocks, 1, 1) == Spot(section="trust")
    with pytest.raises(Refused, match="at the edge of the narrative"):
        spot_moved(blocks, 1, -1)
    assert spot_moved(blocks, at(blocks, "They"), -1) == Spot("trust.earned", None, 4)
    assert spot_moved(blocks, at(blocks, "They"), 1) == Spot("trust.earned", 2)
    assert spot_moved(blocks, at(blocks, "It was so."), -1) == Spot("trust.earned", 2)
    for by in (1, -1):
        with pytest.raises(Refused, match="at the edge of what speaks against"):
            spot_moved(blocks, at(blocks, "But Bob"), by)
    with pytest.raises(Refused, match="only prose"):
        spot_moved(blocks, at(blocks, "Plain."), 1)


def test_prose_does_not_move_among_what_has_no_place() -> None:
    without = replace(view(), sections=view().sections[:1])
    blocks = blocks_of(without)
    with pytest.raises(Refused, match="at the edge of the narrative"):
        spot_moved(blocks, at(blocks, "Nobody knows."), 1)


def test_a_block_is_found_again_after_a_change() -> None:
    before = blocks_of(view())
    after = blocks_of(replace(view(), opening=()))
    for text in ("They", "Plain.", "What speaks", "Earned", "Trust — Site A"):
        here = before[at(before, text)]
        assert after[find_block(after, here, 0)].text == here.text
    assert find_block(after, before[1], 3) == 3
    assert find_block(after, before[1], 99) == len(after) - 1


def test_every_block_fits_its_width_and_says_in_words_what_is_stale() -> None:
    for width in (30, 77, 120):
        for block in blocks_of(view()):
            for line in block_lines(block, view(), width, is_marked=True):
                assert sum(len(text) for text, _ in line) <= max(width, 60)
    shown = "\n".join(
        written(block_lines(one, view(), 90, is_marked=False)) for one in blocks_of(view())
    )
    assert "stale: recoded as rule" in shown
    assert "claim · evidence 1, 2 · Max" in shown
    assert "claim · no evidence yet" in shown
    assert "stale: 1 of the passages it names is not in it any more" in shown
    assert "speaks against · shown by 2 · Max" in shown
    assert "also under Earned trust" in shown
    assert "1 of 2 who could have spoken: Ann." in shown


def test_beside_the_page_stands_where_a_block_comes_from() -> None:
    blocks = blocks_of(view())
    told = written(detail_lines(blocks[at(blocks, "# not")], view(), 44))
    assert "Passage 1" in told and "one, turn 1, 0:01:01" in told and "10–" in told
    assert "claim        They *agree*." in told and "Who speaks" in told
    assert "against" in written(detail_lines(blocks[at(blocks, "Plain.")], view(), 44))
    claim = written(detail_lines(blocks[at(blocks, "They")], view(), 44))
    assert "Its evidence" in claim and "   2  Ann, officer" in claim
    assert written(detail_lines(blocks[1], view(), 44)).startswith("Who speaks")
    assert written(detail_lines(blocks[0], view(), 44)).startswith("Who speaks")


class Sized(BlockList):
    """A page of blocks that is on no screen."""

    @property
    def size(self) -> Size:
        return Size(40, 10)


def page_of(*heights: int) -> BlockList:
    blocks = Sized()
    blocks.fill(
        len(heights),
        lambda index: [*[((f"{index}.{n}", ""),) for n in range(heights[index])], ()],
        cursor=0,
    )
    return blocks


def test_the_block_at_the_cursor_is_always_seen_whole_where_it_fits() -> None:
    blocks = page_of(3, 3, 3, 3, 3)
    for cursor in (4, 0, 2, 3, 1, 4):
        blocks.go(cursor)
        shown = blocks.text.split("\n")
        assert all(any(line.endswith(f"{cursor}.{n}") for line in shown) for n in range(3))
        assert len(shown) <= 10
        assert any(line.startswith("▸ ") and line.endswith(f"{cursor}.0") for line in shown)


def test_a_block_higher_than_the_screen_is_read_line_by_line_before_the_next() -> None:
    blocks = page_of(2, 25, 2)
    blocks.go(1)
    seen = set(blocks.text.split())
    while blocks.cursor == 1:
        blocks.step(1)
        seen |= set(blocks.text.split())
    assert {f"1.{n}" for n in range(25)} <= seen and blocks.cursor == 2
    blocks.step(-1)
    blocks.step(-1)
    assert blocks.cursor in (0, 1)


def test_pages_lead_through_everything_to_both_ends() -> None:
    blocks = page_of(*[2] * 40)
    seen = set(blocks.text.split())
    for _ in range(40):
        blocks.page(1)
        seen |= set(blocks.text.split())
    assert {f"{n}.1" for n in range(40)} <= seen and blocks.cursor == 39
    for _ in range(40):
        blocks.page(-1)
    assert blocks.cursor == 0 and "0.0" in blocks.text


def test_what_is_covered_at_the_foot_does_not_hide_the_cursor() -> None:
    blocks = page_of(3, 3, 3, 3)
    blocks.covered = 6
    blocks.go(3)
    rows = blocks.text.split("\n")
    assert max(n for n, row in enumerate(rows) if "3." in row) < 4


def test_the_wheel_moves_the_text_and_a_click_the_cursor() -> None:
    blocks = page_of(*[2] * 20)
    blocks._scroll(3)
    assert blocks.cursor == 1
    blocks._scroll(-3)
    assert blocks._at(0) == 0 and blocks._at(4) == 1
    blocks.go(19)
    blocks._scroll(-9)
    assert blocks.cursor < 19 and f"{blocks.cursor}.0" in blocks.text


def test_of_two_thousand_blocks_only_those_are_drawn_that_are_seen() -> None:
    asked: list[int] = []
    blocks = Sized()

    def draw(index: int) -> list[Line]:
        asked.append(index)
        return [((f"{index}", ""),), ()]

    blocks.fill(2_000, draw, cursor=0)
    blocks.go(1_999)
    for _ in range(5):
        blocks.page(-1)
    assert 0 < blocks.cursor < 1_999 and len(set(asked)) < 100


def test_an_empty_page_shows_nothing() -> None:
    blocks = page_of()
    blocks.go(3)
    blocks.step(1)
    assert (blocks.cursor, blocks.text.strip(), blocks._at(0)) == (0, "", None)


def test_headings_without_a_depth_are_named_as_what_has_no_subtheme() -> None:
    (first, *_) = (one for one in blocks_of(view()) if one.kind is Kind.HEADING)
    assert first.words == "Trust, without a subtheme"
