"""Reading very many rows: numbers as arrays, words and turns of many places, and the plans of the queries."""

from __future__ import annotations

import re

import numpy as np
import pytest
import sqlalchemy as sa

from qualcode.core.documents import Turn
from qualcode.core.rounds import Visibility
from qualcode.services.project import Project
from qualcode.storage import tables
from qualcode.storage.compare import Layer, Voices, coded_documents, in_layer, load_evidence
from qualcode.storage.compare_columns import joined, ranked, read_numbers
from qualcode.storage.compare_places import load_turns_at, load_words
from qualcode.storage.database import Connection
from qualcode.storage.documents import load_documents, load_text, load_turns
from qualcode.storage.rows import table_of
from tests.study import Study

LAYER = Layer(Visibility(0, frozenset()), "coders")
NUMBERS = ("start_ch", "end_ch", "code_id", "id")


@pytest.fixture
def coded(anywhere: Study) -> Project:
    """The small study, in a file and on a server, with the codings of a quarrel."""
    anywhere.quarrel()
    anywhere.apply("Ben", "challenge.load", "She knows whom to ask", document="talk-3")
    return anywhere.lead


def test_numbers_come_group_by_group_as_single_rows_would(coded: Project) -> None:
    coding = table_of(tables.Coding)
    columns = [coding.c[name] for name in NUMBERS]
    with coded.reading() as connection:
        rows = connection.execute(sa.select(coding.c.revision_id, *columns)).all()
        groups, sizes, table = read_numbers(
            connection, columns, coding.c.live, within=[coding.c.revision_id]
        )
    assert [key for (key,) in groups] == sorted({row[0] for row in rows})
    found = np.column_stack([np.repeat([key for (key,) in groups], sizes), table])
    assert sorted(found.tolist()) == sorted(list(row) for row in rows)


def test_no_rows_give_no_groups_and_an_empty_table(coded: Project) -> None:
    coding = table_of(tables.Coding)
    columns = [coding.c[name] for name in NUMBERS]
    with coded.reading() as connection:
        groups, sizes, table = read_numbers(
            connection, columns, coding.c.id < 0, within=[coding.c.revision_id]
        )
    assert groups == []
    assert len(sizes) == 0 and table.shape == (0, len(NUMBERS))


def test_ids_are_numbered_in_their_order() -> None:
    different, numbers = ranked(np.array([7, 3, 7, 9]))
    assert different.tolist() == [3, 7, 9]
    assert numbers.tolist() == [1, 0, 1, 2]
    different, numbers = ranked(np.zeros(0, dtype=np.int64))
    assert len(different) == len(numbers) == 0


def spoken_at(turns: tuple[Turn, ...], offset: int) -> Turn | None:
    found = None
    for turn in turns:
        if turn.start > offset:
            break
        found = turn
    return found


def test_turns_of_many_places_are_those_that_reading_each_text_finds(coded: Project) -> None:
    with coded.reading() as connection:
        documents = load_documents(connection)
        places = [(one.revision_id, at) for one in documents for at in range(-1, one.length, 7)]
        found = load_turns_at(connection, places)
        for revision_id, at in places:
            turns = load_turns(connection, revision_id)
            assert found[revision_id, at] == spoken_at(turns, at)
    assert None in found.values() and len(set(found.values())) > 3
    assert {turn.speaker for turn in found.values() if turn} >= {"Interviewer", "Ada", "Bo"}


def test_words_of_many_places_are_cut_from_their_texts(
    coded: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qualcode.storage.compare_places._TEXTS_AT_ONCE", 2)
    with coded.reading() as connection:
        texts = {
            one.revision_id: load_text(connection, one.revision_id)
            for one in load_documents(connection)
        }
        places = [(revision_id, 3, 9) for revision_id in texts] + [(max(texts), 0, 4)]
        found = load_words(connection, places)
    assert found == {place: texts[place[0]][place[1] : place[2]] for place in places}


def test_interviews_with_any_coding_of_a_layer_are_found(coded: Project) -> None:
    def found(connection: Connection, layer: Layer) -> set[str]:
        return coded_documents(connection, Voices(connection), layer)

    with coded.reading() as connection:
        assert found(connection, LAYER) == {"talk-1", "talk-3"}
        assert found(connection, Layer(LAYER.seen, "Ana")) == {"talk-1"}
        assert found(connection, Layer(LAYER.seen, "consensus")) == set()


def test_evidence_is_the_same_whether_codings_are_looked_up_or_scanned(coded: Project) -> None:
    coding = table_of(tables.Coding)
    with coded.reading() as connection:
        for basis in ("coders", "Ben", "consensus"):
            layer = Layer(LAYER.seen, basis)
            both = [
                sorted(connection.execute(sa.select(coding.c.id).where(wanted)).scalars())
                for wanted in (
                    in_layer(connection, layer),
                    in_layer(connection, layer, by_scan=True),
                )
            ]
            assert both[0] == both[1]
            ids = sorted(
                one.coding_id for one in load_evidence(connection, Voices(connection), layer)
            )
            assert ids == both[0]


def plan_of(connection: Connection, query: sa.Select[tuple[object, ...]]) -> str:
    text = str(query.compile(connection.engine, compile_kwargs={"literal_binds": True}))
    rows = connection.exec_driver_sql("EXPLAIN QUERY PLAN " + text)
    return "; ".join(row[3] for row in rows)


def test_counting_reads_whole_indexes_in_their_order_and_sorts_nothing(small: Study) -> None:
    coding, link = table_of(tables.Coding), table_of(tables.CodingFacet)
    with small.lead.reading() as connection:
        wanted = in_layer(connection, LAYER, by_scan=True)
        group = (coding.c.code_id, coding.c.revision_id, coding.c.coder_id)
        counts = sa.select(*group, sa.func.count()).where(wanted).group_by(*group)
        place = coding.c.revision_id
        spans = sa.select(place, joined([coding.c.start_ch, coding.c.code_id]))
        value = link.c.value_id
        values = sa.select(value, joined([link.c.coding_id]))
        values = values.where(link.c.live, link.c.facet_id == 1)
        plans = [
            plan_of(connection, counts),
            plan_of(connection, spans.where(wanted).group_by(place).order_by(place)),
            plan_of(connection, values.group_by(value).order_by(value)),
        ]
    assert re.fullmatch(r"SCAN coding USING (COVERING )?INDEX ix_coding_code", plans[0])
    assert re.fullmatch(r"SCAN coding USING (COVERING )?INDEX ix_coding_place", plans[1])
    assert re.fullmatch(
        r"SEARCH coding_facet USING (COVERING )?INDEX ix_coding_facet_answer \(facet_id=\?\)",
        plans[2],
    )
