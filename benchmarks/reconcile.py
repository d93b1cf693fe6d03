"""How fast reconciliation is with 10,000 discrepancies: found, first shown, decided with the next one shown, undone.

Usage: python benchmarks/reconcile.py [FOLDER]. The project is generated into FOLDER once (a temporary one when none
is named); prints a line for each figure, with the target beside it.
"""

from __future__ import annotations

import gc
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from qualcode.core.project import Role
from qualcode.core.reconcile import Outcome, Strategy, find_discrepancies
from qualcode.core.rounds import RoundState
from qualcode.services import audit, codebook, coding, documents, reconcile, rounds
from qualcode.services.project import Project, add_coder, create_project, open_project
from qualcode.services.reconcile import Choice, Seen

DOCUMENTS, PLACES, CODES = 35, 286, 40
CODERS = (("Noor", Role.MENTOR), ("Tomas", Role.MENTEE), ("Ilse", Role.MENTEE))
ROUND = "Set 1"


def build(place: Path) -> None:
    """Build a project in which three coders differ at 10,010 places."""
    choose = random.Random(1)
    folder = place.parent / "texts"
    folder.mkdir(exist_ok=True)
    words = [
        "we",
        "call",
        "each",
        "other",
        "by",
        "name",
        "and",
        "that",
        "is",
        "worth",
        "more",
        "than",
        "any",
        "form",
        "she",
        "knows",
        "whom",
    ]
    codes = "\n".join(f"  - {{id: c{n}, name: Code {n}}}" for n in range(2 * CODES))
    lines: dict[str, list[str]] = {name: [] for name, _ in CODERS}
    for number in range(DOCUMENTS):
        sentences = [" ".join(choose.choices(words, k=30)) + "." for _ in range(2 * PLACES)]
        speech = " ".join(sentences)
        (folder / f"talk-{number:02}.txt").write_text(f"Synthetic.\n\nAda: {speech}\n")
    with create_project(str(place), name="large", lead="Vera") as project:
        for name, role in CODERS:
            add_coder(project, name, role=role)
        documents.import_documents(project, sorted(folder.glob("*.txt")))
        codebook.import_codebook(project, "c.yaml", f"title: large\ncodes:\n{codes}\n".encode())
        rounds.new_round(project, ROUND)
        rounds.assign_documents(project, ROUND, coders=[name for name, _ in CODERS])
        for number in range(DOCUMENTS):
            for coder, line in _said(f"talk-{number:02}", choose):
                lines[coder].append(line)
        files = [(f"{name}.jsonl", "\n".join(given).encode()) for name, given in lines.items()]
        coding.import_codings(project, files, round=ROUND, mark_done=True)
        rounds.set_round_state(project, ROUND, RoundState.RECONCILING)


def _said(document: str, choose: random.Random) -> Iterator[tuple[str, str]]:
    at = 30
    for _ in range(PLACES):
        length = choose.randrange(40, 160)
        code, kind = f"c{choose.randrange(CODES)}", choose.randrange(3)
        spans = [("Noor", code, length), ("Ilse", code, length)]
        if kind == 0:
            spans.append(("Tomas", code, length + 20))
        elif kind == 1:
            spans.append(("Tomas", f"c{CODES + choose.randrange(CODES)}", length))
        for coder, chosen, long in spans:
            given = {"document": document, "start": at, "end": at + long, "code": chosen}
            yield coder, json.dumps({**given, "coder": coder})
        at += length + 40


def timed(work: Callable[[], object], *, times: int = 5) -> float:
    """Return the median time in milliseconds."""
    taken = []
    for _ in range(times):
        gc.collect()
        start = time.perf_counter()
        work()
        taken.append(1000 * (time.perf_counter() - start))
    return statistics.median(taken)


def say(what: str, milliseconds: float, target: str = "") -> None:
    print(f"{what:<58} {milliseconds:9.1f} ms  {target}")


def measure(project: Project) -> None:
    from qualcode.storage.codebook import load_codebook
    from qualcode.storage.reconcile import load_places
    from qualcode.storage.rounds import find_round

    with project.reading() as connection:
        round_ = find_round(connection, ROUND)
        places = load_places(connection, round_)
        parents = {code.key: code.parent for code in load_codebook(connection).codes}

    def find() -> int:
        return sum(
            len(
                find_discrepancies(
                    place.claims,
                    place.coders,
                    parents=parents,
                    place=(round_.uid, place.revision_uid),
                )
            )
            for place in places
        )

    print(f"{find():,} discrepancies of {sum(len(one.claims) for one in places):,} codings")
    say("found, from codings in memory", timed(find), "target 200")
    first = places[0].document
    say(
        "first shown: the worklist of the first document",
        timed(lambda: reconcile.list_discrepancies(project, ROUND, document=first)),
        "target 300",
    )
    say(
        "the whole worklist, from the file",
        timed(lambda: reconcile.list_discrepancies(project, ROUND)),
    )
    _decide(project, first)
    say(
        "a strategy over all of them, previewed",
        timed(lambda: reconcile.preview_strategy(project, ROUND, Strategy.MAJORITY), times=3),
    )
    say(
        "the same, confirmed",
        timed(lambda: reconcile.apply_strategy(project, ROUND, Strategy.MAJORITY), times=1),
    )
    say("undone", timed(lambda: audit.undo(project), times=1))


def _decide(project: Project, document: str) -> None:
    items = iter(reconcile.list_discrepancies(project, ROUND, document=document))
    nobody = Seen(None)

    def decide() -> None:
        item, following = next(items), next(items)
        reconcile.make_decision(
            project, ROUND, item.discrepancy.uid.hex,
            Choice(Outcome.KEEP_ONE, keep="Noor", seen=nobody), document=document,
        )  # fmt: skip
        reconcile.look_at(project, ROUND, following, around=1500)

    say(
        "a decision durable, and the next one read for showing",
        timed(decide, times=25),
        "target 100",
    )
    say("that decision undone", timed(lambda: audit.undo(project), times=5), "target 100")


def main(folder: Path) -> None:
    place = folder / "large.qualcode"
    if not place.exists():
        start = time.perf_counter()
        build(place)
        print(f"built in {time.perf_counter() - start:.1f} s")
    with open_project(str(place)) as project:
        measure(project)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        Path(sys.argv[1]).mkdir(parents=True, exist_ok=True)
        main(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as made:
            main(Path(made))
