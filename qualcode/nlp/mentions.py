"""Finding the actors a text names: aliases matched word by word on a blank spaCy tokenizer, turn by turn."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from typing import Any

from qualcode.core.documents import Turn
from qualcode.core.network.aliases import Aliases, Meaning, alias_key, plain
from qualcode.core.network.statements import Mention

_NO_LIMIT = 1 << 40
_NEIGHBOURS = (("", ""), ("the ", " said"), ("(", ")"), ("to ", ", and"), ("to ", "."))


_CHUNK = re.compile(r"\S+")
_RUN = re.compile(r"[^\W_]+")

Hit = tuple[int, int, Meaning | None]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text stands: the document, the sites it speaks of, and the labels of those who only ask."""

    document: str
    sites: tuple[str, ...] = ()
    interviewers: frozenset[str] = frozenset()


class MentionFinder:
    """Finds aliases in text, longest first, ignoring case and the form of the apostrophe.

    `stop_phrases` look like an actor and are not one ("team meeting"): they win over shorter aliases inside
    them and are not reported. spaCy is loaded with the first text, about half a second. One finder is one
    tokenizer with a growing vocabulary: make a new one for each long job, and use it in one thread.
    """

    def __init__(
        self, aliases: Aliases, *, language: str = "en", stop_phrases: Iterable[str] = ()
    ) -> None:
        self.aliases = aliases
        self.language = language
        self._stops = frozenset(alias_key(phrase) for phrase in stop_phrases)

    @property
    def pipeline(self) -> str:
        """The tokenizer and its version, for the trace of a proposal."""
        return f"blank {self._tokenizer.language}, spaCy {self._tokenizer.version}, aliases 1"

    def in_turns(self, text: str, turns: Sequence[Turn], place: Place) -> tuple[Mention, ...]:
        """Return the mentions within the turns, with offsets in the text; those of interviewers are marked."""
        found: list[Mention] = []
        for turn in turns:
            asked = turn.speaker is not None and turn.speaker in place.interviewers
            found.extend(self._matches(text[turn.start : turn.end], turn.start, place, asked))
        return tuple(found)

    def in_text(self, text: str, place: Place) -> tuple[Mention, ...]:
        """Return the mentions in a text without turns, paragraph by paragraph."""
        found: list[Mention] = []
        start = 0
        for line in text.split("\n"):
            found.extend(self._matches(line, start, place, False))
            start += len(line) + 1
        return tuple(found)

    def _matches(self, text: str, offset: int, place: Place, asked: bool) -> Iterator[Mention]:
        shown = plain(text)
        hits: list[Hit] = []
        for key, start, end in self._tokenizer.match(shown):
            meaning = None
            if key not in self._stops:
                meaning = self.aliases.meaning(key, place.document, place.sites)
                if meaning is None:
                    continue
            hits.append((start, end, meaning))
        for start, end, meaning in longest(hits):
            if meaning is not None:
                yield Mention(
                    offset + start,
                    offset + end,
                    text[start:end],
                    meaning.actor,
                    meaning.candidates if meaning.actor is None else (),
                    asked,
                )

    @cached_property
    def _tokenizer(self) -> _Tokenizer:
        return _Tokenizer(self.language, (*self.aliases.phrases, *sorted(self._stops)))


class _Tokenizer:
    """A blank spaCy pipeline with one PhraseMatcher; an unknown language falls back to the neutral one."""

    def __init__(self, language: str, phrases: Sequence[str]) -> None:
        import spacy
        from spacy.matcher import PhraseMatcher
        from spacy.tokenizer import Tokenizer

        self.version = version("spacy")
        try:
            nlp = spacy.blank(language)
        except ImportError:
            nlp = spacy.blank("xx")
        self.language = str(nlp.lang)
        nlp.max_length = _NO_LIMIT
        self.make_doc = nlp.make_doc
        self._cuts_at_spaces = isinstance(nlp.tokenizer, Tokenizer)
        self._strings = nlp.vocab.strings
        self._matcher: Any = PhraseMatcher(nlp.vocab, attr="LOWER")
        self._reach: dict[str, int] = {}
        for phrase in dict.fromkeys(phrases):
            self._matcher.add(phrase, self._patterns(phrase))
            first = _RUN.search(phrase)
            word = first.group() if first is not None else ""
            self._reach[word] = max(self._reach.get(word, 0), len(phrase.split()) + 1)

    def _patterns(self, phrase: str) -> list[Any]:
        """Return the phrase as the tokenizer cuts it in running text, which hangs on case and neighbours."""
        if all(character.isalnum() or character == " " for character in phrase):
            return [self.make_doc(phrase)]
        found: dict[tuple[str, ...], Any] = {}
        for form in dict.fromkeys((phrase, phrase.title(), phrase.upper(), phrase.capitalize())):
            for before, after in _NEIGHBOURS:
                doc = self.make_doc(before + form + after)
                span = doc.char_span(len(before), len(before) + len(form))
                if span is not None:
                    found.setdefault(tuple(token.lower_ for token in span), span.as_doc())
        return list(found.values())

    def match(self, text: str) -> list[tuple[str, int, int]]:
        """Return (alias key, start, end) of every match, overlapping ones too."""
        strings = self._strings
        found: list[tuple[str, int, int]] = []
        for start, end in self._windows(text):
            doc = self.make_doc(text[start:end])
            for key, first, after in self._matcher(doc):
                last = doc[after - 1]
                place = (start + doc[first].idx, start + last.idx + len(last))
                found.append((strings[key], *place))
        return found

    def _windows(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the stretches in which an alias could stand, so that the rest need not be tokenized.

        spaCy cuts each run of non-spaces by itself, so the tokens inside a stretch of whole runs are those
        of the whole text. A stretch begins one run early, for an alias that opens with a sign of its own.
        """
        if not self._cuts_at_spaces:
            yield 0, len(text)
            return
        chunks = [chunk.span() for chunk in _CHUNK.finditer(text)]
        reach = self._reach
        first = last = -1
        for n, (start, end) in enumerate(chunks):
            word = text[start:end].lower()
            words = reach.get(word, 0)
            if not words and not word.isalnum():
                words = max((reach.get(run, 0) for run in _RUN.findall(word)), default=0)
            if not words:
                continue
            if first >= 0 and n - 1 > last:
                yield chunks[first][0], chunks[last][1]
                first = -1
            first = max(n - 1, 0) if first < 0 else first
            last = min(max(last, n + words - 1), len(chunks) - 1)
        if first >= 0:
            yield chunks[first][0], chunks[last][1]


def longest(
    hits: Iterable[Hit],
) -> list[Hit]:
    """Return the hits that no longer or earlier hit overlaps, by place."""
    kept: list[Hit] = []
    taken: set[int] = set()
    for hit in sorted(hits, key=lambda hit: (hit[0] - hit[1], hit[0])):
        span = range(hit[0], hit[1])
        if taken.isdisjoint(span):
            taken.update(span)
            kept.append(hit)
    return sorted(kept, key=lambda hit: hit[0])
