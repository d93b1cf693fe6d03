"""The floor: an application with one Static that changes with every key. It imports nothing but Textual."""

from __future__ import annotations

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


if __name__ == "__main__":
    Floor().run()
