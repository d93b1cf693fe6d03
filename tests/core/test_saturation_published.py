"""Saturation against the quotients of the example that its reference works through.

Guest, Namey & Chen (2020, PLoS ONE 15(5): e0232076): four interviews give a base of 37 themes; a run of two interviews
with a quotient of 11 % is still above the threshold of 5 %; the next run brings one new theme, 1 of 37, and ends it.
The counts per interview are chosen so that they give these quotients.
"""

from __future__ import annotations

import pytest

from qualcode.core.saturation import saturation

NEW = (20, 9, 5, 3, 0, 3, 1, 0, 1, 0, 0, 0)


def themes() -> dict[str, list[str]]:
    """Return interviews that bring so many themes each that none before them had."""
    made = iter(range(sum(NEW)))
    return {
        f"interview {n}": [f"theme {next(made)}" for _ in range(count)]
        for n, count in enumerate(NEW, start=1)
    }


def test_the_base_and_the_quotients_of_the_runs_are_those_of_the_reference() -> None:
    found = saturation(themes(), base=4, run=2, threshold=0.05)
    assert found.base_codes == 37
    ratios = [step.ratio for step in found.steps if step.ratio is not None]
    assert ratios[1:3] == pytest.approx([4 / 37, 1 / 37])
    assert f"{ratios[1]:.0%}" == "11%"


def test_the_run_of_11_percent_goes_on_and_the_run_of_one_new_theme_ends_at_six_and_two() -> None:
    assert saturation(themes(), base=4, run=2, threshold=0.05).reading.startswith("6+2:")
    assert saturation(themes(), base=4, run=2, threshold=0.11).reading.startswith("4+2:")
