"""The places of the workbench: one table of screens, read by the menu of places and by the keys of the list of documents."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.app import App
    from textual.screen import Screen


@dataclass(frozen=True, slots=True)
class Place:
    """`maker` is the function in `module` that takes the workbench and returns the screen; it refuses with a
    QualcodeError where there is nothing to show."""

    name: str
    letter: str
    help: str
    module: str
    maker: str

    def make(self, app: App[None], *about: str) -> Screen[None]:
        """Load the module of this place, which nothing else loads, and return its screen."""
        screen: Screen[None] = getattr(import_module(self.module), self.maker)(app, *about)
        return screen


_SCREENS = "qualcode.tui.screens"

PLACES: tuple[Place, ...] = (
    Place("documents", "d", "Documents and rounds", f"{_SCREENS}.start", "start_screen"),
    Place("participants", "p", "Participants: their attributes, and who speaks as whom", f"{_SCREENS}.participants", "participants_screen"),
    Place("codebook", "b", "Codebook: codes, rules, facets, versions", f"{_SCREENS}.codebook", "codebook_screen"),
    Place("agreement", "a", "Agreement of the coders of the round", f"{_SCREENS}.agreement", "agreement_screen"),
    Place("reconcile", "c", "Reconciliation: where the coders differ", f"{_SCREENS}.reconcile", "reconcile_screen"),
    Place("comparison", "m", "Comparison: codes by site, role, attribute, document, coder", f"{_SCREENS}.compare", "comparison_screen"),
    Place("framework", "f", "Framework: cases by codes with your summaries", f"{_SCREENS}.compare", "framework_screen"),
    Place("cooccurrence", "o", "Co-occurrence: which codes stand together", f"{_SCREENS}.compare", "cooccurrence_screen"),
    Place("saturation", "s", "Saturation: new codes per document", f"{_SCREENS}.compare", "saturation_screen"),
    Place("joint", "y", "Joint display: a measure beside the codes", f"{_SCREENS}.compare", "joint_screen"),
    Place("narratives", "n", "Narratives: all accounts of a theme, to write in", f"{_SCREENS}.narrative", "narratives_screen"),
    Place("taxonomies", "x", "Taxonomies: domains and their included terms", f"{_SCREENS}.taxonomy", "taxonomies_screen"),
    Place("concepts", "k", "Concept maps: what leads to what", f"{_SCREENS}.concept", "maps_screen"),
    Place("ties", "t", "Ties: review who is tied to whom", f"{_SCREENS}.network", "ties_screen"),
    Place("networks", "w", "Networks of the sites: who works with whom", f"{_SCREENS}.network", "network_screen"),
    Place("journal", "j", "Journal: memos on everything, the newest first", f"{_SCREENS}.journal", "journal_screen"),
)  # fmt: skip


CODING = Place("coding", "", "Coding a document", f"{_SCREENS}.coding", "coding_screen")
"""No place of the menu: it is made with the name of a document."""


def place_named(name: str) -> Place:
    """Return the place of this name; KeyError when there is none."""
    return {place.name: place for place in PLACES}[name]
