"""Measures, differences and perspectives as rows and sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from qualcode.errors import InputError

if TYPE_CHECKING:
    from qualcode.core.network.dependence import Departure
    from qualcode.core.network.differences import TieDifference
    from qualcode.core.network.measures import Measure
    from qualcode.core.network.perspectives import Perspective, Perspectives
    from qualcode.core.network.views import View
    from qualcode.services.network import TieRow


def view_of(universe: str, rule: str, *, level: str = "role", fewest: int = 1) -> View:
    """Return the view these words ask for; UnknownName for a word that is none."""
    from qualcode.core.network.registry import Level
    from qualcode.core.network.statements import word_of
    from qualcode.core.network.ties import MixedRule
    from qualcode.core.network.views import Universe, View

    if fewest < 1:
        raise InputError("a tie is told by at least one participant", hint="--min-participants 1")
    return View(
        universe=word_of(Universe, universe, "universe"),
        rule=word_of(MixedRule, rule, "rule"),
        level=word_of(Level, level, "level"),
        min_participants=fewest,
    )


def measure_row(site: str | None, measure: Measure[Any]) -> dict[str, Any]:
    return {
        "site": site,
        "measure": measure.name,
        "value": _plain(measure.value),
        "value_reason": measure.reason,
        "universe": measure.universe,
        "rule": measure.rule,
        "actors": measure.actors,
        "ties": measure.ties,
        "single_source": measure.single_source,
        "note": measure.note,
    }


def said(measure: Measure[Any]) -> str:
    """Return the value of a measure as a person reads it, or why there is none."""
    from qualcode.core.network.wording import measure_words

    return measure_words(measure)


def difference_row(
    one: TieDifference, first: str, second: str, *, words: Mapping[int, TieRow] | None
) -> dict[str, Any]:
    from qualcode.core.network.wording import side_words

    row: dict[str, Any] = {
        "tie": " – ".join(one.pair),
        "change": one.change.value,
        first: side_words(one.first, one.first_silence),
        second: side_words(one.second, one.second_silence),
        "evidence": [[statement.id for statement in side] for side in one.statements],
    }
    if words is not None:
        for name, site, side in zip(
            ("first_words", "second_words"), (first, second), one.statements, strict=True
        ):
            row[name] = [
                {
                    "site": site,
                    "tie": statement.id,
                    "told_by": statement.told_by,
                    "quote": words[statement.id].quote,
                }
                for statement in side
            ]
    return row


def perspective_row(network: str, seen: Perspectives, told: Perspective) -> dict[str, Any]:
    return {
        "network": network,
        "tie": " – ".join(seen.tie.pair),
        "told_by_role": told.role,
        "told_by_role_reason": None if told.role else "the speaker has no role",
        "speaks_for": told.side or "a third party",
        "standing": told.standing.value if told.standing else None,
        "formality": told.formality.value if told.formality else None,
        "participants": list(told.participants),
        "unheard": list(seen.unheard),
        "sides_disagree": seen.disagree,
        "evidence": [statement.id for statement in told.statements],
    }


def departure_lines(
    departure: Measure[Departure] | None, cut: Measure[tuple[str, ...]] | None
) -> list[str]:
    """Return what a departure does, and who stands between two, as sentences."""
    lines: list[str] = []
    if departure is not None and departure.value is not None:
        one = departure.value
        lost = ", ".join(f"{tie.source} – {tie.target}" for tie in one.ties_lost) or "none"
        lines += [
            f"When {', '.join(one.leaving)} leave, workable ties lost: {lost}",
            f"connected parts before and after: {one.parts_before} and {one.parts_after}",
            f"left without a tie: {', '.join(one.stranded) or 'nobody'}",
            "no longer connected: "
            + ("; ".join(f"{a} and {b}" for a, b in one.cut_off[:12]) or "nobody")
            + (f" and {len(one.cut_off) - 12} more pairs" if len(one.cut_off) > 12 else ""),
        ]
        lines += [departure.note] if departure.note else []
    if cut is not None:
        answer = ", ".join(cut.value) if cut.value is not None else f"— {cut.reason}"
        lines.append(f"{cut.name}: {answer}")
    return lines


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | float | int | str):
        return value
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    names = getattr(type(value), "__slots__", ())
    return {name: _plain(getattr(value, name)) for name in names} or str(value)
