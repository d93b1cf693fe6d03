from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.core.actors import Actor
from qualcode.core.network.graph import build_network
from qualcode.core.network.layers import layered
from qualcode.core.network.layout import shared_layout
from qualcode.core.network.process import ProcessDiagram, ProcessFlow, ProcessStep
from qualcode.core.network.registry import Registry
from qualcode.core.network.statements import Presence, Valence
from qualcode.core.network.ties import Standing
from qualcode.core.network.views import Groups, Network, View
from qualcode.errors import Refused
from qualcode.formats.network import svg
from qualcode.formats.network.canvas import Stroke, drawn
from qualcode.formats.network.difference import difference_svg
from qualcode.formats.network.drawing import bent, framed, network_svg, plate_spots
from qualcode.formats.network.image import network_image
from qualcode.formats.network.marks import STROKES
from qualcode.formats.network.matrix import matrix_rows
from qualcode.formats.network.pictures import network_rows, process_rows
from qualcode.formats.network.process import process_svg

from ...core.network.figures import FIGURE_1, FIGURE_2
from ...core.network.sample import registry, statement, statements

HOSTILE = "</title></svg></script><script>alert(1)</script>\"'&\x00\x0b\x1f\ud800 =cmd|end"
SVG = "{http://www.w3.org/2000/svg}"


def site(name: str, **view: object) -> Network:
    return build_network(statements(), registry(), site=name, view=View(**view))  # type: ignore[arg-type]


def hostile() -> Network:
    known = Registry(
        [Actor("end", HOSTILE, interviewed=True), Actor("graph", "x" * 300), Actor("c", "")]
    )
    return build_network(
        [statement("end", "graph", valence=Valence.STRAINED), statement("end", "c")], known
    )


def test_every_tie_has_a_line_and_a_tooltip() -> None:
    network = site("A")
    root = ET.fromstring(network_svg(network))
    ties = [g for g in root.iter(f"{SVG}g") if g.get("class") == "tie"]
    assert len(ties) == len(network.ties) + len(network.group_ties)
    tips = {g.findtext(f"{SVG}title") for g in ties}
    assert (
        "Deputy juvenile officer – Investigator: positive; formal and informal; 5 participants, 5 statements"
        in tips
    )


def test_standings_are_told_apart_without_colour() -> None:
    shapes = {
        (s.dashes, s.zigzag, s.thin)
        for standing, s in STROKES.items()
        if standing.there or standing is Standing.ABSENT
    }
    assert len(shapes) == 5
    assert STROKES[Standing.STRAINED].zigzag and STROKES[Standing.ABSENT].dashes == "1.5 6"


def test_actors_stand_at_the_same_place_at_every_site() -> None:
    a, b = site("A"), site("B")
    layout = shared_layout([a, b])
    places = []
    for network in (a, b):
        root = ET.fromstring(network_svg(network, layout=layout))
        circles = [
            c
            for g in root.iter(f"{SVG}g")
            if g.get("class") == "actor"
            for c in g.iter(f"{SVG}circle")
        ]
        places.append({(c.get("cx"), c.get("cy")) for c in circles})
    assert len(places[0]) == 14 and len(places[1]) == 15
    assert places[0] <= places[1]


def test_a_role_the_site_does_not_have_is_said_to_be_missing() -> None:
    drawing = network_svg(site("B"), layout=shared_layout([site("A"), site("B")]))
    assert drawing.count("(not here)") == 2
    assert "Truancy officer: does not exist here" in drawing


def test_a_picture_is_the_same_twice() -> None:
    assert network_svg(site("A")) == network_svg(site("A"))


def test_hostile_names_leave_a_valid_picture() -> None:
    for drawing in (network_svg(hostile()), difference_svg(hostile(), hostile())):
        root = ET.fromstring(drawing.encode())
        assert not list(root.iter(f"{SVG}script")) and "<script" not in drawing


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=40), min_size=2, max_size=6))
def test_any_name_gives_a_valid_picture(names: list[str]) -> None:
    known = Registry([Actor(f"a{n}", name) for n, name in enumerate(names)])
    network = build_network([statement("a0", "a1")], known)
    ET.fromstring(network_svg(network).encode())


def test_groups_counted_as_actors_and_cliques_are_drawn() -> None:
    ET.fromstring(network_svg(site("A", groups=Groups.ACTOR)))
    assert 'stroke-opacity="0.' in network_svg(site("A", groups=Groups.CLIQUE))


def test_plates_do_not_cover_each_other() -> None:
    network = site("A")
    frame = framed(shared_layout([network]))
    ties = network.ties + network.group_ties
    spots = plate_spots([(tie, "+F10") for tie in ties], frame)
    width = svg.text_width("+F10", 11.5) + 6
    hidden = sum(
        abs(x - u) < width and abs(y - v) < 16
        for n, (x, y) in enumerate(spots)
        for u, v in spots[n + 1 :]
    )
    assert hidden == 0


def test_a_tie_across_the_middle_goes_round_the_group() -> None:
    network = site("A")
    frame = framed(shared_layout([network]))
    for tie in network.ties:
        x, y = svg.on_curve(*bent(frame, tie), 0.5)
        assert abs(x - frame.middle[0]) + abs(y - frame.middle[1]) > 15


def test_an_empty_network_is_a_picture_too() -> None:
    empty = build_network([], Registry([]))
    ET.fromstring(network_svg(empty))
    assert matrix_rows(empty) == ["All sites: no tie has been told."]
    assert network_rows(empty) == ["All sites: no tie has been told."]


def test_the_difference_shows_both_sides_of_every_pair() -> None:
    drawing = difference_svg(site("A"), site("B"))
    root = ET.fromstring(drawing)
    plates = {"".join(g.itertext()) for g in root.iter(f"{SVG}g") if g.get("class") == "plate"}
    assert any(text.endswith("+B5 | ∅5*") for text in plates)
    assert any(text.endswith("+I1 | –") for text in plates)
    assert any(text.endswith("+I1 | ×") for text in plates)
    assert "only in Site A" in drawing and "in both, differently formal" in drawing
    assert "Site B: never mentioned" in drawing and "does not have one of these actors" in drawing


def test_matrix_rows_fit_the_terminal_up_to_twelve_actors() -> None:
    for name in "AB":
        rows = matrix_rows(site(name), width=80)
        assert max(len(row) for row in rows) <= 80
    known = Registry([Actor(f"a{n:02d}", f"A long name of the actor {n}") for n in range(12)])
    told = [
        statement(f"a{n:02d}", f"a{m:02d}", participant=f"P{p}")
        for n in range(12)
        for m in range(n)
        for p in range(3)
    ]
    rows = matrix_rows(build_network(told, known))
    assert max(len(row) for row in rows) <= 80
    assert sum(row.startswith(" L ") for row in rows) == 1


def test_matrix_cells_are_read_by_row_and_column() -> None:
    rows = matrix_rows(site("B"))
    row = next(row for row in rows if row.startswith(" B Deputy"))
    assert "!F2" in row and "∅ 5*" in row and "+I5" in row
    assert any("Nobody speaks of: Federal agency" in row for row in rows)
    assert any("* sources contradict each other" in row for row in rows)


def test_a_wide_matrix_continues_below() -> None:
    known = Registry([Actor(f"a{n:02d}", f"Actor {n}") for n in range(30)])
    told = [statement(f"a{n:02d}", f"a{(n + 1) % 30:02d}") for n in range(30)]
    rows = matrix_rows(build_network(told, known))
    assert max(len(row) for row in rows) <= 80
    assert sum(row.startswith("AD ") for row in rows) >= 2


def test_a_directed_matrix_fills_one_cell() -> None:
    from qualcode.core.network.ties import Grouping

    told = [statement("djo", "judge", directed=True), statement("djo", "judge", directed=False)]
    network = build_network(told, registry(), site="A", view=View(grouping=Grouping.DIRECTION))
    rows = matrix_rows(network)
    djo = next(row for row in rows if " Deputy" in row)
    judge = next(row for row in rows if " Judge" in row)
    assert "…" in djo and "…" not in judge


def test_the_matrix_survives_control_characters() -> None:
    assert all(character.isprintable() for row in matrix_rows(hostile()) for character in row)


@pytest.mark.parametrize("name", ["A", "B"])
def test_the_text_picture_names_everybody_and_labels_every_tie(name: str) -> None:
    network = site(name)
    text = "\n".join(network_rows(network))
    for tie in network.ties:
        for end in tie.pair:
            first = network.actors[network.keys.index(end)].name.split()[0]
            assert first in text
    assert text.count("+I5") + text.count("+B5") == 1
    assert "▼" in text and "Nobody speaks of:" in text


def test_boxes_are_whole_and_lines_reach_them() -> None:
    picture = drawn(
        ["one", "two", "three"],
        [
            Stroke(0, 1, "go", heads=frozenset({1})),
            Stroke(1, 2),
            Stroke(0, 2),
            Stroke(2, 0, "back", heads=frozenset({0})),
        ],
    )
    text = "\n".join(picture.rows)
    assert text.count("┌─") >= 3 and "go" in text and "back" in text
    assert text.count("▼") == 1 and text.count("▲") == 1


BOXES = st.integers(2, 9)


@settings(max_examples=80, deadline=None)
@given(
    BOXES.flatmap(
        lambda n: st.tuples(
            st.just(n),
            st.lists(
                st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)).filter(
                    lambda e: e[0] != e[1]
                ),
                max_size=12,
                unique=True,
            ),
        )
    )
)
def test_no_two_lines_lie_on_top_of_each_other(drawing: tuple[int, list[tuple[int, int]]]) -> None:
    """Two lines may cross, one upright and one level; they never share a stretch."""
    from qualcode.formats.network import canvas

    count, edges = drawing
    boxes = [f"box {n}" for n in range(count)]
    strokes = [Stroke(a, b) for a, b in edges]
    layers = layered(count, edges)
    things = canvas._placed(boxes, layers)
    gaps = canvas._ports(layers, things)
    for gap in gaps:
        canvas._tracks(gap)
        level = [(s.track, *sorted((s.first, s.last))) for s in gap if s.first != s.last]
        for n, (track, low, high) in enumerate(level):
            for other, low2, high2 in level[n + 1 :]:
                assert track != other or high < low2 or high2 < low
        assert len({s.first for s in gap}) == len(gap) and len({s.last for s in gap}) == len(gap)
    rows = drawn(boxes, strokes).rows
    assert all(f"box {n}" in "\n".join(rows) for n in range(count))


def test_too_many_actors_are_refused_with_what_to_do() -> None:
    known = Registry([Actor(f"a{n:02d}", f"A {n}") for n in range(17)])
    told = [statement("a00", f"a{n:02d}") for n in range(1, 17)]
    with pytest.raises(Refused, match="17 actors are too many") as refused:
        network_rows(build_network(told, known))
    assert "matrix" in (refused.value.hint or "")


def test_the_figures_of_the_study_are_drawn_in_text() -> None:
    one, two = process_rows(FIGURE_1), process_rows(FIGURE_2)
    assert max(map(len, one)) <= 80 and max(map(len, two)) <= 80
    assert any("◇ Is the" in row for row in one) and any("▣ Team" in row for row in one)
    assert any("✗ Case team" in row for row in two)
    assert any("tell in passing" in row for row in two)


def test_the_figures_of_the_study_are_drawn_as_svg() -> None:
    for figure in (FIGURE_1, FIGURE_2):
        root = ET.fromstring(process_svg(figure))
        steps = [g for g in root.iter(f"{SVG}g") if g.get("class") == "step"]
        flows = [g for g in root.iter(f"{SVG}g") if g.get("class") == "flow"]
        assert (len(steps), len(flows)) == (len(figure.steps), len(figure.flows))
    assert "(does not happen)" in process_svg(FIGURE_2)
    assert len(list(ET.fromstring(process_svg(FIGURE_1)).iter(f"{SVG}polygon"))) == 1


def test_a_process_that_runs_back_points_upward() -> None:
    steps = tuple(ProcessStep(key, key) for key in "abc")
    flows = (ProcessFlow("a", "b"), ProcessFlow("b", "c"), ProcessFlow("c", "a", "again"))
    diagram = ProcessDiagram("circle", steps, flows)
    assert "again" in process_svg(diagram) and "▲" in "\n".join(process_rows(diagram))


def test_hostile_labels_leave_a_valid_process() -> None:
    steps = (ProcessStep("a", HOSTILE, evidence=(1,), participants=("Ada",)), ProcessStep("b", ""))
    diagram = ProcessDiagram(
        HOSTILE, steps, (ProcessFlow("a", "b", HOSTILE, HOSTILE, participants=("Ada",)),)
    )
    ET.fromstring(process_svg(diagram).encode())
    ET.fromstring(process_svg(ProcessDiagram("empty", (), ())))
    assert process_rows(ProcessDiagram("empty", (), ()))[0] == "empty"


def test_png_and_pdf_are_drawn_by_matplotlib() -> None:
    pytest.importorskip("matplotlib")
    network = build_network(
        statements(), registry(Actor("cash", "$x^2$ & \x00")), site="A", title="Site A $"
    )
    layout = shared_layout([network, site("B")])
    png = network_image(network, layout=layout)
    assert png.startswith(b"\x89PNG") and png == network_image(network, layout=layout)
    pdf = network_image(replace(network, ties=network.ties[:1]), format="pdf", layout=layout)
    assert pdf.startswith(b"%PDF")
    assert network_image(site("B"), layout=layout).startswith(b"\x89PNG")


def test_without_matplotlib_the_refusal_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "matplotlib.figure", None)
    with pytest.raises(Refused, match="need matplotlib") as refused:
        network_image(site("A"))
    assert "qualcode[png]" in (refused.value.hint or "")


def test_signs_are_one_column_wide() -> None:
    from qualcode.core.network.notation import SIGNS

    assert all(unicodedata.east_asian_width(sign) not in "WF" for sign in SIGNS.values())


def test_numbers_in_svg_are_short() -> None:
    assert not re.search(r"\d\.\d{2,}", network_svg(site("A")).replace("0.45", ""))
    assert svg.number(3.0) == "3" and svg.number(2.345) == "2.3"


def test_absent_ties_have_no_arrowheads() -> None:
    told = statement("djo", "judge", directed=True, presence=Presence.ABSENT)
    drawing = network_svg(build_network([told], registry(), site="A"))
    root = ET.fromstring(drawing)
    (tie,) = [g for g in root.iter(f"{SVG}g") if g.get("class") == "tie"]
    assert len(list(tie.iter(f"{SVG}path"))) == 1
