"""What the screen of saturation asks of the services: the curve of new codes, and when it is flat by which rule."""

from __future__ import annotations

import enum
from collections.abc import Sequence

from qualcode.core.saturation import BASE, REFERENCE, RUN, THRESHOLD, Saturation, SaturationStep
from qualcode.errors import InputError
from qualcode.services import compare
from qualcode.services.compare.saturating import (
    BASES,
    IMPORT,
    RUNS,
    THRESHOLDS,
    Rule,
    saturation_in_order,
    saturation_rules,
)
from qualcode.services.compare.scores import list_attributes
from qualcode.tui.cycling import following
from qualcode.tui.desk import Desk
from qualcode.tui.screens.compare.source import Findings, Quotation, quotation_of
from qualcode.tui.screens.compare.table import DRAWN, Figure, Row, Shown, Wanted, heat, numbered

ORDERS = 1_000
_EIGHTHS = " ▏▎▍▌▋▊▉█"
_NAMED = 12


class View(enum.StrEnum):
    """What the screen shows of the saturation."""

    NEW = "new codes by document"
    CURVE = "codes found so far"
    RULES = "all rules side by side"


class SaturationReading(Findings):
    """How many new codes each document brings, in one order or in very many."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.view = View.NEW
        self.order: str | None = IMPORT
        self.rule: Rule = (BASE, RUN, THRESHOLD)
        self.orders = 0
        self.bar_room = 30
        self._found: Saturation | None = None
        self._rules: tuple[Saturation, ...] | None = None

    def forget(self) -> None:
        super().forget()
        self._found = self._rules = None

    # -- choosing -----------------------------------------------------------------------------------------

    def next_view(self) -> None:
        self.view = following(View, self.view)

    def order_choices(self) -> list[tuple[str | None, str]]:
        attributes = list_attributes(self.project)
        found: list[tuple[str | None, str]] = [
            (IMPORT, "as they were imported"),
            (None, "by name"),
        ]
        return [*found, *((name, f"by {name} of who speaks") for name in attributes)]

    def put_in_order(self, order: str | None) -> None:
        self.order = order
        self.forget()

    def resample(self) -> None:
        self.orders = 0 if self.orders else ORDERS
        self._found = None
        if self.orders:
            self.view = View.CURVE

    def next_base(self) -> None:
        base, run, threshold = self.rule
        self._follow((following(BASES, base), run, threshold))

    def next_run(self) -> None:
        base, run, threshold = self.rule
        self._follow((base, following(RUNS, run), threshold))

    def next_threshold(self) -> None:
        base, run, threshold = self.rule
        self._follow((base, run, following(THRESHOLDS, threshold)))

    def follow(self, given: str) -> None:
        """Follow a rule written as base, run and threshold: `4 2 5%`. InputError for what is none."""
        try:
            first, second, third = given.replace(" %", "%").replace(",", " ").split()
            share = float(third.removesuffix("%"))
            rule = int(first), int(second), share / 100 if third.endswith("%") else share
        except ValueError:
            raise InputError(
                f"{given.strip()!r} is no rule", hint="base, run and threshold, as 4 2 5%"
            ) from None
        self._follow(rule)

    @property
    def rule_words(self) -> str:
        base, run, threshold = self.rule
        return f"base {base}, run {run}, threshold {100 * threshold:g} %"

    @property
    def rows_words(self) -> str:
        code = self.book.by_key.get(self.rows or "")
        return f"codes of {code.name}" if code else "all codes"

    # -- reading ------------------------------------------------------------------------------------------

    @property
    def found(self) -> Saturation:
        if self._found is None:
            self._found = saturation_in_order(
                self.project,
                code=self.rows,
                basis=self.whose.basis,
                rule=self.rule,
                order=self.order,
                orders=self.orders,
            )
        return self._found

    def shown(self) -> Shown:
        if self.view is View.RULES:
            return self._side_by_side()
        steps = self.found.steps
        return self._curve(steps) if self.view is View.CURVE else self._new(steps)

    def behind(self, wanted: Wanted) -> tuple[Quotation, ...]:
        """Return the quotations by which a document brought its new codes: each code's own, in this document."""
        (document,) = wanted.documents or ("",)
        step = next(step for step in self.found.steps if step.document == document)
        found = [
            quotation_of(one)
            for code in step.new_codes
            for one in compare.cell_passages(
                self.project,
                code=code,
                columns="document",
                column=document,
                basis=self.whose.basis,
            )
            if one.code == code
        ]
        return tuple(sorted(found, key=lambda one: (one.start, one.end)))

    def method(self) -> list[str]:
        base, run, threshold = self.rule
        lines = [
            f"{self.found.reading}.",
            f"Read with a base of {base} documents, runs of {run} and a threshold of {100 * threshold:g} % new codes: the "
            "different codes that are new in a run, over the different codes of the base; runs overlap and move on by "
            f"one document. {self.found.base_codes} codes in the base; {self.found.order}; {self.whose.words}.",
            f"Reference: {REFERENCE}.",
            "This is saturation of codes, in the order stated; it says nothing about how well each code is understood.",
        ]
        drawn = self.found.resampled
        if drawn is not None:
            lines.insert(
                1,
                f"{drawn.orders:,} random orders of the documents (seed {drawn.seed}): median, and the range that holds "
                "nine orders of ten; reached: the share of orders that met the threshold by then.",
            )
        return lines

    def equivalent(self) -> str:
        base, run, threshold = self.rule
        options = ["--base", str(base), "--run", str(run), "--threshold", f"{threshold:g}"]
        order = [] if self.order is None else ["--order", self.order]
        orders = ["--orders", str(self.orders)] if self.orders else []
        code = ["--code", self.rows] if self.rows is not None else []
        return self.command("saturation", options, order, orders, code, self.whose.options)

    # -- tables -------------------------------------------------------------------------------------------

    def _new(self, steps: Sequence[SaturationStep]) -> Shown:
        most = max((len(step.new_codes) for step in steps), default=1)
        keys = (DRAWN, "new codes", "in all", "run", "reading")
        heads = ("", *keys[1:])
        rows = []
        for step in steps:
            told, wanted = self._told(step), self._wanted(step)
            new = len(step.new_codes)
            figures = (
                Figure(
                    bar(new, most, self.bar_room), float(new), "key", told, wanted, is_text=True
                ),
                Figure(str(new), float(new), "strong", told, wanted),
                Figure(str(step.cumulative), float(step.cumulative), "", told, wanted),
                self._ratio(step, told, wanted),
                Figure(self._mark(step), None, "good", told, wanted, is_text=True),
            )
            rows.append(Row(step.document, f"{step.n:>3}  {step.document}", 1, figures))
        return Shown("document", keys, heads, tuple(rows), self.found.notes)

    def _curve(self, steps: Sequence[SaturationStep]) -> Shown:
        every = max((step.cumulative for step in steps), default=1)
        drawn = self.found.resampled
        heads: tuple[str, ...] = ("", "in all")
        if drawn is not None:
            heads = (*heads, "median", "9 in 10", "reached")
        rows = []
        for step in steps:
            told, wanted, at = self._told(step), self._wanted(step), step.n - 1
            line = bar(step.cumulative, every, self.bar_room)
            more: tuple[Figure, ...] = ()
            if drawn is not None:
                low, median, high = drawn.low[at], drawn.median[at], drawn.high[at]
                line = band(step.cumulative, (low, median, high), every, self.bar_room)
                reached = drawn.reached[at]
                more = (
                    Figure(f"{median:.0f}", median, "", told, wanted),
                    Figure(f"{low:.0f}–{high:.0f}", high, "", told, wanted),
                    Figure(f"{reached:.0%}", reached, heat(reached, 1.0), told, wanted),
                )
            figures = (
                Figure(line, float(step.cumulative), "key", told, wanted, is_text=True),
                Figure(str(step.cumulative), float(step.cumulative), "strong", told, wanted),
                *more,
            )
            rows.append(Row(step.document, f"{step.n:>3}  {step.document}", 1, figures))
        return Shown("document", (DRAWN, *heads[1:]), heads, tuple(rows), self.found.notes)

    def _side_by_side(self) -> Shown:
        if self._rules is None:
            self._rules = saturation_rules(
                self.project, code=self.rows, basis=self.whose.basis, order=self.order
            )
        heads = ("reached at", "codes in the base", "reading")
        rows = tuple(
            Row(
                f"{one.base}\x1f{one.run}\x1f{one.threshold}",
                f"base {one.base}, run {one.run}, {100 * one.threshold:g} %",
                1,
                (
                    Figure(
                        f"{one.reached}+{one.run}" if one.reached is not None else "—",
                        float(one.reached) if one.reached is not None else None,
                        "good" if one.reached is not None else "dim",
                        one.reading,
                    ),
                    Figure(str(one.base_codes), float(one.base_codes), "", one.reading),
                    Figure(one.reading, None, "", one.reading, is_text=True),
                ),
            )
            for one in self._rules
        )
        return Shown("rule", heads, heads, rows)

    def _ratio(self, step: SaturationStep, told: str, wanted: Wanted | None) -> Figure:
        if step.ratio is None:
            return Figure("base" if step.n <= self.rule[0] else "—", None, "dim", told, wanted)
        is_low = step.ratio <= self.rule[2]
        return Figure(f"{step.ratio:.1%}", step.ratio, "good" if is_low else "", told, wanted)

    def _mark(self, step: SaturationStep) -> str:
        """Say at the last document of the run that confirms it that saturation is reached."""
        reached, run = self.found.reached, self.rule[1]
        return f"◂ {reached}+{run}" if reached is not None and step.n == reached + run else ""

    def _told(self, step: SaturationStep) -> str:
        names = [self._name(code) for code in step.new_codes]
        listed = ", ".join(names[:_NAMED])
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        said = f"{step.document}, number {step.n}: {numbered(len(names), 'new code')}"
        said += f" ({listed}{more})" if names else ""
        if step.ratio is not None:
            said += f"; the run that ends here brings {step.ratio:.1%} of the base's {self.found.base_codes} codes"
        return said

    def _wanted(self, step: SaturationStep) -> Wanted | None:
        if not step.new_codes:
            return None
        title = f"New codes of {step.document}"
        return Wanted(title, step.new_codes[0], documents=frozenset({step.document}))

    def _name(self, code: str) -> str:
        found = self.book.by_key.get(code)
        return found.name if found is not None else code

    def _follow(self, rule: Rule) -> None:
        self.rule = rule
        self._found = None


def bar(value: float, largest: float, room: int) -> str:
    """Return a bar of at most `room` cells, exact to an eighth of a cell."""
    if largest <= 0 or value <= 0:
        return ""
    eighths = max(round(value / largest * room * 8), 1)
    whole, rest = divmod(eighths, 8)
    return "█" * whole + (_EIGHTHS[rest] if rest else "")


def band(value: float, spread: tuple[float, float, float], largest: float, room: int) -> str:
    """Return one row of a curve: ─ over the range of the random orders, ┼ at their median, ● at this order's own value."""
    cells = [" "] * (room + 1)

    def at(number: float) -> int:
        return min(max(round(number / largest * room), 0), room) if largest > 0 else 0

    low, median, high = spread
    for cell in range(at(low), at(high) + 1):
        cells[cell] = "─"
    cells[at(median)] = "┼"
    cells[at(value)] = "●"
    return "".join(cells).rstrip()
