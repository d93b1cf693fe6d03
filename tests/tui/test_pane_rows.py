"""The pane keeps painted rows near what is in view, forgets the others, and shows the same either way."""

from __future__ import annotations

from textual.app import App, ComposeResult

from qualcode.tui.widgets.transcript import Mark, TranscriptModel, TranscriptPane
from tests.tui.builders import talk


class OnePane(App[None]):
    def __init__(self, model: TranscriptModel) -> None:
        super().__init__()
        self.model = model
        self.pane = TranscriptPane()

    def compose(self) -> ComposeResult:
        yield self.pane

    def on_mount(self) -> None:
        self.pane.show(self.model)


def shown(pane: TranscriptPane) -> list[str]:
    strips = pane.render_lines(pane.size.region)
    return [strip.text for strip in strips]


async def test_rows_far_from_the_view_are_forgotten_and_painted_again_alike() -> None:
    model = TranscriptModel(talk(400))
    model.load(Mark(n, 150 * n, 150 * n + 400, "benefit.trust") for n in range(100))
    app = OnePane(model)
    async with app.run_test(size=(90, 20)) as pilot:
        pane = app.pane
        first = shown(pane)
        most = 0
        for _ in range(30):
            pane.action_page(1)
            await pilot.pause()
            most = max(most, len(pane._rows))
        assert pane.scroll_offset.y > 400
        assert most <= 8 * pane.size.height
        kept = shown(pane)
        pane.restyle()
        assert shown(pane) == kept
        pane.action_edge(-1)
        await pilot.pause()
        assert shown(pane) == first


async def test_the_sentences_are_held_once() -> None:
    reading = talk(12)
    model = TranscriptModel(reading)
    assert reading.sentences
    assert model.reading.sentences == ()
    assert (model.reading.text, model.reading.turns) == (reading.text, reading.turns)
