"""Warnings that stand beside a figure: what a reader has to know before believing it."""

from __future__ import annotations

import numpy as np

from qualcode.core.agreement.codewise import CodeAgreement

_HIGH_PERCENT = 0.95
_TENTATIVE = 0.667
_SENSITIVE = 0.1


def flags(
    measured: CodeAgreement, code: str, *, other_unit: CodeAgreement | None = None
) -> tuple[str, ...]:
    """Return the warnings for a code's figures: used by one coder, mostly uncoded text, boundary-sensitive.

    `other_unit`: the same codings measured in another unit (sentences beside characters); α that moves by more than
    .1 with the unit hangs on where spans begin and end.
    """
    result = measured.result(code, "krippendorff_alpha", interval=None)
    found = [note for note in result.notes if note.startswith("used by ")]
    percent = measured.result(code, "percent_agreement", interval=None).value
    alpha = result.value
    if alpha is None or percent is None:
        return tuple(found)
    if percent >= _HIGH_PERCENT and alpha < _TENTATIVE:
        found.append("mostly uncoded text: read F1 and α, not percent agreement")
    if other_unit is not None:
        place = other_unit.codes.index(code)
        other = other_unit.values("krippendorff_alpha")[place]
        if not np.ma.is_masked(other) and abs(float(other) - alpha) > _SENSITIVE:
            found.append(
                f"boundary-sensitive: α is {alpha:.2f} by {measured.unit},"
                f" {float(other):.2f} by {other_unit.unit}"
            )
    return tuple(found)
