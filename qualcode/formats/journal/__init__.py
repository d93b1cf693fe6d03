"""The research journal in the forms people write on with: Markdown, HTML, word processor."""

from __future__ import annotations

from collections.abc import Iterable

from qualcode.core.journal import JournalEntry
from qualcode.formats.journal.docx import journal_docx
from qualcode.formats.journal.html import journal_html
from qualcode.formats.journal.markdown import journal_markdown

FORMATS = ("md", "html", "docx")

__all__ = ["FORMATS", "journal_docx", "journal_html", "journal_markdown", "write_journal"]


def write_journal(entries: Iterable[JournalEntry], format: str, *, title: str) -> str | bytes:
    """Return the journal in one of `FORMATS`; docx is bytes, the others are text."""
    if format == "docx":
        return journal_docx(entries, title=f"Journal: {title}")
    if format == "html":
        return journal_html(entries, title=f"Journal: {title}")
    return journal_markdown(entries)
