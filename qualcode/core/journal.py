"""The research journal: memos with what each of them is about, in the order they were written."""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.core.memos import Memo


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """A memo with its object in words; `quote` where it is about words somebody said, `links` to further objects."""

    memo: Memo
    about: str
    quote: str | None = None
    links: tuple[str, ...] = ()

    def holds(self, words: str) -> bool:
        """Return whether every one of these words stands in the memo, its object or its quotation, ignoring case."""
        text = " ".join([self.memo.body, self.about, self.quote or "", *self.links]).casefold()
        return all(word in text for word in words.casefold().split())
