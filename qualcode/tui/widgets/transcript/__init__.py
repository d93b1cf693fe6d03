"""The transcript pane and the model behind it."""

from qualcode.tui.widgets.transcript.marks import Layer, Mark
from qualcode.tui.widgets.transcript.model import TranscriptModel
from qualcode.tui.widgets.transcript.paint import CodeLook
from qualcode.tui.widgets.transcript.pane import TranscriptPane
from qualcode.tui.widgets.transcript.selection import Selection
from qualcode.tui.widgets.transcript.units import Unit

__all__ = ["CodeLook", "Layer", "Mark", "Selection", "TranscriptModel", "TranscriptPane", "Unit"]
