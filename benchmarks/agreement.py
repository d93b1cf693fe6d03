"""Agreement: what the figures cost, beside the libraries that compute them from matrices, in the same run.

    python benchmarks/agreement.py [--quick]

Full study: 3 coders, 20 codes, 350 documents of 40,000 characters, 210,000 spans; `--quick` takes a tenth of the
documents. Peers are measured where they are installed: krippendorff and scikit-learn on one code, times 20;
pygamma-agreement on one transcript. Medians; a ratio is the peer's time over ours. Targets (full study): every code ×
pair × document × coefficient within 100 ms and 150 MB above the data, 500 × faster than krippendorff and the same to
1e-12; unitizing within 150 ms; 1,000 document bootstraps within 50 ms; γ's exact alignment of 3 × 200 spans 20 ×
faster than pygamma-agreement's at the same disorder.
"""

from __future__ import annotations

import importlib
import importlib.util
import math
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable
from types import ModuleType

import numpy as np

from qualcode.core import agreement as ag
from qualcode.core.agreement.alignment import Units, best_alignment
from qualcode.core.agreement.binary import BINARY
from qualcode.core.agreement.gammas import random_units

CODERS, CODES, LENGTH, SPANS_PER_CODER = 3, 20, 40_000, 200


def main() -> None:
    quick = "--quick" in sys.argv
    documents = 35 if quick else 350
    spans = study(documents)
    print(
        f"{CODERS} coders, {CODES} codes, {documents} documents of {LENGTH:,} characters,"
        f" {len(spans.start):,} spans\n"
    )
    every_figure(spans, runs=5 if quick else 9)
    peers_on_characters(spans, runs=1 if quick else 3)
    peers_on_sentences(spans, runs=3)
    resampling(spans)
    units_and_sets(documents)
    growth(3 if quick else 4)
    gamma(runs=5)


def study(documents: int, *, seed: int = 1) -> ag.SpanSet:
    """Return a study in which coders mark mostly the same passages, cut a little differently, and name most alike."""
    chooser = np.random.default_rng(seed)
    shape = (documents, SPANS_PER_CODER)
    start = chooser.integers(0, LENGTH - 600, shape)
    length = chooser.integers(40, 400, shape)
    code = chooser.integers(0, CODES, shape)
    parts = []
    for coder in range(CODERS):
        begin = np.clip(start + chooser.integers(-30, 30, shape), 0, LENGTH - 600)
        end = begin + np.maximum(length + chooser.integers(-30, 30, shape), 5)
        own = np.where(chooser.random(shape) < 0.8, code, chooser.integers(0, CODES, shape))
        document = np.broadcast_to(np.arange(documents)[:, None], shape)
        parts.append(
            [document.ravel(), np.full(begin.size, coder), own.ravel(), begin.ravel(), end.ravel()]
        )
    columns = [np.concatenate([part[n] for part in parts]) for n in range(5)]
    order = chooser.permutation(len(columns[0]))
    return as_set(documents, LENGTH, [column[order] for column in columns])


def as_set(documents: int, length: int, columns: list[np.ndarray]) -> ag.SpanSet:
    return ag.SpanSet(
        tuple(f"interview {n}" for n in range(documents)),
        tuple("ABC"),
        ag.CodeTree.of(dict.fromkeys(f"code {n}" for n in range(CODES))),
        ag.Scope.whole(np.full(documents, length)),
        np.ones((CODERS, documents), dtype=bool),
        *columns,
    )


def median(work: Callable[[], object], runs: int) -> float:
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def line(what: str, seconds: float, note: str = "") -> None:
    shown = f"{seconds * 1000:10.1f} ms" if seconds < 10 else f"{seconds:10.1f} s "
    print(f"{what:<66}{shown}   {note}".rstrip())


def figures(spans: ag.SpanSet) -> ag.CodeAgreement:
    """Work out every coefficient of every code: over all, by pair, by document, by pair and document."""
    found = ag.code_agreement(spans)
    for name in BINARY:
        found.values(name)
        found.by_pair(name)
        found.by_document(name)
        found.by_pair_and_document(name)
    return found


def every_figure(spans: ag.SpanSet, runs: int) -> None:
    seconds = median(lambda: figures(spans), runs)
    made = len(BINARY) * CODES * (1 + 3) * (1 + len(spans.documents))
    line(
        f"all codes × pairs × documents × {len(BINARY)} coefficients",
        seconds,
        f"{made:,} figures; target 100 ms",
    )
    above = memory_above_data(spans)
    print(f"{'  memory above the data':<66}{above:>10} MB   target 150 MB")


def memory_above_data(spans: ag.SpanSet) -> str:
    """Return the most memory that all figures hold at once, as the allocator counts it."""
    tracemalloc.start()
    figures(spans)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return f"{peak / 1e6:.0f}"


def peer(name: str) -> ModuleType | None:
    if importlib.util.find_spec(name) is None:
        print(f"  {name} is not installed: not compared")
        return None
    return importlib.import_module(name)


def characters(spans: ag.SpanSet, code: int) -> np.ndarray:
    """Return one code as the matrix that other libraries want: coders × characters."""
    grid = np.zeros((CODERS, len(spans.documents) * LENGTH), dtype=np.int8)
    for row in np.flatnonzero(spans.code == code):
        base = spans.document[row] * LENGTH
        grid[spans.coder[row], base + spans.start[row] : base + spans.end[row]] = 1
    return grid


def peers_on_characters(spans: ag.SpanSet, runs: int) -> None:
    found = ag.code_agreement(spans)
    ours = median(lambda: figures(spans), 5)
    grid = characters(spans, 0)
    if krippendorff := peer("krippendorff"):
        theirs = CODES * median(
            lambda: krippendorff.alpha(grid, level_of_measurement="nominal"), runs
        )
        off = abs(
            krippendorff.alpha(grid, level_of_measurement="nominal")
            - found.values("krippendorff_alpha")[0]
        )
        line(
            "  krippendorff, characters, α pooled only (one code × 20)",
            theirs,
            f"{theirs / ours:,.0f} × (target 500 ×), apart {off:.0e}",
        )
    if peer("sklearn"):
        metrics = importlib.import_module("sklearn.metrics")

        def pairs() -> list[float]:
            return [
                metrics.cohen_kappa_score(grid[i], grid[j]) for i, j in ((0, 1), (0, 2), (1, 2))
            ]

        theirs = CODES * median(pairs, 1)
        off = max(
            abs(a - b) for a, b in zip(pairs(), found.by_pair("cohen_kappa")[0], strict=True)
        )
        line(
            "  scikit-learn, characters, κ of 3 pairs (one code × 20)",
            theirs,
            f"{theirs / ours:,.0f} ×, apart {off:.0e}",
        )


def peers_on_sentences(spans: ag.SpanSet, runs: int) -> None:
    cuts = [(n, n + 100) for n in range(0, LENGTH, 100)]
    grid = ag.unit_grid(spans, "sentence", dict.fromkeys(spans.documents, cuts))
    ours = median(lambda: ag.code_agreement(spans, grid).values("krippendorff_alpha"), runs)
    line("\nthe same over sentences of 100 characters".lstrip("\n"), ours)
    if krippendorff := peer("krippendorff"):
        counts = ag.code_agreement(spans, grid).ratings("code 0")
        table = np.repeat(counts.by_coder.T, counts.times.astype(int), axis=1)
        theirs = CODES * median(
            lambda: krippendorff.alpha(table, level_of_measurement="nominal"), runs
        )
        line(
            "  krippendorff, sentences ready made, α pooled only", theirs, f"{theirs / ours:.1f} ×"
        )


def resampling(spans: ag.SpanSet) -> None:
    found = ag.code_agreement(spans)
    how = ag.Bootstrap(draws=1000)

    def every() -> None:
        drawn = found.tallies.resampled(how.weights(len(found.compared)))
        for name in BINARY:
            BINARY[name](drawn)

    line(
        "1,000 document bootstraps, 20 codes, every coefficient", median(every, 5), "target 50 ms"
    )
    line(
        "jackknife of α, 20 codes, with all results",
        median(lambda: found.results("krippendorff_alpha"), 5),
    )


def units_and_sets(documents: int) -> None:
    spans = study(documents)
    line(
        "α over sets of codes, tree distance, coded text",
        median(lambda: ag.set_alpha(spans, distance="tree", text="coded", interval=None), 1),
    )
    apart = without_overlap(documents)
    members = ("u_alpha", "u_alpha_binary", "cu_alpha")

    def family() -> None:
        found = ag.unitizing(apart)
        for name in members:
            found.result(name, interval=None, pairs=False)
        for value in found.values:
            found.result_of(value, interval=None, pairs=False)

    line(
        f"unitizing family, {len(apart.start):,} units, 20 values",
        median(family, 3),
        "target 150 ms",
    )


def without_overlap(documents: int) -> ag.SpanSet:
    """Return units that do not overlap within a coder, about 116 for each coder and document."""
    chooser = np.random.default_rng(2)
    parts = []
    for coder in range(CODERS):
        gaps = chooser.integers(2, 290, (documents, 116))
        lengths = chooser.integers(40, 340, (documents, 116))
        end = np.cumsum(gaps + lengths, axis=1)
        kept = end < LENGTH
        document = np.broadcast_to(np.arange(documents)[:, None], end.shape)[kept]
        code = (end[kept] // 400 + (chooser.random(kept.sum()) < 0.2)) % CODES
        parts.append(
            [document, np.full(len(document), coder), code, (end - lengths)[kept], end[kept]]
        )
    return as_set(
        documents, LENGTH, [np.concatenate([part[n] for part in parts]) for n in range(5)]
    )


def growth(powers: int) -> None:
    print("\ncost per span as spans grow (S log S: the last column stays level)")
    chooser = np.random.default_rng(3)
    for power in range(3, 3 + powers):
        n = 10**power
        documents = max(n // 600, 1)
        start = chooser.integers(0, LENGTH - 400, n)
        columns = [
            chooser.integers(0, documents, n), chooser.integers(0, CODERS, n),
            chooser.integers(0, CODES, n), start, start + chooser.integers(20, 400, n),
        ]  # fmt: skip
        spans = as_set(documents, LENGTH, columns)
        seconds = median(lambda spans=spans: figures(spans), 5 if power < 6 else 3)
        print(
            f"  {n:>9,} spans {seconds * 1000:9.1f} ms   {seconds / (n * math.log2(n)) * 1e9:6.1f} ns per S log₂ S"
        )


def gamma(runs: int) -> None:
    print("\nγ, one transcript, 3 coders × 200 spans")
    spans = study(1)
    units = Units(spans.coder, spans.start, spans.end, spans.code)
    how = ag.Dissimilarity()
    best = best_alignment(units, CODERS, how)
    ours = median(lambda: best_alignment(units, CODERS, how), runs)
    line("  exact best alignment", ours, f"disorder {best.disorder:.6f}")
    random = random_units(units, CODERS, LENGTH, np.random.default_rng(0))
    line(
        "  exact best alignment of a random text",
        median(lambda: best_alignment(random, CODERS, how), runs),
    )
    if pygamma := peer("pygamma_agreement"):
        segment = importlib.import_module("pyannote.core").Segment
        continuum = pygamma.Continuum()
        for coder, start, end, code in zip(
            units.coder, units.start, units.end, units.code, strict=True
        ):
            continuum.add("ABC"[coder], segment(int(start), int(end)), f"code {code}")
        dissimilarity = pygamma.CombinedCategoricalDissimilarity(alpha=1, beta=1, delta_empty=1)
        theirs = median(lambda: continuum.get_best_alignment(dissimilarity), 2)
        disorder = continuum.get_best_alignment(dissimilarity).disorder
        line(
            "  pygamma-agreement, exact best alignment",
            theirs,
            f"{theirs / ours:.0f} × (target 20 ×), disorder {disorder:.6f}",
        )


if __name__ == "__main__":
    main()
