"""The start screen: the documents of the project, how far the coder is, and the choice of the round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.screen import Screen

from qualcode.core.rounds import Round, RoundState
from qualcode.errors import QualcodeError
from qualcode.tui.action_table import Where
from qualcode.tui.actions import hints
from qualcode.tui.desk import Desk, DocumentLine
from qualcode.tui.widgets.entry import LineEntry
from qualcode.tui.widgets.lines import Line, Lines, Piece
from qualcode.tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from qualcode.tui.app import Workbench


def start_screen(app: Workbench) -> StartScreen:
    """Return the list of documents."""
    return StartScreen(app.desk)


class StartScreen(Screen[None]):
    """Lists documents; Enter opens one. `r` lists the rounds in the same place."""

    AUTO_FOCUS = "#rows"
    DEFAULT_CSS = """
    StartScreen { layout: vertical; layers: base overlay; }
    StartScreen #title { height: 3; background: $panel; }
    StartScreen #heads { background: $surface; }
    StartScreen #said { background: $panel; }
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.rows = RowList(Where.DOCUMENTS, id="rows")
        self.line_entry = LineEntry()
        self.words = ""
        self._documents: tuple[DocumentLine, ...] = ()
        self._rounds: tuple[Round, ...] = ()
        self._choosing_round = False

    def compose(self) -> ComposeResult:
        yield Lines(id="title")
        yield Lines(id="heads")
        yield self.rows
        yield Lines(id="said")
        yield Lines(id="hint")
        yield self.line_entry

    def on_mount(self) -> None:
        self.rows.chosen = self._take
        self.show_documents()
        self.call_after_refresh(self._ready)

    def _ready(self) -> None:
        from qualcode.tui.app import workbench_of

        workbench_of(self).screen_is_ready()

    def on_resize(self) -> None:
        self._draw()

    def come_back(self) -> None:
        if not self._choosing_round:
            self.show_documents()

    def show_documents(self) -> None:
        """Read the documents afresh and list them."""
        self._choosing_round = False
        try:
            found = self.desk.documents()
        except QualcodeError as error:
            self.say(f"{error.message} — {error.hint}" if error.hint else error.message, "warn")
            return
        self._documents = tuple(line for line in found if line.holds(self.words))
        self._draw()

    def take_key(self, event: events.Key) -> bool:
        """Finish the line that is open; True when the key is used up."""
        if not self.line_entry.display or event.key not in ("enter", "escape"):
            return False
        self.set_focus(self.rows, scroll_visible=False)
        if event.key == "enter":
            self.line_entry.take()
        else:
            self.line_entry.close()
        return True

    def action_open_filter(self) -> None:
        self.line_entry.open("show documents with", self._filter, text=self.words)

    def action_open_import(self) -> None:
        self.line_entry.open("import file or folder (drag it here)", self._import)

    def _filter(self, words: str) -> None:
        self.words = words.strip()
        self.rows.cursor = 0
        self.show_documents()
        self.say(f"only documents with “{self.words}”" if self.words else "", "key")

    def _import(self, path: str) -> None:
        if not path.strip():
            return
        self.say(f"importing {path} …", "key")
        self.call_after_refresh(self._do_import, path)

    def _do_import(self, path: str) -> None:
        from qualcode.tui.app import workbench_of

        try:
            said = self.desk.import_from(path)
        except QualcodeError as error:
            self.say(f"{error.message} — {error.hint}" if error.hint else error.message, "warn")
            return
        for sentence in said:
            workbench_of(self).note(sentence, None)
        self.show_documents()
        more = f" (and {len(said) - 1} more: F8)" if len(said) > 1 else ""
        self.say((said[0] if said else "nothing to import") + more, "key")

    def action_choose_round(self) -> None:
        self._rounds = self.desk.rounds()
        if not self._rounds:
            self.say("the project has no round yet — qualcode round new PROJECT NAME", "warn")
            return
        self._choosing_round = True
        names = [found.name for found in self._rounds]
        chosen = self.desk.round.name if self.desk.round else names[0]
        self.rows.cursor = names.index(chosen)
        self._draw()

    def action_toggle_done(self) -> None:
        if self._choosing_round or not self._documents:
            return
        line = self._documents[self.rows.cursor]
        try:
            self.desk.set_done(line.name, done=not line.done)
        except QualcodeError as error:
            self.say(f"{error.message} — {error.hint}" if error.hint else error.message, "warn")
            return
        self.show_documents()
        self.say(f"{line.name} is {'not yet done' if line.done else 'done'}", "good")

    def action_close(self) -> None:
        if self._choosing_round:
            self.show_documents()
        elif self.words:
            self._filter("")

    def say(
        self, text: str, role: str = "key", *, hint: str | None = None, warns: bool = False
    ) -> None:
        said = f" {text} — {hint}" if hint else f" {text}"
        self.query_one("#said", Lines).show([((said, "warn" if warns else role),)])

    def _take(self, index: int) -> None:
        if self._choosing_round:
            self.desk.choose_round(self._rounds[index].name)
            self.rows.cursor = 0
            self.show_documents()
            return
        if self._documents:
            from qualcode.tui.app import workbench_of

            workbench_of(self).open_document(self._documents[index].name)

    def _draw(self) -> None:
        width = self.size.width
        self.query_one("#title", Lines).show(self._title())
        if self._choosing_round:
            heads, rows = (
                "  round                 purpose      state",
                [_round_row(one) for one in self._rounds],
            )
        else:
            name = max([len(line.name) for line in self._documents], default=8)
            heads, rows = (
                _heads(name, width),
                [_row(line, name, width) for line in self._documents],
            )
        self.query_one("#heads", Lines).show([((heads, "dim"),)])
        self.rows.fill(rows or [(("no documents yet: qualcode import PROJECT PATH", "dim"),)])
        if not self._documents:
            self.say("import transcripts first: qualcode import PROJECT PATH…", "warn")
        pieces: list[Piece] = []
        for keys, word in hints(Where.LIST, Where.DOCUMENTS, Where.EVERYWHERE):
            pieces += [(f" {keys} ", "key"), (f"{word} ", "")]
        self.query_one("#hint", Lines).show([tuple(pieces)])

    def _title(self) -> list[Line]:
        desk = self.desk
        done = sum(1 for line in self._documents if line.done)
        given = sum(1 for line in self._documents if line.done is not None)
        progress = (
            f"{done} of {given} assigned documents done" if given else "nothing is assigned to you"
        )
        return [
            (
                (f" {desk.project_name}", "strong"),
                (f"  {desk.coder.name}, {desk.coder.role.value}", "dim"),
            ),
            ((" ", ""), *_round_row(desk.round)) if desk.round else ((" no round yet", "warn"),),
            ((f" {progress}", "dim"),),
        ]


def _round_row(found: Round) -> Line:
    sight = (
        "nobody sees others' codings" if found.hides_coders else "codings of all coders are shown"
    )
    if found.state is RoundState.CLOSED:
        sight = "its codings are frozen"
    return (
        (f"{found.name:<20}  ", "strong"),
        (f"{found.purpose.value:<11}  ", ""),
        (f"{found.state.value:<11}  ", ""),
        (sight, "dim"),
    )


def _heads(name: int, width: int) -> str:
    people = "  participants" if width >= 90 else ""
    return f"  {'document':<{name}}   words  turns  my codings  done{people}"


def _row(line: DocumentLine, name: int, width: int) -> Line:
    done = {True: "✓", False: "·", None: " "}[line.done]
    who = ", ".join(line.participants)
    people = f"     {who}  {line.values}" if width >= 90 else ""
    return (
        (f"{line.name:<{name}}", "strong"),
        (f"  {line.words:>6,}  {line.turns:>5}  {line.codings:>10}  ", ""),
        (done, "good"),
        (people, "dim"),
    )
