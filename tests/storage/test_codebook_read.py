"""The codebook is read anew only after it has changed, and never shows what was rolled back."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.services.codebook import add_code, change_code, read_codebook
from qualcode.services.project import create_project, open_project
from qualcode.storage.codebook import load_codebook


def test_change_by_another_program_is_seen(tmp_path: Path) -> None:
    place = str(tmp_path / "study.qualcode")
    with create_project(place, lead="Vera") as mine, open_project(place) as theirs:
        add_code(mine, "Trust")
        assert read_codebook(theirs).by_key["trust"].name == "Trust"
        change_code(mine, "trust", name="Reliance")
        assert read_codebook(theirs).by_key["trust"].name == "Reliance"


def test_unchanged_codebook_is_the_same_value(tmp_path: Path) -> None:
    with create_project(str(tmp_path / "study.qualcode"), lead="Vera") as project:
        add_code(project, "Trust")
        with project.reading() as connection:
            assert load_codebook(connection) is load_codebook(connection)


def test_rolled_back_change_is_forgotten(tmp_path: Path) -> None:
    with create_project(str(tmp_path / "study.qualcode"), lead="Vera") as project:
        code = add_code(project, "Trust")
        with pytest.raises(KeyError), project.writing("code changed") as writer:  # noqa: PT012 - a command that fails half-way
            from qualcode.storage.codebook import change_code as change

            change(writer, code, {"name": "Never"})
            assert load_codebook(writer.connection).by_key["trust"].name == "Never"
            raise KeyError
        change_code(project, "trust", color="#0072B2")
        assert read_codebook(project).by_key["trust"].name == "Trust"
