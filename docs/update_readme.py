"""Runs the README's commands again and writes what they print into it: `python docs/update_readme.py`.

The tests compare the README with the program; this brings it up to date after a change of the program's words.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    readme = ROOT / "README.md"
    text = readme.read_text()
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        for folder in ("transcripts_sample", "codebooks"):
            (place / folder).symlink_to(ROOT / folder)
        run("qualcode demo demo-study", place)
        findings = run("qualcode demo demo-study", place).partition("\n")[2]
        text = re.sub(
            r"```text\n.*?```", lambda _: f"```text\n{findings}```", text, flags=re.DOTALL
        )
        text = re.sub(
            r"(?<=```console\n)\$ qualcode init.*?(?=```)",
            lambda found: walk(found.group(0), place),
            text,
            flags=re.DOTALL,
        )
    readme.write_text(text)


def walk(block: str, place: Path) -> str:
    """Return the block with every command's output as it is now."""
    commands = re.findall(r"^\$ (.*)$", block, re.MULTILINE)
    return "".join(f"$ {command}\n{run(command, place)}" for command in commands)


def run(command: str, place: Path) -> str:
    """Return what a command prints on both outputs, in order, without a terminal."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        command,
        shell=True,
        cwd=place,
        env={**os.environ, "PATH": path},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.stdout


if __name__ == "__main__":
    main()
