"""The places in which actions apply, and what a row of the table is."""

from __future__ import annotations

import enum


class Where(enum.StrEnum):
    """What must have the focus for an action to apply."""

    EVERYWHERE = "everywhere"
    CODING = "coding screen"
    TRANSCRIPT = "transcript"
    CODEBOOK = "codebook"
    CODES = "codebook screen"
    CODE_TREE = "tree of codes"
    DOCUMENTS = "documents"
    LIST = "lists"
    FIGURES = "figures"
    PARTICIPANTS = "participants"
    ATTRIBUTES = "attributes"
    SPEAKERS = "speakers"
    JOURNAL = "journal"
    FINDINGS = "findings"
    BRANCHES = "branches"
    EVIDENCE = "evidence"
    COMPARISON = "comparison"
    COOCCURRENCE = "co-occurrence"
    FRAMEWORK = "framework"
    SATURATION = "saturation"
    JOINT = "joint display"
    AGREEMENT = "agreement"
    PASSAGES = "passages"
    RECONCILE = "reconciliation"
    TIES = "ties"
    NETWORK = "networks"
    NARRATIVES = "narratives"
    NARRATIVE = "narrative"
    CLAIM = "claim"
    WAY = "way back"
    QUOTATIONS = "quotations"
    PICKING = "picking quotations"
    TAXONOMIES = "taxonomies"
    TERMS = "terms"
    CONTRASTS = "contrasts"
    HOMELESS = "codes without a place"
    MAPS = "concept maps"
    MAP = "concept map"


Row = tuple[str, str, str, str, Where, str, str, int]
"""Name, keys, what runs, help, where, group, hint (`keys=word`), rank of the hint."""
