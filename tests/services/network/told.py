"""Shortcuts that several tests of ties share."""

from __future__ import annotations

from qualcode.services import network
from qualcode.services.project import Project


def tie_of(project: Project, words: str, *ends: str, second: bool = False) -> network.TieRow:
    """Return the tie of these ends (any, when none is named) whose quotation holds the words."""
    for row in network.list_ties(project, second=second):
        one = row.statement
        if words in row.quote and (not ends or {one.source, one.target} == set(ends)):
            return row
    raise AssertionError(f"no tie of {ends} rests on {words!r}")


def proposed(project: Project) -> Project:
    network.propose(project, "First")
    return project
