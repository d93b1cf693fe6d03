"""The drawing of a concept map: no box on another, no line through a box, every word in its place."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.core.concept import Concept, ConceptLink, ConceptMap, LinkKind
from qualcode.formats.concept import concept_picture, concept_svg, concept_text
from qualcode.formats.concept.plan import planned

SVG = "{http://www.w3.org/2000/svg}"


def concept(number: int, words: str = "", codings: int | None = 3) -> Concept:
    code = None if codings is None else f"c.{number}"
    return Concept(number, words or f"concept {number}", code, codings, codings)


def link(number: int, ends: tuple[str, str], kind: LinkKind, evidence: int = 0) -> ConceptLink:
    return ConceptLink(number, *ends, kind, number % 3 == 0, "", "Vera", tuple(range(evidence)))


def linked(count: int, pairs: list[tuple[int, int]]) -> ConceptMap:
    concepts = tuple(concept(n, codings=None if n % 4 == 3 else n) for n in range(count))
    kinds = list(LinkKind)
    links = tuple(
        link(n, (concepts[a % count].name, concepts[b % count].name), kinds[n % 6], n % 2)
        for n, (a, b) in enumerate(pairs)
        if a % count != b % count
    )
    return ConceptMap("A map", concepts, links)


# shared goal, trust and communication, capacity and collaboration, team approach: the model of a study
MODEL = ConceptMap(
    "Conceptual model",
    tuple(
        concept(n, words, codings)
        for n, (words, codings) in enumerate(
            [("Shared goal", 12), ("Trust", 15), ("Communication", 19), ("Capacity", None),
             ("Collaboration", 153), ("Team approach to young people who go missing", 1)]
        )
    ),
    tuple(
        link(n, ends, kind, evidence)
        for n, (ends, kind, evidence) in enumerate(
            [(("Shared goal", "Trust"), LinkKind.LEADS_TO, 3),
             (("Shared goal", "Communication"), LinkKind.LEADS_TO, 3),
             (("Trust", "Capacity"), LinkKind.SUPPORTS, 1),
             (("Communication", "Capacity"), LinkKind.SUPPORTS, 1),
             (("Collaboration", "Capacity"), LinkKind.GOES_WITH, 0),
             (("Collaboration", "Team approach to young people who go missing"), LinkKind.LEADS_TO, 2)],
            start=1,
        )
    ),
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(
    st.integers(1, 30),
    st.lists(st.tuples(st.integers(0, 29), st.integers(0, 29)), max_size=45),
)
def test_no_box_covers_another_and_no_line_runs_through_a_box(
    count: int, pairs: list[tuple[int, int]]
) -> None:
    found = linked(count, pairs)
    plan = planned(found)
    for n, box in enumerate(plan.boxes):
        assert not any(box.meets(other) for other in plan.boxes[n + 1 :])
    for route in plan.routes:
        trace = [route.at(piece, t / 12) for piece in range(route.pieces) for t in range(13)]
        for box in plan.boxes:
            assert not any(box.holds(point) for point in trace)


@settings(max_examples=20, deadline=None)
@given(
    st.integers(1, 16),
    st.lists(st.tuples(st.integers(0, 15), st.integers(0, 15)), max_size=24),
)
def test_everything_drawn_stands_on_the_page(count: int, pairs: list[tuple[int, int]]) -> None:
    tree = ET.fromstring(concept_svg(linked(count, pairs)).encode())
    _, _, width, height = map(float, tree.attrib["viewBox"].split())
    for node in tree.iter(f"{SVG}rect"):
        x, y = float(node.get("x", 0)), float(node.get("y", 0))
        right, low = x + float(node.attrib["width"]), y + float(node.attrib["height"])
        assert x >= 0 and right <= width + 0.2 and low <= height + 0.2


def test_the_words_of_links_cover_no_box_and_no_other_words() -> None:
    tree = ET.fromstring(concept_svg(MODEL).encode())
    grounds = [node for node in tree.iter(f"{SVG}rect") if node.get("fill-opacity")]
    boxes = [node for node in tree.iter(f"{SVG}rect") if node.get("stroke-width") == "1.3"]
    areas = [
        [float(node.attrib[key]) for key in ("x", "y", "width", "height")] for node in grounds
    ]
    assert len(areas) == 6 and len(boxes) == 6
    everything = areas + [
        [float(node.attrib[key]) for key in ("x", "y", "width", "height")] for node in boxes
    ]
    for n, (x, y, width, height) in enumerate(areas):
        for x2, y2, width2, height2 in everything[n + 1 :]:
            apart = x + width <= x2 or x2 + width2 <= x or y + height <= y2 or y2 + height2 <= y
            assert apart


def test_the_drawing_says_kind_evidence_and_figures_and_breaks_long_names() -> None:
    tree = ET.fromstring(concept_svg(MODEL).encode())
    said = [text for node in tree.iter(f"{SVG}text") for text in node.itertext()]
    assert "leads to · 3" in said and "goes with" in said and "1 coding · 1 participant" in said
    assert "Team approach to young" in said and "people who go missing" in said
    heads = [node for node in tree.iter(f"{SVG}g") if node.get("class") == "link"]
    mutual = heads[2]
    assert len(list(mutual.iter(f"{SVG}path"))) == 3


def test_an_empty_map_and_a_lonely_concept_are_drawn_too() -> None:
    ET.fromstring(concept_svg(ConceptMap("Nothing yet", (), ())).encode())
    alone = ConceptMap("One & only", (concept(1, "<alone>"),), ())
    assert "&lt;alone&gt;" in concept_svg(alone)
    assert "<alone> (3)" in "\n".join(concept_picture(alone))
    assert concept_text(alone).startswith("# One & only")
