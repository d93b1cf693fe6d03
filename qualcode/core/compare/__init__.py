"""Comparison: matrices of codes against attributes, facets, roles, coders and documents."""

from __future__ import annotations

from qualcode.core.compare.columns import Column, Columns, columns_for
from qualcode.core.compare.evidence import Corpus, Evidence, Voice
from qualcode.core.compare.matrix import Cell, Matrix, MatrixRow, build_matrix, matrix_codes

__all__ = [
    "Cell",
    "Column",
    "Columns",
    "Corpus",
    "Evidence",
    "Matrix",
    "MatrixRow",
    "Voice",
    "build_matrix",
    "columns_for",
    "matrix_codes",
]
