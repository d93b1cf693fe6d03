"""The research journal: memos with what each of them is about, in the order they were written."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from qualcode.core.memos import Memo, MemoKind
from qualcode.errors import UnknownName

FILTER_SYNTAX = "words, and  type:theoretical  on:code  by:Ada"
_KEYS = ("type", "on", "by")


@dataclass(frozen=True, slots=True)
class JournalTarget:
    """Something a memo is about or points at: `words` name it with its kind, `name` alone.

    `document` and `span` say where it stands in the texts, `code` which code it is or has; `is_live` is False for what
    was removed since."""

    kind: str
    uid: uuid.UUID
    name: str
    words: str
    document: str | None = None
    span: tuple[int, int] | None = None
    code: str | None = None
    is_live: bool = True


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """A memo with its object; `quote` where it is about words somebody said, `linked` are further objects."""

    memo: Memo
    target: JournalTarget
    quote: str | None = None
    linked: tuple[JournalTarget, ...] = ()

    @property
    def about(self) -> str:
        """The object in words."""
        return self.target.words

    @property
    def links(self) -> tuple[str, ...]:
        """The further objects in words."""
        return tuple(target.words for target in self.linked)

    def holds(self, words: str) -> bool:
        """Return whether every one of these words stands in the memo, its object or its quotation, ignoring case."""
        text = " ".join([self.memo.body, self.about, self.quote or "", *self.links]).casefold()
        return all(word in text for word in words.casefold().split())


@dataclass(frozen=True, slots=True)
class JournalFilter:
    """Which memos are wanted: with all these words, of a kind, about a kind of object, by a coder; None: any."""

    words: str = ""
    kind: MemoKind | None = None
    about: str | None = None
    coder: str | None = None

    def holds(self, entry: JournalEntry) -> bool:
        """Return whether a memo is wanted."""
        return (
            (self.kind is None or entry.memo.kind == self.kind)
            and (self.about is None or entry.target.kind == self.about)
            and (self.coder is None or entry.memo.coder == self.coder)
            and entry.holds(self.words)
        )


def memo_kind(text: str) -> MemoKind:
    """Return the kind of memo that a word names, or begins; UnknownName otherwise."""
    return MemoKind(_one_of("kind of memo", text, [kind.value for kind in MemoKind]))


def read_journal_filter(
    text: str, *, abouts: Iterable[str], coders: Iterable[str]
) -> JournalFilter:
    """Return the filter that these words mean: `type:`, `on:` and `by:` ask for kind, object and author, all else is
    words. UnknownName for a kind, a kind of object or a coder that there is none of."""
    words: list[str] = []
    asked: dict[str, str] = {}
    for part in text.split():
        key, colon, value = part.partition(":")
        if colon and key.casefold() in _KEYS and value:
            asked[key.casefold()] = value
        elif not (colon and key.casefold() in _KEYS):
            words.append(part)
    return JournalFilter(
        " ".join(words),
        memo_kind(asked["type"]) if "type" in asked else None,
        _one_of("kind of object", asked["on"], list(abouts)) if "on" in asked else None,
        _one_of("coder", asked["by"], list(coders)) if "by" in asked else None,
    )


def _one_of(what: str, text: str, known: list[str]) -> str:
    folded = text.strip().casefold()
    exact = [one for one in known if one.casefold() == folded]
    begun = [one for one in known if folded and one.casefold().startswith(folded)]
    found = exact or begun
    if len(found) != 1:
        raise UnknownName(what, text, begun or known)
    return found[0]
