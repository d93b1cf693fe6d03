"""The start screen: the documents of the project, how far everybody is, and the choice of the round."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import ClassVar

from textual import events
from textual.containers import Horizontal
from textual.widget import Widget

from qualcode.core.document_filter import SYNTAX
from qualcode.core.rounds import Round
from qualcode.errors import Refused
from qualcode.tui.action_table import Where
from qualcode.tui.breakpoints import WIDE
from qualcode.tui.desk import Desk, DocumentLine
from qualcode.tui.dragged import looks_like_paths
from qualcode.tui.screens.keeping import KeepingPage
from qualcode.tui.screens.reading import ReadingScreen
from qualcode.tui.screens.start.importing import Import, begin_import
from qualcode.tui.screens.start.rows import ROUND_HEADS, Layout, description_lines, round_row
from qualcode.tui.screens.start.source import Documents
from qualcode.tui.widgets.lines import Line, Lines
from qualcode.tui.widgets.row_list import RowList

_PANEL = 44


class StartScreen(KeepingPage):
    """Lists documents; Enter opens one. `r` lists the rounds in the same place."""

    WHERE = Where.DOCUMENTS
    HINTS = (Where.LIST,)
    TITLE_ROWS = 3
    HINT_ROWS: ClassVar[int] = 2
    AUTO_FOCUS = "#rows"
    DEFAULT_CSS = """
    StartScreen #heads { background: $surface; }
    StartScreen Horizontal { height: 1fr; }
    StartScreen #rows { width: 1fr; }
    StartScreen #about { width: 44; height: 1fr; background: $surface; }
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.source = Documents(desk)
        self.heads = Lines(id="heads")
        self.rows = RowList(id="rows")
        self.about = Lines(id="about")
        self.importing: Import | None = None
        self._documents: tuple[DocumentLine, ...] = ()
        self._rounds: tuple[Round, ...] = ()
        self._choosing_round = False
        self._wants_about = True

    def body(self) -> Iterable[Widget]:
        self.rows.chosen = self._take
        self.rows.moved = lambda index: self._tell()
        yield self.heads
        with Horizontal():
            yield self.rows
            yield self.about

    def begin(self) -> str | None:
        if not self._choosing_round:
            self.source.load()
        if not self.source.all:
            return "import transcripts first: A, or qualcode import PROJECT PATH…"
        return None

    def show_all(self) -> None:
        width = self.size.width
        shows_about = self._wants_about and width >= WIDE and not self._choosing_round
        self.about.display = shows_about and bool(self.source.all)
        self.head.show(self._title())
        if self._choosing_round:
            self.heads.show([((ROUND_HEADS, "dim"),)])
            self.rows.fill([round_row(one) for one in self._rounds])
            return
        self._documents = self.source.shown
        room = width - (_PANEL if self.about.display else 0)
        layout = Layout(self.source, self._documents, room)
        self.heads.show([layout.heads()])
        empty = (
            "no document fits: Esc shows all"
            if self.source.all
            else "no documents yet: A imports some"
        )
        self.rows.fill([layout.row(line) for line in self._documents] or [((empty, "dim"),)])

    # -- the document under the cursor --------------------------------------------------------------------

    def _here(self) -> DocumentLine:
        if self._choosing_round or not self._documents:
            raise Refused("no document is shown", hint="/ shows others, A imports some")
        return self._documents[min(self.rows.cursor, len(self._documents) - 1)]

    def _take(self, index: int) -> None:
        if self._choosing_round:
            self.desk.choose_round(self._rounds[index].name)
            self._choosing_round = False
            self.rows.cursor = 0
            self.do(self.begin)
        elif self._documents:
            self.workbench.open_document(self._documents[index].name)

    def _tell(self) -> None:
        if self.about.display and self._documents and not self._choosing_round:
            line = self._here()
            found = description_lines(self.source.describe(line.name), _PANEL - 3)
            self.about.show([((" ", ""), *one) for one in found])

    def action_about(self) -> None:
        """Show or hide what is known of the document; over the list where there is no room beside it."""
        if self.size.width >= WIDE:
            self._wants_about = not self._wants_about
            self.do(lambda: None)
            return

        def show() -> None:
            found = description_lines(self.source.describe(self._here().name), self.reading_width)
            self.app.push_screen(ReadingScreen("About this document", found))

        self.do(show)

    def action_rename(self) -> None:
        def rename() -> None:
            name = self._here().name

            def renamed(new: str) -> str:
                made = self.source.rename(name, new)
                self.begin()
                return f"{name} is now {made}; its codings stay"

            self.ask(f"another name for {name}", renamed, text=name)

        self.do(rename)

    def action_remove(self) -> None:
        self.do(lambda: self._again(self.source.remove(self._here().name)))

    def action_memo(self) -> None:
        def memo() -> None:
            name = self._here().name
            self.write(f"memo on {name}", partial(self._write_memo, name))

        self.do(memo)

    def _write_memo(self, name: str, text: str) -> str | None:
        return self._again(self.source.write_memo(name, text)) if text.strip() else None

    def action_toggle_done(self) -> None:
        self.do(lambda: self._again(self.source.toggle_done(self._here())))

    def action_undo(self) -> None:
        self.do(lambda: self._again(self.source.undo()))

    def action_redo(self) -> None:
        self.do(lambda: self._again(self.source.redo()))

    def _again(self, said: str) -> str:
        self.begin()
        return said

    # -- which are shown ----------------------------------------------------------------------------------

    def action_open_filter(self) -> None:
        if not self._choosing_round:
            self.ask(SYNTAX, self._filter, text=self.source.words)

    def _filter(self, words: str) -> str:
        self.rows.cursor = 0
        return self.source.filter(words)

    def action_sort(self) -> None:
        self.do(self.source.next_sort)

    def action_reverse(self) -> None:
        self.do(self.source.reverse)

    def action_choose_round(self) -> None:
        self._rounds = self.desk.rounds()
        if not self._rounds:
            self.say(
                "the project has no round yet", hint="qualcode round new PROJECT NAME", warns=True
            )
            return
        self._choosing_round = True
        names = [found.name for found in self._rounds]
        chosen = self.desk.round.name if self.desk.round else names[0]
        self.rows.cursor = names.index(chosen) if chosen in names else 0
        self.do(lambda: None)

    def action_close(self) -> None:
        if self._choosing_round:
            self._choosing_round = False
            self.rows.cursor = 0
            self.do(self.begin)
        elif self.source.words:
            self.do(lambda: self._filter(""))

    # -- import -------------------------------------------------------------------------------------------

    def action_open_import(self, given: str = "") -> None:
        self.ask(
            "import files or a folder: transcripts, participants.csv (drag them here)",
            self._import,
            text=given,
        )

    def take_paste(self, text: str) -> bool:
        """Open the line of import with files that were dragged or pasted here; True when the text is used up."""
        if self.importing is not None or self._choosing_round or not looks_like_paths(text):
            return False
        self.action_open_import(" ".join(text.split("\n")).strip())
        return True

    def _import(self, given: str) -> str | None:
        if not given.strip():
            return None
        found = begin_import(self.desk, given)
        if not found.waiting:
            return "; ".join(said for said, _ in found.said) or "nothing to import there"
        self.importing = found
        self.call_after_refresh(self._import_next)
        return found.progress

    def _import_next(self) -> None:
        """Take one file in, and let keys and screen come in between."""
        found = self.importing
        if found is None:
            return
        if found.waiting and not found.stopped:
            found.step()
        if found.waiting and not found.stopped:
            self.say(found.progress)
            self.set_timer(0.001, self._import_next)
            return
        self.importing = None
        self._imported(found)

    def _imported(self, found: Import) -> None:
        self.do(self.begin)
        if len(found.said) == 1 and not found.stopped:
            said, hint = found.said[0]
            self.workbench.note(said, hint)
            self.said.show(
                [
                    (
                        (
                            f" {said}" + (f" — {hint}" if hint else ""),
                            "warn" if found.refused else "good",
                        ),
                    )
                ]
            )
            return
        for said, hint in found.said:
            self.workbench.note(said, hint)
        self.said.show([((f" {found.summary()}", "warn" if found.refused else "good"),)])

    def take_key(self, event: events.Key) -> bool:
        """While an import runs only Esc counts: it stops before the next file."""
        if self.importing is not None:
            if event.key == "escape":
                self.importing.stopped = True
            return event.key != "ctrl+q"
        return super().take_key(event)

    # -- the title ----------------------------------------------------------------------------------------

    def _title(self) -> list[Line]:
        desk, source = self.desk, self.source
        done = sum(1 for line in source.all if line.done)
        given = sum(1 for line in source.all if line.done is not None)
        mine = (
            f"{done} of {given} assigned documents done" if given else "nothing is assigned to you"
        )
        others = [
            f"{coder} {read}/{total}"
            for coder, read, total in source.totals()
            if coder != desk.coder.name
        ]
        shown = len(source.shown)
        count = (
            f"{shown} of {len(source.all)} documents"
            if source.words
            else f"{len(source.all)} documents"
        )
        only = f"   only “{source.words}”" if source.words else ""
        return [
            (
                (f" {desk.project_name}", "strong"),
                (f"  {desk.coder.name}, {desk.coder.role.value} · {count}", "dim"),
                (only, "key"),
            ),
            ((" ", ""), *round_row(desk.round)) if desk.round else ((" no round yet", "warn"),),
            ((f" {mine}", "dim"), (f"   others: {' · '.join(others)}" if others else "", "dim")),
        ]
