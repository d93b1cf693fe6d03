"""Saturation after Guest, Namey & Chen (2020): base, run, threshold, counted by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.core.saturation import saturation


def study(*new: int) -> dict[str, list[str]]:
    """Return documents each of which brings this many codes that no earlier one had, and repeats the first."""
    codes: dict[str, list[str]] = {}
    made = 0
    for n, count in enumerate(new):
        fresh = [f"c{made + k}" for k in range(count)]
        codes[f"d{n:02}"] = [*fresh, "c0"] if made else fresh
        made += count
    return codes


def test_ratio_is_new_codes_of_the_run_over_codes_of_the_base() -> None:
    found = saturation(study(10, 5, 3, 2, 1, 1, 0, 0))
    assert found.base_codes == 20
    ratios = [step.ratio for step in found.steps]
    assert ratios[:5] == [None] * 5
    assert ratios[5:] == pytest.approx([2 / 20, 1 / 20, 0 / 20])
    assert found.reached == 5
    assert found.reading.startswith("5+2:")


def test_runs_overlap_and_move_on_by_one() -> None:
    found = saturation(study(4, 4, 4, 4, 4, 0, 4, 0), threshold=0.0)
    assert [step.ratio for step in found.steps][5:] == pytest.approx([4 / 16, 4 / 16, 4 / 16])
    assert found.reached is None
    assert "still brought 25 %" in (found.reason or "")
    assert found.reading == found.reason


def test_too_few_documents_is_a_reason_not_a_number() -> None:
    found = saturation(study(3, 1))
    assert found.reached is None and "2 documents are fewer" in found.reading


def test_empty_base_is_a_reason_not_a_division_by_zero() -> None:
    found = saturation({f"d{n}": [] for n in range(8)})
    assert found.reached is None and "nothing was coded" in found.reading
    assert all(step.ratio is None for step in found.steps)


def test_random_orders_give_the_same_band_for_the_same_seed() -> None:
    once = saturation(study(6, 3, 2, 1, 1, 0, 0, 0), orders=50, seed=7)
    again = saturation(study(6, 3, 2, 1, 1, 0, 0, 0), orders=50, seed=7)
    assert once.resampled == again.resampled
    assert once.resampled is not None
    assert once.resampled.median[-1] == 13
    assert list(once.resampled.reached) == sorted(once.resampled.reached)


def test_random_orders_of_too_few_documents_reach_nothing() -> None:
    found = saturation(study(3, 1), orders=5)
    assert found.resampled is not None and found.resampled.reached == (0.0, 0.0)


@given(st.lists(st.integers(0, 4), min_size=1, max_size=10))
def test_curve_never_falls_and_ends_with_all_codes(new: list[int]) -> None:
    codes = study(*new)
    found = saturation(codes, orders=5)
    counts = [step.cumulative for step in found.steps]
    assert counts == sorted(counts)
    assert counts[-1] == len({code for given_codes in codes.values() for code in given_codes})
    assert sum(len(step.new_codes) for step in found.steps) == counts[-1]
