"""Filters of documents: words, attributes, comparisons, negation, and what is refused."""

from __future__ import annotations

import pytest

from qualcode.core.document_filter import read_filter
from qualcode.errors import InputError, UnknownName

NAMES = ("site", "role", "years", "job title", "interviewed_on")
VALUES = {
    "site": ("A", "B"),
    "role": ("djo",),
    "years": ("3.5",),
    "job title": ("Case manager",),
    "interviewed_on": ("2025-05-06",),
}


def fits(text: str, *, done: bool | None = None) -> bool:
    return read_filter(text, (*NAMES, "kind", "participant", "done")).fits(
        "16-saskia", "transcript", participants=("Saskia",), values=VALUES, done=done
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "saskia CASE",
        '"case man"',
        "site:a",
        "site:A role:DJO",
        "site:C,B",
        "years:>3 years:<=3.5",
        "interviewed_on:>=2025-05-01",
        '"job title":"case manager"',
        "job:case*",
        "ro:djo",
        "-site:C",
        "-detective",
        "site:*",
        "kind:transcript participant:saskia",
    ],
)
def test_document_is_found(text: str) -> None:
    assert fits(text)


@pytest.mark.parametrize(
    "text",
    ["roland", "site:C", "-site:A", "years:>3.5", "role:>3", "site:", "-saskia", "role:dj", '"job title":"case"'],
)  # fmt: skip
def test_document_is_left_out(text: str) -> None:
    assert not fits(text)


def test_no_value_is_asked_for_with_nothing_behind_the_colon() -> None:
    found = read_filter("site:", NAMES)
    assert found.fits("a", "transcript", participants=(), values={})


def test_what_is_done_is_asked_for() -> None:
    assert (
        fits("done:yes", done=True)
        and not fits("done:yes", done=False)
        and fits("done:no", done=False)
    )
    assert not fits("done:no")  # fmt: skip


def test_misspelt_attribute_is_refused_with_a_suggestion() -> None:
    with pytest.raises(UnknownName) as refused:
        read_filter("sight:A", NAMES)
    assert "site" in (refused.value.hint or "")


def test_name_cut_too_short_is_refused_with_those_it_may_mean() -> None:
    with pytest.raises(UnknownName) as refused:
        read_filter("s:A", ("site", "sector"))
    assert "sector" in (refused.value.hint or "")


def test_comparison_with_a_word_is_refused() -> None:
    with pytest.raises(InputError, match="no number and no date"):
        read_filter("years:>many", NAMES)
