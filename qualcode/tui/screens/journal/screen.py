"""The journal: memos with the newest first, one in full below them, and the way to what each is about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import ClassVar

from textual.widget import Widget

from qualcode.core.journal import FILTER_SYNTAX, JournalEntry, JournalTarget
from qualcode.core.memos import MemoKind
from qualcode.errors import ChangedMeanwhile, Refused
from qualcode.tui.action_table import Where
from qualcode.tui.screens.journal.drawing import memo_lines, row_lines
from qualcode.tui.screens.journal.source import WRITABLE, Journal
from qualcode.tui.screens.keeping import KeepingPage
from qualcode.tui.screens.reading import ReadingScreen
from qualcode.tui.widgets.lines import Lines
from qualcode.tui.widgets.name_finder import Named
from qualcode.tui.widgets.row_list import RowList

_PLACE_OF = {
    "project": "documents",
    "code": "codebook",
    "theme": "narratives",
    "narrative": "narratives",
    "domain": "taxonomies",
    "term": "taxonomies",
    "concept": "concepts",
    "actor": "networks",
    "round": "documents",
    "coding_round": "documents",
}


class JournalScreen(KeepingPage):
    """Enter reads a memo in full; `o` goes to what it is about."""

    WHERE = Where.JOURNAL
    HINT_ROWS: ClassVar[int] = 2
    AUTO_FOCUS = "#journal"
    DEFAULT_CSS = """
    JournalScreen #memo { height: 45%; background: $surface; border-top: solid $panel; }
    """

    def __init__(self, journal: Journal) -> None:
        super().__init__()
        self.journal = journal
        self.rows = RowList(id="journal")
        self.memo = Lines(id="memo")
        self._shown: list[JournalEntry] = []
        self._at: int | None = None

    def body(self) -> Iterable[Widget]:
        self.rows.chosen = lambda index: self.action_read()
        self.rows.moved = lambda index: self._tell()
        yield self.rows
        yield self.memo

    def begin(self) -> str | None:
        self.journal.load()
        return None

    def show_all(self) -> None:
        self._shown = self.journal.shown
        if self._at is not None:
            ids = [entry.memo.id for entry in self._shown]
            self.rows.cursor = ids.index(self._at) if self._at in ids else 0
            self._at = None
        total = len(self.journal.all)
        count = f"{len(self._shown)} of {total}" if self.journal.wanted else str(total)
        only = f"   only {self.journal.wanted}" if self.journal.wanted else ""
        self.head.show(
            [
                (
                    (" Journal", "strong"),
                    (f"  {count} {'memo' if total == 1 else 'memos'}, the newest first", "dim"),
                    (only, "key"),
                )
            ]
        )
        empty = "no memo fits: Esc shows all" if total else "no memos yet: w writes the first"
        self.rows.fill(row_lines(self._shown, self.size.width) or [((empty, "dim"),)])

    def _here(self) -> JournalEntry:
        if not self._shown:
            raise Refused("no memo is shown", hint="w writes one, / shows others")
        return self._shown[min(self.rows.cursor, len(self._shown) - 1)]

    def _own(self) -> JournalEntry:
        entry = self._here()
        if not self.journal.is_own(entry):
            raise Refused(
                f"this memo is {entry.memo.coder}'s, not yours to change",
                hint="w writes one of your own, l links this one",
            )
        return entry

    def _tell(self) -> None:
        if not self._shown:
            self.memo.show([])
            return
        found = memo_lines(self._here(), max(self.size.width - 4, 20))
        self.memo.show([(("  ", ""), *line) for line in found])

    def action_read(self) -> None:
        """Read the memo in full, however long it is."""

        def read() -> None:
            lines = memo_lines(self._here(), self.reading_width)
            self.app.push_screen(ReadingScreen("Memo", lines))

        self.do(read)

    # -- writing ------------------------------------------------------------------------------------------

    def action_write(self) -> None:
        """Write a memo: on what, of which type, then the text."""

        def targets() -> None:
            found = self.journal.targets()

            def chosen(index: int) -> str | None:
                return self._ask_words() if index == len(found) else self._ask_kind(found[index])

            names = [*named(found), Named("words of a document, not coded …", "quotation")]
            self.find("a memo on what?", names, chosen)

        self.do(targets)

    def _ask_words(self) -> str | None:
        self.ask(
            "which words? document: the words, or document:start-end",
            lambda given: self._ask_kind(self.journal.quoted(given)) if given.strip() else None,
        )
        return None

    def _ask_kind(self, target: JournalTarget) -> str | None:
        kinds = list(WRITABLE)
        self.choose(
            f"memo on {target.words}: of which type?",
            [((WRITABLE[kind], ""),) for kind in kinds],
            lambda index: self._ask_text(target, kinds[index]),
        )
        return None

    def _ask_text(self, target: JournalTarget, kind: MemoKind) -> str | None:
        self.write(f"{kind.value} memo on {target.words}", partial(self._written, target, kind))
        return None

    def _written(self, target: JournalTarget, kind: MemoKind, text: str) -> str | None:
        if not text.strip():
            return "nothing was written, so nothing is kept"
        made = self.journal.write(target, kind, text)
        if not self.journal.shown or made.memo.id not in {
            one.memo.id for one in self.journal.shown
        }:
            self.journal.filter("")
        self._at = made.memo.id
        return f"memo on {made.about} written"

    def action_edit(self) -> None:
        def edit() -> None:
            entry = self._own()
            read = [entry]
            self.write(
                f"memo on {entry.about}",
                lambda text: self._rewritten(read, text),
                text=entry.memo.body,
            )

        self.do(edit)

    def _rewritten(self, read: list[JournalEntry], text: str) -> str:
        """Rewrite the memo as it was read last; who is told that it was changed meanwhile may insist."""
        entry = read[-1]
        self._at = entry.memo.id
        if text.strip() == entry.memo.body:
            return "left as it was"
        if not text.strip():
            return self.journal.remove(entry)
        try:
            return self.journal.rewrite(entry, text)
        except ChangedMeanwhile:
            read.append(self.journal.find(entry.memo.id))
            raise Refused(
                f"it was changed meanwhile: {read[-1].memo.body[:60]}",
                hint="Esc once more puts yours in its place",
            ) from None

    def action_set_kind(self) -> None:
        def ask() -> None:
            entry = self._own()
            kinds = list(WRITABLE)
            self._at = entry.memo.id
            self.choose(
                f"type of the memo on {entry.about}",
                [((WRITABLE[kind], ""),) for kind in kinds],
                lambda index: self.journal.set_kind(entry, kinds[index]),
                at=next((n for n, kind in enumerate(kinds) if kind == entry.memo.kind), 0),
            )

        self.do(ask)

    def action_remove(self) -> None:
        self.do(lambda: self.journal.remove(self._own()))

    # -- links and ways -----------------------------------------------------------------------------------

    def action_link(self) -> None:
        def ask() -> None:
            entry = self._here()
            found = self.journal.targets()
            self._at = entry.memo.id
            self.find(
                "link this memo to what?",
                named(found),
                lambda index: self.journal.link(entry, found[index]),
            )

        self.do(ask)

    def action_unlink(self) -> None:
        def ask() -> None:
            entry = self._here()
            if not entry.linked:
                raise Refused("this memo points at nothing else", hint="l links it")
            self.choose(
                "no longer linked to",
                [((target.words, ""),) for target in entry.linked],
                lambda index: self.journal.unlink(entry, entry.linked[index]),
            )

        self.do(ask)

    def action_open(self) -> None:
        """Go to what the memo is about; where it points at more, ask to which."""

        def open_() -> None:
            entry = self._here()
            targets = (entry.target, *entry.linked)
            if len(targets) == 1:
                self._go_to(entry.target)
                return
            self.choose(
                "go to",
                [((target.words, ""),) for target in targets],
                lambda index: self._go_to(targets[index]),
            )

        self.do(open_)

    def _go_to(self, target: JournalTarget) -> None:
        if target.document is not None:
            self.workbench.open_document(target.document, at=target.span)
        elif target.kind == "participant":
            from qualcode.tui.screens.participants import participants_screen

            self.workbench.show_screen(participants_screen(self.workbench, at=target.name))
        elif target.kind in _PLACE_OF:
            self.workbench.go(_PLACE_OF[target.kind])
        else:
            raise Refused(
                f"there is no way to {target.words}", hint="it was removed, or never decided"
            )

    # -- which are shown ----------------------------------------------------------------------------------

    def action_filter(self) -> None:
        self.ask(FILTER_SYNTAX, self._filter, text=self.journal.wanted)

    def _filter(self, text: str) -> str:
        self.rows.cursor = 0
        return self.journal.filter(text)

    def action_next_kind(self) -> None:
        self.rows.cursor = 0
        self.do(self.journal.next_kind)

    def action_export(self) -> None:
        self.ask(
            "write the memos that are shown to a .md, .html or .docx",
            lambda given: self.journal.export(given) if given.strip() else None,
            text="journal.docx",
        )

    def action_undo(self) -> None:
        self.do(self.journal.undo)

    def action_redo(self) -> None:
        self.do(self.journal.redo)

    def action_reload(self) -> None:
        self.do(lambda: self.begin() or "read afresh")

    def action_close(self) -> None:
        if self.journal.wanted:
            self.do(lambda: self._filter("") or "all memos")
        else:
            self.workbench.leave_screen()


def named(targets: Sequence[JournalTarget]) -> list[Named]:
    """Return the objects as a finder shows them."""
    return [Named(one.name, one.kind.replace("_", " ")) for one in targets]
