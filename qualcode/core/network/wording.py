"""Measures and ties as words a person reads, the same on every screen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qualcode.core.network.dependence import Stability
from qualcode.core.network.differences import Silence
from qualcode.core.network.measures import Core, Measure, Ranked
from qualcode.core.network.statements import TieStatement
from qualcode.core.network.structure import Balance, CorePeriphery
from qualcode.core.network.ties import Tie

MOST_RANKED = 5


def measure_words(measure: Measure[Any]) -> str:
    """Return the value of a measure in words, or a dash with the reason why it is undefined."""
    if measure.value is None:
        return f"— {measure.reason}"
    return value_words(measure.value)


def value_words(value: Any) -> str:
    """Return any value that a measure can have in words; rankings are cut after `MOST_RANKED` actors."""
    if isinstance(value, float):
        return share(value)
    if isinstance(value, Core):
        return f"{', '.join(value.actors) or 'none'} (each with {value.k} others)"
    if isinstance(value, CorePeriphery):
        return f"core {', '.join(value.core)}; fit {share(value.correlation)}"
    if isinstance(value, Balance):
        return _balance(value)
    if isinstance(value, Stability):
        return _stability(value)
    if isinstance(value, tuple):
        return _list(value)
    return str(value)


def share(value: float) -> str:
    """Return a number between -1 and 1 as `.72`."""
    text = f"{value:.2f}"
    return text.replace("0.", ".", 1) if text.lstrip("-").startswith("0.") else text


def side_words(tie: Tie | None, silence: Silence | None) -> str:
    """Return how a tie stands in one network of a comparison, or why it is not there."""
    if tie is None:
        return f"— {silence.value.replace('_', ' ')}" if silence else "—"
    parts = [tie.standing.value]
    if tie.standing.there:
        parts.append(tie.formality.value if tie.formality else "formality not said")
    parts.append(f"{tie.weight} told of it")
    if tie.single_source:
        parts.append("one source")
    return ", ".join(parts)


def tie_words(statement: TieStatement, names: Mapping[str, str], *, voices: int) -> str:
    """Return a statement on one line: who, how, where, whether it is there, and how many tell of the pair."""
    one = statement
    kind = one.type.value.replace("_", " ")
    arrow = f"—{kind}→" if one.directed else f"←{kind}→" if one.trace.both_ways else f"—{kind}—"
    parts = [
        f"{names.get(one.source, one.source)} {arrow} {names.get(one.target, one.target)}",
        f"site {one.site}" if one.site else "site ?",
        one.presence.value if one.presence else "there?",
    ]
    parts += [part.value for part in (one.valence, one.formality, one.basis) if part is not None]
    return " · ".join([*parts, f"1 of {voices} {'source' if voices == 1 else 'sources'}"])


def _list(value: tuple[Any, ...]) -> str:
    if not value:
        return "none"
    if isinstance(value[0], Ranked):
        shown = [f"{one.actor} {share(one.value)}" for one in value[:MOST_RANKED] if one.value > 0]
        return ", ".join(shown) or "nobody stands between others"
    if isinstance(value[0], tuple):
        parts = ", ".join(str(len(part)) for part in value)
        return f"{len(value)} (of {parts} actors)"
    return ", ".join(str(item) for item in value)


def _balance(value: Balance) -> str:
    said = f"{value.balanced} of {value.triads} triads balanced"
    if value.unbalanced:
        said += "; not: " + "; ".join(" – ".join(triad) for triad in value.unbalanced[:3])
    if value.ambivalent:
        said += "; both good and strained: " + ", ".join(" – ".join(p) for p in value.ambivalent)
    return said


def _stability(value: Stability) -> str:
    lowest, highest = share(value.lowest_density), share(value.highest_density)
    said = f"density between {lowest} and {highest}"
    first = value.runs[0] if value.runs else None
    if first is None or not (first.ties_lost or first.ties_gained):
        return said
    lost = len(first.ties_lost)
    return f"{said}; without {first.participant} {lost} ties go, {len(first.ties_gained)} come"
