"""What the journal asks of the services: the memos one may see, the newest first, and every change to one's own."""

from __future__ import annotations

from qualcode.core.journal import JournalEntry, JournalFilter, JournalTarget
from qualcode.core.memos import MemoKind
from qualcode.services import audit, journal
from qualcode.tui.desk import Desk
from qualcode.tui.saving import asked_path, save

WRITABLE = {
    MemoKind.NOTE: "note            what comes to mind",
    MemoKind.THEORETICAL: "theoretical     what it may mean; how codes hang together",
    MemoKind.METHODOLOGICAL: "methodological  how we work, and why we decided so",
    MemoKind.REFLEXIVE: "reflexive       my own part in it",
}
# What undoing in the journal may take back.
_OWN_ACTIONS = frozenset(
    {"memo written", "memo changed", "memo removed", "memo linked", "memo unlinked"}
)
_ENDINGS = {".html": "html", ".htm": "html", ".docx": "docx", ".md": "md"}


class Journal:
    """The memos as last read; nothing is kept here that is not in the project."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.all: tuple[JournalEntry, ...] = ()
        self.wanted = ""
        self._filter = JournalFilter()

    def load(self) -> None:
        """Read the memos afresh."""
        self.all = tuple(reversed(journal.list_entries(self.desk.project)))

    @property
    def shown(self) -> list[JournalEntry]:
        """Those that fit the filter, the newest first."""
        return [entry for entry in self.all if self._filter.holds(entry)]

    def filter(self, text: str) -> str:
        """Show only memos with these words, of a type, on a kind of object, by a coder."""
        self._filter = journal.read_filter(self.desk.project, text)
        self.wanted = " ".join(text.split())
        return f"{len(self.shown)} of {len(self.all)} memos" if self.wanted else ""

    def next_kind(self) -> str:
        """Show memos of the next type that there is any of, after the last one all."""
        held = [kind for kind in MemoKind if any(one.memo.kind == kind for one in self.all)]
        at = held.index(self._filter.kind) if self._filter.kind in held else -1
        kind = held[at + 1] if at + 1 < len(held) else None
        rest = [part for part in self.wanted.split() if not part.casefold().startswith("type:")]
        self.filter(" ".join([*rest, *([f"type:{kind.value}"] if kind else [])]))
        return f"only {kind.value} memos" if kind else "memos of all types"

    def targets(self) -> tuple[JournalTarget, ...]:
        return journal.list_targets(self.desk.project)

    def find(self, memo_id: int) -> JournalEntry:
        """Return one memo as it is now. Refused when it is no longer there."""
        return journal.find_entry(self.desk.project, memo_id)

    def is_own(self, entry: JournalEntry) -> bool:
        return entry.memo.coder == self.desk.coder.name

    def quoted(self, given: str) -> JournalTarget:
        """Return the words that are meant, to write on. SpanError or UnknownName where there are none such."""
        return journal.find_words(self.desk.project, given)

    # -- changes ------------------------------------------------------------------------------------------

    def write(self, target: JournalTarget, kind: MemoKind, text: str) -> JournalEntry:
        name = target.name if target.kind == "quotation" else str(target.uid)
        made = journal.write_entry(
            self.desk.for_writing(), text, about=target.kind, name=name, kind=kind.value
        )
        self.load()
        return made

    def rewrite(self, entry: JournalEntry, text: str) -> str:
        journal.change_entry(
            self.desk.for_writing(), entry.memo.id, text=text, version=entry.memo.version
        )
        return self._done(f"memo on {entry.about} rewritten")

    def set_kind(self, entry: JournalEntry, kind: MemoKind) -> str:
        journal.change_entry(self.desk.for_writing(), entry.memo.id, kind=kind.value)
        return self._done(f"memo on {entry.about} is {kind.value} now")

    def remove(self, entry: JournalEntry) -> str:
        journal.remove_entry(self.desk.for_writing(), entry.memo.id)
        return self._done(f"memo on {entry.about} removed: u brings it back")

    def link(self, entry: JournalEntry, target: JournalTarget) -> str:
        journal.link_entry(
            self.desk.for_writing(), entry.memo.id, about=target.kind, name=str(target.uid)
        )
        return self._done(f"linked to {target.words}")

    def unlink(self, entry: JournalEntry, target: JournalTarget) -> str:
        journal.unlink_entry(
            self.desk.for_writing(), entry.memo.id, about=target.kind, name=str(target.uid)
        )
        return self._done(f"no longer linked to {target.words}")

    def undo(self) -> str:
        return self._done(audit.undo(self.desk.for_writing(), only=_OWN_ACTIONS).sentence)

    def redo(self) -> str:
        return self._done(audit.redo(self.desk.for_writing(), only=_OWN_ACTIONS).sentence)

    def export(self, given: str) -> str:
        """Write what is shown as Markdown, HTML or a word-processor document, by the path's ending."""
        path, _ = asked_path(given)
        wanted = self._filter
        content = journal.export_journal(
            self.desk.project,
            words=wanted.words,
            kind=wanted.kind,
            about=wanted.about,
            coder=wanted.coder,
            format=_ENDINGS.get(path.suffix.casefold(), path.suffix.removeprefix(".") or "md"),
        )
        return save(given, content if isinstance(content, bytes) else content.encode())

    def _done(self, said: str) -> str:
        self.load()
        return said
