"""Projects and their people."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.core.project import Role
from qualcode.errors import InputError, NewerProject, NotAProject, ProjectError, Refused
from qualcode.services import audit
from qualcode.services.project import (
    Project,
    add_coder,
    back_up,
    check_project,
    create_project,
    list_coders,
    open_project,
)
from qualcode.storage.database import Database
from qualcode.storage.project import load_coders
from tests.study import Study


def test_a_new_project_has_its_lead_and_nothing_wrong(project: Project) -> None:
    assert [(coder.name, coder.role) for coder in list_coders(project)] == [("Vera", Role.LEAD)]
    assert project.actor.name == "Vera" and project.name == "empty"
    assert check_project(project).problems == ()
    assert [row.sentence for row in audit.history(project)] == ["created the project"]


def test_the_lead_is_who_is_logged_in_where_nobody_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: "mira")
    with create_project(str(tmp_path / "a.qualcode"), name="A study") as made:
        assert (made.actor.name, made.name) == ("mira", "A study")

    def nobody() -> str:
        raise KeyError("no user")

    monkeypatch.setattr("getpass.getuser", nobody)
    with create_project(str(tmp_path / "b.qualcode")) as made:
        assert made.actor.name == "lead"
    with pytest.raises(InputError, match="the lead needs a name"):
        create_project(str(tmp_path / "c.qualcode"), lead=" ")


def test_people_are_added_once_under_any_spelling(anywhere: Study) -> None:
    dee = add_coder(anywhere.lead, " Dee ", role=Role.ANALYST)
    assert dee in list_coders(anywhere.lead)
    with pytest.raises(Refused, match="a coder named Dee exists already"):
        add_coder(anywhere.lead, "DEE", role=Role.LEAD)
    for name, role in (("", Role.LEAD), ("Eve", Role.CONSENSUS)):
        with pytest.raises(InputError, match="needs a name and a role of a person"):
            add_coder(anywhere.lead, name, role=role)
    assert [row.sentence for row in audit.history(anywhere.lead, limit=1)] == ["added Dee"]


def test_somebody_whose_place_was_taken_back_acts_no_more(small: Study) -> None:
    add_coder(small.lead, "Dee", role=Role.ANALYST)
    dee = small.by("Dee")
    audit.undo(small.lead)
    with pytest.raises(Refused, match="Dee is no longer a coder of this project"):
        small.apply("Dee", "benefit", "She knows whom to ask")
    assert dee.actor.name == "Dee"


def test_a_project_without_a_lead_is_refused(small: Study) -> None:
    with small.lead.database.writing() as connection:
        connection.exec_driver_sql("UPDATE coder SET role = 'analyst' WHERE role = 'lead'")
    small.close()
    with pytest.raises(ProjectError, match="the project has no lead"):
        open_project(small.location)


def test_a_check_says_what_it_looked_at(anywhere: Study) -> None:
    report = check_project(anywhere.lead)
    assert report.problems == ()
    assert "chain of events" in report.checked


@pytest.mark.postgres
def test_a_server_holds_one_project_a_database(server_place: str) -> None:
    with pytest.raises(NotAProject, match="holds no qualcode project"):
        open_project(server_place)
    with create_project(server_place, lead="Vera") as made:
        assert made.name == server_place.rpartition("/")[2]
        with pytest.raises(Refused, match="backed up on the server"):
            back_up(made)
        assert made.database.data_version() == 0
    with pytest.raises(ProjectError, match="holds a project already"):
        create_project(server_place, lead="Vera")
    with open_project(server_place) as again:
        assert check_project(again).problems == ()


@pytest.mark.postgres
def test_a_newer_project_on_a_server_is_refused(server_place: str) -> None:
    create_project(server_place, lead="Vera").close()
    database = Database(server_place)
    with database.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    database.close()
    with pytest.raises(NewerProject, match="newer qualcode"):
        open_project(server_place)


@pytest.mark.postgres
def test_a_reading_is_of_one_moment_on_a_server_too(server_place: str) -> None:
    with create_project(server_place, lead="Vera") as made:
        with made.reading() as connection:
            before = load_coders(connection)
            add_coder(made, "Dee", role=Role.ANALYST)
            assert load_coders(connection) == before
        assert len(list_coders(made)) == 2


def test_a_server_that_does_not_answer_is_one_clear_line() -> None:
    with pytest.raises(ProjectError) as refusal:
        open_project("postgresql+psycopg://nobody@127.0.0.1:1/none")
    assert "\n" not in refusal.value.message


def test_a_missing_driver_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object, **__: object) -> None:
        raise ModuleNotFoundError("psycopg")

    monkeypatch.setattr("sqlalchemy.create_engine", missing)
    with pytest.raises(ProjectError, match="driver is not installed") as refusal:
        open_project("postgresql://nobody@127.0.0.1:1/none")
    assert "qualcode[postgres]" in (refusal.value.hint or "")
