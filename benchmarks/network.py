"""Times the network layer: aliases per second, and every default measure of a large network.

python benchmarks/network.py [--actors 1000] [--ties 5000] [--megabytes 3]
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from qualcode.core.identity import derived_uid
from qualcode.core.network.aliases import Aliases
from qualcode.core.network.differences import qap
from qualcode.core.network.graph import build_network
from qualcode.core.network.registry import Registry
from qualcode.core.network.sensitivity import sensitivity
from qualcode.core.network.statements import (
    Actor,
    AliasEntry,
    Formality,
    Presence,
    TieStatement,
    TieStatus,
    TieType,
    Valence,
)
from qualcode.core.network.summary import measure_network
from qualcode.nlp.mentions import MentionFinder, Place

Result = TypeVar("Result")
SAMPLE = Path(__file__).parent.parent / "transcripts_sample"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--actors", type=int, default=1000)
    options.add_argument("--ties", type=int, default=5000)
    options.add_argument("--megabytes", type=float, default=3.0)
    given = options.parse_args()
    noise = random.Random(1)
    match_aliases(noise, given.actors, given.megabytes)
    measure(noise, given.actors, given.ties)


def match_aliases(noise: random.Random, actors: int, megabytes: float) -> None:
    """Match two aliases for each actor in the sample interviews, resampled with 20,000 invented names."""
    aliases = [(AliasEntry(f"agent number{n}"), AliasEntry(f"A.{n}.")) for n in range(actors)]
    registry = [Actor(f"a{n}", f"Agency {n}", aliases=aliases[n]) for n in range(actors)]
    finder = MentionFinder(Aliases(registry))
    timed("load spaCy and compile aliases", lambda: finder.pipeline)
    files = sorted(SAMPLE.glob("*.txt"))
    spoken = [line for file in files for line in file.read_text().splitlines() if line]
    lines, size = [], 0
    while size < megabytes * 1e6:
        words = noise.choice(spoken).split()
        words.insert(len(words) // 2, f"Name{noise.randrange(20_000)}")
        words += ["agent", f"number{noise.randrange(actors)}."]
        lines.append(" ".join(words))
        size += len(lines[-1]) + 1
    text = "\n".join(lines)
    began = time.perf_counter()
    found = finder.in_text(text, Place("benchmark"))
    took = time.perf_counter() - began
    print(
        f"{'match aliases':40} {took:8.3f} s  {len(text) / took / 1e6:.2f} MB/s, {len(found)} mentions"
    )


def measure(noise: random.Random, actors: int, ties: int) -> None:
    registry = Registry(
        [Actor(f"a{n:04d}", f"Actor {n}", interviewed=n % 2 == 0) for n in range(actors)]
    )
    statements = invented(noise, actors, ties)
    network = timed("build the network", lambda: build_network(statements, registry, site="A"))
    print(f"{'':40} {len(network.actors)} actors, {len(network.ties)} ties")
    timed("every default measure", lambda: measure_network(network))
    other = build_network(statements, registry, site="B")
    timed("QAP correlation, 5,000 permutations", lambda: qap(network, other))
    timed("sensitivity table", lambda: sensitivity(statements, registry, ("A", "B")))


def invented(noise: random.Random, actors: int, ties: int) -> list[TieStatement]:
    """Return statements of about `ties` pairs at site A, and a tenth as many at B."""
    statements = []
    pairs = [noise.sample(range(actors), 2) for _ in range(ties)]
    for n in range(int(ties * 1.5)):
        one, other = pairs[n % ties]
        statements.append(
            TieStatement(
                id=n,
                uid=derived_uid("benchmark", n),
                source=f"a{one:04d}",
                target=f"a{other:04d}",
                directed=noise.random() < 0.5,
                type=noise.choice(list(TieType)[:9]),
                presence=noise.choice([Presence.PRESENT] * 9 + [Presence.ABSENT]),
                valence=noise.choice(list(Valence)),
                formality=noise.choice(list(Formality)),
                site="B" if n % 11 == 0 else "A",
                basis=None,
                status=TieStatus.CONFIRMED,
                document=f"interview {n % 200}",
                participant=f"P{n % 200}",
                speaker_role=f"a{one:04d}",
                start=n,
                end=n + 1,
                coding_id=n,
                code="collaboration",
            )
        )
    return statements


def timed(what: str, run: Callable[[], Result]) -> Result:
    began = time.perf_counter()
    result = run()
    print(f"{what:40} {time.perf_counter() - began:8.3f} s")
    return result


if __name__ == "__main__":
    main()
