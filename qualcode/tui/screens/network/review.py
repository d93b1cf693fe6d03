"""The review of ties. A switchboard: the session decides, the page shows, every key acts at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from textual import events
from textual.widget import Widget

from qualcode.errors import QualcodeError
from qualcode.services.network import TieRow
from qualcode.tui.action_table import Where
from qualcode.tui.screens.network.page import (
    batch_lines,
    evidence_lines,
    reason_lines,
    tie_lines,
    title_line,
)
from qualcode.tui.screens.network.session import TieSession
from qualcode.tui.screens.page import Page
from qualcode.tui.screens.reading import ReadingScreen
from qualcode.tui.widgets.lines import Line, Lines

_BATCH_HINT: Line = ((" ⏎ ", "key"), ("confirm them all", ""), ("  Esc ", "key"), ("leave", ""))


class TiesScreen(Page):
    """Shows one tie after the other with the words it rests on."""

    WHERE = Where.TIES
    HINT_ROWS = 3
    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    TiesScreen #evidence { height: 1fr; background: $background; }
    TiesScreen #tie { height: 5; background: $surface; }
    """

    def __init__(self, session: TieSession) -> None:
        super().__init__()
        self.session = session
        self.evidence = Lines(id="evidence")
        self.tie = Lines(id="tie")
        self._batch: tuple[TieRow, ...] = ()
        self._top = 0

    def body(self) -> Iterable[Widget]:
        yield self.evidence
        yield self.tie

    def begin(self) -> str | None:
        self.session.load()
        if not self.session.shown and any(self.session.counts.values()):
            return self.session.show_only("all") + ": nothing is left to judge"
        return ""

    def come_back(self) -> None:
        """Read afresh, and stay at the tie at hand where it still fits the filter."""
        self._do(self._again)

    def _again(self) -> str:
        self.session.load()
        return ""

    # -- showing ----------------------------------------------------------------------------------------

    def show_all(self) -> None:
        """Draw the tie at hand."""
        session, width = self.session, self.size.width
        self.head.show([title_line(session)])
        lines = (
            batch_lines(session, self._batch) if self._batch else evidence_lines(session, width)
        )
        self._top = min(self._top, max(len(lines) - self.evidence.size.height, 0))
        self.evidence.show(lines[self._top :])
        self.tie.show(tie_lines(session, width))

    def show_hints(self, places: Sequence[Where] = ()) -> None:
        """Show the hints of the ties; while a batch is shown, what can be done with it."""
        super().show_hints(places)
        if self._batch:
            self.hint.show([_BATCH_HINT])

    def show_place(self) -> None:
        """Draw the tie at hand, or the batch, and what can be done."""
        self.show_all()
        self.show_hints()

    def _do(self, work: Callable[[], str]) -> None:
        """Do one thing and begin at the top of the words again."""
        self._top = 0
        self.do(work)

    # -- keys -------------------------------------------------------------------------------------------

    def take_key(self, event: events.Key) -> bool:
        """Finish the line that is open, or the batch; True when the key is used up."""
        if super().take_key(event):
            return True
        if self._batch and event.key != "ctrl+q":
            batch, self._batch = self._batch, ()
            if event.key == "enter":
                self._do(lambda: self.session.confirm_all(batch))
            elif event.key in ("down", "up", "pagedown", "pageup"):
                self._batch = batch
                self.action_scroll(3 if "down" in event.key else -3)
            else:
                self._do(lambda: "nothing was confirmed")
            return True
        return False

    def action_confirm(self) -> None:
        self._do(self.session.confirm)

    def action_cycle(self, name: str) -> None:
        self._do(lambda: self.session.cycle(name))

    def action_swap(self) -> None:
        self._do(self.session.swap)

    def action_both(self) -> None:
        self._do(self.session.both_ways)

    def action_undo(self) -> None:
        self._do(self.session.undo)

    def action_propose(self) -> None:
        self.say("proposing …")
        self.call_after_refresh(self._do, self.session.propose)

    def action_second(self) -> None:
        self._do(self.session.toggle_second)

    def action_edit(self) -> None:
        self._ask("field=value (source, target, directed, type, presence …)", self.session.edit)

    def action_alias(self) -> None:
        words = self.session.selected
        if not words:
            self.say("no words are selected", hint="←→ choose a word, ⇧←→ extend", warns=True)
            return
        self._ask(
            f"“{words}” means (actor, then document, site or project)", self.session.bind_alias
        )

    def action_add(self) -> None:
        self._ask("a second tie in these words, such as djo, judge", self.session.add_relation)

    def action_reject(self) -> None:
        self._ask("why is it rejected?", self.session.reject)

    def action_undecided(self) -> None:
        self._ask("what keeps you from deciding? (may stay empty)", self.session.leave_undecided)

    def action_filter(self) -> None:
        self._ask(
            "show open, proposed, undecided, confirmed, rejected, unsupported or all; further words",
            self.session.show_only,
            text=self.session.wanted,
        )

    def action_batch(self) -> None:
        try:
            batch = self.session.alike()
        except QualcodeError as error:
            self.say(error.message, hint=error.hint, warns=True)
            return
        if len(batch) < 2:
            self.say("no other complete proposal rests on the same code, pair and words")
            return
        self._batch, self._top = batch, 0
        self.show_place()

    def action_step(self, by: int) -> None:
        self.session.step(by)
        self._do(lambda: "")

    def action_step_open(self, by: int) -> None:
        found = self.session.step_open(by)
        self._do(lambda: "" if found else "no further open tie in this direction")

    def action_word(self, by: int, extends: bool) -> None:
        self.session.choose_word(by, extends=extends)
        self.show_place()

    def action_scroll(self, by: int) -> None:
        self._top = max(self._top + by, 0)
        self.show_place()

    def action_context(self) -> None:
        try:
            found = self.session.context()
        except QualcodeError as error:
            self.say(error.message, hint=error.hint, warns=True)
            return
        lines: list[Line] = []
        for line in found:
            role = "" if line.is_evidence else "dim"
            lines += [((line.speaker or "", "strong"),), *_paragraph(line.text, role), ()]
        self.app.push_screen(ReadingScreen("Around these words", lines))

    def action_reason(self) -> None:
        self.app.push_screen(
            ReadingScreen("Why this tie was proposed", reason_lines(self.session))
        )

    def _ask(self, title: str, work: Callable[[str], str], *, text: str = "") -> None:
        if self.session.current is None and work != self.session.show_only:
            self.say("no tie is shown", hint="/ shows others", warns=True)
            return

        def answer(given: str) -> str:
            self._top = 0
            return work(given)

        self.ask(title, answer, text=text)


def _paragraph(text: str, role: str) -> list[Line]:
    import textwrap

    return [((f"  {line}", role),) for line in textwrap.wrap(" ".join(text.split()), 76)]
