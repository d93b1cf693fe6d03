"""Narratives as files to read and to write on: Markdown, HTML and docx."""

from __future__ import annotations

from collections.abc import Callable

from qualcode.core.narrative import NarrativeView
from qualcode.formats.narrative.docx import narrative_docx
from qualcode.formats.narrative.html import narrative_html
from qualcode.formats.narrative.markdown import narrative_markdown

__all__ = ["WRITERS", "narrative_docx", "narrative_html", "narrative_markdown"]

WRITERS: dict[str, Callable[[NarrativeView], bytes]] = {
    "md": lambda view: narrative_markdown(view).encode(),
    "html": lambda view: narrative_html(view).encode(),
    "docx": narrative_docx,
}
"""Format → writer; each takes a view and returns the file's content."""
