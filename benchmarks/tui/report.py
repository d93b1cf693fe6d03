"""The figures, printed as soon as they are known, each beside its target."""

from __future__ import annotations

import os
import sys
import time

from tui.terminals import Sample

FRAME = 1000 / 60
NEAR_FLOOR = 3.5


class Report:
    """Prints rows to the output and progress to the error output."""

    def __init__(self) -> None:
        self.begun = time.perf_counter()
        self.missed: list[str] = []
        self.floors: dict[str, Sample] = {}

    def progress(self, what: str) -> None:
        """Say what is being done; the line stays on the error output."""
        print(f"[{time.perf_counter() - self.begun:5.0f} s] {what}", file=sys.stderr, flush=True)

    def head(self, title: str) -> None:
        columns = f"{'p50':>6} {'p90':>6} {'p99':>6} {'max':>6} {'cpu':>6} {'×':>4} {'frames':>6}  target"
        print(f"\n{title:<34} {columns}", flush=True)

    def floor(self, kind: str, sample: Sample) -> None:
        """Print and keep the floor of a kind of terminal."""
        self.floors[kind] = sample
        print(_row(sample, sample), flush=True)

    def keys(self, kind: str, sample: Sample, *, p99: float | None, near_floor: bool) -> None:
        """Print one kind of key beside its targets: the 99th percentile in ms, the median in multiples of the floor."""
        said, holds = [], True
        if p99 is not None:
            holds = sample.at(0.99) <= p99
            said.append(f"p99 ≤ {p99:.1f}")
        if near_floor:
            limit = NEAR_FLOOR * self.floors[kind].at(0.5)
            holds = holds and sample.at(0.5) <= limit
            said.append(f"p50 ≤ {NEAR_FLOOR} × floor = {limit:.1f}")
        if sample.frames and kind == "pty":
            holds = holds and sum(sample.frames) == len(sample.frames)
            said.append("one frame")
        if not sample.times:
            holds = False
        print(
            f"{_row(sample, self.floors[kind])}  {', '.join(said)}{self._verdict(sample.name, holds, said)}",
            flush=True,
        )

    def figure(
        self, name: str, value: float, unit: str, *, most: float | None = None, why: str = ""
    ) -> None:
        """Print one figure beside the most that it may be (None: it has no target)."""
        target = "" if most is None else f"≤ {most:.0f} {unit}{why}"
        verdict = "" if most is None else self._verdict(name, value <= most, [target])
        print(f"{name:<34} {value:7.1f} {unit:<4} {target}{verdict}", flush=True)

    def least(self, name: str, value: float, unit: str, least: float) -> None:
        """Print one figure beside the least that it must be."""
        verdict = self._verdict(name, value >= least, ["least"])
        print(f"{name:<34} {value:7.1f} {unit:<4} ≥ {least:.0f} {unit}{verdict}", flush=True)

    def load(self) -> None:
        """Say whether others disturbed the figures."""
        load = os.getloadavg()[0]
        cores = os.cpu_count() or 1
        disturbed = ": wall times are disturbed, trust `cpu`" if load > cores * 0.6 else ""
        print(f"load {load:.1f} on {cores} cores{disturbed}", flush=True)

    def end(self) -> None:
        self.progress("done")
        listed = f": {'; '.join(self.missed)}" if self.missed else ""
        print(f"\n{len(self.missed)} targets missed{listed}", flush=True)

    def _verdict(self, name: str, holds: bool, said: list[str]) -> str:
        if not said:
            return ""
        if not holds:
            self.missed.append(name)
        return "  holds" if holds else "  MISSED"


def _row(sample: Sample, floor: Sample) -> str:
    if not sample.times:
        return f"{sample.name:<34} no frame came"
    times = " ".join(f"{sample.at(share):6.1f}" for share in (0.5, 0.9, 0.99, 1.0))
    frames = f"{sum(sample.frames) / len(sample.frames):6.2f}" if sample.frames else "     –"
    return f"{sample.name:<34} {times} {sample.cpu:6.1f} {sample.cpu / floor.cpu:4.1f} {frames}"
