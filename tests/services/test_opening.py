"""What is shown of a project before it is open equals what is read when it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.core.project import Role
from qualcode.errors import NotAProject, ProjectError
from qualcode.services import documents
from qualcode.services.opening import first_sight
from qualcode.services.project import add_coder, create_project, open_project
from qualcode.storage import files

TEXT = "Interviewer: Who calls whom?\nP1: We call them. Naïve? 👍🏽 Perhaps.\n"


@pytest.fixture
def place(tmp_path: Path) -> str:
    made = str(tmp_path / "study.qualcode")
    source = tmp_path / "Talk one.txt"
    source.write_text(TEXT, encoding="utf-8")
    with create_project(made, name="Study", lead="Ada") as project:
        documents.import_documents(project, [source])
        add_coder(project, "Ben", role=Role.ANALYST)
    return made


def test_the_first_sight_of_a_document_is_what_opening_it_reads(place: str) -> None:
    seen = first_sight(place, document="talk ONE.txt")
    assert seen is not None
    with open_project(place) as project:
        assert seen.reading == documents.open_document(project, "Talk one")
        assert (seen.uid, seen.name, seen.coder) == (project.uid, project.name, project.actor)
        assert seen.documents == tuple(one.name for one in documents.list_documents(project))


def test_the_first_sight_is_that_of_the_coder_who_is_named(place: str) -> None:
    seen = first_sight(place, coder="BEN")
    assert seen is not None and seen.coder.name == "Ben" and seen.reading is None


def test_what_opening_has_to_refuse_is_left_to_it(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert first_sight(place, coder="Cleo") is None
    assert first_sight(place, document="talk two") is None
    assert first_sight("postgresql://nowhere/study") is None
    monkeypatch.setattr("qualcode.storage.first_sight.SCHEMA_REVISION", files.SCHEMA_REVISION + 1)
    assert first_sight(place) is None
    with pytest.raises(ProjectError, match="does not exist"):
        first_sight(str(tmp_path / "gone.qualcode"))
    with pytest.raises(NotAProject):
        first_sight(str(tmp_path / "Talk one.txt"))


def test_a_file_that_is_damaged_behind_its_header_is_left_to_opening(place: str) -> None:
    content = Path(place).read_bytes()
    Path(place).write_bytes(content[:4096] + b"\x00" * (len(content) - 4096))
    assert first_sight(place) is None


def test_the_first_sight_of_every_sample_interview_is_what_opening_it_reads(
    sample_place: Path,
) -> None:
    with open_project(str(sample_place)) as project:
        for row in documents.list_documents(project):
            seen = first_sight(str(sample_place), document=row.name)
            assert seen is not None
            assert seen.reading == documents.open_document(project, row.name)


def test_a_name_with_a_dot_is_not_taken_for_another_ones_file(place: str, tmp_path: Path) -> None:
    other = tmp_path / "Talk one.second.txt"
    other.write_text("P1: The second talk.\n", encoding="utf-8")
    with open_project(place) as project:
        documents.import_documents(project, [other])
        for name, found in (("talk one.second", "Talk one.second"), ("Talk one.txt", "Talk one")):
            assert documents.open_document(project, name).document.name == found
            seen = first_sight(place, document=name)
            assert seen is not None and seen.reading is not None
            assert seen.reading.document.name == found
