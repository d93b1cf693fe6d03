"""Random codings for the laws, and the character matrix that everything is checked against."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import strategies as st

from qualcode.core.agreement.spans import SpanSet, span_set

CODES = ("x", "y", "z")


@st.composite
def span_sets(draw, *, coders=(2, 4), documents=(1, 4), codes=CODES, everyone=False) -> SpanSet:
    """A few short documents, two to four coders, spans anywhere, some coders missing from some documents."""
    people = [f"coder{n}" for n in range(draw(st.integers(*coders)))]
    lengths = {f"doc{n}": draw(st.integers(1, 30)) for n in range(draw(st.integers(*documents)))}
    rows = []
    for document, length in lengths.items():
        for coder in people:
            for code in codes:
                for _ in range(draw(st.integers(0, 2))):
                    start = draw(st.integers(0, length - 1))
                    rows.append(
                        (document, coder, code, start, draw(st.integers(start + 1, length)))
                    )
    pairs = [(coder, document) for coder in people for document in lengths]
    done = pairs if everyone else [pair for pair in pairs if draw(st.integers(0, 4))]
    parents = {"x": None, "y": "x", "z": None}
    return span_set(
        lengths,
        rows,
        coders=people,
        codes={code: parents.get(code) for code in codes},
        done=done,
        scope={name: _scope(draw, length) for name, length in lengths.items()},
    )


def _scope(draw, length: int) -> list[tuple[int, int]]:
    if draw(st.booleans()):
        return [(0, length)]
    cuts = sorted(draw(st.lists(st.integers(0, length), min_size=4, max_size=4)))
    return [(cuts[0], cuts[1]), (cuts[2], cuts[3])]


def character_matrix(spans: SpanSet) -> dict[str, np.ndarray]:
    """Return {code: coders × characters in scope of all documents}, NaN where the coder did not read."""
    blocks: dict[str, list[np.ndarray]] = {key: [] for key in spans.tree.keys}
    for d in range(len(spans.documents)):
        inside = np.zeros(int(spans.scope.lengths[d]), dtype=bool)
        for row in np.flatnonzero(spans.scope.document == d):
            inside[spans.scope.start[row] : spans.scope.end[row]] = True
        for c, key in enumerate(spans.tree.keys):
            grid = np.zeros((len(spans.coders), len(inside)))
            for row in np.flatnonzero((spans.document == d) & (spans.code == c)):
                grid[spans.coder[row], spans.start[row] : spans.end[row]] = 1
            grid[~spans.assigned[:, d]] = np.nan
            blocks[key].append(grid[:, inside])
    return {key: np.concatenate(grids, axis=1) for key, grids in blocks.items()}


def naive(matrix: np.ndarray) -> dict[str, float | None]:
    """Return the coefficients of a coders × units matrix of 0, 1 and NaN, straight from the definitions."""
    read = (~np.isnan(matrix)).sum(axis=0)
    matrix = matrix[:, read >= 2]
    n = matrix.shape[1]
    if n == 0:
        return dict.fromkeys(
            ("percent_agreement", "f1", "fleiss_kappa", "gwet_ac1", "krippendorff_alpha",
             "light_kappa", "conger_kappa", "brennan_prediger", "negative_agreement")
        )  # fmt: skip
    r = (~np.isnan(matrix)).sum(axis=0)
    k = np.nansum(matrix, axis=0)
    po = float(((k * (k - 1) + (r - k) * (r - k - 1)) / (r * (r - 1))).mean())
    pi = float((k / r).mean())
    a = b = d = 0.0
    kappas = []
    for i, j in combinations(range(len(matrix)), 2):
        both = matrix[[i, j]][:, ~np.isnan(matrix[[i, j]]).any(axis=0)]
        a += (both.sum(axis=0) == 2).sum()
        b += (both.sum(axis=0) == 1).sum()
        d += (both.sum(axis=0) == 0).sum()
        if both.shape[1]:
            p, q = both.mean(axis=1)
            kappas.append(_corrected((both[0] == both[1]).mean(), p * q + (1 - p) * (1 - q)))
    shares = np.array([row[~np.isnan(row)].mean() for row in matrix if (~np.isnan(row)).any()])
    spread = shares.var(ddof=1) / len(shares)
    mixed, yes, no = (k * (r - k) / (r - 1)).sum(), k.sum(), (r - k).sum()
    kappas = [kappa for kappa in kappas if kappa is not None]
    return {
        "percent_agreement": po,
        "f1": 2 * a / (2 * a + b) if a + b else None,
        "negative_agreement": 2 * d / (2 * d + b) if d + b else None,
        "fleiss_kappa": _corrected(po, pi**2 + (1 - pi) ** 2),
        "gwet_ac1": _corrected(po, 2 * pi * (1 - pi)),
        "brennan_prediger": 2 * po - 1,
        "conger_kappa": _corrected(po, shares.mean() ** 2 + (1 - shares.mean()) ** 2 - 2 * spread),
        "light_kappa": float(np.mean(kappas)) if kappas else None,
        "krippendorff_alpha": 1 - (yes + no - 1) * mixed / (yes * no) if yes * no > 0 else None,
    }


def _corrected(observed: float, expected: float) -> float | None:
    return None if abs(1 - expected) < 1e-12 else float((observed - expected) / (1 - expected))
