"""The second analyst's review of ties: whether two analysts find the same pairs, and rate them alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from qualcode.core.network.statements import TieStatement, TieStatus

Key = tuple[int, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class FieldAgreement:
    """How two analysts filled one field of the pairs that both found, as labels in the same order.

    `kappa` (Cohen 1960) is None with a `reason` where it is undefined.
    """

    field: str
    first: tuple[str, ...]
    second: tuple[str, ...]
    observed: float | None
    kappa: float | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class ReviewAgreement:
    """Pairs by coding: those both confirmed, and those only one did. `overlap` is both ÷ either (Jaccard)."""

    both: tuple[Key, ...]
    only_first: tuple[Key, ...]
    only_second: tuple[Key, ...]
    overlap: float | None
    fields: tuple[FieldAgreement, ...]


def review_agreement(
    first: Iterable[TieStatement],
    second: Iterable[TieStatement],
    *,
    fields: tuple[str, ...] = ("presence", "valence", "formality"),
) -> ReviewAgreement:
    """Return the agreement of two analysts' confirmed statements over the same codings.

    A field nobody filled counts as the label `not said`.
    """
    ours, theirs = _confirmed(first), _confirmed(second)
    both = sorted(ours.keys() & theirs.keys())
    either = ours.keys() | theirs.keys()
    return ReviewAgreement(
        both=tuple(both),
        only_first=tuple(sorted(ours.keys() - theirs.keys())),
        only_second=tuple(sorted(theirs.keys() - ours.keys())),
        overlap=len(both) / len(either) if either else None,
        fields=tuple(
            _field_agreement(
                name,
                tuple(_label(ours[key], name) for key in both),
                tuple(_label(theirs[key], name) for key in both),
            )
            for name in fields
        ),
    )


def _field_agreement(name: str, first: tuple[str, ...], second: tuple[str, ...]) -> FieldAgreement:
    if not first:
        return FieldAgreement(name, (), (), None, None, "no pair was found by both analysts")
    from qualcode.core.agreement.nominal import coefficients_from_ratings

    found = coefficients_from_ratings(list(zip(first, second, strict=True)))
    kappa = found["cohen_kappa"]
    return FieldAgreement(name, first, second, kappa.observed, kappa.value, kappa.reason or None)


def _confirmed(statements: Iterable[TieStatement]) -> dict[Key, TieStatement]:
    found: dict[Key, TieStatement] = {}
    for s in statements:
        if s.status is TieStatus.CONFIRMED:
            one, other = sorted((s.source, s.target))
            found.setdefault((s.coding_id, (one, other)), s)
    return found


def _label(statement: TieStatement, name: str) -> str:
    value = getattr(statement, name)
    return "not said" if value is None else str(value)
