"""What the comparison asks of the services: a matrix, who says it, how broadly it is supported, who speaks against."""

from __future__ import annotations

import enum

from qualcode.core.compare import Contrary, Matrix, Support
from qualcode.core.sheets import Sheet
from qualcode.services import compare, documents
from qualcode.services.compare import CellPassage
from qualcode.services.compare.scores import list_attributes
from qualcode.services.compare.sheets import matrix_sheet
from qualcode.tui.cycling import following
from qualcode.tui.desk import Desk
from qualcode.tui.screens.compare.comparing_views import (
    Measure,
    contrary_table,
    matrix_table,
    support_table,
    voices_table,
)
from qualcode.tui.screens.compare.source import Findings, Quotation, quotation_of
from qualcode.tui.screens.compare.table import Shown, Wanted

_OTHER_COLUMNS = ("document", "participant", "coder")


class View(enum.StrEnum):
    """What a comparison shows."""

    MATRIX = "matrix"
    VOICES = "who says what"
    SUPPORT = "support"
    CONTRARY = "negative cases"


class Comparison(Findings):
    """Codes against an attribute, a facet, the speakers' role, coders or documents."""

    TAKES_ROUND = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.measure = Measure.PARTICIPANTS
        self.view = View.MATRIX
        self.is_turned = False
        self.groups = "role"
        self.columns = "document"
        self._matrix: Matrix | None = None
        self._support: tuple[Support, ...] | None = None
        self._contrary: tuple[tuple[Contrary, tuple[CellPassage, ...]], ...] | None = None
        attributes = list_attributes(self.project)
        facets = [facet.key for facet in self.book.facets]
        both = [name for name in facets if name.casefold() in map(str.casefold, attributes)]
        known = [*both, *(name for name in ("site", "role") if name in attributes), *facets]
        if known:
            self.columns = known[0]
        if "role" not in attributes and attributes:
            self.groups = attributes[0]

    def forget(self) -> None:
        super().forget()
        self._matrix = self._support = self._contrary = None

    def column_choices(self) -> list[tuple[str, str]]:
        """Return what the columns can be, each with what it says."""
        facets = {facet.key: facet.name for facet in self.book.facets}
        found = [(key, f"facet: {name}, what a passage is about") for key, name in facets.items()]
        found += [
            (name, "attribute: a fact about who speaks")
            for name in list_attributes(self.project)
            if name not in facets
        ]
        said = ("one column each", "one column each", "every coder's own codings side by side")
        return [*found, *zip(_OTHER_COLUMNS, said, strict=True)]

    def group_choices(self) -> list[tuple[str, str]]:
        return [(name, "attribute of the speakers") for name in list_attributes(self.project)]

    def compare_by(self, columns: str) -> None:
        self.columns = columns
        self.forget()

    def group_by(self, attribute: str) -> None:
        self.groups = attribute
        self._support = None

    def next_measure(self) -> None:
        self.measure = following(Measure, self.measure)

    def next_view(self) -> None:
        self.view = following(View, self.view)

    def turn(self) -> None:
        self.is_turned = not self.is_turned

    @property
    def matrix(self) -> Matrix:
        if self._matrix is None:
            self._matrix = compare.compare(
                self.project,
                rows=self.rows,
                columns=self.columns,
                basis=self.whose.basis,
                round=self.whose.round,
                deep=self.deep,
            )
        return self._matrix

    def shown(self) -> Shown:
        if self.view is View.MATRIX:
            table = matrix_table(self.matrix, self.measure)
        elif self.view is View.VOICES:
            table = voices_table(self.matrix, self._supports(), self._group_values())
        elif self.view is View.SUPPORT:
            table = support_table(self.matrix, self._supports(), self.groups)
        else:
            table = contrary_table(self.matrix, self._contraries())
        return table.turned() if self.is_turned else table

    def behind(self, wanted: Wanted) -> tuple[Quotation, ...]:
        if self.view is View.CONTRARY:
            return tuple(
                quotation_of(one)
                for contrary, cases in self._contraries()
                if (contrary.code, contrary.column) == (wanted.code, wanted.column)
                for one in cases
            )
        return self.quotations(wanted, self.columns)

    def long_sheet(self) -> Sheet:
        """Return the matrix with a row for each cell, for statistics."""
        return matrix_sheet(self.matrix)

    def method(self) -> list[str]:
        layer = "every coder's own codings" if self.columns == "coder" else self.whose.words
        counted = f"Counted on {layer}: {self.rows_words} by {self.columns}."
        rolled = "A coding counts for its code and for every code above it, and everybody counts once in each cell."
        untested = "No statistic is tested: the participants were not drawn at random."
        said = {
            View.MATRIX: f"Cells hold: {self.measure.value}. {rolled}",
            View.VOICES: f"Below each code, the speakers by {self.groups}: participants who say it, of those of the group "
            "who could have spoken in the column.",
            View.SUPPORT: f"Cells hold by how many groups ({self.groups}) a code is supported, and by how many participants; "
            "single source: one participant alone.",
            View.CONTRARY: "Cells hold participants for (+), against (−) and both in one breath (±), as the facets presence "
            "and valence of their passages say; shown where not everybody says the same.",
        }
        return [counted, said[self.view], untested]

    def equivalent(self) -> str:
        ways = {
            View.MATRIX: ["--count", self.measure.option],
            View.VOICES: ["--support", "--groups", self.groups, "--json"],
            View.SUPPORT: ["--support", "--groups", self.groups],
            View.CONTRARY: ["--contrary"],
        }
        rows = self.rows_options
        if self.view is not View.MATRIX:
            rows = [word for word in rows if word != "--deep"]
        columns = ["--columns", self.columns]
        return self.command("compare", columns, rows, ways[self.view], self.whose.options)

    def _supports(self) -> tuple[Support, ...]:
        if self._support is None:
            self._support = compare.support(
                self.project,
                rows=self.rows,
                columns=self.columns,
                groups=self.groups,
                basis=self.whose.basis,
                round=self.whose.round,
            )
        return self._support

    def _contraries(self) -> tuple[tuple[Contrary, tuple[CellPassage, ...]], ...]:
        if self._contrary is None:
            self._contrary = compare.negative_cases(
                self.project,
                rows=self.rows,
                columns=self.columns,
                basis=self.whose.basis,
                round=self.whose.round,
            )
        return self._contrary

    def _group_values(self) -> dict[str, tuple[str, ...]]:
        """Return pseudonym → values of the attribute that makes the groups."""
        name = self.groups.casefold()
        return {
            person.pseudonym: next(
                (values for key, values in person.values.items() if key.casefold() == name), ()
            )
            for person in documents.list_participants(self.project)
        }
