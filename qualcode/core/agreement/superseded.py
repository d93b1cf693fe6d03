"""Krippendorff's older α_U for unitizing (1995, 2004), only to reproduce earlier studies and other tools.

Its authors replaced it in 2016 because it misbehaves with more than two coders: use the u-family for anything new.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qualcode.core.agreement.results import COEFFICIENTS, AgreementResult, Status

Sections = Sequence[Sequence[tuple[int, int]]]


def alpha_u_1995(
    units: Mapping[str, Sections], *, length: int, begin: int = 0
) -> Mapping[str, AgreementResult]:
    """Return α_U of each value and, under `all`, of all values together, on one continuum `[begin, begin + length)`.

    `units`: for each value one list of half-open `(start, end)` per coder, not overlapping within a coder.
    Krippendorff (1995), Sociological Methodology 25:47–76; (2004), Content Analysis, p. 254.
    """
    parts = {
        value: (_observed(coders, length), _expected(coders, begin, length))
        for value, coders in units.items()
    }
    found = {value: _result(*part, value) for value, part in parts.items()}
    observed = sum(part[0] for part in parts.values())
    expected = sum(part[1] for part in parts.values())
    return {**found, "all": _result(observed, expected, "all")}


def _result(observed: float, expected: float, value: str) -> AgreementResult:
    citation = COEFFICIENTS["alpha_u_1995"].citation
    if expected <= 0:
        return AgreementResult(
            "alpha_u_1995", None, Status.UNDEFINED, "not used", unit="character",
            interval_method="none: the figure is undefined", citation=citation,
        )  # fmt: skip
    return AgreementResult(
        "alpha_u_1995",
        1 - observed / expected,
        observed=1 - observed,
        expected=1 - expected,
        interval_method="none: one continuum",
        unit="character",
        parameters={"code": value},
        citation=citation,
    )


def _observed(coders: Sections, length: int) -> float:
    total = 0
    for i, own in enumerate(coders):
        for j, others in enumerate(coders):
            if i != j:
                total += sum(_difference(start, end, others) for start, end in own)
    return total / (len(coders) * (len(coders) - 1) * length**2)


def _difference(start: int, end: int, others: Sequence[tuple[int, int]]) -> int:
    """Return the squared differences of a unit's ends from every unit it meets, or twice its length² within a gap.

    A meeting is counted from both sides; a unit in a gap only from its own, hence twice.
    """
    met = [(low, high) for low, high in others if low < end and start < high]
    if not met:
        return 2 * (end - start) ** 2
    return sum((start - low) ** 2 + (end - high) ** 2 for low, high in met)


def _expected(coders: Sections, begin: int, length: int) -> float:
    gaps = [gap for own in coders for gap in _gaps(own, begin, length)]
    lengths = [end - start for own in coders for start, end in own]
    total = 0.0
    for size in lengths:
        within = sum(gap - size + 1 for gap in gaps if gap >= size)
        met = (len(lengths) - 1) / 3 * (2 * size**3 - 3 * size**2 + size)
        total += met + size**2 * within
    whole = len(coders) * length
    return 2 / length * total / (whole * (whole - 1) - sum(size * (size - 1) for size in lengths))


def _gaps(own: Sequence[tuple[int, int]], begin: int, length: int) -> list[int]:
    ends = [begin, *(end for _, end in sorted(own))]
    starts = [*(start for start, _ in sorted(own)), begin + length]
    return [start - end for start, end in zip(starts, ends, strict=True) if start > end]
