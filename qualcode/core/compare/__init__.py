"""Comparison: matrices of codes against attributes, facets, roles, coders and documents."""

from __future__ import annotations

from qualcode.core.compare.columns import Column, Columns, columns_for
from qualcode.core.compare.contrast import (
    Contrary,
    Side,
    Support,
    contrary_cases,
    side_of,
    triangulate,
)
from qualcode.core.compare.evidence import Corpus, Evidence, Voice, emptiness
from qualcode.core.compare.matrix import Cell, Matrix, MatrixRow, build_matrix, matrix_codes

__all__ = [
    "Cell",
    "Column",
    "Columns",
    "Contrary",
    "Corpus",
    "Evidence",
    "Matrix",
    "MatrixRow",
    "Side",
    "Support",
    "Voice",
    "build_matrix",
    "columns_for",
    "contrary_cases",
    "emptiness",
    "matrix_codes",
    "side_of",
    "triangulate",
]
