"""Times the workbench from key to the end of the repaint, in a real pseudo-terminal, beside the floor of Textual.

    python benchmarks/tui.py                     1 MB, 5,000 overlapping codings, 140×40
    python benchmarks/tui.py --characters 100000 --codings 500
    python benchmarks/tui.py --project-codings 50000      the same, in a project with that many codings

The harness plays the terminal: it answers the question for synchronised output, writes one key, and stops the
clock at the end of the first frame. The floor is an application with a single Static, timed in the same run.
Nothing here is part of the tests: the figures depend on the machine.
"""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import pty
import random
import select
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time
from dataclasses import dataclass, field
from pathlib import Path

FRAME_END = b"\x1b[?2026l"
SYNC_QUESTION = b"\x1b[?2026$p"
SYNC_ANSWER = b"\x1b[?2026;2$y"
WORDS = [
    "we",
    "call",
    "each",
    "other",
    "by",
    "name",
    "and",
    "she",
    "knows",
    "whom",
    "to",
    "ask",
    "when",
    "the",
    "office",
    "has",
    "closed",
    "because",
    "nobody",
    "had",
    "told",
    "them",
    "what",
    "would",
    "happen",
    "after",
    "the",
    "meeting",
    "so",
    "they",
    "came",
    "to",
    "us",
    "instead",
    "of",
    "going",
    "upstairs",
]


@dataclass
class Sample:
    """Times in milliseconds and the number of frames of one kind of key."""

    name: str
    times: list[float] = field(default_factory=list)
    frames: list[int] = field(default_factory=list)

    def row(self) -> str:
        if not self.times:
            return f"{self.name:<34}  no frame"
        times = sorted(self.times)
        p50, p90, p99 = (
            times[min(int(len(times) * share), len(times) - 1)] for share in (0.5, 0.9, 0.99)
        )
        return f"{self.name:<34} {p50:7.1f} {p90:7.1f} {p99:7.1f} {times[-1]:7.1f} {statistics.mean(self.frames):7.2f}"


class Terminal:
    """A program in a pseudo-terminal of its own."""

    def __init__(self, command: list[str], *, width: int, height: int) -> None:
        self.started = time.perf_counter()
        self.process, self.master = pty.fork()
        if self.process == 0:
            os.environ.update(
                TERM="xterm-256color",
                COLORTERM="truecolor",
                TEXTUAL_ANIMATIONS="none",
                QUALCODE_KEYMAP="/nonexistent",
                QUALCODE_STATE=tempfile.gettempdir() + "/qualcode-benchmark",
            )
            os.environ.pop("NO_COLOR", None)
            os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
            os.execvp(command[0], command)
        self.resize(width, height)
        self.seen = b""

    def resize(self, width: int, height: int) -> None:
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
        os.kill(self.process, signal.SIGWINCH)

    def read(self, seconds: float) -> bytes:
        """Return what comes within this time, at once when something is there; answer the terminal's questions."""
        ready, _, _ = select.select([self.master], [], [], seconds)
        if not ready:
            return b""
        try:
            data = os.read(self.master, 1 << 16)
        except OSError:
            return b""
        if SYNC_QUESTION in data:
            os.write(self.master, SYNC_ANSWER)
        return data

    def wait_for(self, needle: bytes, seconds: float = 60) -> float:
        """Return the milliseconds since the start until these bytes were on the screen."""
        end = time.perf_counter() + seconds
        seen = b""
        while time.perf_counter() < end:
            seen = seen[-4096:] + self.read(0.5)
            if needle in seen:
                return (time.perf_counter() - self.started) * 1000
        raise SystemExit(f"{needle!r} never came; last seen: {seen[-800:]!r}")

    def quiet(self, seconds: float = 0.05) -> None:
        while self.read(seconds):
            pass

    def press(self, key: str, sample: Sample | None = None, *, settle: float = 0.045) -> None:
        """Write a key; measure until the end of the first frame, then count frames until it is quiet."""
        start = time.perf_counter()
        os.write(self.master, key.encode())
        seen, first, frames = b"", None, 0
        end = start + 0.6
        while time.perf_counter() < end:
            data = self.read(settle if first is not None else 0.3)
            if not data and first is not None:
                break
            seen += data
            count = seen.count(FRAME_END)
            if count and first is None:
                first = (time.perf_counter() - start) * 1000
            frames = count
        if sample is not None and first is not None:
            sample.times.append(first)
            sample.frames.append(frames)

    def time_resize(self, width: int, height: int) -> float:
        start = time.perf_counter()
        self.resize(width, height)
        last = start
        while data := self.read(0.15):
            if data:
                last = time.perf_counter()
        return (last - start) * 1000

    def memory(self) -> float:
        """Return the resident memory in MB."""
        for line in Path(f"/proc/{self.process}/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
        return float("nan")

    def close(self) -> None:
        os.kill(self.process, signal.SIGKILL)
        os.waitpid(self.process, 0)
        os.close(self.master)


def floor_app() -> None:
    """An application with one Static that changes with every key."""
    from textual import events
    from textual.app import App, ComposeResult
    from textual.widgets import Static

    class Floor(App[None]):
        count = 0

        def compose(self) -> ComposeResult:
            yield Static("floor 0")

        def on_key(self, event: events.Key) -> None:
            self.count += 1
            self.query_one(Static).update(f"floor {self.count}", layout=False)

    Floor().run()


def workbench_app(path: str, document: str) -> None:
    from qualcode.services.project import open_project
    from qualcode.tui.app import open_workbench

    with open_project(path) as project:
        open_workbench(project, document=document)


def build(folder: Path, characters: int, codings: int, project_codings: int) -> Path:
    """Build a project with one long interview and many overlapping codings."""
    from qualcode.services import codebook, documents, rounds
    from qualcode.services.coding import import_codings
    from qualcode.services.project import create_project

    chance = random.Random(7)
    path = folder / "long.qualcode"
    texts = {"long": _interview(chance, characters)}
    for n in range(-(-max(project_codings - codings, 0) // 5000)):
        texts[f"other-{n}"] = _interview(chance, characters)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    leaves = "\n".join(f"  - {{id: c{n}, name: Code number {n}}}" for n in range(40))
    with create_project(str(path), name="benchmark", lead="Ada") as project:
        documents.import_documents(project, [folder / f"{name}.txt" for name in texts])
        codebook.import_codebook(
            project, "codes.yaml", f"title: benchmark\ncodes:\n{leaves}\n".encode()
        )
        rounds.new_round(project, "first")
        for name in texts:
            length = len(documents.open_document(project, name).text)
            lines = []
            for _ in range(codings if name == "long" else 5000):
                start = chance.randrange(length - 1200)
                span = (start, start + chance.randrange(20, 900))
                lines.append(
                    json.dumps(
                        {
                            "document": name,
                            "start": span[0],
                            "end": span[1],
                            "code": f"c{chance.randrange(40)}",
                        }
                    )
                )
            import_codings(project, [("codings.jsonl", "\n".join(lines).encode())], round="first")
    return path


def _interview(chance: random.Random, characters: int) -> str:
    turns, length = [], 0
    while length < characters:
        who = "Interviewer" if len(turns) % 2 == 0 else "Ada"
        sentences = []
        for _ in range(chance.randrange(1, 9)):
            words = chance.choices(WORDS, k=chance.randrange(5, 25))
            sentences.append(" ".join(words).capitalize() + ".")
        turns.append(f"{who}: {' '.join(sentences)}")
        length += len(turns[-1]) + 1
    return "\n".join(turns) + "\n"


def measure(options: argparse.Namespace) -> None:
    script = [sys.executable, str(Path(__file__).resolve())]
    width, height = 140, 40
    floor = Sample("floor: one Static")
    floor_starts = []
    for _ in range(4):
        terminal = Terminal([*script, "--floor-app"], width=width, height=height)
        floor_starts.append(terminal.wait_for(b"floor 0"))
        if len(floor_starts) < 4:
            terminal.close()
    floor_start = min(floor_starts)
    terminal.quiet(0.3)
    for _ in range(options.keys):
        terminal.press("j", floor)
    floor_resize = [terminal.time_resize(width - 20 * (n % 2), height) for n in range(6)]
    floor_memory = terminal.memory()
    terminal.close()
    with tempfile.TemporaryDirectory() as folder:
        path = build(Path(folder), options.characters, options.codings, options.project_codings)
        workbench = [*script, "--workbench-app", str(path), "long"]
        starts = []
        for _ in range(4):
            terminal = Terminal(workbench, width=width, height=height)
            starts.append(terminal.wait_for(b"turn "))
            terminal.quiet(0.5)
            if len(starts) < 4:
                terminal.close()
        start = min(starts)
        terminal.quiet(0.5)
        samples = [floor, *_walk(terminal, options.keys)]
        resize = [terminal.time_resize(width - 20 * (n % 2), height) for n in range(6)]
        memory = terminal.memory()
        terminal.close()
    print(
        f"{options.characters:,} characters, {options.codings:,} codings, {width}×{height}; milliseconds"
    )
    print(f"{'':<34} {'p50':>7} {'p90':>7} {'p99':>7} {'max':>7} {'frames':>7}")
    for sample in samples:
        print(sample.row())
    print(
        f"start to text, best of four: floor {floor_start:.0f}, workbench {start:.0f} ({start / floor_start:.1f}×)"
    )
    before, after = statistics.median(floor_resize), statistics.median(resize)
    print(
        f"resize to last byte: floor {before:.0f}, workbench {after:.0f} ({after / before:.1f}×)"
    )
    print(f"memory: floor {floor_memory:.0f} MB, workbench {memory:.0f} MB")


def _walk(terminal: Terminal, keys: int) -> list[Sample]:
    """Press every kind of key so many times; the keys named before it are not timed."""
    samples = []
    for key in (";", "c"):
        terminal.press(key, settle=0.05)
    for name, key, first, before in (
        ("move by sentence", "j", "", ""),
        ("move by word", "l", "", ""),
        ("extend by sentence", "J", "", "j"),
        ("extend a long selection", "J", "j", ""),
        ("apply a code", "a", "j", "j"),
        ("apply a code to three sentences", "a", "j", "jJJ"),
        ("remove", "x", "j", "ja"),
        ("undo", "u", "", ""),
        ("page down", "\x1b[6~", "\x1b[H", ""),
        ("next coding", "e", "\x1b[H", ""),
    ):
        sample = Sample(name)
        for early in filter(None, (first,)):
            terminal.press(early)
        for _ in range(keys):
            for early in before:
                terminal.press(early)
            terminal.press(key, sample)
        samples.append(sample)
    return samples


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--characters", type=int, default=1_000_000)
    parser.add_argument("--codings", type=int, default=5_000)
    parser.add_argument("--project-codings", type=int, default=0)
    parser.add_argument("--keys", type=int, default=150)
    parser.add_argument("--floor-app", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--workbench-app", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.floor_app:
        floor_app()
    elif options.workbench_app:
        workbench_app(*options.workbench_app)
    else:
        measure(options)


if __name__ == "__main__":
    main()
