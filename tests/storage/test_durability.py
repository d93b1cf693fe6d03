"""Nothing acknowledged is ever lost: two programs on one file, and a coding program killed at random moments."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from qualcode.services.project import check_project, open_project
from qualcode.storage import tables
from qualcode.storage.rows import live_rows
from tests.study import Study

HERE = Path(__file__).parent
LONG = os.environ.get("QUALCODE_PROOFS") == "long"


def start(program: str, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(HERE / program), *words], stdout=subprocess.PIPE, text=True
    )


def raise_from_two_programs(location: str, times: int) -> int:
    """Let two programs raise the same number at the same time; return what it comes to."""
    running = [start("incrementing.py", location, who, str(times)) for who in ("Ana", "Ben")]
    assert [one.wait(timeout=120) for one in running] == [0, 0]
    for one in running:
        assert one.stdout is not None
        one.stdout.close()
    with open_project(location) as project, project.reading() as connection:
        (row,) = live_rows(connection, tables.Project)
    return int(row["settings"]["number"])


def test_two_programs_on_one_file_lose_no_change(small: Study) -> None:
    assert raise_from_two_programs(small.location, 100) == 200
    assert check_project(small.lead).problems == ()


@pytest.mark.postgres
def test_two_programs_on_one_server_lose_no_change(server_place: str, tmp_path: Path) -> None:
    from tests.study import build_study

    build_study(server_place, tmp_path / "texts")
    assert raise_from_two_programs(server_place, 100) == 200
    with open_project(server_place) as project:
        assert check_project(project).problems == ()


def killed(location: str, times: int, seed: int) -> list[int]:
    run = start("killing.py", location, str(times), str(seed))
    told, _ = run.communicate(timeout=300)
    assert run.returncode == 0
    return [int(word) for word in told.split()]


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL")
def test_a_program_killed_while_coding_loses_nothing_that_was_on_the_screen(small: Study) -> None:
    acknowledged, lost, half, problems = killed(small.location, 10, seed=1)
    assert acknowledged > 10
    assert (lost, half, problems) == (0, 0, 0)


@pytest.mark.proof
@pytest.mark.skipif(not LONG, reason="QUALCODE_PROOFS=long")
@pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL")
def test_fifty_kills_lose_nothing(small: Study) -> None:
    acknowledged, lost, half, problems = killed(small.location, 50, seed=2)
    assert acknowledged > 100
    assert (lost, half, problems) == (0, 0, 0)
