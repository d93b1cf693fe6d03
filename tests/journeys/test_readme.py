"""The README tells the truth: its commands run here, and print what it shows."""

from __future__ import annotations

import contextlib
import io
import re
import shlex
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
import typer.main

from qualcode.__main__ import main
from qualcode.cli.app import program

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()
BLOCKS = re.findall(r"```(console|text)\n(.*?)```", README, re.DOTALL)


def printed(command: str) -> str:
    """What the program prints on both outputs, in order."""
    out = io.StringIO()
    before, sys.argv = sys.argv, shlex.split(command)
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
            main()
    except SystemExit:
        pass
    finally:
        sys.argv = before
    return out.getvalue()


def settled(text: str) -> str:
    """The text with the ids of discrepancies, which are made of random uids, taken out."""
    return re.sub(r"\b[0-9a-f]{8}\b", "--------", text)


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("transcripts_sample", "codebooks"):
        (tmp_path / name).symlink_to(ROOT / name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("QUALCODE_CODER", raising=False)
    return tmp_path


def test_demo_prints_what_the_readme_shows(workplace: Path, sample_place: Path) -> None:
    (workplace / "demo-study").mkdir()
    shutil.copy(sample_place, workplace / "demo-study" / "sample.qualcode")
    shown = next(body for kind, body in BLOCKS if kind == "text")
    answer = printed("qualcode demo demo-study")
    assert answer.partition("\n")[2] == shown


def test_commands_of_the_walk_print_what_the_readme_shows(workplace: Path) -> None:
    (walk,) = [body for kind, body in BLOCKS if kind == "console" and "qualcode init" in body]
    steps = re.findall(r"^\$ (qualcode .*)\n((?:(?!\$ ).*\n)*)", walk, re.MULTILINE)
    assert len(steps) > 10
    for command, shown in steps:
        assert settled(printed(command)) == settled(shown), command


def test_two_commands_of_the_readme_are_targets_of_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text()
    for target in re.findall(r"^\$ make (\w+)", README, re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)


def test_every_command_in_the_table_exists() -> None:
    rows = re.findall(r"^\| [^|]+ \| `qualcode (.*) \| [^|]*\|$", README, re.MULTILINE)
    assert len(rows) > 15
    known: Any = typer.main.get_command(program())
    for row in rows:
        named = re.findall(r"[a-z]+(?=`|,| |\b)", row.split(" PROJECT")[0].split("`;")[0])
        below: dict[str, Any] = {}
        for word in (word for word in named if word != "qualcode"):
            if word not in below:
                assert word in known.commands, (row, word)
                below = getattr(known.commands[word], "commands", below)
