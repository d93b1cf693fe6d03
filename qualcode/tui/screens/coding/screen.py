"""The coding screen: codebook, transcript, inspector. A switchboard: widgets show, the sitting does the work."""

from __future__ import annotations

import gc

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Tree

from qualcode.errors import QualcodeError
from qualcode.tui.screens.coding.changing import ChangingActions
from qualcode.tui.screens.coding.codebook import CodebookActions
from qualcode.tui.screens.coding.going import GoingActions
from qualcode.tui.screens.coding.suggesting import SuggestingActions
from qualcode.tui.widgets.entry import LineEntry, PageEntry


class Panes(Horizontal):
    """Codebook, transcript and inspector side by side; they leave nothing of it to be seen."""

    BLANK = True


class CodingScreen(SuggestingActions, ChangingActions, GoingActions, CodebookActions):
    """Shows one sitting. Every key acts before the next one is looked at."""

    BLANK = True
    AUTO_FOCUS = "#transcript"
    DEFAULT_CSS = """
    CodingScreen { layout: vertical; layers: base overlay; }
    CodingScreen #desk { height: 1fr; layers: base overlay; }
    CodingScreen #codebook { width: 21%; min-width: 30; max-width: 46; border-right: vkey $panel; }
    CodingScreen #codebook:focus { border-right: vkey $accent; }
    CodingScreen #transcript { width: 1fr; }
    CodingScreen #inspector { width: 22%; min-width: 32; max-width: 50; }
    CodingScreen .-over { layer: overlay; }
    CodingScreen #codebook.-over { dock: left; width: 44; border-right: heavy $accent; }
    CodingScreen #inspector.-over { dock: right; width: 44; }
    CodingScreen #status { background: $panel; }
    """

    def compose(self) -> ComposeResult:
        with Panes(id="desk"):
            yield self.tree_pane
            yield self.pane
            yield self.inspector
        yield self.pins
        yield self.status
        yield self.hint
        yield self.finder
        yield self.line_entry
        yield self.page_entry

    def on_mount(self) -> None:
        """Show the text; everything else follows when it is on the screen."""
        self._arrange()
        self.pane.changed = self.moved
        self.finder.answered = self._found
        self.pane.look = self.sitting.looks
        self.pane.show(self.sitting.model)
        self.set_focus(self.pane, scroll_visible=False)
        self.call_after_refresh(self._load)

    def _load(self) -> None:
        try:
            self.sitting.load()
        except QualcodeError as error:
            self.say(error.message, hint=error.hint, warns=True)
        self._use_looks()
        self.pane.reveal()
        if self.sitting.desk.round is None:
            self.say("this project has no round to code in", hint="qualcode round new")
        self.workbench.screen_is_ready()
        gc.collect()
        gc.freeze()

    def on_unmount(self) -> None:
        self.sitting.leave()

    def on_resize(self, event: events.Resize) -> None:
        self._arrange()
        self.call_after_refresh(self.show_place)

    def on_descendant_focus(self) -> None:
        self._show_hint()

    def take_key(self, event: events.Key) -> bool:
        """Answer an open question, finish a prefix or steer an open entry; True when the key is used up."""
        key, letter = event.key, event.character or ""
        if self.questions is not None:
            if key == "ctrl+q":
                return False
            self._answer(key, letter)
            return True
        if self._prefix is not None:
            prefix, self._prefix = self._prefix, None
            self._show_hint()
            if letter and event.is_printable:
                prefix(letter)
            return True
        if self.finder.display:
            return self._steer_finder(key)
        if self.line_entry.display and key in ("enter", "escape"):
            self._close_entry(self.line_entry, keep=key == "enter")
            return True
        if self.page_entry.display and key in ("escape", "ctrl+s"):
            self._close_entry(self.page_entry, keep=True)
            return True
        return False

    def _answer(self, key: str, letter: str) -> None:
        questions = self.questions
        if questions is None:
            return
        if key == "escape":
            self.questions = None
            self._show_hint()
            self.say(f"{questions.about}: left as it was")
            return
        if key == "enter":
            done = questions.repeat()
        else:
            done = questions.skip() if key == "space" else questions.take(letter)
        if done and self.questions is questions:
            self.questions = None
        self._show_hint()

    def _steer_finder(self, key: str) -> bool:
        if key == "escape":
            self.finder.close()
            self._give_back()
        elif key == "enter":
            self._back_to_text()
            self.finder.take()
        else:
            return self.finder.steer(key)
        return True

    def _close_entry(self, entry: LineEntry | PageEntry, *, keep: bool) -> None:
        self._give_back()
        if keep:
            entry.take()
        else:
            entry.close()

    def action_toggle_codebook(self) -> None:
        if self.focused is self.tree_pane:
            self._back_to_text()
            return
        self._wants_codebook = True
        self._arrange()
        self.set_focus(self.tree_pane, scroll_visible=False)
        if self.tree_pane.cursor_line < 0:
            self.tree_pane.cursor_line = 0
        self.show_place()

    def action_toggle_inspector(self) -> None:
        self._wants_inspector = not self.inspector.display
        self._arrange()
        self.call_after_refresh(self.show_place)

    def action_next_pane(self) -> None:
        self.action_toggle_codebook()

    def action_close(self) -> None:
        """Close the topmost thing that is open; without any, let the selection and the search go."""
        if self.focused is self.tree_pane:
            self._back_to_text()
        elif self.inspector.display and self.inspector.has_class("-over"):
            self._wants_inspector = None
            self._arrange()
        elif self.pane.holding:
            self.pane.action_hold()
        elif self.sitting.hits:
            self._search("")

    def action_leave(self) -> None:
        self.workbench.leave_screen()

    def on_tree_node_highlighted(self, event: Tree.NodeHighlighted[str]) -> None:
        event.stop()
        if self.focused is self.tree_pane:
            self.show_place()
