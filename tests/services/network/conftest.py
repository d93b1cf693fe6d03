"""The study of ties, built once and copied for every test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from qualcode.services.project import Project, open_project
from tests.ties_study import build_ties_study


@pytest.fixture(scope="session")
def ties_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_ties_study(tmp_path_factory.mktemp("ties"))


@pytest.fixture
def ties_place(ties_file: Path, tmp_path: Path) -> Path:
    place = tmp_path / "ties.qualcode"
    shutil.copy(ties_file, place)
    return place


@pytest.fixture
def ties(ties_place: Path) -> Iterator[Project]:
    """Open a copy of the study as its lead, Max."""
    with open_project(str(ties_place)) as project:
        yield project
