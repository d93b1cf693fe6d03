"""Quotations as rows of a table."""

from __future__ import annotations

from typing import Any

from qualcode.core.quotations import Quotation


def quotation_row(one: Quotation) -> dict[str, Any]:
    """Return a quotation as a row: who said what where, and who coded it as what."""
    return {
        "coding": one.coding_id,
        "document": one.document,
        "start": one.start,
        "end": one.end,
        "participants": list(one.participants),
        "code": one.code,
        "coder": one.coder,
        "round": one.round,
        "through": one.through,
        "bound": one.is_bound,
        "quote": one.quote,
    }


def quotation_line(one: Quotation) -> dict[str, Any]:
    """Return the row as it is printed for people."""
    return {
        "coding": one.coding_id,
        "document": one.document,
        "who": " and ".join(one.participants) or "—",
        "code": one.code + (" (bound)" if one.is_bound else ""),
        "quote": f"“{' '.join(one.quote.split())}”",
    }


COLUMNS = ("coding", "document", "who", "code", "quote")
