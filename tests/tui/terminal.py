"""A real terminal for tests: a tmux server of one's own with one window in which the real program runs."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from pathlib import Path


class Terminal:
    """One window; `keys` are tmux's names of keys, `type` sends text as it stands."""

    def __init__(self, folder: Path, *, size: tuple[int, int] = (80, 24)) -> None:
        self.socket = f"qualcode-{uuid.uuid4().hex}"
        self.folder = folder
        self.size = size

    def start(self, project: Path, *options: str) -> None:
        """Start `qualcode PROJECT`; when it ends, the window says with what status."""
        words = shlex.join([sys.executable, "-m", "qualcode", "open", str(project), *options])
        command = f"{words}; echo left with $?; exec sleep 600"
        width, height = map(str, self.size)
        self._tmux("-f", "/dev/null", "new-session", "-d", "-x", width, "-y", height, command)

    def keys(self, *keys: str) -> None:
        self._tmux("send-keys", *keys)

    def type(self, text: str) -> None:
        self._tmux("send-keys", "-l", text)

    def paste(self, text: str) -> None:
        """Paste as a terminal does, between the signs of a bracketed paste."""
        self._tmux("set-buffer", text)
        self._tmux("paste-buffer", "-p")

    def resize(self, width: int, height: int) -> None:
        self._tmux("resize-window", "-x", str(width), "-y", str(height))

    def screen(self) -> str:
        return self._tmux("capture-pane", "-p")

    def title(self) -> str:
        """Return the title that the program may have given to its window."""
        return self._tmux("display-message", "-p", "#{pane_title} #{window_name}")

    def cursor(self) -> tuple[int, int] | None:
        """Return column and row of the terminal's own cursor; None while it is hidden."""
        shown, x, y = self._tmux(
            "display-message", "-p", "#{cursor_flag} #{cursor_x} #{cursor_y}"
        ).split()
        return (int(x), int(y)) if shown == "1" else None

    def wait_for(self, condition: Callable[[str], bool], what: str) -> str:
        for _ in range(200):
            shown = self.screen()
            if condition(shown):
                return shown
            time.sleep(0.05)
        raise AssertionError(f"{what} did not come; the screen shows:\n{shown}")

    def stop(self) -> None:
        subprocess.run(
            ["tmux", "-L", self.socket, "kill-server"], check=False, capture_output=True
        )

    def _tmux(self, *arguments: str) -> str:
        environment = {**os.environ, "QUALCODE_KEYMAP": str(self.folder / "no-keys.toml")}
        environment["QUALCODE_STATE"] = str(self.folder / "state")
        environment.pop("TMUX", None)
        done = subprocess.run(
            ["tmux", "-L", self.socket, *arguments],
            check=True,
            capture_output=True,
            text=True,
            env=environment,
        )
        return done.stdout
