"""A page of findings that gives away what it shows: as a file of any format, or to the clipboard."""

from __future__ import annotations

from collections.abc import Callable

from qualcode.core.sheets import Sheet
from qualcode.services.compare.sheets import copied_sheet, sheet_format, write_sheet
from qualcode.tui.saving import asked_path, save
from qualcode.tui.screens.keeping import KeepingPage


class ExportingPage(KeepingPage):
    """See `KeepingPage`."""

    def export(self, what: str, sheet: Callable[[str], Sheet], *, text: str) -> None:
        """Ask for a path and write the table there; `sheet` returns it for the format that the ending means."""

        def write(given: str) -> str | None:
            if not given.strip():
                return "nothing was written"
            format = sheet_format(asked_path(given)[0])
            return save(given, write_sheet(sheet(format), format=format))

        self.ask(f"write {what} to a file (.docx .xlsx .csv .md)", write, text=text)

    def copy(self, sheet: Sheet) -> None:
        """Put the table on the clipboard of the terminal."""
        self.app.copy_to_clipboard(copied_sheet(sheet))
        self.say("copied; if your terminal does not allow that, E writes a file")
