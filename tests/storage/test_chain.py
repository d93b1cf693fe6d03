"""The chain of events: whole after every kind of work, and broken by every change behind qualcode's back."""

from __future__ import annotations

import sqlite3

import pytest

from qualcode.services.audit import undo, verify_chain
from qualcode.services.project import Project, check_project, open_project
from tests.study import Study


def tampered(study: Study, *statements: str) -> tuple[str, ...]:
    """Change the file with another program, and return what the verification says then."""
    study.close()
    connection = sqlite3.connect(study.location, isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.close()
    with open_project(study.location) as project:
        return verify_chain(project).problems


@pytest.fixture
def worked(small: Study) -> Study:
    small.apply("Ana", "benefit.trust", "We call each other by name")
    small.apply("Ben", "challenge.load", "There are forty cases on one desk.")
    undo(small.by("Ben"))
    small.finish("Ana", document="talk-1")
    return small


def test_a_new_project_has_a_whole_chain_that_begins_with_its_lead(project: Project) -> None:
    report = verify_chain(project)
    assert report.problems == ()
    assert report.events == 2 and len(report.head) == 64


def test_work_and_undo_leave_the_chain_whole(worked: Study) -> None:
    assert verify_chain(worked.lead).problems == ()
    assert check_project(worked.lead).problems == ()


def test_every_command_moves_the_head(worked: Study) -> None:
    before = verify_chain(worked.lead)
    worked.apply("Chi", "benefit.contact", "She knows whom to ask")
    after = verify_chain(worked.lead)
    assert after.head != before.head and after.events > before.events


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET actor_id = 2 WHERE seq = 40",
        "UPDATE event SET at = '2001-01-01 00:00:00.000000' WHERE seq = 40",
        "UPDATE event SET action = 'code removed' WHERE seq = 40",
        "UPDATE event SET operation = 'remove' WHERE seq = 40",
        "UPDATE event SET entity_uid = randomblob(16) WHERE seq = 40",
        "UPDATE event SET group_uid = randomblob(16) WHERE seq = 40",
        "UPDATE event SET undoes = randomblob(16) WHERE seq = 40",
        "UPDATE event SET document_id = 1 WHERE seq = (SELECT min(seq) FROM event WHERE document_id = 2)",
        "UPDATE event SET round_id = NULL WHERE seq = (SELECT max(seq) FROM event WHERE round_id = 1)",
        "UPDATE event SET owner_id = NULL WHERE seq = (SELECT max(seq) FROM event WHERE owner_id = 4)",
    ],
)
def test_a_changed_who_when_or_what_shows(worked: Study, statement: str) -> None:
    assert any("who, when or what was altered" in line for line in tampered(worked, statement))


def test_a_changed_content_shows(worked: Study) -> None:
    found = tampered(
        worked, "UPDATE event SET payload = replace(payload, 'before', 'Before') WHERE seq = 40"
    )
    assert found == ("event 40: its content was altered",)


@pytest.mark.parametrize("seq", [1, 2, 40])
def test_a_deleted_event_shows(worked: Study, seq: int) -> None:
    found = tampered(worked, f"DELETE FROM event WHERE seq = {seq}")
    assert found == (f"event {seq + 1}: the event before it is missing or altered",)


def test_an_inserted_event_shows(worked: Study) -> None:
    columns = "uid, replica_id, rseq, at, actor_id, action, operation, entity, entity_id, entity_uid, group_uid, payload, payload_hash, prev, hash"
    copied = columns.replace(
        "uid, replica_id, rseq", "randomblob(16), replica_id, rseq + 100000", 1
    )
    found = tampered(
        worked, f"INSERT INTO event ({columns}) SELECT {copied} FROM event WHERE seq = 40"
    )
    assert found


def test_an_erased_content_leaves_the_chain_whole(worked: Study) -> None:
    assert tampered(worked, "UPDATE event SET payload = NULL WHERE seq = 40") == ()


def test_a_check_reports_a_broken_chain(worked: Study) -> None:
    tampered(worked, "DELETE FROM event WHERE seq = 40")
    with open_project(worked.location) as project:
        assert any("missing or altered" in line for line in check_project(project).problems)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (
            "UPDATE document_revision SET body = replace(body, 'name', 'Name')",
            "not the one that was imported",
        ),
        ("UPDATE document_revision SET length = 5", "its length is recorded wrongly"),
        ("UPDATE turn SET end_ch = 100000", "a turn ends after the text"),
        ("UPDATE coding SET end_ch = 100000 WHERE id = 1", "coding 1 ends at 100000"),
        ("UPDATE coding SET code_id = 999 WHERE id = 1", "refers to a missing row of code"),
        (
            "INSERT INTO coding (uid, revision_id, start_ch, end_ch, code_id, coder_id, round_id, provenance,"
            " code_version, flagged, created_at, version, cl) SELECT randomblob(16), revision_id, start_ch, end_ch,"
            " code_id, coder_id, round_id, 'consensus', 1, 0, created_at, 1, 1 FROM coding WHERE id = 1",
            "consensus of talk-1 in first is not what its inputs give",
        ),
    ],
)
def test_a_check_finds_what_must_never_be(worked: Study, statement: str, said: str) -> None:
    tampered(worked, statement)
    with open_project(worked.location) as project:
        assert any(said in line for line in check_project(project).problems)


def test_a_check_reports_what_the_database_itself_finds(worked: Study) -> None:
    tampered(
        worked,
        "PRAGMA ignore_check_constraints = ON",
        "UPDATE coding SET start_ch = 9, end_ch = 3 WHERE id = 1",
    )
    with open_project(worked.location) as project:
        assert any(line.startswith("database file: ") for line in check_project(project).problems)
