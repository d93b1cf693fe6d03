"""The revisions give exactly the schema that a new project gets, and a migration either succeeds or changes nothing."""

from __future__ import annotations

import shutil
import sqlite3
import stat
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from qualcode.errors import NewerProject, ProjectError
from qualcode.services.project import check_project, open_project
from qualcode.storage import schema
from qualcode.storage.database import Database
from qualcode.storage.files import SCHEMA_REVISION, create_file
from tests.conftest import own_database
from tests.study import Study

SECOND = '''
"""A second revision, invented for a test."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade():
    op.add_column("coder", sa.Column("email", sa.String(), nullable=True))
    op.execute("UPDATE coder SET email = lower(name) || '@example.org'")
    {last}
'''


def described(connection: sa.Connection) -> dict[str, object]:
    """Return everything about the tables of a database that can be told by reflection."""
    inspector = sa.inspect(connection)
    found: dict[str, object] = {}
    for table in sorted(inspector.get_table_names()):
        found[table] = (
            [{**column, "type": str(column["type"])} for column in inspector.get_columns(table)],
            inspector.get_pk_constraint(table),
            sorted(map(str, inspector.get_foreign_keys(table))),
            sorted(map(str, inspector.get_unique_constraints(table))),
            sorted(map(str, inspector.get_check_constraints(table))),
            sorted(map(_index_in_words, inspector.get_indexes(table))),
        )
    return found


def _index_in_words(index: Any) -> str:
    options = {name: str(value) for name, value in index.get("dialect_options", {}).items()}
    return str({**index, "dialect_options": options})


def written(connection: sa.Connection) -> dict[str, list[str]]:
    """Return the statements that made each thing of a SQLite file, their lines in any order."""
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    return {
        name: sorted(line.strip().rstrip(",") for line in sql.splitlines()) for name, sql in rows
    }


def empty(place: Path) -> Database:
    create_file(place)
    return Database(str(place))


def test_the_revisions_give_the_schema_of_a_new_file(tmp_path: Path) -> None:
    made, migrated = empty(tmp_path / "made"), empty(tmp_path / "migrated")
    with made.writing() as one, migrated.writing() as other:
        schema.create_schema(one)
        schema.upgrade(other)
        differing = {
            name: set(lines) ^ set(written(other).get(name, []))
            for name, lines in written(one).items()
            if name != "alembic_version" and lines != written(other).get(name)
        }
        assert differing == {}
        assert set(written(one)) == set(written(other))
        assert described(one) == described(other)
        assert schema.server_revision(other) == SCHEMA_REVISION
    made.close()
    migrated.close()


@pytest.mark.postgres
def test_the_revisions_give_the_schema_of_a_new_server_project() -> None:
    with own_database() as first, own_database() as second:
        made, migrated = Database(first), Database(second)
        with made.writing() as one, migrated.writing() as other:
            schema.create_schema(one)
            schema.upgrade(other)
            assert described(one) == described(other)
        made.close()
        migrated.close()


def test_a_revision_is_not_taken_back(tmp_path: Path) -> None:
    from alembic import command
    from alembic.config import Config

    database = empty(tmp_path / "file")
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    with database.writing() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        with pytest.raises(NotImplementedError, match="open the backup"):
            command.downgrade(config, "base")
    database.close()


@pytest.fixture
def next_version(tmp_path: Path) -> Path:
    """The migrations of an invented next version; a test writes the last step of its revision."""
    copy = tmp_path / "migrations"
    shutil.copytree(schema.MIGRATIONS, copy, ignore=shutil.ignore_patterns("__pycache__"))
    return copy


def prepare(migrations: Path, last: str = "pass") -> None:
    (migrations / "versions" / "0002_second.py").write_text(SECOND.format(last=last))


def columns(place: Path) -> list[str]:
    connection = sqlite3.connect(place)
    found = [row[1] for row in connection.execute("PRAGMA table_info(coder)")]
    connection.close()
    return found


def test_an_older_project_is_backed_up_then_brought_forward(
    small: Study, next_version: Path
) -> None:
    place = Path(small.location)
    coding = small.apply("Ana", "benefit", "She knows whom to ask")
    small.close()
    prepare(next_version)
    backup = schema.migrate_file(place, target=2, migrations=next_version)
    assert backup is not None and stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert backup.name.startswith("study.v1-")
    assert "email" in columns(place) and "email" not in columns(backup)
    connection = sqlite3.connect(place)
    assert connection.execute("PRAGMA user_version").fetchone() == (2,)
    assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("0002",)
    assert connection.execute("SELECT email FROM coder WHERE name = 'Ana'").fetchone() == (
        "ana@example.org",
    )
    assert connection.execute(
        "SELECT count(*) FROM coding WHERE id = ?", (coding.id,)
    ).fetchone() == (1,)
    connection.close()
    with open_project(str(backup), coder="Ana") as old:
        assert check_project(old).problems == ()


def test_the_version_before_refuses_what_the_next_one_wrote(
    small: Study, next_version: Path
) -> None:
    small.close()
    prepare(next_version)
    schema.migrate_file(Path(small.location), target=2, migrations=next_version)
    with pytest.raises(NewerProject, match="schema 2, this one knows 1"):
        open_project(small.location)


def test_nothing_is_done_where_nothing_is_due(small: Study) -> None:
    place = Path(small.location)
    assert schema.migrate_file(place) is None
    assert small.lead.backup is None
    assert [path.name for path in place.parent.iterdir() if ".v1-" in path.name] == []


@pytest.mark.parametrize(
    ("last", "said"),
    [
        ('op.execute("UPDATE nowhere SET x = 1")', "no such table: nowhere"),
        ("raise RuntimeError('power cut')", "power cut"),
        (
            'op.execute("UPDATE coding SET code_id = 999")',
            "1 broken references",
        ),
    ],
)
def test_a_migration_that_fails_in_its_last_step_leaves_the_file_as_it_was(
    small: Study, next_version: Path, last: str, said: str
) -> None:
    place = Path(small.location)
    small.apply("Ana", "benefit", "She knows whom to ask")
    small.close()
    before = place.read_bytes()
    prepare(next_version, last)
    with pytest.raises((ProjectError, RuntimeError), match=said):
        schema.migrate_file(place, target=2, migrations=next_version)
    assert place.read_bytes() == before
    assert "email" not in columns(place)
    (backup,) = [path for path in place.parent.iterdir() if ".v1-" in path.name]
    assert columns(backup) == columns(place)
    with open_project(str(place)) as project:
        assert check_project(project).problems == ()


def test_a_damaged_project_is_not_migrated(small: Study, next_version: Path) -> None:
    place = Path(small.location)
    small.close()
    content = bytearray(place.read_bytes())
    content[-20000:-4096] = b"\x55" * (20000 - 4096)
    place.write_bytes(bytes(content))
    prepare(next_version)
    with pytest.raises(ProjectError, match="damaged"):
        schema.migrate_file(place, target=2, migrations=next_version)
    assert place.read_bytes() == bytes(content)


def test_opening_an_older_project_says_where_its_backup_lies(
    small: Study, next_version: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small.close()
    prepare(next_version)

    def migrate(path: Path) -> Path | None:
        return schema.migrate_file(path, target=2, migrations=next_version)

    monkeypatch.setattr("qualcode.storage.project.migrate_file", migrate)
    with open_project(small.location) as project:
        assert project.backup is not None and project.backup.exists()
