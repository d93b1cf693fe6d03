"""Themes: what matrices and co-occurrences cost over very many codings.

    python benchmarks/themes.py [--quick] [--keep FILE]

Full study: 1,000,000 codings of the consensus in 500 interviews of 60,000 characters, 40 codes in 8 branches, every
coding with a facet, 240 participants; `--quick` takes a twentieth of the codings and documents. The rows are put into the
file by bulk inserts, past the record of events: nothing else is measured here. Medians of three. Targets (full study):
any matrix within 0.5 s, all co-occurrences within 2.5 s.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from qualcode.core.identity import uuid7
from qualcode.services import codebook, compare, documents, rounds
from qualcode.services.project import Project, create_project, open_project

CODES, BRANCHES, LENGTH, PER_DOCUMENT, PEOPLE = 40, 8, 60_000, 2_000, 240
SITES = ("A", "B", "both")
ROUND = "first"


def main() -> None:
    interviews = 25 if "--quick" in sys.argv else 500
    kept = sys.argv[sys.argv.index("--keep") + 1] if "--keep" in sys.argv else None
    with tempfile.TemporaryDirectory() as folder:
        place = Path(kept) if kept else Path(folder) / "large.qualcode"
        if not place.exists():
            build(place, interviews)
        with open_project(str(place)) as project:
            print(f"{interviews * PER_DOCUMENT:,} codings in {interviews} interviews\n")
            measure(project)


def build(place: Path, interviews: int) -> None:
    """Make the study: interviews, people and codebook through the services, codings by bulk inserts."""
    with create_project(str(place), lead="Lead") as project, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = [folder / f"interview-{n:03}.txt" for n in range(interviews)]
        for n, file in enumerate(files):
            file.write_text(_interview(n))
        documents.import_documents(project, files)
        codebook.import_codebook(project, "codes.yaml", _codebook().encode())
        people = ["pseudonym,document,role,site,years"]
        people += [
            f"Person {n},{';'.join(file.stem for file in files[n::PEOPLE])},"
            f"{('officer', 'provider', 'judge')[n % 3]},{SITES[n % 2]},{n % 30}"
            for n in range(min(PEOPLE, interviews))
        ]
        (folder / "people.csv").write_text("\n".join(people) + "\n")
        documents.import_participants(project, folder / "people.csv")
        rounds.new_round(project, ROUND, blind=False)
        _fill(project)


def _interview(n: int) -> str:
    choose = random.Random(n)
    words = ["trust", "agency", "court", "share", "nobody", "calls", "me", "back", "we", "meet"]
    turns = [f"Interviewer: Interview {n}?"]
    turns += [f"Speaker: {' '.join(choose.choices(words, k=100))}." for _ in range(LENGTH // 500)]
    return "\n\n".join(turns).ljust(LENGTH, ".")


def _codebook() -> str:
    lines = ["title: large", "codes:"]
    for branch in range(BRANCHES):
        lines += [f"  - id: branch{branch}", "    children:"]
        lines += [f"      - {{id: c{n}}}" for n in range(branch, CODES, BRANCHES)]
    lines += ["facets:", "  - id: site", f"    values: [{', '.join(SITES)}]"]
    lines += ["themes:", "  - {id: first, name: First, codes: [branch0]}"]
    return "\n".join(lines) + "\n"


def _fill(project: Project) -> None:
    with project.database.writing() as connection:

        def ids(query: str) -> list[Any]:
            return [row[0] for row in connection.exec_driver_sql(query)]

        (coder,) = ids("SELECT id FROM coder WHERE role = 'consensus'")
        (round_id,) = ids("SELECT id FROM coding_round")
        (facet,) = ids("SELECT id FROM facet")
        values = ids("SELECT id FROM facet_value ORDER BY sort")
        codes = ids("SELECT id FROM code WHERE parent_id IS NOT NULL")
        revisions = ids("SELECT id FROM document_revision")
        choose = random.Random(1)

        def codings() -> Iterator[tuple[Any, ...]]:
            number = 0
            for revision in revisions:
                for _ in range(PER_DOCUMENT):
                    number += 1
                    start = choose.randrange(LENGTH - 300)
                    end = start + choose.randrange(40, 240)
                    code = choose.choice(codes)
                    yield number, uuid7().bytes, revision, start, end, code, coder, round_id

        given = list(codings())
        connection.exec_driver_sql(
            "INSERT INTO coding (id, uid, revision_id, start_ch, end_ch, code_id, coder_id,"
            " round_id, provenance, code_version, flagged, created_at, version, cl)"
            " VALUES (?,?,?,?,?,?,?,?,'consensus',1,0,'2024-01-01 00:00:00',1,1)",
            given,
        )
        connection.exec_driver_sql(
            "INSERT INTO coding_facet (uid, coding_id, facet_id, value_id, version, cl)"
            " VALUES (?,?,?,?,1,1)",
            [(uuid7().bytes, row[0], facet, choose.choice(values)) for row in given],
        )


def measure(project: Project) -> None:
    for columns in ("site", "role", "years", "document", "participant"):
        for deep in (False, True):
            line(
                f"matrix by {columns}, {'all codes' if deep else 'branches'}",
                timed(lambda c=columns, d=deep: compare.compare(project, columns=c, deep=d)),
                0.5,
            )
    for relation in ("overlap", "near", "turn", "sentence"):
        seconds = timed(lambda r=relation: compare.cooccurrence(project, relation=r))
        line(f"co-occurrence: {relation}", seconds, 2.5)
    line(
        "co-occurrence of one code by overlap",
        timed(lambda: compare.cooccurrence(project, code="branch1")),
        2.5,
    )


def timed(work: Callable[[], object], times: int = 3) -> float:
    found = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        found.append(time.perf_counter() - began)
    return statistics.median(found)


def line(what: str, seconds: float, target: float) -> None:
    verdict = "" if seconds <= target else "   MISSED"
    print(f"{what:<48}{seconds:8.2f} s   target {target} s{verdict}", flush=True)


if __name__ == "__main__":
    main()
