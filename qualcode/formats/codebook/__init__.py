"""Codebooks as YAML files, both ways: codes, facets, themes, domains and the actor registry."""

from __future__ import annotations

from qualcode.formats.codebook.file import SCHEMA, CodebookFile
from qualcode.formats.codebook.reading import read_codebook
from qualcode.formats.codebook.writing import write_codebook

__all__ = ["SCHEMA", "CodebookFile", "read_codebook", "write_codebook"]
