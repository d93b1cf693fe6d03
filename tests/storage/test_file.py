"""The project file: who may read it, what is refused, and what a full disk or a vanished file does."""

from __future__ import annotations

import shutil
import sqlite3
import stat
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from qualcode.core.project import Role
from qualcode.errors import NewerProject, NotAProject, ProjectError
from qualcode.services.coding import find_coding, list_codings, list_memos, write_memo
from qualcode.services.project import (
    Project,
    add_coder,
    back_up,
    check_project,
    create_project,
    open_project,
)
from qualcode.storage.files import APPLICATION_ID, SCHEMA_REVISION, check_file
from tests.study import Study


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_only_the_owner_reads_a_project_and_what_lies_beside_it(project: Project) -> None:
    place = Path(project.location)
    add_coder(project, "Ana", role=Role.MENTOR)
    beside = [place, Path(f"{place}-wal"), Path(f"{place}-shm"), back_up(project)]
    assert [mode(path) for path in beside] == [0o600] * 4


def test_a_file_says_which_program_and_which_schema_it_belongs_to(project: Project) -> None:
    place = project.location
    project.close()
    connection = sqlite3.connect(place)
    found = [
        connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("application_id", "user_version")
    ]
    connection.close()
    assert found == [APPLICATION_ID, SCHEMA_REVISION]


def test_closing_folds_the_log_into_the_file(project: Project) -> None:
    project.close()
    assert not Path(f"{project.location}-wal").exists()


def test_a_place_that_is_taken_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    place = tmp_path / "notes.txt"
    place.write_text("my notes")
    with pytest.raises(ProjectError, match="exists already"):
        create_project(str(place), lead="Vera")
    assert place.read_text() == "my notes"


def test_a_folder_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="cannot be created"):
        create_project(str(tmp_path / "nowhere" / "study.qualcode"), lead="Vera")


def test_a_project_that_cannot_be_finished_is_not_left_half_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise ProjectError("no")

    monkeypatch.setattr("qualcode.storage.project.create_schema", fails)
    with pytest.raises(ProjectError, match="no"):
        create_project(str(tmp_path / "study.qualcode"), lead="Vera")
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_project_is_refused_with_a_hint(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.touch()
    words = tmp_path / "interview.txt"
    words.write_text("Interviewer: " * 50)
    other = tmp_path / "other.db"
    connection = sqlite3.connect(other)
    connection.execute("CREATE TABLE t (x)")
    connection.close()
    for place, said in (
        (tmp_path / "missing", "does not exist"),
        (tmp_path, "is a folder"),
        (empty, "is not a qualcode project"),
        (words, "is not a qualcode project"),
        (other, "another program"),
    ):
        with pytest.raises(ProjectError, match=said) as refusal:
            open_project(str(place))
        assert refusal.value.hint


def test_what_is_no_project_is_not_touched(tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    connection = sqlite3.connect(other)
    connection.execute("CREATE TABLE t (x)")
    connection.close()
    before = other.read_bytes()
    with pytest.raises(NotAProject):
        open_project(str(other))
    assert other.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["other.db"]


def test_a_project_of_a_newer_version_is_refused_and_not_touched(project: Project) -> None:
    place = Path(project.location)
    project.close()
    connection = sqlite3.connect(place)
    connection.execute(f"PRAGMA user_version = {SCHEMA_REVISION + 1}")
    connection.close()
    before = place.read_bytes()
    with pytest.raises(NewerProject, match="newer qualcode"):
        open_project(str(place))
    assert place.read_bytes() == before


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of POSIX")
def test_an_unreadable_file_is_refused(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuses)
    with pytest.raises(ProjectError, match="cannot be read: Permission denied"):
        check_file(Path(project.location))


def test_an_unknown_coder_is_refused_with_the_nearest_name(small: Study) -> None:
    with pytest.raises(Exception, match="no coder is called 'Anna'") as refusal:
        open_project(small.location, coder="Anna")
    assert "Ana" in refusal.value.hint  # type: ignore[attr-defined]


def test_a_damaged_file_is_one_clear_line(small: Study) -> None:
    place = Path(small.location)
    content = bytearray(place.read_bytes())
    middle = len(content) // 2
    content[4096:middle] = b"\x55" * (middle - 4096)
    place.write_bytes(bytes(content))
    with pytest.raises(ProjectError, match="damaged"):
        check_project(small.lead)


def test_a_damaged_file_is_not_backed_up(small: Study) -> None:
    place = Path(small.location)
    handle = small.lead
    content = bytearray(place.read_bytes())
    content[-20000:-4096] = b"\x55" * (20000 - 4096)
    place.write_bytes(bytes(content))
    with pytest.raises(ProjectError, match="damaged"):
        back_up(handle)
    assert [path.name for path in place.parent.iterdir() if "backup" in path.name] == []


def test_a_backup_is_a_project_with_everything_in_it(small: Study, tmp_path: Path) -> None:
    coding = small.apply("Ana", "benefit.trust", "We call each other by name")
    copy = back_up(small.lead, tmp_path)
    with open_project(str(copy), coder="Ana") as opened:
        assert find_coding(opened, coding.id).uid == coding.uid
        assert check_project(opened).problems == ()


def test_a_file_that_may_not_be_written_says_so(small: Study) -> None:
    handle = small.by("Ana")
    with handle.database.writing() as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")
    with pytest.raises(ProjectError, match="cannot be written"):
        small.apply("Ana", "benefit.trust", "We call each other by name")


def test_another_program_that_holds_the_file_is_named_after_the_wait(
    small: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qualcode.storage.files.BUSY_TIMEOUT_MS", 50)
    other = small.lead
    with (
        other.database.writing(),
        pytest.raises(ProjectError, match="written by another program"),
    ):
        small.apply("Ana", "benefit.trust", "We call each other by name")
    small.apply("Ana", "benefit.trust", "We call each other by name")


def test_a_commit_of_another_program_changes_the_data_version(small: Study) -> None:
    before = small.by("Ana").database.data_version()
    small.apply("Ben", "benefit.trust", "We call each other by name")
    assert small.by("Ana").database.data_version() != before


def test_a_database_that_may_not_grow_says_that_the_disk_is_full(small: Study) -> None:
    handle = small.by("Ana")
    with handle.database.writing() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1")
    with pytest.raises(ProjectError, match="is full: the last change was not saved"):
        write_memo(handle, "x" * 200_000, target_type="project", target_uid=handle.uid)
    assert list_memos(handle) == ()


_FILL = """
import resource, sys
from qualcode.errors import ProjectError
from qualcode.services import coding
from qualcode.services.project import open_project

import signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with_handle = open_project(sys.argv[1], coder="Ana")
limit = int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
done = 0
try:
    for start in range(300):
        coding.apply_code(with_handle, "benefit.trust", document="talk-1", round="first", start=start % 90, end=100 + start % 70 )
        done += 1
except ProjectError as error:
    print(done, "|", error.message, "|", error.hint)
"""


def test_a_full_disk_is_one_clear_error_and_loses_nothing(small: Study, tmp_path: Path) -> None:
    limit = Path(small.location).stat().st_size // 4
    run = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(_FILL), small.location, str(limit)],
        capture_output=True,
        text=True,
        check=True,
    )
    done, message, hint = run.stdout.split(" | ")
    assert "was not saved" in message or "full" in message
    assert hint.strip()
    assert len(list_codings(small.by("Ana"))) == int(done) > 0
    assert check_project(small.lead).problems == ()


def test_a_vanished_folder_is_one_clear_error(small: Study, tmp_path: Path) -> None:
    away = tmp_path / "stick"
    away.mkdir()
    place = away / "study.qualcode"
    shutil.copyfile(small.location, place)
    other = Study(str(place))
    shutil.rmtree(away)
    with pytest.raises(ProjectError, match=r"does not exist|cannot be reached"):
        other.apply("Ana", "benefit.trust", "We call each other by name")
