"""Taxonomies as files: YAML both ways, and Markdown, CSV, an SVG tree and docx to read."""

from __future__ import annotations

from collections.abc import Callable

from qualcode.core.taxonomy import Taxonomy
from qualcode.formats.taxonomy.drawing import taxonomy_svg
from qualcode.formats.taxonomy.text import taxonomy_csv, taxonomy_docx, taxonomy_markdown
from qualcode.formats.taxonomy.yaml import read_taxonomy, write_taxonomy

__all__ = [
    "WRITERS",
    "read_taxonomy",
    "taxonomy_csv",
    "taxonomy_docx",
    "taxonomy_markdown",
    "taxonomy_svg",
    "write_taxonomy",
]

WRITERS: dict[str, Callable[[Taxonomy], bytes]] = {
    "md": lambda taxonomy: taxonomy_markdown(taxonomy).encode(),
    "csv": lambda taxonomy: taxonomy_csv(taxonomy).encode(),
    "svg": lambda taxonomy: taxonomy_svg(taxonomy).encode(),
    "docx": taxonomy_docx,
}
"""Format → writer; each takes a taxonomy with its counts and returns the file's content."""
