"""What a screen may offer the application: to take keys first, to read afresh, to follow the theme, to say things."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from textual import events


@runtime_checkable
class TakesKeys(Protocol):
    """A screen that may claim a key before any binding: prefixes, questions, open entries."""

    def take_key(self, event: events.Key) -> bool: ...


@runtime_checkable
class TakesPaste(Protocol):
    """A screen that can use a text that was pasted, or files that were dragged, where nothing is being written."""

    def take_paste(self, text: str) -> bool: ...


@runtime_checkable
class ComesBack(Protocol):
    """A screen that reads afresh when the one above it was left."""

    def come_back(self) -> None: ...


@runtime_checkable
class FollowsTheme(Protocol):
    """A screen whose colours are its own, so that it has to be told of another theme."""

    is_mounted: bool

    def retheme(self) -> None: ...


@runtime_checkable
class Says(Protocol):
    """A screen with a line for what has to be said."""

    def say(self, text: str, *, hint: str | None = None, warns: bool = False) -> None: ...
