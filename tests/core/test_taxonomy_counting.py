"""Figures of terms follow from their codes and quotations, are counted once, and have the same sites in a domain."""

from __future__ import annotations

from qualcode.core.codebook import Code, Codebook
from qualcode.core.compare import Evidence
from qualcode.core.compare.columns import NOT_GIVEN, Column, Columns, Placing
from qualcode.core.quotations import Quotation, holding
from qualcode.core.taxonomy import (
    Counting,
    DomainNode,
    SemanticRelationship,
    TermNode,
    tally,
    tally_on,
)

BOOK = Codebook("b", codes=(Code("a", "A"), Code("b", "B")))
SAID = (
    Evidence(1, "a", "one", 1, 0, 5, ("Ada",), facets={"site": "x"}),
    Evidence(2, "a", "one", 1, 6, 9, ("Ben",)),
    Evidence(3, "b", "two", 2, 0, 3, ("Ada",), facets={"site": "x"}),
)


def placed(one: Evidence) -> tuple[Placing, ...]:
    return ((one.facets.get("site", NOT_GIVEN), one.participants),)


def sites() -> Columns:
    columns = (Column("x", "Site X", (), (), 0), Column(NOT_GIVEN, "not given", (), (), 0))
    return Columns("facet", "site", columns, placed)


def domain(*terms: TermNode) -> DomainNode:
    return DomainNode(1, "d", SemanticRelationship.SEQUENCE, terms=terms)


def quote(one: Evidence) -> str:
    return f"words of {one.coding_id}"


def test_all_terms_of_a_domain_have_the_sites_that_any_of_them_has() -> None:
    given = domain(TermNode(1, "first", "a"), TermNode(2, "second", "b"))
    (view,) = tally([given], SAID, BOOK, sites=sites(), quote=quote).domains
    assert [term.sites for term in view.terms] == [
        (("Site X", 1), ("not given", 1)),
        (("Site X", 1), ("not given", 0)),
    ]
    (view,) = tally(
        [domain(TermNode(2, "second", "b"))], SAID, BOOK, sites=sites(), quote=quote
    ).domains
    assert view.terms[0].sites == (("Site X", 1),)


def test_without_sites_none_are_counted() -> None:
    (view,) = tally([domain(TermNode(1, "t", "a"))], SAID, BOOK, sites=None, quote=quote).domains
    assert view.terms[0].sites == () and view.terms[0].codings == 2


def test_what_was_counted_is_not_counted_again_whatever_the_order_and_the_names() -> None:
    asked: list[int] = []

    def listening(one: Evidence) -> str:
        asked.append(one.coding_id)
        return quote(one)

    counting = Counting(SAID, BOOK, sites=sites(), quote=listening)
    inner, outer = TermNode(2, "inner", "b"), TermNode(1, "outer", "a")
    before = tally_on(counting, [domain(outer, inner)])
    heard = len(asked)
    after = tally_on(counting, [domain(inner, TermNode(1, "another name", "a"))])
    assert len(asked) == heard
    assert after.domains[0].codings == before.domains[0].codings == 3
    nested = tally_on(counting, [domain(TermNode(1, "outer", "a", terms=(inner,)))])
    assert nested.domains[0].terms[0].codings == 3 and nested.domains[0].participants == 2


def test_a_bound_quotation_is_the_example_and_counts_when_it_can_be_seen() -> None:
    term = TermNode(1, "t", "a", quotations=(2, 99))
    (view,) = tally([domain(term)], SAID, BOOK, sites=None, quote=quote).domains
    (found,) = view.terms
    assert found.quotations == 1 and found.example is not None
    assert found.example.quote == "words of 2"


def test_quotations_are_found_by_words_in_text_document_code_coder_or_people() -> None:
    one = Quotation(1, "talk", 0, 4, "We call.", "a.b", "Kit", "first", ("Ada",))
    for words in ("", "CALL", "talk a.b", "kit ada"):
        assert holding([one], words) == (one,)
    assert holding([one], "call nobody") == ()
