"""The quotations behind a figure, each with who speaks, and the way into its document."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from rich.cells import cell_len

from qualcode.core.sheets import Sheet
from qualcode.tui.action_table import Where
from qualcode.tui.matching import holds
from qualcode.tui.screens.compare.exporting import ExportingPage
from qualcode.tui.screens.compare.source import Findings, Quotation
from qualcode.tui.screens.compare.table import numbered
from qualcode.tui.screens.quoting import QuotingPage
from qualcode.tui.widgets.lines import Line
from qualcode.tui.widgets.wrapping import fitted

_SPEAKER = _CODE = 22
_DOCUMENT = 30


class EvidenceScreen(QuotingPage[Quotation], ExportingPage):
    """Lists quotations; Enter opens the document at the one under the cursor."""

    WHERE = Where.EVIDENCE
    QUOTE_ROWS = 8
    EMPTY = "no quotation with these words"

    def __init__(self, source: Findings, title: str, found: tuple[Quotation, ...]) -> None:
        super().__init__()
        self.source = source
        self.all = self.shown = found
        self.about = title
        self.words = ""

    def come_back(self) -> None:
        """Stay at the quotation that was looked at in its document."""
        self.do(lambda: "")

    def show_all(self) -> None:
        self.shown = tuple(
            one for one in self.all if holds(f"{one.words} {_source(one)}", self.words)
        )
        people = numbered(len({one.speaker for one in self.shown}), "speaker")
        count = numbered(len(self.shown), "quotation")
        held = f"   of {len(self.all)}, with “{self.words}”" if self.words else ""
        self.head.show(
            [((f" {self.about}", "strong"), (f"   {count}, {people}", "dim"), (held, "warn"))]
        )
        shows_code = len({one.code for one in self.all}) > 1
        widths = (
            _widest((one.document for one in self.shown), _DOCUMENT),
            _widest((one.speaker for one in self.shown), _SPEAKER),
            _widest((self._name_of(one.code) for one in self.shown), _CODE) if shows_code else 0,
        )
        self.show_rows([_row(one, widths, self._name_of) for one in self.shown])

    def action_filter(self) -> None:
        """Show only the quotations with these words, in them or in their source."""

        def take(words: str) -> str:
            self.words = " ".join(words.split())
            self.rows.cursor = 0
            return ""

        self.ask("show only quotations with these words", take, text=self.words)

    def action_export(self) -> None:
        """Write the quotations to a file."""
        self.export("these quotations", self._sheet, text="quotations.docx")

    def action_copy(self) -> None:
        """Copy the quotation under the cursor with its source."""
        if self.shown:
            one = self.shown[self.rows.cursor]
            self.app.copy_to_clipboard(f"“{_one_line(one)}” ({_source(one)})")
            self.say(
                "copied with its source; if your terminal does not allow that, E writes a file"
            )

    def action_copy_all(self) -> None:
        self.copy(self._sheet("xlsx"))

    def _sheet(self, format: str) -> Sheet:
        """Return the quotations with all that is known of them for statistics, else as one reads them."""
        if format not in ("csv", "xlsx"):
            return Sheet(
                self.about,
                ("quotation", "said by", "code"),
                tuple((_one_line(one), _source(one), one.code) for one in self.shown),
            )
        columns = ("quotation", "speaker", "role", "document", "turn", "start", "end", "code")
        return Sheet(
            self.about,
            (*columns, "coder", "facets"),
            tuple(
                (
                    _one_line(one), one.speaker, one.roles or None, one.document, one.turn,
                    one.start, one.end, one.code, one.coder,
                    "; ".join(f"{key} {value}" for key, value in one.facets) or None,
                )
                for one in self.shown
            ),
        )  # fmt: skip

    def _name_of(self, code: str) -> str:
        found = self.source.book.by_key.get(code)
        return found.name if found is not None else code

    def quote_head(self, one: Quotation) -> Line:
        facets = ", ".join(f"{key} {value}" for key, value in one.facets)
        return (f" {_source(one)}", "strong"), (f"   {one.code}", "key"), (f"  {facets}", "dim")

    def quoted(self, one: Quotation) -> str:
        return one.words


def _one_line(one: Quotation) -> str:
    return " ".join(one.words.split())


def _source(one: Quotation) -> str:
    parts = [one.speaker, one.roles, one.document if one.document != one.speaker else ""]
    said = [part for part in parts if part]
    if one.turn is not None:
        said.append(f"turn {one.turn}")
    if one.begin_ms is not None:
        minutes, seconds = divmod(one.begin_ms // 1000, 60)
        said.append(f"{minutes}:{seconds:02}")
    return ", ".join(said)


def _widest(texts: Iterable[str], most: int) -> int:
    return min(max((cell_len(text) for text in texts), default=0), most)


def _row(one: Quotation, widths: tuple[int, int, int], name_of: Callable[[str], str]) -> Line:
    document, speaker, code = widths
    turn = f"{one.turn:>4}" if one.turn is not None else "    "
    return (
        (f"{fitted(one.document, document)} ", ""),
        (f"{turn}  ", "dim"),
        (f"{fitted(one.speaker, speaker)}  ", "strong"),
        (f"{fitted(name_of(one.code), code)}  " if code else "", "key"),
        (f"“{_one_line(one)}”", ""),
    )
