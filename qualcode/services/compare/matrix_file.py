"""A matrix as a file of any format: for statistics a row for each cell, for reading a column for each column."""

from __future__ import annotations

from qualcode.core.compare import Matrix
from qualcode.services.compare.exporting import write_matrix
from qualcode.services.compare.sheets import matrix_sheet, wide_sheet, write_sheet


def write_matrix_file(matrix: Matrix, *, format: str = "csv") -> bytes:
    """Return a matrix as csv or xlsx with a row for each cell, as docx or md with a column for each of its columns.

    InputError for a format that is not known."""
    form = format.casefold().lstrip(".")
    if form in ("csv", "md"):
        return write_matrix(matrix, format=form).encode()
    return write_sheet(matrix_sheet(matrix) if form == "xlsx" else wide_sheet(matrix), format=form)
