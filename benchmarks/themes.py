"""Themes: what matrices, co-occurrences and narratives cost over very many codings.

    python benchmarks/themes.py [--codings N] [--quick] [--keep FOLDER] [--times N] [--only WORD]

The study: 1,000,000 codings of the consensus (or N; `--quick` means 50,000), 2,000 to an interview of 60,000 characters,
40 codes in 8 branches and one code with 500 codings, a site with every coding and a presence with those of one
branch, up to 240 participants. The rows are put into the file by bulk inserts, past the record of events: nothing else is
measured here. `--keep` keeps the study in a folder and takes it from there the next time; the measures run on a copy.

Every line gives medians (of five): the time on the clock, and the time this process had the processor, which is the
fairer one on a machine that does other work. Targets hold for the full study. `--only` takes the lines that hold a word.
"""

from __future__ import annotations

import argparse
import random
import shutil
import statistics
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import qualcode
from qualcode.core.identity import uuid7
from qualcode.core.project import Role
from qualcode.services import audit, codebook, compare, concept, documents, narrative, rounds
from qualcode.services.project import Project, add_coder, create_project, open_project

CODES, BRANCHES, LENGTH, PER_DOCUMENT, PEOPLE, PASSAGES = 40, 8, 60_000, 2_000, 240, 500
FULL, QUICK = 1_000_000, 50_000
SITES = ("A", "B", "both")
ROUND, MAP, FEW = "first", "everything", "few"
MATRIX, TOGETHER, NARRATIVE = 0.5, 2.5, 0.5


def main() -> None:
    asked = _options()
    count = QUICK if asked.quick else asked.codings
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(asked.keep or folder) / f"themes-{count}-{_made_by()}.qualcode"
        if not kept.exists():
            say(f"building a study of {count:,} codings …")
            began = time.perf_counter()
            build(kept, count)
            say(f"built in {time.perf_counter() - began:.0f} s: {kept.stat().st_size >> 20} MB")
        place = Path(folder) / "copy.qualcode"
        shutil.copyfile(kept, place)
        place.chmod(0o600)
        with open_project(str(place)) as project:
            say(f"{count:,} codings in {_interviews(count)} interviews; medians of {asked.times}")
            say(f"{'':<44}{'clock':>9}{'processor':>11}")
            measure(project, Measure(asked.times, asked.only, is_full=count >= FULL))


def _made_by() -> str:
    """Return what changes when a kept study is not what would be built now: this file, or the tables of a project."""
    schema = Path(qualcode.__file__).parent / "storage" / "migrations" / "versions"
    sources = [Path(__file__), *sorted(schema.glob("*.py"))]
    return f"{zlib.crc32(b''.join(file.read_bytes() for file in sources)):08x}"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="What themes cost over very many codings.")
    parser.add_argument("--codings", type=int, default=FULL, metavar="N")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK:,} codings")
    parser.add_argument("--keep", metavar="FOLDER", help="keep the study there, or take it")
    parser.add_argument("--times", type=int, default=5, metavar="N")
    parser.add_argument("--only", default="", metavar="WORD", help="lines that hold this word")
    return parser.parse_args()


def say(words: str) -> None:
    print(words, flush=True)


def build(place: Path, count: int) -> None:
    """Make the study: interviews, people and codebook through the services, codings by bulk inserts."""
    place.parent.mkdir(parents=True, exist_ok=True)
    unfinished = place.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    with (
        create_project(str(unfinished), lead="Lead") as project,
        tempfile.TemporaryDirectory() as name,
    ):
        _import(project, Path(name), _interviews(count))
        codebook.import_codebook(project, "codes.yaml", _codebook().encode())
        rounds.new_round(project, ROUND, blind=False)
        for branch in range(BRANCHES):
            concept.add_concept(project, MAP, code=f"branch{branch}")
        _fill(project, count)
    unfinished.rename(place)


def _interviews(count: int) -> int:
    return max(1, -(-count // PER_DOCUMENT))


def _import(project: Project, folder: Path, interviews: int) -> None:
    files = [folder / f"interview-{n:03}.txt" for n in range(interviews)]
    for n, file in enumerate(files):
        file.write_text(_interview(n))
    documents.import_documents(project, files)
    people = ["pseudonym,document,role,site,years"]
    people += [
        f"Person {n},{';'.join(file.stem for file in files[n::PEOPLE])},"
        f"{('officer', 'provider', 'judge')[n % 3]},{SITES[n % 2]},{n % 30}"
        for n in range(min(PEOPLE, interviews))
    ]
    (folder / "people.csv").write_text("\n".join(people) + "\n")
    documents.import_participants(project, folder / "people.csv")


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
    lines += [f"  - id: {FEW}"]
    lines += ["facets:", "  - id: site", f"    values: [{', '.join(SITES)}]"]
    lines += ["  - id: presence", "    values: [present, absent]"]
    lines += ["themes:", "  - {id: first, name: First, codes: [branch0]}"]
    return "\n".join(lines) + "\n"


def _fill(project: Project, count: int) -> None:
    with project.database.writing() as connection:

        def ids(query: str) -> list[int]:
            return [row[0] for row in connection.exec_driver_sql(query)]

        (coder,) = ids("SELECT id FROM coder WHERE role = 'consensus'")
        (round_id,) = ids("SELECT id FROM coding_round")
        revisions = ids("SELECT id FROM document_revision")
        codes = ids("SELECT id FROM code WHERE parent_id IS NOT NULL")
        (few,) = ids(f"SELECT id FROM code WHERE key = '{FEW}'")
        asked = set(ids("SELECT id FROM code WHERE key LIKE 'branch0.%'"))
        values = {
            key: ids(
                "SELECT value.id FROM facet_value AS value JOIN facet ON facet.id = facet_id"
                f" WHERE facet.key = '{key}' ORDER BY value.sort"
            )
            for key in ("site", "presence")
        }
        facet = {key: ids(f"SELECT id FROM facet WHERE key = '{key}'")[0] for key in values}
        choose = random.Random(1)
        given = list(_codings(count, revisions, codes, few))
        connection.exec_driver_sql(
            "INSERT INTO coding (id, uid, revision_id, start_ch, end_ch, code_id, coder_id,"
            " round_id, provenance, code_version, flagged, created_at, version, cl)"
            f" VALUES (?,?,?,?,?,?,{coder},{round_id},'consensus',1,0,'2024-01-01 00:00:00',1,1)",
            given,
        )
        said = [("site", row[0]) for row in given]
        said += [("presence", row[0]) for row in given if row[-1] in asked]
        connection.exec_driver_sql(
            "INSERT INTO coding_facet (uid, coding_id, facet_id, value_id, version, cl)"
            " VALUES (?,?,?,?,1,1)",
            [(uuid7().bytes, row, facet[key], choose.choice(values[key])) for key, row in said],
        )


def _codings(
    count: int, revisions: list[int], codes: list[int], few: int
) -> Iterator[tuple[Any, ...]]:
    """Yield (id, uid, revision, start, end, code); every so many-th has the code that has few."""
    choose = random.Random(1)
    step = max(1, count // PASSAGES)
    for number in range(1, count + 1):
        start = choose.randrange(LENGTH - 300)
        end = start + choose.randrange(40, 240)
        code = few if number % step == 0 else choose.choice(codes)
        revision = revisions[(number - 1) // PER_DOCUMENT]
        yield number, uuid7().bytes, revision, start, end, code


@dataclass(frozen=True)
class Measure:
    """How often everything is run, which lines are wanted, and whether the targets hold for this study."""

    times: int
    only: str
    is_full: bool

    def line(
        self,
        what: str,
        work: Callable[[], object],
        target: float | None = None,
        *,
        after: Callable[[], object] = lambda: None,
    ) -> None:
        """Run the work, with `after` behind it and outside of the time, and print one line."""
        if self.only not in what:
            return
        clock, processor = [], []
        for _ in range(self.times):
            began, spent = time.perf_counter(), time.process_time()
            work()
            processor.append(time.process_time() - spent)
            clock.append(time.perf_counter() - began)
            after()
        seconds, own = statistics.median(clock), statistics.median(processor)
        words = f"{what:<44}{seconds:8.2f} s{own:9.2f} s"
        if target is not None:
            words += f"   target {target} s"
            if self.is_full and seconds > target:
                words += "   MISSED" if own > target else "   MISSED by the clock"
        say(words)


def measure(project: Project, study: Measure) -> None:
    _matrices(project, study)
    _together(project, study)
    _narratives(project, study)
    _others(project, study)
    _of_coders(project, study)


def _matrices(project: Project, study: Measure) -> None:
    for columns in ("site", "presence", "role", "years", "document", "participant"):
        for deep in (False, True):
            study.line(
                f"matrix by {columns}, {'all codes' if deep else 'branches'}",
                lambda c=columns, d=deep: compare.compare(project, columns=c, deep=d),  # type: ignore[misc]
                MATRIX,
            )


def _together(project: Project, study: Measure) -> None:
    for relation in ("overlap", "near", "turn", "sentence"):
        study.line(
            f"co-occurrence: {relation}",
            lambda r=relation: compare.cooccurrence(project, relation=r),  # type: ignore[misc]
            TOGETHER,
        )
    study.line(
        "co-occurrence of one code by overlap",
        lambda: compare.cooccurrence(project, code="branch1"),
        TOGETHER,
    )


def _narratives(project: Project, study: Measure) -> None:
    def build_one() -> str:
        return narrative.build_narrative(project, FEW).document

    study.line("narrative: build", build_one, NARRATIVE, after=lambda: audit.undo(project))
    study.line(
        "narrative: build one for each site",
        lambda: narrative.build_narratives(project, FEW, by="site"),
        after=lambda: audit.undo(project),
    )
    name = build_one()
    study.line("narrative: read", lambda: narrative.show_narrative(project, name), NARRATIVE)
    study.line("narrative: build again", build_one, NARRATIVE)
    for form in ("md", "html", "docx"):
        study.line(
            f"narrative: export as {form}",
            lambda f=form: narrative.export_narrative(project, name, format=f),  # type: ignore[misc]
            NARRATIVE,
        )


def _others(project: Project, study: Measure) -> None:
    study.line("quotations of a cell", lambda: _cell(project))
    study.line("framework", lambda: compare.show_framework(project))
    study.line("saturation", lambda: compare.measure_saturation(project, orders=100))
    study.line("triangulation", lambda: compare.support(project))
    study.line("negative cases", lambda: compare.negative_cases(project, rows="branch0"))
    study.line("cases", lambda: compare.export_cases(project))
    study.line("joint display", lambda: compare.joint_display(project, "years"))
    study.line("concept counts", lambda: concept.show_map(project, MAP))


def _of_coders(project: Project, study: Measure) -> None:
    """The same codings as those of three coders; last, because it changes the study."""
    if study.only not in "matrix by coder, all codes co-occurrence: overlap within coders":
        return
    with project.database.reading() as connection:
        (first,) = connection.exec_driver_sql("SELECT max(id) FROM coder").one()
    for name in ("Ann", "Bob", "Cyd"):
        add_coder(project, name, role=Role.ANALYST)
    with project.database.writing() as connection:
        connection.exec_driver_sql(
            f"UPDATE coding SET coder_id = {first} + 1 + id % 3, provenance = 'independent'"
        )
    for deep in (False, True):
        study.line(
            f"matrix by coder, {'all codes' if deep else 'branches'}",
            lambda d=deep: compare.compare(project, columns="coder", deep=d),  # type: ignore[misc]
            MATRIX,
        )
    study.line(
        "co-occurrence: overlap within coders",
        lambda: compare.cooccurrence(project, basis="coders"),
        TOGETHER,
    )


def _cell(project: Project) -> object:
    return compare.cell_passages(project, code=FEW, columns="site", column="A")


if __name__ == "__main__":
    main()
