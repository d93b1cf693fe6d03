"""Run as a program: kills a coding child at random moments and says what of its acknowledged work is there afterwards.

Usage: killing.py PROJECT TIMES SEED. Prints one line: acknowledged codings, lost ones, half groups, problems found.
"""

from __future__ import annotations

import os
import random
import signal
import struct
import sys
import time

from qualcode.services import coding
from qualcode.services.audit import history
from qualcode.services.project import check_project, open_project

QUOTE = "There are forty cases on one desk."


def code_until_killed(place: str, acknowledge: int) -> None:
    """Code one passage after another, each with a facet; say so only when the service has returned."""
    with open_project(place, coder="Ana") as project:
        os.write(acknowledge, struct.pack(">q", 0))
        for number in range(10_000):
            done = coding.apply_code(
                project,
                "challenge.load",
                document=f"talk-{number % 3 + 1}",
                round="first",
                start=random.randrange(0, 60),
                end=random.randrange(61, 200),
                facets={"site": "A"},
            )
            os.write(acknowledge, struct.pack(">q", done.coding.id))


def kill_once(place: str) -> set[int]:
    """Let a child code, kill it at a random moment, and return the codings it had acknowledged."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        code_until_killed(place, writing)
        os._exit(0)
    os.close(writing)
    told = os.read(reading, 8)
    for _ in range(random.randrange(1, 8)):
        told += os.read(reading, 8)
    time.sleep(random.uniform(0.0, 0.02))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while piece := os.read(reading, 65536):
        told += piece
    os.close(reading)
    return {number for (number,) in struct.iter_unpack(">q", told)} - {0}


def main(place: str, times: int, seed: int) -> None:
    random.seed(seed)
    acknowledged: set[int] = set()
    lost = half = 0
    for _ in range(times):
        acknowledged |= kill_once(place)
        with open_project(place, coder="Ana") as project:
            standing = {one.id: one for one in coding.list_codings(project)}
            lost += len(acknowledged - set(standing))
            half += sum(1 for one in standing.values() if one.facets != {"site": "A"})
            applied = [row for row in history(project) if row.action == "code applied"]
            half += abs(len(applied) - len(standing))
    with open_project(place) as project:
        problems = check_project(project).problems
    print(len(acknowledged), lost, half, len(problems))  # noqa: T201 - the program's answer


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
