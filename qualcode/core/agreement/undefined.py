"""The one place where *undefined* is NaN: arrays of figures inside the calculation; results carry None and a reason."""

from __future__ import annotations

import math

import numpy as np

from qualcode.core.agreement.sweep import FloatArray

NO_ROOM = 1e-12
"""Chance agreement so near to 1 that nothing is left to agree on beyond it; coefficients have no value there."""


def divided(above: FloatArray, below: FloatArray) -> FloatArray:
    """Return above / below, NaN where below is nothing."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(below == 0, np.nan, above / below)


def beyond_chance(observed: FloatArray, expected: FloatArray) -> FloatArray:
    """Return (Po − Pe)/(1 − Pe), NaN where chance leaves no room."""
    room = np.asarray(1 - expected)
    return divided(observed - expected, np.where(np.abs(room) < NO_ROOM, 0.0, room))


def number(value: float) -> float | None:
    """Return the figure as results carry it."""
    return None if math.isnan(value) else float(value)
