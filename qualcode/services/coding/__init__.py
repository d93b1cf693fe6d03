"""Codings and memos: apply, change, remove, list; and their way in and out as JSONL."""

from __future__ import annotations

from qualcode.services.coding.applying import (
    AppliedCode,
    apply_code,
    change_coding,
    remove_coding,
    weigh_coding,
)
from qualcode.services.coding.exporting import export_codings
from qualcode.services.coding.importing import ImportedCodings, import_codings
from qualcode.services.coding.memos import change_memo, list_memos, write_memo
from qualcode.services.coding.reading import (
    QuotedCoding,
    code_counts,
    codings_per_document,
    find_coding,
    list_codings,
    locate,
    quote_codings,
    read_codings,
    use_of_codes,
)
from qualcode.services.coding.reshaping import join_codings, split_coding

__all__ = [
    "AppliedCode",
    "ImportedCodings",
    "QuotedCoding",
    "apply_code",
    "change_coding",
    "change_memo",
    "code_counts",
    "codings_per_document",
    "export_codings",
    "find_coding",
    "import_codings",
    "join_codings",
    "list_codings",
    "list_memos",
    "locate",
    "quote_codings",
    "read_codings",
    "remove_coding",
    "split_coding",
    "use_of_codes",
    "weigh_coding",
    "write_memo",
]
