"""Projects that tests start from: an empty one, a small study, the whole sample study."""

from __future__ import annotations

import os
import shutil
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from qualcode.cli.commands.demo import build_sample
from qualcode.services.project import Project, create_project, open_project
from tests.study import LEAD, Study, build_study

SERVER = os.environ.get("QUALCODE_TEST_POSTGRES", "")


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """An empty project whose lead is Vera."""
    with create_project(str(tmp_path / "empty.qualcode"), lead=LEAD) as opened:
        yield opened


@pytest.fixture(scope="session")
def small_place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The path of the small study, built once; only to be copied."""
    folder = tmp_path_factory.mktemp("study")
    place = folder / "study.qualcode"
    build_study(str(place), folder / "texts")
    return place


@pytest.fixture
def small(tmp_path: Path, small_place: Path) -> Iterator[Study]:
    """The small study in a file of the test's own."""
    place = tmp_path / "study.qualcode"
    shutil.copyfile(small_place, place)
    place.chmod(0o600)
    found = Study(str(place))
    yield found
    found.close()


@pytest.fixture(
    params=["file", pytest.param("server", marks=pytest.mark.postgres)],
)
def anywhere(request: pytest.FixtureRequest) -> Iterator[Study]:
    """The small study in a file, and again on a PostgreSQL server where QUALCODE_TEST_POSTGRES names one."""
    if request.param == "file":
        yield request.getfixturevalue("small")
        return
    folder: Path = request.getfixturevalue("tmp_path")
    with own_database() as location:
        build_study(location, folder / "texts")
        found = Study(location)
        yield found
        found.close()


@pytest.fixture
def server_place() -> Iterator[str]:
    """The URL of an empty database of the test's own on the server."""
    with own_database() as location:
        yield location


@pytest.fixture(scope="session")
def sample_place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The path of the sample study, built once for all workers; only to be read or copied."""
    shared = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        shared = shared.parent
    place, claim = shared / "sample" / "sample.qualcode", shared / "sample-is-being-built"
    try:
        claim.touch(exist_ok=False)
    except FileExistsError:
        for _ in range(1200):
            if place.exists():
                return place
            time.sleep(0.1)
        raise
    build_sample(place)
    return place


@pytest.fixture
def sample(tmp_path: Path, sample_place: Path) -> Iterator[Project]:
    """The whole sample study in a file of the test's own, opened as its lead."""
    place = tmp_path / "sample.qualcode"
    shutil.copyfile(sample_place, place)
    with open_project(str(place)) as opened:
        yield opened


class own_database:  # noqa: N801 - used as a context manager, like a function
    """Make an empty database on the test server, and drop it afterwards; skips the test where there is no server."""

    def __init__(self) -> None:
        if not SERVER:
            pytest.skip("QUALCODE_TEST_POSTGRES names no server")
        self.name = f"qualcode_{uuid.uuid4().hex[:12]}"

    def __enter__(self) -> str:
        _on_server(f"CREATE DATABASE {self.name}")
        return SERVER.rpartition("/")[0] + "/" + self.name

    def __exit__(self, *_: object) -> None:
        _on_server(f"DROP DATABASE {self.name} WITH (FORCE)")


def _on_server(statement: str) -> None:
    import psycopg

    url = SERVER.replace("postgresql+psycopg://", "postgresql://", 1)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)
