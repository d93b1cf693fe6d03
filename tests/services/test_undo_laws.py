"""Undo and redo as laws: any sequence of commands by two coders, and what others built on them."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.core.reconcile import Outcome
from qualcode.errors import QualcodeError, Refused
from qualcode.services import audit, codebook, coding, documents, project, rounds
from tests.study import ROUND, Study

LONG = os.environ.get("QUALCODE_PROOFS") == "long"
CODES = ("benefit.trust", "benefit.contact", "challenge.load")
SPANS = ((10, 30), (20, 60), (70, 90))
State = dict[int, tuple[Any, ...]]

_step = st.tuples(
    st.sampled_from(("Ana", "Ben")),
    st.sampled_from(("apply", "apply", "change", "remove", "undo", "undo", "redo")),
    st.integers(0, 8),
    st.sampled_from(CODES),
    st.sampled_from(SPANS),
    st.sampled_from(({}, {"site": "A"}, {"site": "B"})),
)


def state_of(study: Study, person: str) -> State:
    return {
        one.id: (one.code, one.start, one.end, tuple(one.facets.items()), one.document)
        for one in coding.list_codings(study.by(person), round=ROUND)
        if one.coder == person
    }


def act(study: Study, step: tuple[Any, ...]) -> None:
    person, what, which, code, (start, end), facets = step
    handle = study.by(person)
    standing = sorted(state_of(study, person))
    if what == "apply":
        coding.apply_code(
            handle, code, document="talk-1", round=ROUND, start=start, end=end, facets=facets
        )
    elif standing and what == "change":
        chosen = standing[which % len(standing)]
        coding.change_coding(handle, chosen, code=code, span=(start, end), facets=facets)
    elif standing and what == "remove":
        coding.remove_coding(handle, standing[which % len(standing)])


class Fresh:
    """A copy of the small study for one example."""

    def __init__(self, original: Path) -> None:
        self.folder = tempfile.TemporaryDirectory()
        place = Path(self.folder.name) / "study.qualcode"
        shutil.copyfile(original, place)
        self.study = Study(str(place))

    def __enter__(self) -> Study:
        return self.study

    def __exit__(self, *_: object) -> None:
        self.study.close()
        self.folder.cleanup()


@pytest.mark.proof
@settings(max_examples=400 if LONG else 15, deadline=None)
@given(steps=st.lists(_step, min_size=1, max_size=14))
def test_undo_and_redo_walk_through_the_states_of_each_coder_alone(
    small_place: Path, steps: list[tuple[Any, ...]]
) -> None:
    with Fresh(small_place) as study:
        now: dict[str, State] = {"Ana": {}, "Ben": {}}
        before: dict[str, list[State]] = {"Ana": [], "Ben": []}
        after: dict[str, list[State]] = {"Ana": [], "Ben": []}
        for step in steps:
            person, what = step[0], step[1]
            way = {"undo": (audit.undo, before, after), "redo": (audit.redo, after, before)}
            if what in way:
                move, source, target = way[what]
                if not source[person]:
                    with pytest.raises(Refused, match="nothing of yours"):
                        move(study.by(person))
                else:
                    move(study.by(person))
                    target[person].append(now[person])
                    now[person] = source[person].pop()
            else:
                act(study, step)
                found = state_of(study, person)
                if found != now[person]:
                    before[person].append(now[person])
                    after[person].clear()
                    now[person] = found
            assert {who: state_of(study, who) for who in now} == now
        assert project.check_project(study.lead).problems == ()


def test_undo_survives_closing_the_program(small: Study) -> None:
    small.apply("Ana", "benefit.trust", "We call each other by name")
    small.close()
    again = Study(small.location)
    assert "taken back: applied benefit.trust in talk-1" in audit.undo(again.by("Ana")).sentence
    assert state_of(again, "Ana") == {}
    again.close()


def test_undo_says_where_to_look(small: Study) -> None:
    small.apply("Ana", "benefit.trust", "We call each other by name", document="talk-2")
    done = audit.undo(small.by("Ana"))
    assert done.document == "talk-2"
    again = audit.redo(small.by("Ana"))
    assert again.sentence.startswith("brought back: applied benefit.trust in talk-2 at ")


def test_another_coder_s_commands_are_never_undone(small: Study) -> None:
    small.apply("Ben", "benefit.trust", "We call each other by name")
    with pytest.raises(Refused, match="nothing of yours to undo"):
        audit.undo(small.by("Ana"))


def test_undo_is_refused_where_somebody_has_built_on_it(anywhere: Study) -> None:
    made = codebook.add_code(anywhere.by("Ana"), "Respect", parent="benefit")
    anywhere.apply("Ben", made.key, "We call each other by name")
    with pytest.raises(Refused, match=r"'code added' cannot be taken back: the code is in use"):
        audit.undo(anywhere.by("Ana"))
    assert made.key in codebook.read_codebook(anywhere.lead).by_key


def test_undo_is_refused_where_somebody_changed_the_same_field_since(small: Study) -> None:
    codebook.change_code(small.by("Ana"), "benefit.trust", definition="Ana's words")
    codebook.change_code(small.by("Chi"), "benefit.trust", definition="Chi's words")
    with pytest.raises(Refused, match=r"definition has meanwhile become \"Chi's words\""):
        audit.undo(small.by("Ana"))


def test_undo_leaves_other_fields_that_somebody_changed_since(small: Study) -> None:
    codebook.change_code(small.by("Ana"), "benefit.trust", quick_key="z")
    codebook.change_code(small.by("Chi"), "benefit.trust", definition="Chi's words")
    audit.undo(small.by("Ana"))
    found = codebook.read_codebook(small.lead).by_key["benefit.trust"]
    assert (found.quick_key, found.definition) == ("t", "Chi's words")


def test_undo_is_refused_where_another_has_taken_the_place(anywhere: Study) -> None:
    codebook.remove_code(anywhere.by("Ana"), "challenge.turnover")
    codebook.add_code(anywhere.by("Chi"), "Turnover", parent="challenge")
    with pytest.raises(Refused, match="another code stands in its place"):
        audit.undo(anywhere.by("Ana"))


def test_a_coding_is_not_taken_back_from_a_round_that_has_moved_on(small: Study) -> None:
    small.quarrel()
    small.reconcile()
    with pytest.raises(Refused, match="first is reconciling"):
        audit.undo(small.by("Ben"))
    small.reopen()
    audit.undo(small.by("Ben"))


def test_a_decision_is_taken_back_while_the_round_is_reconciling_only(anywhere: Study) -> None:
    anywhere.quarrel()
    anywhere.reconcile()
    for item in anywhere.discrepancies():
        anywhere.decide("Ana", item, Outcome.KEEP_BOTH)
    before = anywhere.consensus()
    audit.undo(anywhere.by("Ana"))
    assert len(anywhere.consensus()) < len(before)
    audit.redo(anywhere.by("Ana"))
    assert anywhere.consensus() == before
    rounds.set_round_state(anywhere.lead, ROUND, rounds.RoundState.CLOSED)
    with pytest.raises(Refused, match="first is closed"):
        audit.undo(anywhere.by("Ana"))


def test_what_asks_for_a_reason_is_not_taken_back_by_undo(small: Study) -> None:
    small.quarrel()
    small.reconcile()
    with pytest.raises(Refused, match="'round state changed' is not taken back by undo"):
        audit.undo(small.lead)


def test_a_command_that_changes_nothing_leaves_nothing_to_undo(small: Study) -> None:
    first = small.apply("Ana", "benefit.trust", "We call each other by name")
    again = small.apply("Ana", "benefit.trust", "We call each other by name")
    coding.change_coding(small.by("Ana"), first.id, code="benefit.trust")
    assert again.id == first.id
    audit.undo(small.by("Ana"))
    assert state_of(small, "Ana") == {}


@pytest.mark.parametrize(
    "command",
    [
        lambda s: codebook.move_code(s.lead, "benefit.trust", parent="challenge"),
        lambda s: codebook.remove_code(s.lead, "challenge.turnover"),
        lambda s: codebook.change_code(s.lead, "challenge", name="Hindrance", aliases=("x",)),
        lambda s: codebook.import_codebook(
            s.lead, "c.yaml", b"title: t\ncodes:\n  - {id: new, name: New}\n"
        ),
        lambda s: coding.write_memo(
            s.lead, "A thought", target_type="project", target_uid=s.lead.uid
        ),
        lambda s: rounds.assign_documents(s.lead, ROUND, coders=["Vera"]),
        lambda s: rounds.mark_done(s.lead, ROUND, "talk-1", coder="Ana"),
        lambda s: rounds.new_round(s.lead, "second"),
        lambda s: project.add_coder(s.lead, "Dee", role=project.Role.ANALYST),
        lambda s: documents.remove_document(s.lead, "talk-3"),
    ],
)
def test_every_command_of_the_lead_can_be_taken_back_and_brought_back(
    small: Study, command: Callable[[Study], object]
) -> None:
    def everything() -> tuple[object, ...]:
        return (
            codebook.export_codebook(small.lead),
            [kept.n for kept in codebook.list_versions(small.lead)],
            [(one.name, one.state) for one in rounds.list_rounds(small.lead)],
            [
                (one.document, one.coder, one.done)
                for one in rounds.list_assignments(small.lead, ROUND)
            ],
            [one.name for one in project.list_coders(small.lead)],
            [one.name for one in documents.list_documents(small.lead)],
            [memo.body for memo in coding.list_memos(small.lead)],
        )

    before = everything()
    command(small)
    done = everything()
    assert done != before
    audit.undo(small.lead)
    assert everything() == before
    audit.redo(small.lead)
    assert everything() == done
    assert project.check_project(small.lead).problems == ()


def test_history_is_told_in_sentences(anywhere: Study) -> None:
    made = anywhere.apply("Ana", "benefit.trust", "We call each other by name")
    coding.write_memo(anywhere.by("Ana"), "why?", target_type="coding", target_uid=made.uid)
    coding.remove_coding(anywhere.by("Ana"), made.id)
    audit.undo(anywhere.by("Ana"))
    found = [f"{row.actor} {row.sentence}" for row in audit.history(anywhere.by("Ana"), limit=4)]
    place = f"in talk-1 at {made.start}–{made.end} (first)"
    assert found == [
        f"Ana applied benefit.trust {place}",
        "Ana wrote a memo on a coding (first)",
        f"Ana removed benefit.trust {place}",
        f"Ana took back: removed benefit.trust {place}",
    ]


def test_history_is_filtered_by_document_code_coder_time_and_marks_what_was_taken_back(
    small: Study,
) -> None:
    small.apply("Ana", "benefit.trust", "We call each other by name")
    small.apply("Chi", "challenge.load", "There are forty cases on one desk.", document="talk-2")
    audit.undo(small.by("Chi"))
    rounds.unblind_round(small.lead, ROUND, reason="we sit together")
    rows = audit.history(small.lead, document="talk-2", code="challenge.load")
    assert [(row.actor, row.taken_back) for row in rows] == [("Chi", True), ("Chi", False)]
    assert {row.actor for row in audit.history(small.lead, coder="Ana")} == {"Ana"}
    last = audit.history(small.lead)[-1]
    assert audit.history(small.lead, since=last.at) == (last,)
    with pytest.raises(QualcodeError, match="no coder is called"):
        audit.history(small.lead, coder="Anne")
