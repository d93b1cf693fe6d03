"""The selection: a span with an active end, moved, extended, grown and shrunk by units. Nothing here draws."""

from __future__ import annotations

from dataclasses import dataclass, replace

from qualcode.tui.widgets.transcript.units import Span, Unit, Units


@dataclass(frozen=True, slots=True)
class Selection:
    """`[start, end)` in code points. The active end is the one that extending moves; `unit` is the last one used.

    `grown` remembers what was selected before each growth, so that shrinking takes it back.
    """

    start: int
    end: int
    unit: Unit = Unit.SENTENCE
    forward: bool = True
    grown: tuple[Span, ...] = ()

    @property
    def active(self) -> int:
        """The offset that must stay in view."""
        return max(self.end - 1, self.start) if self.forward else self.start

    @property
    def span(self) -> Span:
        return self.start, self.end


def at_start(units: Units, unit: Unit = Unit.SENTENCE) -> Selection:
    """Return the first unit of the text selected (an empty selection in a text without any)."""
    return selected(units.at(unit, 0) or (0, 0), unit)


def selected(span: Span, unit: Unit) -> Selection:
    return Selection(span[0], span[1], unit)


def move(units: Units, selection: Selection, unit: Unit, *, forward: bool) -> Selection:
    """Select the next or previous unit; a smaller unit than what is selected is first sought inside it."""
    if unit < selection.unit and _holds_more(units, selection, unit):
        inside = _inside(units, selection, unit, forward=forward)
        if inside is not None:
            return Selection(*inside, unit, forward)
    if forward:
        found = units.after(unit, max(selection.end, selection.start + 1))
    else:
        found = units.before(unit, selection.start)
    if found is None:
        found = units.at(unit, selection.end - 1 if forward else selection.start)
    return selection if found is None else Selection(*found, unit, True)


def extend(units: Units, selection: Selection, unit: Unit, *, forward: bool) -> Selection:
    """Move the active end by one unit; where that would empty the selection, the other end becomes active."""
    if forward:
        return _extend_right(units, selection, unit)
    return _extend_left(units, selection, unit)


def swap(selection: Selection) -> Selection:
    """Make the other end the active one."""
    return replace(selection, forward=not selection.forward)


def grow(units: Units, selection: Selection) -> Selection:
    """Widen to the next larger unit that holds more than is selected."""
    for unit in Unit:
        if unit < selection.unit:
            continue
        first = units.at(unit, selection.start)
        last = units.at(unit, max(selection.end - 1, selection.start))
        if first is None or last is None:
            continue
        start, end = min(first[0], selection.start), max(last[1], selection.end)
        if (start, end) != selection.span:
            grown = (*selection.grown, selection.span)[-8:]
            return Selection(start, end, unit, selection.forward, grown)
    return selection


def shrink(units: Units, selection: Selection) -> Selection:
    """Take the last growth back, otherwise select the first smaller unit inside."""
    if selection.grown:
        start, end = selection.grown[-1]
        unit = Unit(max(selection.unit - 1, 0))
        return Selection(start, end, unit, selection.forward, selection.grown[:-1])
    for unit in reversed(Unit):
        if unit >= selection.unit:
            continue
        found = units.at(unit, selection.start)
        if found and found != selection.span and selection.start < found[1] <= selection.end:
            return Selection(max(found[0], selection.start), found[1], unit, True)
    return selection


def _extend_right(units: Units, selection: Selection, unit: Unit) -> Selection:
    start, end = selection.span
    if not selection.forward:
        found = units.after(unit, start + 1)
        if found is not None and found[0] < end:
            return Selection(found[0], end, unit, False)
    held = units.at(unit, end)
    if held is not None and held[0] < end < held[1]:
        return Selection(start, held[1], unit, True)
    found = units.after(unit, end)
    return selection if found is None else Selection(start, found[1], unit, True)


def _extend_left(units: Units, selection: Selection, unit: Unit) -> Selection:
    start, end = selection.span
    if selection.forward:
        found = units.before(unit, end - 1)
        if found is not None and found[1] > start:
            return Selection(start, found[1], unit, True)
    held = units.at(unit, start)
    if held is not None and held[0] < start < held[1]:
        return Selection(held[0], end, unit, False)
    found = units.before(unit, start)
    return selection if found is None else Selection(found[0], end, unit, False)


def _holds_more(units: Units, selection: Selection, unit: Unit) -> bool:
    first = units.at(unit, selection.start)
    return first is not None and first[1] < selection.end


def _inside(units: Units, selection: Selection, unit: Unit, *, forward: bool) -> Span | None:
    """Return the first unit inside the selection going forward, the last going back."""
    found = units.after(unit, selection.start) if forward else units.before(unit, selection.end)
    if found is None or found[0] < selection.start or found[1] > selection.end:
        return None
    return found
