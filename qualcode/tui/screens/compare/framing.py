"""What the framework asks of the services: cases by codes, the summaries in the cells, and what became stale."""

from __future__ import annotations

from collections.abc import Sequence

from qualcode.core.compare.framework import Framework, FrameworkCell
from qualcode.errors import Refused
from qualcode.services import audit, compare
from qualcode.services.compare.scores import list_attributes
from qualcode.tui.desk import Desk
from qualcode.tui.screens.compare.source import Findings, Quotation
from qualcode.tui.screens.compare.table import NOTHING, Figure, Row, Shown, Wanted, numbered

_OWN_ACTIONS = frozenset({"summary written", "summary removed"})

Place = tuple[str, str]
"""A cell: (code, case)."""


class FrameworkReading(Findings):
    """Cases in rows, codes in columns, a summary by the analyst in each cell."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.by = "participant"
        self._found: Framework | None = None

    def forget(self) -> None:
        super().forget()
        self._found = None

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the columns: the top branches, or the codes below the one looked at (itself where none are)."""
        if self.deep:
            branch = self.book.by_key if self.rows is None else self.book.branch(self.rows)
            return tuple(branch)
        below = tuple(code.key for code in self.book.children.get(self.rows, ()))
        return below or ((self.rows,) if self.rows is not None else ())

    def case_choices(self) -> list[tuple[str, str]]:
        facets = {facet.key: facet.name for facet in self.book.facets}
        found = [("participant", "a row for each"), ("document", "a row for each")]
        found += [
            (name, "attribute: a row for each value")
            for name in list_attributes(self.project)
            if name not in facets
        ]
        return [*found, *((key, f"facet: {name}") for key, name in facets.items())]

    def show_cases(self, by: str) -> None:
        self.by = by
        self.forget()

    @property
    def found(self) -> Framework:
        if self._found is None:
            self._found = compare.show_framework(
                self.project, self.codes, by=self.by, basis=self.whose.basis
            )
        return self._found

    def shown(self) -> Shown:
        found = self.found
        names = tuple(self._name(code) for code in found.codes)
        rows = tuple(
            Row(
                case,
                name,
                1,
                tuple(self._figure(found.cells[code, case], name) for code in found.codes),
            )
            for case, name in found.cases
        )
        return Shown(found.by, found.codes, names, rows)

    def cell(self, place: Place) -> FrameworkCell:
        """Return a cell; Refused where there is none."""
        if place not in self.found.cells:
            raise Refused("no cell is chosen", hint="go to a cell first")
        return self.found.cells[place]

    def summary(self, place: Place) -> str:
        """Return what stands in a cell; empty where nothing was written."""
        cell = self.cell(place)
        return cell.summary.text if cell.summary else ""

    def write(self, place: Place, text: str) -> str:
        """Write the summary of a cell on the evidence as it stands now; an empty text removes it."""
        standing = self.cell(place)
        if text.strip() == self.summary(place) and not standing.is_stale:
            return "left as it was"
        if not text.strip() and standing.summary is None:
            return "left as it was"
        self._write(place, text)
        return "written" if text.strip() else "the summary is removed: u brings it back"

    def accept(self, place: Place) -> str:
        """Bind a stale summary to the evidence as it is now. Refused where it is not stale."""
        if not self.cell(place).is_stale:
            raise Refused("this summary is not stale", hint="n goes to the next stale one")
        self._write(place, self.summary(place))
        return "still holds: bound to the evidence as it is now"

    def remove(self, place: Place) -> str:
        """Remove the summary of a cell. Refused where there is none."""
        if self.cell(place).summary is None:
            raise Refused("there is no summary in this cell")
        self._write(place, "")
        return "the summary is removed: u brings it back"

    def undo(self, *, again: bool = False) -> str:
        project = self.desk.for_writing()
        done = (audit.redo if again else audit.undo)(project, only=_OWN_ACTIONS)
        self.forget()
        return done.sentence

    def counts(self) -> str:
        """Say how far the summaries have come."""
        cells = self.found.cells.values()
        written = [cell for cell in cells if cell.summary is not None]
        waiting = [cell for cell in cells if cell.summary is None and cell.codings]
        stale = len(self.found.stale)
        said = f"{len(written)} written, {len(waiting)} with quotations still to write"
        return f"{said}, {stale} stale: their evidence has changed" if stale else said

    def next_place(self, places: Sequence[Place], here: Place, by: int, *, stale: bool) -> Place:
        """Return the next cell of those given that is stale (else: that has quotations and no summary), round the end."""
        wanted = [place for place in places if self._waits(place, stale=stale)]
        if not wanted:
            raise Refused("no summary is stale" if stale else "no cell waits for a summary")
        at = places.index(here) if here in places else 0
        ahead = [place for place in wanted if places.index(place) > at]
        before = [place for place in wanted if places.index(place) < at]
        if by > 0:
            return ahead[0] if ahead else wanted[0]
        return before[-1] if before else wanted[-1]

    def behind(self, wanted: Wanted) -> tuple[Quotation, ...]:
        return self.quotations(wanted, self.by)

    def method(self) -> list[str]:
        return [
            f"A framework matrix (Ritchie & Spencer 1994): {self.by} by code, with the analyst's summary in each cell; "
            f"counted on {self.whose.words}.",
            "A summary is bound to the passages it was written on; when a passage, its code or its facets change, it is "
            "marked stale until somebody reads it again.",
            self.counts(),
        ]

    def equivalent(self) -> str:
        codes = [] if self.rows is None and not self.deep else self.codes
        words = [word for code in codes for word in ("--code", code)]
        return self.command(("framework", "show"), ["--by", self.by], words, self.whose.options)

    def _write(self, place: Place, text: str) -> None:
        code, case = place
        compare.write_summary(
            self.desk.for_writing(), code, case, text, by=self.by, basis=self.whose.basis
        )
        self.forget()

    def _waits(self, place: Place, *, stale: bool) -> bool:
        cell = self.found.cells[place]
        return cell.is_stale if stale else cell.summary is None and cell.codings > 0

    def _figure(self, cell: FrameworkCell, case: str) -> Figure:
        name = self._name(cell.code)
        count = numbered(cell.codings, "quotation")
        wanted = Wanted(f"{case}, {name}", cell.code, cell.case) if cell.codings else None
        head = f"{case}, {name}: {count}"
        if cell.summary is None:
            if not cell.codings:
                return Figure(
                    NOTHING, 0.0, "dim", f"{head}, nothing to sum up", None, is_text=True
                )
            told = f"{head}, no summary yet: e writes one"
            return Figure(
                f"({cell.codings})", float(cell.codings), "dim", told, wanted, is_text=True
            )
        author = cell.summary.author
        if cell.is_stale:
            told = f"{head}. STALE, its evidence has changed since {author} wrote: {cell.summary.text}"
            text = f"STALE {cell.summary.text}"
            return Figure(text, float(cell.codings), "warn", told, wanted, is_text=True)
        told = f"{head}. {cell.summary.text} ({author})"
        return Figure(cell.summary.text, float(cell.codings), "", told, wanted, is_text=True)

    def _name(self, code: str) -> str:
        found = self.book.by_key.get(code)
        return found.name if found is not None else code
