"""Semantic relationships and domains."""

from __future__ import annotations

import pytest

from qualcode.core.codebook import Code, Codebook
from qualcode.core.compare import Columns, Corpus, Evidence, Voice
from qualcode.core.compare.columns import NOT_GIVEN
from qualcode.core.documents import AttributeType
from qualcode.core.taxonomy import (
    READINGS,
    Counting,
    DomainEntry,
    DomainNode,
    SemanticRelationship,
    TermEntry,
    TermNode,
    components,
    relationship_from,
    tally,
)


def test_there_are_spradleys_nine_relationships_each_with_a_reading() -> None:
    assert len(SemanticRelationship) == 9
    assert set(READINGS) == set(SemanticRelationship)
    assert all(
        reading.startswith("X is ") and reading.endswith(" Y")
        for r in READINGS.values()
        for reading in r
    )


@pytest.mark.parametrize(
    "text", ["means-end", "means_end", "Means–End", "X is a way to Y", "is a way to", "way to"]
)
def test_a_relationship_is_known_by_its_name_and_its_readings(text: str) -> None:
    assert relationship_from(text) == (SemanticRelationship.MEANS_END, "")


def test_a_result_is_not_taken_for_a_cause() -> None:
    assert relationship_from("X is a cause of Y") == (SemanticRelationship.CAUSE_EFFECT, "")
    assert relationship_from("X is a result of Y") == (
        SemanticRelationship.CAUSE_EFFECT,
        "X is a result of Y",
    )


def test_what_is_no_relationship_is_none() -> None:
    assert relationship_from("X is a friend of Y") is None
    assert relationship_from("") is None


def test_every_reading_leads_back_to_its_relationship() -> None:
    for relationship, readings in READINGS.items():
        for reading in readings:
            meant = relationship_from(reading)
            assert meant is not None and meant[0] is relationship


def test_a_domain_reads_as_a_sentence() -> None:
    ways = DomainEntry("bring others in", SemanticRelationship.MEANS_END)
    assert ways.read("a phone call") == "a phone call is a way to bring others in"
    results = DomainEntry(
        "turnover", SemanticRelationship.CAUSE_EFFECT, variant="X is a result of Y"
    )
    assert results.read("silence") == "silence is a result of turnover"


def test_terms_are_walked_in_the_order_written() -> None:
    inner = TermEntry("inner", terms=(TermEntry("a"), TermEntry("b")))
    domain = DomainEntry(
        "all", SemanticRelationship.STRICT_INCLUSION, terms=(inner, TermEntry("c"))
    )
    assert [(depth, term.name) for depth, term in domain.walk()] == [
        (0, "inner"),
        (1, "a"),
        (1, "b"),
        (0, "c"),
    ]


def test_dimension_that_nothing_was_said_about_leaves_an_empty_cell() -> None:
    term = TermNode(1, "call", "call")
    node = DomainNode(1, "ways", SemanticRelationship.MEANS_END, terms=(term,))
    evidence = [Evidence(7, "call", "one", 1, 0, 5, ("Ann",))]
    book = Codebook(codes=(Code("call", "Call"),))
    corpus = Corpus({"one": 9}, (Voice("Ann", {}, ("one",)),), {"role": AttributeType.CHOICE})
    silent = Columns("attribute", "role", (), lambda one: ((NOT_GIVEN, one.participants),))
    found = tally([node], evidence, book, sites=silent, quote=lambda one: "Call.")
    (view,) = found.domains
    assert view.terms[0].sites == () and view.terms[0].codings == 1
    counting = Counting(evidence, book, sites=None, quote=lambda one: "Call.")
    (row,) = components(node, view, [counting], [silent])
    assert row.values == ((),)
    assert corpus.role_of("Ann") == "participant"
