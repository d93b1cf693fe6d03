"""Programs run in a pseudo-terminal, with or without tmux between: keys go in, frames come out, the clock runs."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import statistics
import struct
import subprocess
import termios
import time
import uuid
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

FRAME_END = b"\x1b[?2026l"
SYNC_QUESTION = b"\x1b[?2026$p"
SYNC_ANSWER = b"\x1b[?2026;2$y"
PAGE = os.sysconf("SC_PAGE_SIZE")
GIVEN_UP = 0.4
SETTLED = 0.040
SILENCE = 0.012


@dataclass
class Sample:
    """What one kind of key cost: milliseconds to the end of the repaint, frames, milliseconds of processor time."""

    name: str
    times: list[float] = field(default_factory=list)
    frames: list[int] = field(default_factory=list)
    spent: list[float] = field(default_factory=list)

    @property
    def cpu(self) -> float:
        return statistics.median(self.spent) if self.spent else float("nan")

    def at(self, share: float) -> float:
        """Return the time that this share of the keys did not exceed."""
        times = sorted(self.times)
        return times[min(int(len(times) * share), len(times) - 1)] if times else float("nan")


class Terminal:
    """A program in a pseudo-terminal of its own. A frame ends where the program says so."""

    kind = "pty"

    def __init__(
        self, command: list[str], *, size: tuple[int, int], environment: Mapping[str, str]
    ) -> None:
        self.started = time.perf_counter()
        self.is_open = True
        self.process, self.master = pty.fork()
        if self.process == 0:
            try:
                os.environ.update(environment)
                os.environ.pop("NO_COLOR", None)
                os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
                os.execvp(command[0], command)
            finally:
                os._exit(127)
        self.resize(*size)

    @property
    def program(self) -> int:
        """The process whose memory and processor time count."""
        return self.process

    def resize(self, width: int, height: int) -> None:
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
        os.kill(self.process, signal.SIGWINCH)

    def read(self, seconds: float) -> bytes:
        """Return what comes within this time, at once when something is there; answer the program's question."""
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

    def write(self, keys: str) -> None:
        os.write(self.master, keys.encode())

    def wait_for(self, needle: bytes, seconds: float = 30) -> float:
        """Return the milliseconds from the start until these bytes were on the screen."""
        end = time.perf_counter() + seconds
        seen = b""
        while time.perf_counter() < end:
            seen = seen[-8192:] + self.read(0.5)
            if needle in seen:
                return (time.perf_counter() - self.started) * 1000
        raise SystemExit(f"{needle!r} never came; last seen: {seen[-800:]!r}")

    def quiet(self, seconds: float = 0.05) -> None:
        """Read until nothing comes for this long."""
        while self.read(seconds):
            pass

    def press(self, key: str, sample: Sample | None = None) -> None:
        """Write a key; measure to the end of its first frame, and count the frames until it is quiet."""
        start = time.perf_counter()
        self.write(key)
        first, frames, tail = None, 0, b""
        while time.perf_counter() < start + 2:
            data = self.read(GIVEN_UP if first is None else SETTLED)
            if not data:
                break
            count = (tail + data).count(FRAME_END)
            tail = data[-len(FRAME_END) + 1 :]
            if count and first is None:
                first = (time.perf_counter() - start) * 1000
            frames += count
        if sample is not None and first is not None:
            sample.times.append(first)
            sample.frames.append(frames)

    def time_resize(self, width: int, height: int) -> float:
        """Return the milliseconds from a change of size to the last byte that it causes."""
        start = last = time.perf_counter()
        self.resize(width, height)
        while self.read(0.15):
            last = time.perf_counter()
        return (last - start) * 1000

    def cpu(self) -> float:
        """Return the processor time of the program's threads so far, in milliseconds."""
        nanoseconds = 0
        for thread in Path(f"/proc/{self.program}/task").iterdir():
            with suppress(FileNotFoundError):
                nanoseconds += int((thread / "schedstat").read_text().split()[0])
        return nanoseconds / 1e6

    def memory(self) -> float:
        """Return the resident memory of the program in MB."""
        return int(Path(f"/proc/{self.program}/statm").read_text().split()[1]) * PAGE / (1 << 20)

    def close(self) -> None:
        """End the program; its last state is not wanted."""
        if self.is_open:
            self.is_open = False
            self._end()
            os.waitpid(self.process, 0)
            os.close(self.master)

    def _end(self) -> None:
        os.kill(self.process, signal.SIGKILL)


class Tmux(Terminal):
    """The same through tmux, on a socket of its own. tmux marks no frames: one ends where silence begins."""

    kind = "tmux"

    def __init__(
        self, command: list[str], *, size: tuple[int, int], environment: Mapping[str, str]
    ) -> None:
        self.server = ["tmux", "-L", f"qualcode-{uuid.uuid4().hex[:12]}", "-f", "/dev/null"]
        width, height = str(size[0]), str(size[1])
        self._program = 0
        super().__init__(
            [
                *self.server,
                *("new-session", "-x", width, "-y", height, *command),
                *(";", "set", "-g", "status", "off", ";", "set", "-s", "escape-time", "0"),
            ],
            size=size,
            environment=environment,
        )

    @property
    def program(self) -> int:
        if not self._program:
            said = subprocess.run(
                [*self.server, "display", "-p", "#{pane_pid}"],
                capture_output=True,
                text=True,
                check=True,
            )
            self._program = int(said.stdout)
        return self._program

    def press(self, key: str, sample: Sample | None = None) -> None:
        """Write a key; measure to the last byte before silence."""
        start = time.perf_counter()
        self.write(key)
        last = None
        while time.perf_counter() < start + 2:
            if not self.read(GIVEN_UP if last is None else SILENCE):
                break
            last = (time.perf_counter() - start) * 1000
        self.quiet(SETTLED - SILENCE)
        if sample is not None and last is not None:
            sample.times.append(last)

    def _end(self) -> None:
        subprocess.run([*self.server, "kill-server"], capture_output=True, check=False)
