"""The findings of the sample study as the command line gives them."""

from __future__ import annotations

import contextlib
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qualcode.__main__ import main

Ask = Callable[..., list[dict[str, Any]]]


@pytest.fixture(scope="session")
def ask(sample_place: Path) -> Ask:
    """Ask the program about the sample: `ask("coding", "list", "--consensus")` gives the rows of its JSON."""
    known: dict[tuple[str, ...], list[dict[str, Any]]] = {}

    def _ask(*words: str) -> list[dict[str, Any]]:
        if words not in known:
            at = 2 if words[0] in GROUPS else 1
            known[words] = json.loads(
                answer(*words[:at], str(sample_place), *words[at:], "--json")
            )["rows"]
        return known[words]

    return _ask


GROUPS = frozenset(
    {
        "coding",
        "codebook",
        "network",
        "reconcile",
        "round",
        "document",
        "participant",
        "taxonomy",
        "narrative",
    }
)


def answer(*words: str) -> str:
    """Run the program and return what it prints; fails when it refuses."""
    before, sys.argv = sys.argv, ["qualcode", *words]
    out = io.StringIO()
    try:
        with contextlib.redirect_stdout(out):
            main()
    except SystemExit as stop:
        if stop.code:
            raise RuntimeError(f"refused: {words}") from stop
    finally:
        sys.argv = before
    return out.getvalue()
