"""How much two values agree or differ: weights for κ and AC2, distances for Krippendorff's α."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

import numpy as np

from qualcode.core.agreement.sweep import FloatArray
from qualcode.errors import InputError

Value = Hashable
Distance = Callable[[Value, Value], float]
WEIGHTS = (
    "identity", "linear", "quadratic", "ordinal", "radical", "ratio", "circular", "bipolar",
)  # fmt: skip
LEVELS = ("nominal", "ordinal", "interval", "ratio")


def agreement_weights(kind: str | FloatArray, categories: Sequence[Value]) -> FloatArray:
    """Return the weights (categories × categories), 1 for full agreement (Gwet 2014, ch. 3).

    `kind` is one of WEIGHTS, or a matrix: of agreement with ones on its diagonal, or of disagreement with zeros there
    (Cohen 1968). Categories that are numbers are used as such, others by their place (not for `ordinal`, which
    always goes by place).
    """
    if not isinstance(kind, str):
        return _given_weights(np.asarray(kind, dtype=np.float64), len(categories))
    if kind not in WEIGHTS:
        raise InputError(f"unknown weights {kind!r}", hint="one of: " + ", ".join(WEIGHTS))
    n = len(categories)
    if kind == "identity" or n < 2:
        return np.eye(n)
    values = numbers_of(categories)
    scale = np.arange(1, n + 1, dtype=np.float64) if values is None else values
    if kind == "ordinal":
        steps = np.abs(np.subtract.outer(np.arange(n), np.arange(n))).astype(np.float64)
        apart = steps * (steps + 1) / 2
    else:
        apart = _apart(kind, scale)
    return np.asarray(1 - apart / apart.max())


def _apart(kind: str, scale: FloatArray) -> FloatArray:
    low, high = scale.min(), scale.max()
    difference = np.subtract.outer(scale, scale)
    total = np.add.outer(scale, scale)
    if kind == "linear":
        return np.asarray(np.abs(difference))
    if kind == "quadratic":
        return np.asarray(difference**2)
    if kind == "radical":
        return np.asarray(np.sqrt(np.abs(difference)))
    if kind == "circular":
        return np.asarray(np.sin(np.pi * difference / (high - low + 1)) ** 2)
    if kind == "ratio":
        return np.asarray(_share(difference, total) ** 2)
    return _share(difference**2, (total - 2 * low) * (2 * high - total))


def _share(above: FloatArray, below: FloatArray) -> FloatArray:
    return np.divide(above, below, out=np.zeros_like(above), where=below != 0)


def _given_weights(matrix: FloatArray, n: int) -> FloatArray:
    if matrix.shape != (n, n):
        raise InputError(
            f"the weights must be {n} × {n}, one row and column per category",
            hint="name the categories in the order of the matrix",
        )
    diagonal = np.diag(matrix)
    if (diagonal == 1).all():
        return matrix
    if (diagonal == 0).all() and matrix.max() > 0:
        return np.asarray(1 - matrix / matrix.max())
    raise InputError(
        "weights have ones on the diagonal (agreement) or zeros (disagreement)",
        hint="a category agrees fully with itself",
    )


def squared_distances(
    level: str | Distance, categories: Sequence[Value], frequencies: FloatArray
) -> FloatArray:
    """Return δ² (categories × categories) of Krippendorff's α (2019, §12.3.4).

    `level` is one of LEVELS, or a function of two values that gives the (squared) difference. `frequencies`: how
    often each category occurs among pairable values, which the ordinal metric is made of; categories in rank order.
    """
    n = len(categories)
    if not isinstance(level, str):
        return np.array([[float(level(c, k)) for k in categories] for c in categories])
    if level == "nominal":
        return 1 - np.eye(n)
    if level == "ordinal":
        up_to = np.cumsum(frequencies) - frequencies / 2
        return np.subtract.outer(up_to, up_to) ** 2
    if level not in LEVELS:
        raise InputError(f"unknown level {level!r}", hint="one of: " + ", ".join(LEVELS))
    values = numbers_of(categories)
    if values is None:
        raise InputError(f"{level} α needs numbers as values", hint="use nominal or ordinal")
    difference = np.subtract.outer(values, values)
    if level == "interval":
        return np.asarray(difference**2)
    return np.asarray(_share(difference, np.add.outer(values, values)) ** 2)


def numbers_of(categories: Sequence[Value]) -> FloatArray | None:
    """Return the categories as numbers, or None where one is not a number."""
    if all(isinstance(value, (int, float, np.integer, np.floating)) for value in categories):
        return np.array(categories, dtype=np.float64)
    return None
