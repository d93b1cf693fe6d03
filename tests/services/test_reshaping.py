"""One coding made into two and several into one, as one command each."""

from __future__ import annotations

import pytest

from qualcode.core.coding import Coding
from qualcode.errors import Refused
from qualcode.services import audit, coding
from qualcode.services.project import Project
from tests.study import ROUND, Study


@pytest.fixture
def mine(small: Study) -> Project:
    return small.by("Ana")


def made(project: Project, start: int, end: int, code: str = "challenge.load") -> Coding:
    facets = {"site": "A"} if code.startswith("challenge") else {}
    return coding.apply_code(
        project, code, document="talk-1", round=ROUND, start=start, end=end, facets=facets
    ).coding


def spans(project: Project) -> list[tuple[int, int]]:
    return sorted((one.start, one.end) for one in coding.list_codings(project, document="talk-1"))


def test_both_parts_keep_all_that_the_coding_had(mine: Project) -> None:
    whole = made(mine, 40, 90)
    coding.weigh_coding(mine, whole.id, 7)
    coding.change_coding(mine, whole.id, flagged=True)
    coding.write_memo(mine, "why", target_type="coding", target_uid=whole.uid)
    first, second = coding.split_coding(mine, whole.id, at=61)
    assert (first.id, first.start, second.start, second.end) == (whole.id, 40, 61, 90)
    for part in (first, second):
        assert (part.code, part.facets, part.weight, part.flagged) == (
            "challenge.load", {"site": "A"}, 7, True,
        )  # fmt: skip
    assert [memo.target_uid for memo in coding.list_memos(mine)] == [whole.uid]
    audit.undo(mine)
    assert spans(mine) == [(40, 90)]
    audit.redo(mine)
    assert spans(mine) == [(40, first.end), (61, 90)]


def test_blanks_before_the_second_part_belong_to_neither(mine: Project) -> None:
    from qualcode.services.documents import open_document

    text = open_document(mine, "talk-1").text
    at = text.index(" ", 50) + 1
    first, second = coding.split_coding(mine, made(mine, 40, at + 20).id, at=at)
    assert text[first.end : second.start].strip() == "" and first.end == at - 1


def test_a_split_needs_two_parts_that_are_free(mine: Project) -> None:
    whole = made(mine, 40, 90)
    for at in (40, 90, 10):
        with pytest.raises(Refused, match="inside the coding"):
            coding.split_coding(mine, whole.id, at=at)
    made(mine, 61, 90)
    with pytest.raises(Refused, match="already"):
        coding.split_coding(mine, whole.id, at=61)
    assert spans(mine) == [(40, 90), (61, 90)]


def test_joined_codings_reach_over_all_and_their_memos_come_along(mine: Project) -> None:
    parts = [made(mine, start, start + 15) for start in (80, 40, 60)]
    coding.write_memo(mine, "a thought", target_type="coding", target_uid=parts[0].uid)
    joined = coding.join_codings(mine, [one.id for one in parts])
    assert (joined.id, joined.start, joined.end) == (parts[1].id, 40, 95)
    assert [memo.target_uid for memo in coding.list_memos(mine)] == [joined.uid]
    audit.undo(mine)
    assert spans(mine) == [(40, 55), (60, 75), (80, 95)]
    assert [memo.target_uid for memo in coding.list_memos(mine)] == [parts[0].uid]


def test_only_codings_that_are_alike_are_joined(mine: Project, small: Study) -> None:
    one = made(mine, 40, 60)
    with pytest.raises(Refused, match="alone"):
        coding.join_codings(mine, [one.id, one.id])
    with pytest.raises(Refused, match="one code"):
        coding.join_codings(mine, [one.id, made(mine, 50, 70, "benefit.trust").id])
    other = made(mine, 70, 90)
    coding.change_coding(mine, other.id, facets={"site": "B"})
    with pytest.raises(Refused, match="differ in their facets"):
        coding.join_codings(mine, [one.id, other.id])
    assert len(spans(mine)) == 3
