"""Run as a program: reads a number from the project's settings and writes it back one higher, many times.

Usage: incrementing.py PROJECT CODER TIMES.
"""

from __future__ import annotations

import sys

from qualcode.services.project import open_project
from qualcode.storage import tables
from qualcode.storage.rows import live_rows


def main(place: str, coder: str, times: int) -> None:
    with open_project(place, coder=coder) as project:
        for _ in range(times):
            with project.writing("number raised") as writer:
                (row,) = live_rows(writer.connection, tables.Project)
                raised = {**row["settings"], "number": row["settings"].get("number", 0) + 1}
                writer.change(tables.Project, 1, {"settings": raised})


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
