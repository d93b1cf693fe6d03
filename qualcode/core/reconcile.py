"""Discrepancies between coders, decisions about them, and the consensus that follows."""

from __future__ import annotations

import enum


class DiscrepancyKind(enum.StrEnum):
    """How the coders of a round differ at one place."""

    MISSED = "missed"
    DIFFERENT_CODE = "different_code"
    PARENT_OR_CHILD = "parent_or_child"
    OVERLAP = "overlap"
    BOUNDARY = "boundary"
    FACET = "facet"


class Outcome(enum.StrEnum):
    """What was decided about a discrepancy."""

    KEEP_ONE = "keep_one"
    KEEP_BOTH = "keep_both"
    ADJUST_SPAN = "adjust_span"
    OTHER_CODE = "other_code"
    NEW_SUBTHEME = "new_subtheme"
    REJECT_ALL = "reject_all"
    DEFER = "defer"
