"""The pane keeps painted rows near what is in view, forgets the others, and shows the same either way."""

from __future__ import annotations

from rich.style import Style
from textual import events
from textual.app import App, ComposeResult
from textual.scrollbar import ScrollBar
from textual.strip import Strip

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


async def test_the_scroll_bar_looks_as_textual_draws_it_and_can_be_dragged() -> None:
    app = OnePane(TranscriptModel(talk(400)))
    async with app.run_test(size=(90, 20)) as pilot:
        pane = app.pane
        bar = pane.vertical_scrollbar
        area = bar.size.region

        def cells(strips: list[Strip]) -> list[tuple[str, object, object, object]]:
            found = []
            for strip in strips:
                (segment,) = strip
                style = segment.style or Style()
                found.append((segment.text, style.color, style.bgcolor, style.reverse))
            return found

        for top in (0, 3, 40, 41, 300, pane.max_scroll_y):
            pane.scroll_to(y=top, animate=False, force=True)
            await pilot.pause()
            assert cells(bar.render_lines(area)) == cells(ScrollBar.render_lines(bar, area))
        await pilot.mouse_down(bar, offset=(0, 19))
        await pilot.hover(bar, offset=(0, 10))
        await pilot.mouse_up(bar, offset=(0, 10))
        await pilot.pause()
        assert 0 < pane.scroll_offset.y < pane.max_scroll_y


async def test_the_wheel_scrolls_the_text_under_the_selection() -> None:
    app = OnePane(TranscriptModel(talk(400)))
    async with app.run_test(size=(90, 20)) as pilot:
        before = app.model.selection
        app.pane.post_message(events.MouseScrollDown(app.pane, 5, 5, 0, 1, 0, False, False, False))
        for _ in range(50):
            await pilot.pause(0.02)
            if app.pane.scroll_offset.y:
                break
        assert app.pane.scroll_offset.y > 0
        assert app.model.selection == before
