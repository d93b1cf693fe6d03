"""What a sitting takes over after each key: the codings that changed, the counts, and nothing that others imported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest

from qualcode.core.coding import Coding
from qualcode.core.project import Role
from qualcode.errors import Refused
from qualcode.services import codebook, coding
from qualcode.services.project import Project, add_coder, open_project
from qualcode.tui.project_desk import ProjectDesk
from qualcode.tui.sitting import CountKind, Sitting
from qualcode.tui.widgets.transcript import Selection

SITE = {"site": "A"}


class WatchedDesk(ProjectDesk):
    """A desk that remembers which codings it was asked for; None stands for all of a document."""

    def __init__(self, project: Project) -> None:
        super().__init__(project)
        self.asked: list[tuple[int, ...] | None] = []

    def codings(self, document: str, ids: Sequence[int] | None = None) -> tuple[Coding, ...]:
        self.asked.append(None if ids is None else tuple(ids))
        return super().codings(document, ids)


@pytest.fixture
def desk(project: Project) -> WatchedDesk:
    return WatchedDesk(project)


@pytest.fixture
def sitting(desk: WatchedDesk) -> Sitting:
    return seated(desk)


def seated(desk: ProjectDesk, document: str = "talk-1") -> Sitting:
    sitting = Sitting(desk, document, dark=True)
    sitting.load()
    return sitting


def select(sitting: Sitting, start: int, end: int) -> None:
    sitting.model.select(Selection(start, end))


def apply(sitting: Sitting, code: str, start: int, end: int, **facets: str) -> int:
    select(sitting, start, end)
    sitting.apply(code, facets)
    return max(sitting.codings)


def agrees(sitting: Sitting, project: Project) -> None:
    """Hold what the sitting knows against what it would read afresh."""
    fresh = seated(ProjectDesk(project), sitting.document)
    assert sitting.codings == fresh.codings
    assert sitting.model.marks.all() == fresh.model.marks.all()
    assert _positive(sitting.counts) == _positive(fresh.counts)
    assert _positive(sitting.counts_here) == _positive(fresh.counts_here)
    assert {uid: len(memos) for uid, memos in sitting.memos.items()} == {
        uid: len(memos) for uid, memos in fresh.memos.items()
    }


def _positive(counts: dict[str, int]) -> dict[str, int]:
    return {code: count for code, count in counts.items() if count}


def test_undo_and_redo_read_only_the_codings_that_they_changed(
    sitting: Sitting, desk: WatchedDesk, project: Project
) -> None:
    first = apply(sitting, "benefit.trust", 60, 80)
    second = apply(sitting, "challenge.load", 90, 120, **SITE)
    sitting.recode("benefit.goal")
    desk.asked.clear()
    for step in (sitting.undo, sitting.undo, sitting.undo, sitting.redo, sitting.redo):
        step()
        agrees(sitting, project)
    assert desk.asked == [(second,), (second,), (first,), (first,), (second,)]


def test_after_every_kind_of_change_undo_leaves_what_a_fresh_reading_shows(
    sitting: Sitting, project: Project
) -> None:
    apply(sitting, "benefit.trust", 60, 80)
    apply(sitting, "benefit.trust", 75, 95)
    changes = (
        sitting.flag,
        lambda: sitting.write_memo("why"),
        lambda: sitting.set_facets({"site": "B"}),
        lambda: sitting.set_facets({}),
        lambda: (select(sitting, 70, 90), sitting.set_span()),
        lambda: (select(sitting, 80, 85), sitting.split()),
        lambda: (select(sitting, 60, 95), sitting.join()),
        sitting.remove,
    )
    for change in changes:
        change()
        agrees(sitting, project)
    for _ in range(8):
        sitting.undo()
        agrees(sitting, project)
    for _ in range(8):
        sitting.redo()
        agrees(sitting, project)


def test_undoing_a_merge_of_codes_brings_back_code_codings_and_counts(
    sitting: Sitting, desk: WatchedDesk, project: Project
) -> None:
    apply(sitting, "benefit.goal", 60, 80)
    other = seated(ProjectDesk(project), "talk-2")
    apply(other, "benefit.goal", 60, 80)
    desk.merge_codes("benefit.goal", into="benefit.trust")
    sitting.load()
    sitting.use_codebook(dark=True)
    assert _positive(sitting.counts) == {"benefit.trust": 2}
    outcome = sitting.undo()
    assert outcome.changes_codebook
    assert _positive(sitting.counts) == {"benefit.goal": 2}
    agrees(sitting, project)


def test_an_undo_in_another_document_says_so_and_counts_right(
    sitting: Sitting, project: Project
) -> None:
    apply(sitting, "benefit.trust", 60, 80)
    elsewhere = seated(ProjectDesk(project), "talk-2")
    outcome = elsewhere.undo()
    assert outcome.sentence.endswith("(in talk-1)")
    assert _positive(elsewhere.counts) == {}
    agrees(elsewhere, project)


def test_undo_never_takes_back_an_import_or_the_making_of_a_round(
    sitting: Sitting, project: Project
) -> None:
    line = b'{"document": "talk-1", "start": 60, "end": 80, "code": "benefit.trust"}'
    coding.import_codings(project, [("mine.jsonl", line)], round="first")
    sitting.reload()
    apply(sitting, "benefit.goal", 90, 120)
    sitting.undo()
    for _ in range(3):
        with pytest.raises(Refused, match=r"\(codings imported\) was made elsewhere, and stands"):
            sitting.undo()
    assert [one.code for one in sitting.codings.values()] == ["benefit.trust"]
    agrees(sitting, project)


def test_what_others_built_upon_is_not_undone(sitting: Sitting, project: Project) -> None:
    key = sitting.desk.add_code("Respect", parent="benefit")
    sitting.use_codebook(dark=True)
    line = b'{"document": "talk-1", "start": 60, "end": 80, "code": "%s"}' % key.encode()
    add_coder(project, "Ben", role=Role.MENTEE)
    with open_project(str(project.location), coder="Ben") as ben:
        coding.import_codings(ben, [("ben.jsonl", line)], round="first")
    with pytest.raises(Refused) as refused:
        seated(ProjectDesk(project)).undo()
    assert "\n" not in refused.value.message
    assert key in codebook.read_codebook(project).by_key


def test_counts_in_this_document_follow_every_key(sitting: Sitting, project: Project) -> None:
    sitting.count_kind = CountKind.DOCUMENT
    apply(sitting, "benefit.trust", 60, 80)
    apply(sitting, "benefit.trust", 90, 120)
    assert _positive(sitting.shown_counts()) == {"benefit.trust": 2}
    sitting.remove()
    assert _positive(sitting.shown_counts()) == {"benefit.trust": 1}
    sitting.undo()
    assert _positive(sitting.shown_counts()) == Counter({"benefit.trust": 2})


def test_suggestions_for_a_code_end_when_undoing_takes_the_code_away(
    sitting: Sitting, desk: WatchedDesk, project: Project
) -> None:
    code = desk.add_code("Name", parent="benefit")
    sitting.use_codebook(dark=True)
    sitting.toggle_suggestions(code)
    assert sitting.undo().changes_codebook
    assert not sitting.suggestions
    agrees(sitting, project)
