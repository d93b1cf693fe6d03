"""What a key of the workbench asks of the database: few statements, and the same answers as the long way."""

from __future__ import annotations

import shutil
import tempfile
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.core.audit import stacks
from qualcode.core.coding import Coding, Provenance
from qualcode.errors import Refused
from qualcode.services import audit, coding, rounds
from qualcode.services.project import Project
from qualcode.storage import tables
from qualcode.storage.audit import undo_stacks
from qualcode.storage.rows import table_of
from tests.study import ROUND, Study

CODES = ("benefit.trust", "benefit.contact", "challenge.load")


@contextmanager
def counted() -> Iterator[list[str]]:
    """Count the statements that reach any database meanwhile."""
    seen: list[str] = []

    def note(connection: object, cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    sa.event.listen(sa.Engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", note)


def applied(handle: Project, start: int, **how: object) -> Coding:
    code = str(how.pop("code", CODES[0]))
    return coding.apply_code(
        handle,
        code,
        document="talk-1",
        round=ROUND,
        start=start,
        end=start + 5,
        **how,  # type: ignore[arg-type]
    ).coding


@pytest.mark.parametrize(
    ("what", "most"),
    [("apply", 8), ("apply with facets", 11), ("change", 10), ("remove", 9), ("undo", 26)],
)
def test_a_key_costs_few_statements(small: Study, what: str, most: int) -> None:
    ana = small.by("Ana")
    applied(ana, 1, code="challenge.load", facets={"site": "A"})
    standing = applied(ana, 10)
    with counted() as seen:
        if what == "apply":
            applied(ana, 20)
        elif what == "apply with facets":
            applied(ana, 20, code="challenge.load", facets={"site": "A"})
        elif what == "change":
            coding.change_coding(ana, standing.id, flagged=True)
        elif what == "remove":
            coding.remove_coding(ana, standing.id)
        else:
            audit.undo(ana)
    assert len(seen) <= most, "\n".join(seen)


@pytest.mark.parametrize("facets", [{}, {"site": "B"}, {"SITE": "b"}])
@pytest.mark.parametrize("provenance", [Provenance.INDEPENDENT, Provenance.ACCEPTED_SUGGESTION])
def test_a_coding_just_made_is_told_as_it_is_read_again(
    anywhere: Study, facets: dict[str, str], provenance: Provenance
) -> None:
    ana = anywhere.by("Ana")
    made = applied(ana, 3, code="challenge.load", facets=facets, provenance=provenance)
    assert made == coding.find_coding(ana, made.id)
    assert made in coding.list_codings(ana)
    assert coding.read_codings(ana, [made.id, made.id + 1]) == (made,)


def test_names_are_still_understood_as_a_person_means_them(anywhere: Study) -> None:
    done = coding.apply_code(
        anywhere.by("Ana"),
        "Known contact",
        document="TALK-2.txt",
        round="First",
        start=1,
        end=4,
    )
    assert (done.coding.code, done.coding.document, done.coding.round) == (
        "benefit.contact",
        "talk-2",
        ROUND,
    )


def test_use_is_counted_as_a_count_of_all_own_codings_would(anywhere: Study) -> None:
    ana, ben = anywhere.by("Ana"), anywhere.by("Ben")
    for n, code in enumerate((CODES[2], CODES[0], CODES[2], CODES[1])):
        applied(ana, 10 * n, code=code)
        applied(ben, 10 * n, code=CODES[1])
    removed = applied(ana, 90, code="challenge.turnover")
    coding.remove_coding(ana, removed.id)
    anywhere.apply("Ana", CODES[0], "There are forty cases", document="talk-3")
    rounds.new_round(anywhere.lead, "second")
    coding.apply_code(ana, CODES[1], document="talk-2", round="second", start=1, end=9)
    own = sorted(
        coding.list_codings(ana, round=ROUND, coder="Ana"), key=lambda one: (one.id, one.code)
    )
    by_code = Counter(one.code for one in own)
    used = coding.use_of_codes(ana, round=ROUND)
    assert list(used.items()) == list(by_code.items())
    assert coding.codings_per_document(ana, round=ROUND) == Counter(one.document for one in own)
    assert coding.codings_per_document(anywhere.lead, round=ROUND) == {}


def test_the_consensus_is_nobodys_use(anywhere: Study) -> None:
    anywhere.quarrel()
    anywhere.reconcile()
    assert anywhere.consensus()
    own = coding.list_codings(anywhere.by("Ana"), round=ROUND, coder="Ana")
    used = coding.use_of_codes(anywhere.by("Ana"), round=ROUND)
    assert used == Counter(one.code for one in own)
    assert coding.use_of_codes(anywhere.lead, round=ROUND) == {}


def test_a_few_codings_are_read_as_all_of_them_are_and_no_hidden_one(anywhere: Study) -> None:
    for person in ("Ana", "Ben"):
        for n in range(3):
            applied(anywhere.by(person), 10 * n, code="challenge.load", facets={"site": "A"})
    ids = range(1, 20)
    for person in ("Ana", "Ben", "Vera"):
        handle = anywhere.by(person)
        assert coding.read_codings(handle, ids) == coding.list_codings(handle)
    assert {one.coder for one in coding.read_codings(anywhere.by("Ben"), ids)} == {"Ben"}
    assert coding.read_codings(anywhere.by("Ben"), []) == ()


def test_what_an_undo_changed_is_named(anywhere: Study) -> None:
    ana = anywhere.by("Ana")
    made = applied(ana, 1, code="challenge.load", facets={"site": "A"})
    coding.change_coding(ana, made.id, facets={"site": "B"})
    done = audit.undo(ana)
    assert (done.kinds, done.codings) == ({"coding_facet"}, (made.id,))
    done = audit.undo(ana)
    assert (done.kinds, done.codings) == ({"coding", "coding_facet"}, (made.id,))
    done = audit.redo(ana)
    assert (done.kinds, done.codings) == ({"coding", "coding_facet"}, (made.id,))
    coding.write_memo(ana, "a thought", target_type="coding", target_uid=made.uid)
    done = audit.undo(ana)
    assert (done.kinds, done.codings) == ({"memo"}, ())


def test_undo_can_be_kept_to_some_actions(anywhere: Study) -> None:
    ana = anywhere.by("Ana")
    kept = applied(ana, 1)
    line = b'{"document": "talk-1", "start": 30, "end": 40, "code": "benefit.trust"}'
    coding.import_codings(ana, [("mine.jsonl", line)], round=ROUND)
    before = coding.list_codings(ana)
    with pytest.raises(Refused, match=r"\(codings imported\) was made elsewhere, and stands"):
        audit.undo(ana, only={"code applied"})
    assert coding.list_codings(ana) == before
    audit.undo(ana)
    with pytest.raises(Refused, match="made elsewhere"):
        audit.redo(ana, only={"code applied"})
    assert coding.list_codings(ana) == (kept,)
    assert audit.undo(ana, only={"code applied"}).codings == (kept.id,)


def _groups_one_by_one(handle: Project) -> list[tuple[uuid.UUID, uuid.UUID | None]]:
    """Return the actor's groups in order, found by looking at every event."""
    event = table_of(tables.Event)
    with handle.reading() as connection:
        query = (
            sa.select(event.c.group_uid, event.c.undoes)
            .where(event.c.actor_id == handle.actor.id, event.c.operation != "note")
            .order_by(event.c.seq)
        )
        return list(dict.fromkeys((row[0], row[1]) for row in connection.execute(query)))


@settings(max_examples=12, deadline=None)
@given(
    st.lists(st.sampled_from(("apply", "apply", "import", "other", "undo", "redo")), max_size=14)
)
def test_walking_back_finds_the_commands_that_looking_at_every_event_finds(
    small_place: Path, steps: list[str]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "study.qualcode"
        shutil.copyfile(small_place, place)
        study = Study(str(place))
        _take_steps(study, steps)
        ana = study.by("Ana")
        with ana.reading() as connection:
            found = undo_stacks(connection, ana.actor.id)
        assert found == stacks(_groups_one_by_one(ana))
        study.close()


def _take_steps(study: Study, steps: list[str]) -> None:
    ana = study.by("Ana")
    for n, step in enumerate(steps):
        if step == "apply":
            applied(ana, n, code="challenge.load", facets={"site": "A"})
        elif step == "other":
            applied(study.by("Ben"), n)
        elif step == "import":
            lines = "\n".join(
                f'{{"document": "talk-2", "start": {n}, "end": {k}, "code": "benefit.trust"}}'
                for k in range(n + 1, n + 5)
            )
            coding.import_codings(ana, [("a.jsonl", lines.encode())], round=ROUND)
        else:
            with suppress(Refused):
                (audit.undo if step == "undo" else audit.redo)(ana)


def test_undo_and_redo_reach_far_back(small: Study) -> None:
    ana = small.by("Ana")
    made = [applied(ana, n).id for n in range(90)]
    undone = [audit.undo(ana).codings[0] for _ in range(80)]
    assert undone == made[:9:-1]
    redone = [audit.redo(ana).codings[0] for _ in range(40)]
    assert redone == made[10:50]
    again = [audit.undo(ana).codings[0] for _ in range(45)]
    assert again == made[49:4:-1]
    assert {one.id for one in coding.list_codings(ana)} == set(made[:5])
