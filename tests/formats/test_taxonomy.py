"""Taxonomies as YAML both ways, and as text and drawing."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
from dataclasses import replace
from itertools import pairwise

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.core.quotations import NamedCoding
from qualcode.core.taxonomy import (
    READINGS,
    DomainEntry,
    DomainView,
    SemanticRelationship,
    Taxonomy,
    TermEntry,
    TermView,
)
from qualcode.errors import MistakeInFile
from qualcode.formats.taxonomy import (
    read_taxonomy,
    taxonomy_csv,
    taxonomy_docx,
    taxonomy_markdown,
    taxonomy_svg,
    write_taxonomy,
)

words = st.text(st.characters(codec="utf-8", categories=["L", "N", "P"]), min_size=1, max_size=12)


def terms(depth: int) -> st.SearchStrategy[tuple[TermEntry, ...]]:
    below = terms(depth - 1) if depth else st.just(())
    one = st.builds(TermEntry, words, st.none() | words, below)
    return st.lists(one, max_size=3).map(tuple)


domains = st.builds(
    DomainEntry,
    words,
    st.sampled_from(SemanticRelationship),
    st.just("") | words,
    terms(2),
)


@given(st.lists(domains, max_size=3, unique_by=lambda domain: domain.cover_term.casefold()))
def test_written_taxonomy_reads_back_as_it_was(given_domains: list[DomainEntry]) -> None:
    wanted = tuple(given_domains)
    names = [[term.name.casefold() for _, term in domain.walk()] for domain in wanted]
    if any(len(set(found)) < len(found) for found in names):
        return
    assert read_taxonomy("t.yaml", write_taxonomy(wanted).encode()) == wanted


def test_other_reading_of_a_relationship_is_kept() -> None:
    relationship = SemanticRelationship.CAUSE_EFFECT
    domain = DomainEntry("strain", relationship, variant=READINGS[relationship][1])
    assert read_taxonomy("t.yaml", write_taxonomy((domain,)).encode()) == (domain,)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("title: x", "'title'"),
        ("schema: qualcode/taxonomy@1", "no domains"),
        ("domains: [{relationship: sequence}]", "needs a cover_term"),
        ("domains: [{cover_term: x}]", "needs a relationship"),
        ("domains: [{cover_term: x, relationship: likes}]", "none of Spradley's nine"),
        ("domains: [{cover_term: x, relationship: sequence, terms: [a, A]}]", "given twice"),
        (
            "domains: [{cover_term: x, relationship: sequence, terms: [{terms: [a]}]}]",
            "needs a name",
        ),
        (
            "domains: [{cover_term: x, relationship: sequence}, {cover_term: X, relationship: spatial}]",
            "given twice",
        ),
        ("domains: [", "t.yaml"),
    ],
)
def test_mistake_names_file_line_and_what_is_wrong(content: str, problem: str) -> None:
    with pytest.raises(MistakeInFile, match=problem):
        read_taxonomy("t.yaml", content.encode())


def test_terms_nested_too_deep_are_refused() -> None:
    nested = "{name: t40}"
    for n in range(39, 0, -1):
        nested = f"{{name: t{n}, terms: [{nested}]}}"
    content = f"domains: [{{cover_term: x, relationship: sequence, terms: [{nested}]}}]"
    with pytest.raises(MistakeInFile, match="nested deeper"):
        read_taxonomy("t.yaml", content.encode())


def test_term_may_be_named_by_its_code() -> None:
    content = b"domains: [{cover_term: x, relationship: sequence, terms: [{code: a.tell_her}]}]"
    (domain,) = read_taxonomy("t.yaml", content)
    assert domain.terms == (TermEntry("tell her", "a.tell_her"),)


def view() -> Taxonomy:
    def term(n: int, name: str, depth: int, parent: int | None, codings: int) -> TermView:
        return TermView(
            n,
            name,
            depth,
            parent,
            None,
            f"{name} is a kind of <calls>",
            codings,
            codings,
            codings,
            (),
            (("Site A", codings),),
            0,
            None,
            (),
        )

    listed = (
        term(1, "by phone", 0, None, 2),
        term(2, "at night", 1, 1, 1),
        term(3, "=by & mail", 0, None, 0),
    )
    domain = DomainView(
        1,
        "<calls>",
        SemanticRelationship.STRICT_INCLUSION,
        "X is a kind of Y",
        "How.",
        listed,
        2,
        2,
    )
    empty = DomainView(2, "empty", SemanticRelationship.SEQUENCE, "X is a step in Y", "", (), 0, 0)
    return Taxonomy((domain, empty), (("<calls>", "=by & mail"),), (("rule", 1), ("z", 2)), "Kit")


def test_markdown_shows_the_tree_and_the_gaps() -> None:
    text = taxonomy_markdown(view())
    assert "| · at night | 1 | 1 | 1 |" in text
    assert "the codings of Kit" in text
    assert "- rule: 1 coding" in text and "- z: 2 codings" in text


def test_quotations_and_cells_of_terms_read_back_as_they_were() -> None:
    quotation = NamedCoding("a: b", 3, 9, ' "so"\nit is ', "x.y", "Ana", "first")
    loose = NamedCoding("c", quote="words alone")
    entry = TermEntry(
        "t", quotations=(quotation, loose), contrasts=(("who: begins?", "#1"), ("b", "y"))
    )
    domain = DomainEntry("d", SemanticRelationship.SEQUENCE, terms=(entry,))
    assert read_taxonomy("t.yaml", write_taxonomy((domain,)).encode()) == (domain,)


def test_the_drawing_cuts_no_word_and_keeps_columns_apart() -> None:
    long = "contact of the court with a great many outside agencies of both counties"
    first = replace(view().domains[0].terms[0], name=long)
    inner = replace(view().domains[0].terms[1], name="x" * 20)
    domain = replace(view().domains[0], terms=(first, inner), cover_term="contact " * 6)
    tree = ET.fromstring(taxonomy_svg(replace(view(), domains=(domain,))))
    svg = "{http://www.w3.org/2000/svg}"
    lines = [node.text or "" for node in tree.iter(f"{svg}tspan")]
    assert " ".join(lines).count("contact") >= 7 and not any("…" in line for line in lines)
    assert set(long.split()) <= {word for line in lines for word in line.split()}
    lefts = sorted({float(node.attrib["x"]) for node in tree.iter(f"{svg}tspan")})
    assert len(lefts) == 3 and all(b - a > 100 for a, b in pairwise(lefts))


def test_terms_of_the_drawing_stand_below_each_other() -> None:
    drawn = ET.fromstring(taxonomy_svg(view()))
    svg = "{http://www.w3.org/2000/svg}"
    tops = {
        node.find(f"{svg}title").text: float(node.find(f"{svg}tspan").attrib["y"])  # type: ignore[union-attr]
        for node in drawn.iter(f"{svg}text")
        if node.find(f"{svg}title") is not None
    }
    assert tops["=by & mail"] - tops["by phone"] >= 30
    assert tops["empty"] > tops["=by & mail"]


def test_csv_is_safe_to_open_in_a_spreadsheet() -> None:
    assert "'=by & mail" in taxonomy_csv(view())


def test_drawing_is_well_formed_and_marks_terms_without_evidence() -> None:
    tree = ET.fromstring(taxonomy_svg(view()))
    words_in = [node.text for node in tree.iter("{http://www.w3.org/2000/svg}title")]
    assert {"<calls>", "by phone", "at night", "=by & mail", "empty"} <= set(words_in)
    marked = [
        node
        for node in tree.iter("{http://www.w3.org/2000/svg}text")
        if node.get("class") == "none"
    ]
    assert len(marked) == 1


def test_docx_holds_a_table_for_each_domain() -> None:
    document = docx.Document(io.BytesIO(taxonomy_docx(view())))
    assert len(document.tables) == 2
    assert document.tables[0].rows[2].cells[0].text == "· at night"
