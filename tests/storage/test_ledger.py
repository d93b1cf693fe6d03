"""The ledger: every change with its event, removal without deletion, and references that hold rows in place."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.core.documents import DocumentKind
from qualcode.core.identity import uuid7
from qualcode.core.project import Role
from qualcode.core.rounds import RoundState
from qualcode.errors import ChangedMeanwhile, Refused
from qualcode.services import audit, coding, documents
from qualcode.services.project import Project, add_coder
from qualcode.storage import tables
from qualcode.storage.columns import Moment
from qualcode.storage.references import held_by, holding_columns
from qualcode.storage.rows import live_rows, table_of
from tests.services.test_undo_laws import Fresh
from tests.study import ROUND, Study

QUOTE = "There are forty cases on one desk."


def row_of(project: Project, kind: Any, row_id: int) -> dict[str, Any]:
    table = table_of(kind)
    with project.reading() as connection:
        found = connection.execute(sa.select(table).where(table.c.id == row_id))
        return dict(found.mappings().one())


def events_of(project: Project, action: str) -> list[Any]:
    event = table_of(tables.Event)
    with project.reading() as connection:
        return list(
            connection.execute(
                sa.select(event).where(event.c.action == action).order_by(event.c.seq)
            )
        )


def add_and_fail(project: Project, row: Any) -> None:
    def work() -> None:
        with project.writing("x") as writer:
            writer.add(row)
            raise RuntimeError("the program has a fault")

    with pytest.raises(RuntimeError):
        work()


def test_a_coding_is_one_group_of_events_with_everything_in_it(small: Study) -> None:
    handle = small.by("Ana")
    made = coding.apply_code(
        handle,
        "challenge.load",
        document="talk-1",
        round=ROUND,
        start=3,
        end=9,
        facets={"site": "A"},
    ).coding
    found = events_of(handle, "code applied")
    assert [(one.operation, one.entity) for one in found] == [
        ("add", "coding"),
        ("add", "coding_facet"),
    ]
    assert len({one.group_uid for one in found}) == 1
    assert {one.actor_id for one in found} == {handle.actor.id} == {one.owner_id for one in found}
    payload = json.loads(found[0].payload)
    assert payload["before"] is None
    assert (payload["after"]["start_ch"], payload["after"]["end_ch"]) == (3, 9)
    assert payload["after"]["coder_id"] == handle.actor.uid.hex, "references travel as uids"
    assert found[0].entity_uid == made.uid


def test_no_word_of_a_transcript_stands_in_the_events_of_codings(small: Study) -> None:
    small.apply("Ana", "challenge.load", QUOTE)
    assert all("forty" not in one.payload for one in events_of(small.by("Ana"), "code applied"))


@settings(max_examples=15, deadline=None)
@given(steps=st.lists(st.booleans(), max_size=8))
def test_removal_is_counted_and_nothing_is_deleted(small_place: Any, steps: list[bool]) -> None:
    with Fresh(small_place) as small:
        made = small.apply("Ana", "challenge.load", QUOTE)
        handle = small.by("Ana")
        length = 1
        for wants_removal in steps:
            is_live = length % 2 == 1
            with handle.writing("x") as writer:
                if wants_removal and is_live:
                    writer.remove(tables.Coding, made.id)
                    length += 1
                elif not wants_removal and not is_live:
                    writer.restore(tables.Coding, made.id)
                    length += 1
                elif wants_removal:
                    with pytest.raises(ChangedMeanwhile):
                        writer.remove(tables.Coding, made.id)
                else:
                    assert writer.restore(tables.Coding, made.id) is False
            row = row_of(handle, tables.Coding, made.id)
            assert (row["cl"], row["live"], row["uid"]) == (length, length % 2 == 1, made.uid)


def test_an_error_leaves_neither_the_change_nor_its_event(small: Study) -> None:
    handle = small.by("Ana")
    before = audit.verify_chain(handle)
    add_and_fail(handle, tables.Theme(key="new", name="New"))
    assert audit.verify_chain(handle) == before
    with handle.reading() as connection:
        assert live_rows(connection, tables.Theme, key="new") == []


def test_ids_given_again_after_an_error_are_not_mistaken_for_the_old_ones(small: Study) -> None:
    handle = small.by("Ana")
    add_and_fail(handle, tables.Theme(key="lost", name="Lost"))
    with handle.writing("theme added") as writer:
        kept = writer.add(tables.Theme(key="kept", name="Kept"))
        uid = writer.uid_of("theme", kept)
    assert row_of(handle, tables.Theme, kept)["uid"] == uid
    with handle.writing("x") as writer:
        assert writer.id_of("theme", uid) == kept


def test_a_change_counts_the_version_and_says_before_and_after(small: Study) -> None:
    handle = small.by("Ana")
    made = small.apply("Ana", "challenge.load", QUOTE)
    coding.change_coding(handle, made.id, weight=2)
    assert row_of(handle, tables.Coding, made.id)["version"] == 2
    (found,) = events_of(handle, "coding changed")
    assert json.loads(found.payload) == {"before": {"weight": None}, "after": {"weight": 2}}


def test_a_change_to_what_is_so_already_writes_nothing(small: Study) -> None:
    handle = small.by("Ana")
    made = small.apply("Ana", "challenge.load", QUOTE)
    with handle.writing("x") as writer:
        assert writer.change(tables.Coding, made.id, {"flagged": False}) is False
    assert events_of(handle, "x") == []
    with handle.writing("x") as writer:
        assert writer.add_many([]) == []
        writer.insert_parts([])


def test_what_stands_on_a_row_holds_it_in_place(small: Study) -> None:
    handle = small.lead
    small.apply("Ana", "challenge.load", QUOTE)
    with handle.reading() as connection:
        (code,) = live_rows(connection, tables.Code, key="challenge.load")
        (coder,) = live_rows(connection, tables.Coder, name="Ana")
        (round_,) = live_rows(connection, tables.CodingRound)
    for kind, row in ((tables.Code, code), (tables.Coder, coder), (tables.CodingRound, round_)):
        with pytest.raises(Refused, match="is in use"), handle.writing("x") as writer:
            writer.remove(kind, row["id"])


def test_nothing_live_is_put_on_a_removed_row(small: Study) -> None:
    handle = small.lead
    made = small.apply("Ana", "benefit.trust", QUOTE)
    with handle.reading() as connection:
        (code,) = live_rows(connection, tables.Code, key="challenge.load")
    with handle.writing("x") as writer:
        writer.remove(tables.Code, code["id"])
    with (
        pytest.raises(Refused, match="the code it stands on was removed meanwhile"),
        handle.writing("x") as writer,
    ):
        writer.change(tables.Coding, made.id, {"code_id": code["id"]})


def test_a_row_that_never_was_is_refused(small: Study) -> None:
    with (
        pytest.raises(Refused, match="there is no coding 4711"),
        small.lead.writing("x") as writer,
    ):
        writer.remove(tables.Coding, 4711)


def test_holding_and_being_held_are_two_sides_of_one_thing() -> None:
    assert {column.table.name for column in holding_columns("coding_round")} >= {
        "coding",
        "assignment",
        "decision",
    }
    assert ("code_id", "code") in {
        (column.name, table.name) for column, table in held_by("coding")
    }
    assert "decision_id" not in {column.name for column, _ in held_by("coding")}


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        (tables.Coding, {"created_at": dt.datetime(2020, 1, 1, tzinfo=dt.UTC)}),
        (tables.Memo, {"target_uid": uuid7()}),
        (tables.DocumentRevision, {"source_sha256": b"\x00\x01"}),
        (tables.CodingRound, {"state": RoundState.CLOSED}),
        (tables.Code, {"include": ["a", "b"], "parent_id": None}),
        (tables.Project, {"settings": {"a": [1, None]}}),
        (tables.Speaker, {"participant_id": None}),
    ],
)
def test_every_kind_of_value_comes_back_as_it_was(
    small: Study, kind: Any, fields: dict[str, Any]
) -> None:
    handle = small.by("Ana")
    made = small.apply("Ana", "challenge.load", QUOTE)
    coding.write_memo(handle, "hm", target_type="coding", target_uid=made.uid)
    with handle.reading() as connection:
        row_id = live_rows(connection, kind)[-1]["id"]
    before = row_of(handle, kind, row_id)
    with handle.writing("something changed") as writer:
        writer.change(kind, row_id, fields)
    after = row_of(handle, kind, row_id)
    assert all(after[name] == value for name, value in fields.items())
    audit.undo(handle)
    found = row_of(handle, kind, row_id)
    assert {name: found[name] for name in fields} == {name: before[name] for name in fields}
    audit.redo(handle)
    again = row_of(handle, kind, row_id)
    assert {name: again[name] for name in fields} == fields


def test_what_was_erased_is_not_guessed_by_an_undo(small: Study) -> None:
    handle = small.by("Ana")
    made = small.apply("Ana", "challenge.load", QUOTE)
    coding.change_coding(handle, made.id, weight=2)
    with handle.database.writing() as connection:
        connection.exec_driver_sql("UPDATE event SET payload = NULL")
    with pytest.raises(Refused, match="what it was before has been erased"):
        audit.undo(handle)
    assert audit.verify_chain(handle).problems == ()
    assert audit.history(handle, limit=1)[0].action == "coding changed"


def test_what_somebody_has_brought_back_meanwhile_is_not_brought_back_twice(small: Study) -> None:
    made = small.apply("Ana", "challenge.load", QUOTE)
    coding.remove_coding(small.by("Ana"), made.id)
    with small.lead.writing("coding brought in again") as writer:
        assert writer.restore(tables.Coding, made.id)
    with pytest.raises(Refused, match="it is there again already"):
        audit.undo(small.by("Ana"))


def test_a_time_without_its_zone_is_not_kept(small: Study) -> None:
    moment = Moment()
    naive = dt.datetime(2020, 1, 1)  # noqa: DTZ001
    with pytest.raises(ValueError, match="a time without its zone"):
        moment.process_bind_param(naive, small.lead)
    assert moment.process_bind_param(None, small.lead) is None
    assert moment.process_result_value(naive, None) == naive.replace(tzinfo=dt.UTC)
    aware = naive.replace(tzinfo=dt.UTC)
    assert moment.process_result_value(aware, None) is aware


def test_a_removed_row_does_not_return_where_another_has_its_name(small: Study) -> None:
    (document,) = [one for one in documents.list_documents(small.lead) if one.name == "talk-3"]
    with small.lead.reading() as connection:
        (row,) = live_rows(connection, tables.Document, name=document.name)
    documents.remove_document(small.lead, "talk-3")
    with small.lead.writing("x") as writer:
        writer.add(tables.Document(name="talk-3", kind=DocumentKind.OTHER))
    with (
        pytest.raises(Refused, match="another document stands in its place"),
        small.lead.writing("y") as writer,
    ):
        writer.restore(tables.Document, row["id"])


def test_somebody_removed_writes_no_more(small: Study) -> None:
    add_coder(small.lead, "Dee", role=Role.ANALYST)
    dee = small.by("Dee")
    audit.undo(small.lead)
    with pytest.raises(Refused, match="no longer a coder"), dee.writing("x"):
        pass
