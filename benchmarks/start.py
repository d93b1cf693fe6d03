"""Start-up, import and the sample study: how long a person waits, beside a floor measured in the same run.

    python benchmarks/start.py [--quick]

Targets: `qualcode --help` within 2.5 × an empty Typer program; 35 documents of 40 kB imported within 2 s; the
sample study built within 10 s. Medians; ratios to the floor where there is one.
"""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from qualcode.cli.commands.demo import build_sample
from qualcode.services.documents import import_documents
from qualcode.services.project import create_project

FLOOR = "import typer; app = typer.Typer(); app.command()(lambda: None); app(['--help'])"
WORDS = [
    "we",
    "call",
    "them",
    "first",
    "and",
    "then",
    "the",
    "supervisor",
    "hears",
    "so",
    "nobody",
    "waits",
]


def main() -> None:
    runs = 3 if "--quick" in sys.argv else 11
    floor = median(lambda: python("-c", FLOOR), runs)
    help_ = median(lambda: python("-m", "qualcode", "--help"), runs)
    print(f"empty Typer program --help   {floor * 1000:7.0f} ms")
    print(
        f"qualcode --help              {help_ * 1000:7.0f} ms   {help_ / floor:.2f} × (target 2.5 ×)"
    )
    imported = median(import_study, 1 if runs == 3 else 3)
    print(f"import 35 × 40 kB            {imported:7.2f} s    (target 2 s)")
    built = median(build, 1 if runs == 3 else 3)
    print(f"build the sample study       {built:7.2f} s    (target 10 s)")


def median(work: Callable[[], float], runs: int) -> float:
    return statistics.median(work() for _ in range(runs))


def python(*words: str) -> float:
    begun = time.perf_counter()
    subprocess.run([sys.executable, *words], stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - begun


def import_study() -> float:
    chance = random.Random(7)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = []
        for number in range(35):
            lines = []
            length = 0
            while length < 40_000:
                who = "Interviewer" if len(lines) % 2 == 0 else "Speaker"
                said = " ".join(chance.choice(WORDS) for _ in range(chance.randint(8, 60)))
                lines.append(f"{who}: {said.capitalize()}.\n\n")
                length += len(lines[-1])
            files.append(folder / f"{number:02}.txt")
            files[-1].write_text("".join(lines))
        with create_project(str(folder / "study.qualcode"), lead="Vera") as project:
            begun = time.perf_counter()
            done = import_documents(project, files)
            elapsed = time.perf_counter() - begun
        assert all(one.problem is None for one in done)
        return elapsed


def build() -> float:
    with tempfile.TemporaryDirectory() as name:
        begun = time.perf_counter()
        build_sample(Path(name) / "sample.qualcode")
        return time.perf_counter() - begun


if __name__ == "__main__":
    main()
