"""Concept maps as an SVG drawing, as a picture in plain text, as Graphviz, and as a list."""

from __future__ import annotations

from qualcode.formats.concept.drawing import concept_svg
from qualcode.formats.concept.text import concept_dot, concept_picture, concept_text

__all__ = ["concept_dot", "concept_picture", "concept_svg", "concept_text"]
