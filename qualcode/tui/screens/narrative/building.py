"""Building a narrative, question by question: which theme, whose codings, together or one for each value."""

from __future__ import annotations

from dataclasses import replace

from qualcode.core.codebook import Code, Codebook
from qualcode.core.narrative.wording import counted, spoken
from qualcode.services.narrative import SplitChoice
from qualcode.tui.screens.narrative.frame import NarrativeFrame
from qualcode.tui.screens.narrative.shelf import Basis, Shelf
from qualcode.tui.widgets.lines import Line
from qualcode.tui.widgets.row_list import RowList


class BuildingActions(NarrativeFrame):
    """The actions of the list that build."""

    shelf: Shelf
    rows: RowList

    def action_build(self) -> None:
        self.do(self._find_theme)

    def _find_theme(self) -> None:
        codebook = with_themes(self.shelf.codebook())
        self.find_code("a narrative about which theme?", codebook, self._themed)

    def _themed(self, theme: str) -> None:
        bases = self.shelf.bases()

        def based(index: int) -> None:
            self._split(theme, bases[index])

        lines: list[Line] = [((one.words, "strong"),) for one in bases]
        self.choose(f"{theme}: whose codings?", lines, based)

    def _split(self, theme: str, basis: Basis) -> None:
        """Ask whether everything goes into one narrative, into one for each value, or only one value counts."""
        wanted: list[tuple[str | None, str | None]] = [(None, None)]
        lines: list[Line] = [(("all together in one narrative", "strong"),)]
        for split in self.shelf.splits(theme, basis):
            wanted.append((split.name, None))
            lines.append(_each_line(split))
            for value in split.values:
                wanted.append((split.name, value.key))
                told = f"   only {spoken(split.name)}: {value.name}"
                lines.append(((told, ""), (f"  {counted(value.passages, 'passage')}", "dim")))

        def taken(index: int) -> None:
            by, value = wanted[index]
            self.slowly("building …", lambda: self._build(theme, basis, by, value))

        self.choose(f"{theme}: which passages?", lines, taken)

    def _build(self, theme: str, basis: Basis, by: str | None, value: str | None) -> str:
        built = self.shelf.build(theme, basis, by=by, value=value)
        self.rows.cursor = self.shelf.index(built[0].document)
        return "; ".join(one.sentence for one in built)


def with_themes(codebook: Codebook) -> Codebook:
    """Return the codebook with its themes standing before the codes, so that both can be found."""
    themes = tuple(
        Code(theme.key, theme.name, definition="theme: " + ", ".join(theme.codes))
        for theme in codebook.themes
        if theme.key not in codebook.by_key
    )
    return replace(codebook, codes=(*themes, *codebook.codes))


def _each_line(split: SplitChoice) -> Line:
    told = ", ".join(f"{value.name} {value.passages}" for value in split.values)
    return (f"one for each {spoken(split.name)}", "strong"), (f"  {told}", "dim")
