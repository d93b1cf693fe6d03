"""An import that takes a while: one file at a time, so that it can be followed, and stopped between two files."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from qualcode.errors import QualcodeError
from qualcode.services import documents
from qualcode.services.documents import ImportedDocument
from qualcode.tui.desk import Desk
from qualcode.tui.dragged import paths_in

_TABLES = (".csv",)
_DESCRIPTIONS = (".yaml", ".yml")


@dataclass
class Import:
    """Files still to be taken in, and what became of the others."""

    desk: Desk
    waiting: list[Path]
    left_out: list[Path] = field(default_factory=list)
    said: list[tuple[str, str | None]] = field(default_factory=list)
    taken: int = 0
    refused: int = 0
    stopped: bool = False

    @property
    def total(self) -> int:
        return len(self.waiting) + self.taken + self.refused

    @property
    def progress(self) -> str:
        """Say how far it is."""
        at = self.taken + self.refused + 1
        return f"importing {at} of {self.total}: {self.waiting[0].name} … Esc stops after it"

    def step(self) -> None:
        """Take the next file in; what refuses is said, and the others follow."""
        file = self.waiting.pop(0)
        try:
            said, hint, is_in = self._take(file)
        except QualcodeError as error:
            said, hint, is_in = f"{file.name}: {error.message}", error.hint, False
        self.said.append((said, hint))
        self.taken += is_in
        self.refused += not is_in

    def _take(self, file: Path) -> tuple[str, str | None, bool]:
        project = self.desk.for_writing()
        if file.suffix.casefold() in _TABLES:
            people = documents.import_participants(project, file)
            names = ", ".join(people.attributes)
            return f"{file.name}: {people.participants} participants with {names}", None, True
        if file.suffix.casefold() in _DESCRIPTIONS:
            found = documents.import_attributes(project, file)
            return f"{file.name}: described {', '.join(one.name for one in found)}", None, True
        (done,) = documents.import_documents(project, [file])
        return (*told(done), done.problem is None)

    def summary(self) -> str:
        """Say what came of it."""
        parts = [f"{self.taken} of {self.total} files imported"]
        if self.stopped and self.waiting:
            parts.append(f"stopped by you before {self.waiting[0].name}; what is in stays")
        if self.refused:
            first = next(said for said, hint in self.said if hint is not None)
            parts.append(f"{self.refused} refused, the first: {first}")
        return "; ".join(parts) + (" (F8 lists all)" if len(self.said) > 1 else "")


def begin_import(desk: Desk, given: str) -> Import:
    """Return an import of the files and folders that were typed, pasted or dragged here. InputError when one is missing."""
    files, left_out = documents.files_in(paths_in(given))
    found = Import(desk, files, left_out)
    found.said = [(f"{file.name}: left out, no reader for it", None) for file in left_out]
    return found


def told(one: ImportedDocument) -> tuple[str, str | None]:
    """Return what became of a file, with a hint where it was refused."""
    if one.problem:
        return f"{one.file}: {one.problem}", one.hint or ""
    notes = f"; {'; '.join(one.notes)}" if one.notes else ""
    return f"{one.file}: {one.words:,} words, {one.turns} turns{notes}", None
