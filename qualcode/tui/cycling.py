"""Keys that go through a few choices in turn."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

Choice = TypeVar("Choice")


def following(choices: Iterable[Choice], chosen: Choice) -> Choice:
    """Return the choice after this one, the first after the last; the first too where this is none of them."""
    every = list(choices)
    return every[(every.index(chosen) + 1) % len(every)] if chosen in every else every[0]
