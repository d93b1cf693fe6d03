"""Merged narratives: all accounts of one theme as one text, every word of which knows where it was said."""

from __future__ import annotations

from qualcode.core.narrative.arrange import ORDER, Arranged, Draft, Section, arrange, sections_of
from qualcode.core.narrative.assemble import Assembled, PlacedPassage, assemble
from qualcode.core.narrative.carry import Carried, PassagePlace, carry_over, lead_back
from qualcode.core.narrative.views import (
    Coverage,
    CoverageOf,
    NarrativeView,
    PassageView,
    PlacedProse,
    ProseKind,
    ProseView,
    RoleGroup,
    SectionView,
    SourcePassage,
    clock,
)

__all__ = [
    "ORDER",
    "Arranged",
    "Assembled",
    "Carried",
    "Coverage",
    "CoverageOf",
    "Draft",
    "NarrativeView",
    "PassagePlace",
    "PassageView",
    "PlacedPassage",
    "PlacedProse",
    "ProseKind",
    "ProseView",
    "RoleGroup",
    "Section",
    "SectionView",
    "SourcePassage",
    "arrange",
    "assemble",
    "carry_over",
    "clock",
    "lead_back",
    "sections_of",
]
