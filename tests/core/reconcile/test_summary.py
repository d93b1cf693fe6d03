"""How discrepancies are summarized: kinds, pairs, confusions, omissions, wide and narrow coders."""

from __future__ import annotations

from qualcode.core.reconcile import DiscrepancyKind, Habit, summarize
from qualcode.core.reconcile.summary import boundary_habits

from .test_outcomes import claim, only, overlap


def test_a_summary_counts_kinds_pairs_confusions_and_omissions() -> None:
    wide = only(claim("Ana", "benefit.trust", 200, 240), claim("Ben", "benefit.trust", 200, 260))
    missed = only(claim("Ana", "benefit.trust", 300, 340))
    found = summarize([overlap(), wide, missed], decided=[wide])
    assert (found.total, found.decided) == (3, 1)
    assert found.kinds == (
        (DiscrepancyKind.MISSED, 1, 0),
        (DiscrepancyKind.OVERLAP, 1, 0),
        (DiscrepancyKind.BOUNDARY, 1, 1),
    )
    assert found.pairs == (("Ana", "Ben", 3),)
    assert found.confusions == (("benefit.trust", "challenge.mistrust", 1),)
    assert found.omissions == (("benefit.trust", "Ben", 1),)
    assert found.habits == (
        Habit("Ana", None, 1, 0, 1, -20),
        Habit("Ben", None, 1, 1, 0, 20),
    )


def test_habits_can_be_told_code_by_code() -> None:
    wide = only(claim("Ana", "benefit.trust", 200, 240), claim("Ben", "benefit.trust", 200, 260))
    assert [(one.coder, one.code) for one in boundary_habits([wide], by_code=True)] == [
        ("Ana", "benefit.trust"),
        ("Ben", "benefit.trust"),
    ]


def test_nothing_is_summarized_as_nothing() -> None:
    found = summarize([], decided=[])
    assert (found.total, found.kinds, found.habits) == (0, (), ())
