"""Merged narratives: build one per theme and site, write between the passages, show, export, lead codings back."""

from __future__ import annotations

from qualcode.services.narrative.building import (
    BuiltNarrative,
    build_narrative,
    build_narratives,
    remove_narrative,
)
from qualcode.services.narrative.facts import (
    NarrativeFacts,
    SplitChoice,
    ValueChoice,
    list_facts,
    split_choices,
)
from qualcode.services.narrative.placing import Spot, move_prose
from qualcode.services.narrative.reading import (
    NarrativeSummary,
    export_narrative,
    list_narratives,
    map_back,
    narrative_markdown,
    narratives_of,
    show_narrative,
)
from qualcode.services.narrative.tracing import RepeatedPassage, repeated_in, sources_of_span
from qualcode.services.narrative.writing import change_prose, remove_prose, write_prose

__all__ = [
    "BuiltNarrative",
    "NarrativeFacts",
    "NarrativeSummary",
    "RepeatedPassage",
    "SplitChoice",
    "Spot",
    "ValueChoice",
    "build_narrative",
    "build_narratives",
    "change_prose",
    "export_narrative",
    "list_facts",
    "list_narratives",
    "map_back",
    "move_prose",
    "narrative_markdown",
    "narratives_of",
    "remove_narrative",
    "remove_prose",
    "repeated_in",
    "show_narrative",
    "sources_of_span",
    "split_choices",
    "write_prose",
]
