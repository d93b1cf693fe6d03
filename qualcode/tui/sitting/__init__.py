"""One coder's sitting at one document: what the keys do, and which rows change by it. Nothing here draws."""

from qualcode.tui.sitting.opened import PINS, CountKind, Outcome
from qualcode.tui.sitting.suggesting import SuggestingSitting as Sitting

__all__ = ["PINS", "CountKind", "Outcome", "Sitting"]
