"""What the joint display asks of the services: a measure's distribution beside codes, and participant by participant."""

from __future__ import annotations

import enum

from qualcode.core.compare import Matrix
from qualcode.core.compare.joint import Joint, Spread
from qualcode.errors import Refused
from qualcode.services import compare
from qualcode.services.compare.scores import list_measures, participant_scores
from qualcode.tui.cycling import following
from qualcode.tui.desk import Desk
from qualcode.tui.screens.compare.source import Findings, Quotation
from qualcode.tui.screens.compare.table import (
    DRAWN,
    FEW_MARK,
    NOTHING,
    Figure,
    Row,
    Shown,
    Wanted,
    heat,
    numbered,
)

_NAMED = 8


class View(enum.StrEnum):
    """What the joint display shows."""

    CODES = "beside each code"
    PEOPLE = "participant by participant"


class JointReading(Findings):
    """A measure of the participants beside what they say."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.view = View.CODES
        self.box_room = 21
        self.measures = list_measures(self.project)
        if not self.measures:
            raise Refused(
                "no attribute of the participants is a number",
                hint="import a participants table with scores, ages or years",
            )
        self.measure = self.measures[0]
        self._joint: Joint | None = None
        self._people: tuple[dict[str, float], Matrix] | None = None

    def forget(self) -> None:
        super().forget()
        self._joint = self._people = None
        self.measures = list_measures(self.project)

    def measure_by(self, measure: str) -> None:
        self.measure = measure
        self.forget()

    def next_view(self) -> None:
        self.view = following(View, self.view)

    @property
    def joint(self) -> Joint:
        if self._joint is None:
            self._joint = compare.joint_display(
                self.project,
                self.measure,
                rows=self.rows,
                basis=self.whose.basis,
                deep=self.deep,
            )
        return self._joint

    def shown(self) -> Shown:
        return self._codes() if self.view is View.CODES else self._by_people()

    def behind(self, wanted: Wanted) -> tuple[Quotation, ...]:
        return self.quotations(wanted, "participant")

    def method(self) -> list[str]:
        return [
            f"{self.joint.label}: its distribution among the participants who say a code (or a code below it), beside those "
            f"who were read and do not; counted on {self.whose.words}.",
            "Median and quartiles (linear between the ordered values, Hyndman & Fan 1996, type 7), from four values on; "
            "the box is drawn from quartile to quartile with the median in it, the line from the least to the most.",
            "No test: the groups were not drawn at random, and participants sort themselves into them by what they say.",
        ]

    def equivalent(self) -> str:
        return self.command(
            "joint", ["--measure", self.measure], self.rows_options, self.whose.options
        )

    def _codes(self) -> Shown:
        found = self.joint
        keys = ("n", "median", DRAWN, "n_without", "median_without", f"{DRAWN} too")
        scale = (found.everybody.least or 0.0, found.everybody.most or 0.0)
        ends = f"{scale[0]:g} … {scale[1]:g}"
        heads = ("say it", "median", ends, "do not", "median", ends)
        rows = [
            Row(
                row.code,
                row.name,
                row.depth + 1,
                (
                    *self._spread(row.said, scale, (row.code, f"{row.name}: who say it")),
                    *self._spread(row.unsaid, scale, (None, f"{row.name}: who do not say it")),
                ),
            )
            for row in found.rows
        ]
        everybody = self._spread(found.everybody, scale, (None, "everybody who was read"))
        blank = tuple(Figure("", None, "dim", everybody[0].told) for _ in range(3))
        rows.append(Row("", "everybody", 1, (*everybody, *blank)))
        return Shown("code", keys, heads, tuple(rows), found.notes)

    def _spread(
        self, spread: Spread, scale: tuple[float, float], about: tuple[str | None, str]
    ) -> tuple[Figure, ...]:
        code, title = about
        names = ", ".join(spread.names[:_NAMED])
        more = f" and {spread.n - _NAMED} more" if spread.n > _NAMED else ""
        told = f"{title}, {self.joint.label}: {spread_words(spread)}; {numbered(spread.n, 'participant')}"
        told += f": {names}{more}" if names else ""
        told += f". {FEW_MARK} Small number: fewer than 5" if spread.is_small and spread.n else ""
        wanted = None
        if code is not None and spread.n:
            wanted = Wanted(title, code, participants=frozenset(spread.names))
        mark = FEW_MARK if spread.is_small and spread.n else ""
        return (
            Figure(f"{spread.n}{mark}", float(spread.n), "strong", told, wanted),
            Figure(spread_words(spread), spread.median, "", told, wanted),
            Figure(
                box(spread, scale, self.box_room), spread.median, "key", told, wanted, is_text=True
            ),
        )

    def _by_people(self) -> Shown:
        if self._people is None:
            matrix = compare.compare(
                self.project,
                rows=self.rows,
                columns="participant",
                basis=self.whose.basis,
                deep=self.deep,
            )
            self._people = participant_scores(self.project, self.measure), matrix
        scores, matrix = self._people
        most = max((cell.codings for row in matrix.rows for cell in row.cells), default=1)
        at = {column.key: n for n, column in enumerate(matrix.columns)}
        rows = []
        for name, score in scores.items():
            if name not in at:
                continue
            told = f"{name}: {self.joint.label} {score:g}"
            figures = [Figure(f"{score:g}", score, "strong", told)]
            for row in matrix.rows:
                count = row.cells[at[name]].codings
                said = f"{told}; {row.name}: {numbered(count, 'coding')}"
                if not count:
                    figures.append(Figure(NOTHING, 0.0, "dim", said))
                    continue
                wanted = Wanted(f"{name}, {row.name}", row.code, name)
                step = heat(float(count), float(most))
                figures.append(Figure(str(count), float(count), step, said, wanted))
            rows.append(Row(name, name, 1, tuple(figures)))
        keys = ("", *(row.code for row in matrix.rows))
        heads = (self.joint.label, *(row.name for row in matrix.rows))
        return Shown("participant", keys, heads, tuple(rows), self.joint.notes)


def spread_words(spread: Spread) -> str:
    """Return the median with the quartiles, or with least and most where there are too few values."""
    if spread.median is None:
        return "—"
    if spread.lower is not None and spread.upper is not None:
        return f"{spread.median:g} ({spread.lower:g}–{spread.upper:g})"
    if spread.least == spread.most:
        return f"{spread.median:g}"
    return f"{spread.median:g}, {spread.least:g} to {spread.most:g}"


def box(spread: Spread, scale: tuple[float, float], room: int) -> str:
    """Return a box plot on one line over the scale (least, most of everybody): ├──▐██┃█▌──┤; dots where there are few."""
    least, most = scale
    if spread.median is None or spread.least is None or spread.most is None or room < 2:
        return ""

    def at(value: float) -> int:
        return round((value - least) / (most - least) * (room - 1)) if most > least else 0

    cells = [" "] * room
    for cell in range(at(spread.least), at(spread.most) + 1):
        cells[cell] = "─"
    if spread.lower is not None and spread.upper is not None:
        for cell in range(at(spread.lower), at(spread.upper) + 1):
            cells[cell] = "█"
    cells[at(spread.least)] = "├" if cells[at(spread.least)] == "─" else cells[at(spread.least)]
    cells[at(spread.most)] = "┤" if cells[at(spread.most)] == "─" else cells[at(spread.most)]
    cells[at(spread.median)] = "┃" if spread.lower is None else "│"
    return "".join(cells).rstrip()
