from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.core.actors import Actor
from qualcode.core.network.graph import build_network
from qualcode.core.network.layers import Layers, columns, crossings, layered
from qualcode.core.network.layout import shared_layout
from qualcode.core.network.process import (
    ProcessDiagram,
    ProcessFlow,
    ProcessStep,
    StepKind,
    StepPassage,
    draft_process,
)
from qualcode.core.network.registry import Registry
from qualcode.core.network.statements import Formality, Presence
from qualcode.core.network.views import Groups, View
from qualcode.errors import InputError

from .figures import FIGURE_1, FIGURE_2
from .sample import registry, statement, statements

EDGES = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda e: e[0] != e[1]), max_size=20
)


def test_every_site_has_the_same_places() -> None:
    a, b = (build_network(statements(), registry(), site=site) for site in "AB")
    both = shared_layout([a, b])
    assert set(both.places) == set(a.keys) | set(b.keys) | {"team"}
    assert both.middle == ("team",) and both.places["team"] == (0.5, 0.5)
    assert shared_layout([a, b]) == both
    assert both.names["djo"] == "Deputy juvenile officer"


def test_actors_stand_on_the_circle() -> None:
    layout = shared_layout([build_network(statements(), registry(), site="A")])
    for key in layout.order:
        x, y = layout.places[key]
        assert math.hypot(x - 0.5, y - 0.5) == pytest.approx(0.5)
    assert layout.angle(layout.order[0]) == pytest.approx(-math.pi / 2)


def test_the_order_round_the_circle_lowers_crossings() -> None:
    known = Registry([Actor(key, key) for key in "abcdefgh"])
    told = [statement(*pair) for pair in ("ae", "bf", "cg", "dh")]
    layout = shared_layout([build_network(told, known)])
    place = {key: n for n, key in enumerate(layout.order)}
    chords = [sorted((place[a], place[b])) for a, b in ("ae", "bf", "cg", "dh")]
    crossed = sum(
        a < c < b < d or c < a < d < b
        for n, (a, b) in enumerate(chords)
        for c, d in chords[n + 1 :]
    )
    assert crossed == 0


def test_groups_that_count_as_actors_stand_in_the_middle_all_the_same() -> None:
    network = build_network(statements(), registry(), site="A", view=View(groups=Groups.ACTOR))
    layout = shared_layout([network])
    assert layout.middle == ("team",) and "team" not in layout.order


def test_few_actors_keep_their_order() -> None:
    known = Registry([Actor(key, key) for key in "ab"])
    assert shared_layout([build_network([statement("a", "b")], known)]).order == ("a", "b")
    assert shared_layout([]).places == {}


@given(EDGES)
def test_lines_run_from_row_to_row(edges: list[tuple[int, int]]) -> None:
    found = layered(10, edges)
    level = {thing: r for r, row in enumerate(found.rows) for thing in row}
    assert sorted(t for t in level if t >= 0) == list(range(10))
    for line in found.lines:
        source, target = edges[line.edge]
        ends = (target, source) if line.upward else (source, target)
        assert (line.through[0], line.through[-1]) == ends
        rows = [level[thing] for thing in line.through]
        assert rows == list(range(rows[0], rows[-1] + 1))


@given(EDGES)
def test_things_of_a_row_do_not_overlap(edges: list[tuple[int, int]]) -> None:
    found = layered(10, edges)
    middle = columns(found, lambda thing: 4.0 if thing >= 0 else 1.0, 1.0)
    for row in found.rows:
        for one, other in pairwise(row):
            room = (4.0 if one >= 0 else 1.0) / 2 + (4.0 if other >= 0 else 1.0) / 2 + 1.0
            assert middle[other] - middle[one] >= room - 1e-6
    assert min(middle.values()) >= 0


def test_ordering_removes_a_crossing() -> None:
    assert crossings(Layers(((0, 1), (2, 3)), layered(4, [(0, 3), (1, 2)]).lines)) == 1
    assert crossings(layered(4, [(0, 3), (1, 2)])) == 0


def test_the_figures_of_the_study_are_diagrams() -> None:
    team = FIGURE_1.step("team")
    assert team.kind is StepKind.GROUP and len(team.members) == 6
    assert [f.words for f in FIGURE_1.flows if f.source == "there"] == [
        "if yes",
        "if the supervisor is out",
    ]
    assert sum(f.presence is Presence.ABSENT for f in FIGURE_2.flows) == 4


def test_a_diagram_with_a_loose_end_is_refused() -> None:
    step = ProcessStep("a", "A")
    with pytest.raises(InputError, match="leads to the step 'b'"):
        ProcessDiagram("x", (step,), (ProcessFlow("a", "b"),))
    with pytest.raises(InputError, match="two steps of 'x' are called 'a'"):
        ProcessDiagram("x", (step, step), ())
    with pytest.raises(InputError, match="leads to itself"):
        ProcessDiagram("x", (step,), (ProcessFlow("a", "a"),))


def told(participant: str | None, *codes: str, document: str = "") -> list[StepPassage]:
    """Return the step codes of one interview in order; `-` marks a step that does not happen."""
    return [
        StepPassage(
            coding_id=n,
            document=document or f"interview {participant}",
            start=10 * n,
            code=code.rstrip("-fi"),
            participant=participant,
            presence=Presence.ABSENT if code.endswith("-") else Presence.PRESENT,
            formality={"f": Formality.FORMAL, "i": Formality.INFORMAL}.get(code[-1]),
        )
        for n, code in enumerate(codes, start=1)
    ]


def test_a_process_is_drafted_from_the_order_in_which_it_is_told() -> None:
    passages = [
        *told("Ada", "REPORTf", "TEAMf", "PLAN"),
        *told("Ben", "REPORTf", "TEAMi"),
        *told("Cy", "PLAN"),
    ]
    found = draft_process(passages, {"REPORT": "Report upward"}, title="Site A", site="A")
    assert [step.key for step in found.steps] == ["REPORT", "TEAM", "PLAN"]
    assert found.step("REPORT").label == "Report upward" and found.step("TEAM").label == "TEAM"
    (flow,) = found.flows
    assert (flow.source, flow.target, flow.formality) == ("REPORT", "TEAM", Formality.BOTH)
    assert flow.participants == ("Ada", "Ben")


def test_an_arrow_needs_its_fewest_participants_and_a_clear_direction() -> None:
    one = told("Ada", "A", "B")
    assert draft_process(one, {}, title="x").flows == ()
    assert len(draft_process(one, {}, title="x", fewest=1).flows) == 1
    both = [*one, *told("Ben", "B", "A")]
    assert draft_process(both, {}, title="x", fewest=1).flows == ()


def test_a_step_people_say_does_not_happen_is_drawn_as_absent() -> None:
    passages = [*told("Ada", "TEAM-", "PLAN"), *told(None, "TEAM-", document="09")]
    found = draft_process(passages, {}, title="Site B", fewest=1)
    assert found.step("TEAM").kind is StepKind.ABSENT
    assert found.step("TEAM").participants == ("Ada", "[09]")
    assert found.flows == ()


def test_formality_of_an_arrow_is_what_is_told() -> None:
    (flow,) = draft_process(told("Ada", "Af", "Bf"), {}, title="x", fewest=1).flows
    assert flow.formality is Formality.FORMAL
    (flow,) = draft_process(told("Ada", "A", "B"), {}, title="x", fewest=1).flows
    assert flow.formality is None
