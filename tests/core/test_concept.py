"""Kinds of links between concepts, and how a link reads."""

from __future__ import annotations

import pytest

from qualcode.core.concept import ConceptLink, LinkKind, link_kind_from
from qualcode.errors import UnknownName


def test_kinds_are_named_in_words() -> None:
    assert link_kind_from("Leads to") is LinkKind.LEADS_TO
    with pytest.raises(UnknownName):
        link_kind_from("likes")


def test_link_reads_from_the_first_concept_to_the_second_or_both_ways() -> None:
    link = ConceptLink(1, "goal", "trust", LinkKind.LEADS_TO, False, "", "Vera")
    assert link.reading == "goal → trust (leads to)"
    both = ConceptLink(1, "goal", "trust", LinkKind.GOES_WITH, True, "", "Vera")
    assert both.reading == "goal ⇄ trust (goes with)"
