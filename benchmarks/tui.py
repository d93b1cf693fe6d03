"""Times the workbench from key to the end of the repaint, in a real terminal and in tmux, beside the floor of Textual.

    python benchmarks/tui.py                 1 MB, 5,000 overlapping codings, 140×40, pty and tmux: within 3 minutes
    python benchmarks/tui.py --quick         fewer keys, the same figures: within 1 minute
    python benchmarks/tui.py --growth        moving and applying in projects of 100, 5,000 and 50,000 codings

The harness plays the terminal: it answers the question for synchronised output, writes one key, and stops the
clock at the end of the first frame; through tmux, at the last byte before 12 ms of silence. The floor is an
application with a single Static, timed in the same run. `cpu` is the median of the program's processor time per key,
and `×` that as a multiple of the floor's, which other programs on the machine disturb less. Of 60 keys the 99th
percentile is the slowest one. Nothing here is part of the tests: the figures depend on the machine.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path

from tui.report import FRAME, Report
from tui.study import SPEAKER, build
from tui.terminals import FRAME_END, Sample, Terminal, Tmux

SIZE = (140, 40)
PAGE_MOST, MEMORY_MOST, TIMES_FLOOR, FPS_LEAST, GROWTH_MOST = 20.0, 70.0, 3.0, 59.0, 1.2
HOME, PAGE_DOWN, WHEEL_DOWN = "\x1b[H", "\x1b[6~", "\x1b[<65;70;20M"

# name, key, keys before the first, keys before each, p99 in ms, whether the median is held against the floor
MOVE = ("move by sentence", "j", "", "", FRAME, True)
EXTEND = ("extend by sentence", "J", "", "j", FRAME, True)
APPLY = ("apply a code", "a", "", "jj", FRAME, True)
UNDO = ("undo", "u", "", "", FRAME, False)
PAGE = ("page down", PAGE_DOWN, HOME, "", PAGE_MOST, False)
KEYS = (
    MOVE,
    ("move by word", "l", "", "", FRAME, True),
    EXTEND,
    ("extend a long selection", "J", "j", "", FRAME, True),
    APPLY,
    ("apply a code to three sentences", "a", "j", "jJJ", FRAME, True),
    ("remove", "x", "j", "ja", FRAME, False),
    UNDO,
    ("redo", "U", "", "", FRAME, False),
    PAGE,
    ("next coding", "e", HOME, "", PAGE_MOST, False),
)
IN_TMUX = (MOVE, EXTEND, APPLY, UNDO, PAGE)


class Bench:
    """One run: the floor and the workbench in the same minutes, on the same machine."""

    def __init__(self, options: argparse.Namespace, folder: Path) -> None:
        self.keys, self.starts = options.keys, options.starts
        self.report = Report()
        self.folder = folder
        self.opened: list[Terminal] = []
        self.environment = {
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "TEXTUAL_ANIMATIONS": "none",
            "QUALCODE_KEYMAP": str(folder / "no-keys.toml"),
            "QUALCODE_STATE": str(folder / "state"),
        }

    def floor(self, kind: type[Terminal]) -> Terminal:
        program = Path(__file__).with_name("tui") / "floor.py"
        return self._open(kind, [sys.executable, str(program)])

    def workbench(self, kind: type[Terminal], project: Path) -> Terminal:
        command = [sys.executable, "-m", "qualcode", "open", str(project), "--document", "long"]
        return self._open(kind, command)

    def close(self) -> None:
        """End whatever still runs."""
        for terminal in self.opened:
            terminal.close()

    def all(self, options: argparse.Namespace) -> None:
        """Time everything in a pseudo-terminal, then the most frequent keys through tmux."""
        said = f"{options.characters:,} characters, {options.codings:,} codings"
        self.report.progress(f"building {said}")
        project = build(
            self.folder,
            characters=options.characters,
            codings=options.codings,
            elsewhere=options.elsewhere,
        )
        print(f"{said}, {SIZE[0]}×{SIZE[1]}, {self.keys} keys each; milliseconds")
        self.report.load()
        for kind, chosen in ((Terminal, KEYS), (Tmux, IN_TMUX)):
            self.report.head(kind.kind)
            floor = self._floor_keys(kind)
            resized = self._resizes(floor)
            floor.close()
            used = self._used(kind, project, chosen)
            self._compare_resize(used, resized)
            if kind is Terminal:
                self._scrolling(used)
            name = f"{kind.kind}: memory after use"
            self.report.figure(name, used.memory(), "MB", most=MEMORY_MOST)
            used.close()
            self._starting(kind, project)
        self.report.load()
        self.report.end()

    def growth(self, options: argparse.Namespace) -> None:
        """Time moving and applying in projects of 100, 5,000 and 50,000 codings."""
        medians: dict[str, list[float]] = {}
        self.report.load()
        self.report.head("codings in the project")
        self._floor_keys(Terminal).close()
        for total in (100, 5_000, 50_000):
            self.report.progress(f"building a project with {total:,} codings")
            folder = self.folder / str(total)
            folder.mkdir()
            here = min(total, 5_000)
            project = build(
                folder, characters=options.characters, codings=here, elsewhere=total - here
            )
            terminal = self._opened(Terminal, project)
            for name, *rest in (MOVE, APPLY, UNDO):
                sample = self._sample(terminal, (f"{total:>6,}: {name}", *rest))
                medians.setdefault(name, []).append(sample.cpu)
            terminal.close()
        for name, found in medians.items():
            grown = found[-1] / found[0] if found[0] else float("nan")
            self.report.figure(
                f"{name}: 50,000 over 100 (cpu)", grown * 100, "%", most=GROWTH_MOST * 100
            )
        self.report.load()
        self.report.end()

    def _open(self, kind: type[Terminal], command: list[str]) -> Terminal:
        terminal = kind(command, size=SIZE, environment=self.environment)
        self.opened.append(terminal)
        return terminal

    def _floor_keys(self, kind: type[Terminal]) -> Terminal:
        terminal = self.floor(kind)
        terminal.wait_for(b"floor 0")
        terminal.quiet(0.3)
        self.report.floor(kind.kind, self._timed(terminal, "floor: one Static", "j", ""))
        return terminal

    def _opened(self, kind: type[Terminal], project: Path) -> Terminal:
        """Open the workbench and choose a code that can be applied again."""
        terminal = self.workbench(kind, project)
        terminal.wait_for(b"turn ")
        terminal.quiet(0.8)
        for key in ";c":
            terminal.press(key)
        return terminal

    def _used(self, kind: type[Terminal], project: Path, chosen: tuple) -> Terminal:
        self.report.progress(f"{kind.kind}: opening the workbench")
        terminal = self._opened(kind, project)
        for one in chosen:
            self._sample(terminal, one)
        return terminal

    def _sample(self, terminal: Terminal, one: tuple) -> Sample:
        name, key, first, before, p99, near_floor = one
        self.report.progress(f"{terminal.kind}: {name.strip()}")
        for early in filter(None, (first,)):
            terminal.press(early)
        sample = self._timed(terminal, name, key, before)
        self.report.keys(terminal.kind, sample, p99=p99, near_floor=near_floor)
        return sample

    def _timed(self, terminal: Terminal, name: str, key: str, before: str) -> Sample:
        sample = Sample(name)
        for _ in range(self.keys):
            for early in before:
                terminal.press(early)
            begun = terminal.cpu()
            terminal.press(key, sample)
            sample.spent.append(terminal.cpu() - begun)
        return sample

    def _resizes(self, terminal: Terminal) -> float:
        terminal.quiet(0.2)
        times = [terminal.time_resize(SIZE[0] - 20 * (n % 2 == 0), SIZE[1]) for n in range(6)]
        return statistics.median(times)

    def _compare_resize(self, terminal: Terminal, floor: float) -> None:
        self.report.progress(f"{terminal.kind}: resizing")
        why = f" = {TIMES_FLOOR:.0f} × floor ({floor:.0f})"
        self.report.figure(
            f"{terminal.kind}: resize to last byte",
            self._resizes(terminal),
            "ms",
            most=TIMES_FLOOR * floor,
            why=why,
        )

    def _scrolling(self, terminal: Terminal) -> None:
        """Hold the wheel at 60 steps a second for two seconds and count frames."""
        self.report.progress("pty: scrolling")
        terminal.press(HOME)
        terminal.quiet(0.3)
        seconds = 2.0
        frames, tail, spent = 0, b"", terminal.cpu()
        begun = time.perf_counter()
        for step in range(int(seconds * 60)):
            terminal.write(WHEEL_DOWN)
            while (left := begun + (step + 1) / 60 - time.perf_counter()) > 0:
                data = terminal.read(left)
                frames += (tail + data).count(FRAME_END)
                tail = data[-len(FRAME_END) + 1 :] if data else tail
        took = time.perf_counter() - begun
        spent = terminal.cpu() - spent
        terminal.quiet(0.3)
        self.report.least("pty: scrolling held at 60/s", frames / took, "fps", FPS_LEAST)
        self.report.figure("pty: processor while scrolling", spent / took / 10, "%")

    def _starting(self, kind: type[Terminal], project: Path) -> None:
        """Start floor and workbench by turns; the fastest of each counts, as everything else only adds.

        The text is there when the label of a speaker is: it stands nowhere but beside the text."""
        self.report.progress(f"{kind.kind}: starting")
        floors, found = [], []
        for _ in range(self.starts):
            for times, needle, terminal in (
                (floors, b"floor 0", self.floor(kind)),
                (found, SPEAKER, self.workbench(kind, project)),
            ):
                times.append(terminal.wait_for(needle))
                terminal.quiet(0.3)
                terminal.close()
        floor = min(floors)
        why = f" = {TIMES_FLOOR:.0f} × floor ({floor:.0f})"
        self.report.figure(
            f"{kind.kind}: start to text", min(found), "ms", most=TIMES_FLOOR * floor, why=why
        )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="20 keys of each kind, 2 starts")
    parser.add_argument("--growth", action="store_true", help="only how cost grows with a project")
    parser.add_argument("--characters", type=int, default=1_000_000, help="of the interview")
    parser.add_argument("--codings", type=int, default=5_000, help="on the interview")
    parser.add_argument("--elsewhere", type=int, default=0, help="codings on other interviews")
    parser.add_argument("--keys", type=int, help="how many of each kind (default 60)")
    options = parser.parse_args()
    options.keys = options.keys or (20 if options.quick else 60)
    options.starts = 2 if options.quick else 5
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(options, Path(folder))
        try:
            if options.growth:
                bench.growth(options)
            else:
                bench.all(options)
        finally:
            bench.close()


if __name__ == "__main__":
    main()
