"""The first screen: the text or the documents as they were found, until the project is open and its screen is there."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.screen import Screen

from qualcode.core.documents import Reading
from qualcode.core.project import FirstSight
from qualcode.tui import kept
from qualcode.tui.breakpoints import MEDIUM, WIDE
from qualcode.tui.widgets.lines import Line, Lines
from qualcode.tui.widgets.transcript import Selection, TranscriptModel, TranscriptPane


class FirstScreen(Screen[None]):
    """Stands where the coding screen or the list of documents will stand, and shows what these will show."""

    DEFAULT_CSS = """
    FirstScreen { layout: vertical; }
    FirstScreen Horizontal { height: 1fr; }
    FirstScreen #left { width: 21%; min-width: 31; max-width: 47; height: 1fr; }
    FirstScreen #right { width: 22%; min-width: 32; max-width: 50; height: 1fr; }
    FirstScreen #transcript { width: 1fr; }
    FirstScreen #names { height: 1fr; background: $background; }
    FirstScreen #status { background: $panel; }
    """

    def __init__(self, sight: FirstSight) -> None:
        super().__init__()
        self.sight = sight
        self.pane = TranscriptPane(id="transcript")
        self.model = None if sight.reading is None else TranscriptModel(sight.reading)

    def compose(self) -> ComposeResult:
        if self.model is None:
            yield Lines(id="status")
            yield Lines(id="names")
            return
        width, _ = self.app.size
        with Horizontal():
            if width >= MEDIUM:
                yield Lines(id="left")
            yield self.pane
            if width >= WIDE:
                yield Lines(id="right")
        yield Lines(id="pins")
        yield Lines(id="status")
        yield Lines(id="hint")

    def on_mount(self) -> None:
        sight = self.sight
        status: Line = (
            (f" {sight.name} ", "strong"),
            (f" {sight.coder.name}, {sight.coder.role.value} · opening …", "dim"),
        )
        self.query_one("#status", Lines).show([status])
        if self.model is None:
            names = [((f"  {name}", ""),) for name in sight.documents[: self.app.size.height]]
            self.query_one("#names", Lines).show(names)
            return
        span = self._kept_place(sight.reading)
        if span is not None:
            self.model.select(Selection(*span))
        self.pane.show(self.model)
        self.pane.reveal()

    def _kept_place(self, reading: Reading | None) -> tuple[int, int] | None:
        owner = kept.owner(self.sight.uid, self.sight.coder.uid)
        if reading is None or self.model is None:
            return None
        span = kept.read(owner).places.get(str(reading.document.uid))
        if span is None or not 0 <= span[0] < span[1] <= len(reading.text):
            return None
        return self.model.units.snapped(span[0], span[1])
