"""What the list of documents asks of the services: the documents, everybody's progress, and changes to a document."""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.core.document_filter import FACTS, DocumentFilter, read_filter
from qualcode.errors import Refused
from qualcode.services import audit, documents, rounds
from qualcode.services.documents import DocumentDescription
from qualcode.tui.cycling import following
from qualcode.tui.desk import Desk, DocumentLine

# What undoing in the list of documents may take back: never an import.
_OWN_ACTIONS = frozenset(
    {
        "document renamed",
        "document removed",
        "document read",
        "document opened again",
        "memo written",
    }
)
SORTS = ("document", "words", "turns", "my codings", "done", "participants")


@dataclass(frozen=True, slots=True)
class Mark:
    """How far a coder is with a document; `codings` is None where the viewer may not know."""

    done: bool
    codings: int | None

    @property
    def text(self) -> str:
        """Return `✓` for done, the number of codings so far, `·` for what is to be read."""
        return "✓" if self.done else str(self.codings) if self.codings else "·"


class Documents:
    """The documents as last read, filtered and sorted; nothing is kept here that is not in the project."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.all: tuple[DocumentLine, ...] = ()
        self.coders: tuple[str, ...] = ()
        self.marks: dict[str, dict[str, Mark]] = {}
        self.words = ""
        self.sort = SORTS[0]
        self.is_reversed = False
        self._filter = DocumentFilter()
        self._described: dict[str, DocumentDescription] = {}

    def load(self) -> None:
        """Read documents and progress afresh: one's own, or everybody's for those who steer the round."""
        self.all = self.desk.documents()
        self.marks, coders = {}, {}
        self._described.clear()
        if self.desk.round is not None:
            for row in rounds.progress(self.desk.project, self.desk.round.name):
                self.marks.setdefault(row.document, {})[row.coder] = Mark(row.done, row.codings)
                coders[row.coder] = row.coder == self.desk.coder.name
        self.coders = tuple(sorted(coders, key=lambda name: (not coders[name], name)))

    @property
    def shown(self) -> tuple[DocumentLine, ...]:
        """Those that fit the filter, in the chosen order."""
        found = [
            line
            for line in self.all
            if self._filter.fits(
                line.name,
                line.kind,
                participants=line.participants,
                values=line.held,
                done=line.done,
            )
        ]
        if self.sort in ("words", "turns", "my codings"):
            name = "codings" if self.sort == "my codings" else self.sort
            found.sort(key=lambda line: -int(getattr(line, name)))
        elif self.sort == "done":
            found.sort(key=lambda line: self._progress(line.name))
        elif self.sort == "participants":
            found.sort(key=lambda line: (not line.participants, line.participants))
        return tuple(reversed(found) if self.is_reversed else found)

    def _progress(self, name: str) -> tuple[int, int]:
        """What is least done comes first; what is nobody's comes last."""
        marks = self.marks.get(name, {})
        done = sum(1 for mark in marks.values() if mark.done)
        return (done, sum(mark.codings or 0 for mark in marks.values())) if marks else (999, 0)

    def totals(self) -> list[tuple[str, int, int]]:
        """Return (coder, how many are done, how many are assigned)."""
        found = []
        for coder in self.coders:
            marks = [held[coder] for held in self.marks.values() if coder in held]
            found.append((coder, sum(1 for mark in marks if mark.done), len(marks)))
        return found

    def filter(self, text: str) -> str:
        """Show only documents with these words and values (`trust site:A done:no`)."""
        names = dict.fromkeys(name for line in self.all for name in line.held)
        self._filter = read_filter(text, (*names, *FACTS))
        self.words = text.strip()
        return f"only documents with “{self.words}”" if self.words else ""

    def next_sort(self) -> str:
        self.sort = following(SORTS, self.sort)
        self.is_reversed = False
        return f"by {self.sort}; S turns the order round"

    def reverse(self) -> str:
        self.is_reversed = not self.is_reversed
        return f"by {self.sort}, {'turned round' if self.is_reversed else 'as usual'}"

    def describe(self, name: str) -> DocumentDescription:
        """Return what is known of a document; read once, until everything is read afresh."""
        if name not in self._described:
            self._described[name] = documents.describe_document(self.desk.project, name)
        return self._described[name]

    # -- changes ------------------------------------------------------------------------------------------

    def rename(self, name: str, new: str) -> str:
        return documents.rename_document(self.desk.for_writing(), name, to=new)

    def remove(self, name: str) -> str:
        documents.remove_document(self.desk.for_writing(), name)
        return f"{name} removed: u brings it back"

    def write_memo(self, name: str, text: str) -> str:
        from qualcode.services import journal

        journal.write_entry(self.desk.for_writing(), text, about="document", name=name)
        return f"memo on {name} written; it stands in the journal"

    def toggle_done(self, line: DocumentLine) -> str:
        if line.done is None and self.desk.round is None:
            raise Refused("the project has no round yet", hint="qualcode round new PROJECT NAME")
        self.desk.set_done(line.name, done=not line.done)
        return f"{line.name} is {'not yet done' if line.done else 'done'}"

    def undo(self) -> str:
        return audit.undo(self.desk.for_writing(), only=_OWN_ACTIONS).sentence

    def redo(self) -> str:
        return audit.redo(self.desk.for_writing(), only=_OWN_ACTIONS).sentence
