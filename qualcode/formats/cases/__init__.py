"""Tables of cases as files: csv and xlsx for spreadsheets, sav for SPSS and what reads its files (PSPP, R, jamovi)."""

from __future__ import annotations

from qualcode.formats.cases.sav import to_sav
from qualcode.formats.cases.sheet import cases_to_csv, cases_to_xlsx

__all__ = ["cases_to_csv", "cases_to_xlsx", "to_sav"]
