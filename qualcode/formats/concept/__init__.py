"""Concept maps as an SVG drawing, as a picture in plain text, as Graphviz, as a list, and as YAML both ways."""

from __future__ import annotations

from qualcode.formats.concept.drawing import concept_svg
from qualcode.formats.concept.text import concept_dot, concept_picture, concept_text
from qualcode.formats.concept.yaml import read_map, write_map

__all__ = [
    "concept_dot",
    "concept_picture",
    "concept_svg",
    "concept_text",
    "read_map",
    "write_map",
]
