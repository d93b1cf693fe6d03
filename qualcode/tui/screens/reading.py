"""A page to read: the keys of the workbench, or the notices of this session."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen

from qualcode.tui.actions import Action, actions, key_label, keymap_path
from qualcode.tui.widgets.lines import Line, Lines
from qualcode.tui.widgets.row_list import RowList


class ReadingScreen(ModalScreen[None]):
    """Shows lines over the screen below; Esc, q and Enter close it."""

    WIDTH = 84
    DEFAULT_CSS = """
    ReadingScreen { align: center middle; }
    ReadingScreen > Vertical { width: 84; max-width: 100%; height: 90%; background: $panel; border: heavy $accent; padding: 0 1; }
    ReadingScreen RowList { background: $panel; }
    ReadingScreen Lines { background: $panel; }
    """

    def __init__(self, title: str, lines: Sequence[Line]) -> None:
        super().__init__()
        self._title_line: Line = (
            (title, "strong"),
            ("   Esc closes · ↑↓ PgUp PgDn scroll", "dim"),
        )
        self._text = lines
        self.head = Lines(id="reading-title")
        self.rows = RowList(has_cursor=False)

    def compose(self) -> ComposeResult:
        with Vertical():
            yield self.head
            yield self.rows

    def on_mount(self) -> None:
        self.head.show([self._title_line])
        self.set_focus(self.rows)
        self.call_after_refresh(self.rows.fill, self._text)

    def action_close(self) -> None:
        self.dismiss()


def help_lines(here: Container[str] = ()) -> list[Line]:
    """Return the whole action table as a page, group by group; the groups of the actions named in `here` come first."""
    groups: dict[str, list[Action]] = {}
    for action in actions():
        groups.setdefault(action.group, []).append(action)
    first = [name for name, held in groups.items() if any(one.name in here for one in held)]
    others = [name for name in groups if name not in first]
    lines = [line for name in first for line in _group_lines(name, groups[name])]
    if first and others:
        lines += [(), (("── on other screens ──", "dim"),)]
    lines += [line for name in others for line in _group_lines(name, groups[name])]
    lines += [
        (),
        (("Mouse", "strong"),),
        (("  click        ", "key"), ("Select the sentence; twice the word, thrice the turn", "")),
        (("  drag         ", "key"), ("Select characters; beyond the edge it scrolls", "")),
        (("  shift+click  ", "key"), ("Extend the selection", "")),
        (
            ("               ", ""),
            ("The terminal's own selection: hold Shift (macOS: Option) and drag", "dim"),
        ),
        (),
        ((f"Your own keys: {keymap_path()}", "dim"),),
        (('a line there:   "coding.remove" = ["x", "delete"]', "dim"),),
    ]
    return lines[1:]


def _group_lines(group: str, held: Sequence[Action]) -> list[Line]:
    lines: list[Line] = [(), ((group, "strong"),)]
    for action in held:
        keys = " ".join(key_label(key) for key in action.keys) or "—"
        lines.append(((f"  {keys:<12} ", "key"), (action.help, "")))
    return lines


def notice_lines(notices: Iterable[tuple[str, str, str | None]]) -> list[Line]:
    """Return the notices of this session, the newest first."""
    lines: list[Line] = []
    for time, text, hint in notices:
        lines.append(((f"{time}  ", "dim"), (text, "")))
        if hint:
            lines.append(((" " * 10, ""), (hint, "dim")))
    return lines or [(("nothing yet", "dim"),)]
