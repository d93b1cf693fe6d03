"""Comparison: matrices, co-occurrence, saturation, triangulation, negative cases, framework matrices."""

from __future__ import annotations

from qualcode.services.compare.exporting import (
    CASE_FORMATS,
    CaseFile,
    export_cases,
    write_matrix,
)
from qualcode.services.compare.framework import (
    export_framework,
    show_framework,
    write_summary,
)
from qualcode.services.compare.joint import joint_display, joint_sheet, write_joint
from qualcode.services.compare.matrix import (
    CellPassage,
    cell_passages,
    compare,
    negative_cases,
    support,
)
from qualcode.services.compare.together import (
    Meeting,
    cooccurrence,
    cooccurrence_passages,
    measure_saturation,
)

__all__ = [
    "CASE_FORMATS",
    "CaseFile",
    "CellPassage",
    "Meeting",
    "cell_passages",
    "compare",
    "cooccurrence",
    "cooccurrence_passages",
    "export_cases",
    "export_framework",
    "joint_display",
    "joint_sheet",
    "measure_saturation",
    "negative_cases",
    "show_framework",
    "support",
    "write_joint",
    "write_matrix",
    "write_summary",
]
