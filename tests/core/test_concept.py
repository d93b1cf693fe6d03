"""Layers of a concept map: arrows lead onwards, circles do no harm."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.core.concept import LinkKind, layers, link_kind_from
from qualcode.errors import UnknownName


def test_concepts_stand_behind_what_leads_to_them() -> None:
    arrows = [("goal", "trust"), ("trust", "capacity"), ("goal", "capacity"), ("capacity", "team")]
    assert layers(["team", "goal", "trust", "capacity"], arrows) == (
        ("goal",),
        ("trust",),
        ("capacity",),
        ("team",),
    )


def test_circle_is_drawn_without_the_arrow_that_closes_it() -> None:
    assert layers("ab", [("a", "b"), ("b", "a"), ("a", "a")]) == (("a",), ("b",))
    assert layers([], []) == ()


@given(st.lists(st.tuples(st.sampled_from("abcde"), st.sampled_from("abcde")), max_size=12))
def test_every_concept_stands_once(arrows: list[tuple[str, str]]) -> None:
    found = layers("abcde", arrows)
    assert sorted(name for layer in found for name in layer) == list("abcde")


def test_kinds_are_named_in_words() -> None:
    assert link_kind_from("Leads to") is LinkKind.LEADS_TO
    with pytest.raises(UnknownName):
        link_kind_from("likes")
