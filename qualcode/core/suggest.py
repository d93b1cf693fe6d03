"""Suggestions: sentences in which a code's own words stand, each with its reason; from the codebook and the text alone.

A sentence is suggested for a code whose alias or name stands in it (strong), two telling words of whose name (and of
no other), or three of one of whose examples, stand in it (fair), or one and two of them (faint). Words are compared without their endings (`core/stems.py`). Nothing is trained,
and nobody's codings are read: what another coder did cannot show in a suggestion.
"""

from __future__ import annotations

import enum
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from qualcode.core.codebook import Code, Codebook
from qualcode.core.codebook_use import sourced_example
from qualcode.core.coding import shortened
from qualcode.core.documents import Reading, SpeakerRole
from qualcode.core.stems import WORD, is_telling, stem

Spans = Sequence[tuple[int, int]]

_SHARED = 2
"""So many telling words of a name or an example a sentence must have; one more of an example, and it is fair."""
_COMMON = 0.02
"""A word that stands in a larger part of the sentences says little about any of them."""
_FEW = 4
"""However short the text is, a word in no more sentences than these is not common."""


class Strength(enum.IntEnum):
    """How much speaks for a suggestion."""

    FAINT = 1
    FAIR = 2
    STRONG = 3


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A code suggested for the sentence `[start, end)`, in code points, with the reason in words."""

    start: int
    end: int
    code: str
    reason: str
    strength: Strength


@dataclass(frozen=True, slots=True, eq=False)
class _Cue:
    """Words of a code: they speak for it where they stand side by side, or where `shared` of them stand anywhere."""

    code: str
    stems: tuple[str, ...]
    told: str
    strength: Strength
    shared: int = 0


class _Known(dict[str, str]):
    """The stem of every word met, empty for a word that is in no cue: each word is reduced once."""

    def __init__(self, wanted: Iterable[str]) -> None:
        super().__init__()
        self._wanted = frozenset(wanted)

    def __missing__(self, word: str) -> str:
        found = stem(word)
        self[word] = found = found if found in self._wanted else ""
        return found


@dataclass(slots=True)
class _Cues:
    """All cues: phrases by the word they are looked up by, those of which some words must be there by each of them."""

    phrases: dict[str, list[_Cue]] = field(default_factory=dict)
    shared: dict[str, list[_Cue]] = field(default_factory=dict)
    stems: set[str] = field(default_factory=set)

    def add(self, cue: _Cue) -> None:
        self.stems.update(cue.stems)
        if cue.shared:
            for one in cue.stems:
                self.shared.setdefault(one, []).append(cue)
        else:
            self.phrases.setdefault(max(cue.stems, key=len), []).append(cue)


@dataclass(slots=True)
class _Names:
    """The telling stems of every code's name, and which sets of stems were found to stand in one of them only."""

    telling: list[frozenset[str]]
    met: dict[frozenset[str], bool] = field(default_factory=dict)


class _Match(NamedTuple):
    """A cue found in a sentence, with the words it stands in where they stand side by side."""

    cue: _Cue
    strength: Strength
    words: str = ""


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence with the stems of its words, empty for words in no cue."""

    start: int
    end: int
    words: list[str]
    stems: list[str]
    keys: frozenset[str]


def suggest(
    codebook: Codebook, reading: Reading, *, codes: Iterable[str] | None = None
) -> tuple[Suggestion, ...]:
    """Return the sentences in which words of these codes (ids; None: all) stand, in reading order.

    Each code has its strongest reason. What the interviewer asks is left out, and a heading before the talk.
    One pass over the text, whatever the number of codes."""
    cues = _Cues()
    names = _Names([frozenset(_telling(code.name)) for code in codebook.codes])
    named = Counter(one for name in names.telling for one in name)
    for code in codebook.codes if codes is None else [codebook.by_key[key] for key in codes]:
        for cue in _cues(code, named):
            cues.add(cue)
    sentences = _sentences(reading, _Known(cues.stems))
    common = _common(sentences, len(reading.sentences))
    shared = {
        key: [cue for cue in found if cue.strength is not Strength.FAINT or key not in common]
        for key, found in cues.shared.items()
    }
    found: list[Suggestion] = []
    for sentence in sentences:
        best: dict[str, _Match] = {}
        for match in _speaking(sentence, cues.phrases, shared, names):
            if match.words and match.strength is Strength.FAINT and match.cue.stems[0] in common:
                continue
            known = best.get(match.cue.code)
            if known is None or known.strength < match.strength:
                best[match.cue.code] = match
        found += _told(sentence, best.values())
    return tuple(found)


class Settled:
    """Where a code needs no suggestion: spans that are coded with it, or rejected for it."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def touches(self, start: int, end: int) -> bool:
        """Say whether one of the spans shares a code point with `[start, end)`."""
        at = bisect_left(self._starts, end) - 1
        return at >= 0 and self._ends[at] > start


def _cues(code: Code, named: Counter[str]) -> Iterator[_Cue]:
    """Yield the cues of a code; `named` counts in how many names of codes a stem stands."""
    for alias in code.aliases:
        stems = _stems(alias)
        if stems:
            yield _Cue(code.key, stems, f"alias “{alias}”", Strength.STRONG)
    name, telling = _stems(code.name), _telling(code.name)
    if telling:
        yield _Cue(code.key, name, f"the name “{code.name}”", Strength.STRONG)
    if len(telling) > 1:
        told = f"words of the name “{code.name}”"
        yield _Cue(code.key, telling, told, Strength.FAIR, _SHARED)
    for one in telling if len(name) > 1 else ():
        if named[one] == 1:
            yield _Cue(code.key, (one,), "a word of the name", Strength.FAINT)
    for example in code.example:
        sourced = sourced_example(example)
        quote = sourced.quote if sourced else example
        shared = _telling(quote)
        if len(shared) >= _SHARED:
            told = f"words of the example “{shortened(quote, 40)}”"
            yield _Cue(code.key, shared, told, Strength.FAINT, _SHARED)


def _telling(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(stem(word) for word in WORD.findall(text) if is_telling(word)))


def _stems(text: str) -> tuple[str, ...]:
    return tuple(stem(word) for word in WORD.findall(text))


def _sentences(reading: Reading, known: _Known) -> list[_Sentence]:
    """Return the sentences in which at least one word of a cue stands."""
    text, find = reading.text, WORD.findall
    found = []
    for start, end in _spoken(reading):
        words = find(text, start, end)
        stems = [known[word] for word in words]
        keys = frozenset(stems)
        if len(keys) > 1 or (keys and "" not in keys):
            found.append(_Sentence(start, end, words, stems, keys))
    return found


def _spoken(reading: Reading) -> Iterator[tuple[int, int]]:
    """Yield the sentences of those who are interviewed; all of them where the text names no speakers."""
    asking: set[str | None] = {
        label for label, one in reading.speakers.items() if one.role is SpeakerRole.INTERVIEWER
    }
    turns, at = reading.turns, 0
    if any(turn.speaker is not None for turn in turns):
        asking.add(None)
    for start, end in reading.sentences:
        if not turns:
            yield start, end
            continue
        while at < len(turns) - 1 and turns[at].end <= start:
            at += 1
        turn = turns[at]
        if turn.start <= start < turn.end and turn.speaker not in asking:
            yield start, end


def _common(sentences: Sequence[_Sentence], total: int) -> frozenset[str]:
    """Return the stems that stand in so many sentences that they tell nothing."""
    counts: Counter[str] = Counter()
    for sentence in sentences:
        counts.update(sentence.keys)
    most = max(total * _COMMON, _FEW)
    return frozenset(key for key, count in counts.items() if count > most)


def _speaking(
    sentence: _Sentence,
    phrases: dict[str, list[_Cue]],
    shared: dict[str, list[_Cue]],
    names: _Names,
) -> Iterator[_Match]:
    """Yield what speaks for a code in this sentence."""
    counts: dict[_Cue, int] = {}
    for key in sentence.keys:
        for cue in phrases.get(key, ()):
            words = _side_by_side(cue.stems, sentence)
            if words:
                yield _Match(cue, cue.strength, words)
        for cue in shared.get(key, ()):
            counts[cue] = counts.get(cue, 0) + 1
    for cue, count in counts.items():
        if count < cue.shared:
            continue
        if cue.strength is Strength.FAIR:
            is_clear = _names_one(sentence.keys.intersection(cue.stems), names)
            yield _Match(cue, Strength.FAIR if is_clear else Strength.FAINT)
        else:
            yield _Match(cue, Strength.FAIR if count > cue.shared else cue.strength)


def _names_one(stems: frozenset[str], names: _Names) -> bool:
    """Say whether these words stand together in the name of one code only."""
    if stems not in names.met:
        names.met[stems] = sum(1 for name in names.telling if stems <= name) == 1
    return names.met[stems]


def _side_by_side(stems: tuple[str, ...], sentence: _Sentence) -> str:
    length, at = len(stems), -1
    if length > 1 and not sentence.keys.issuperset(stems):
        return ""
    for _ in range(sentence.stems.count(stems[0])):
        at = sentence.stems.index(stems[0], at + 1)
        if length == 1:
            return sentence.words[at]
        if tuple(sentence.stems[at : at + length]) == stems:
            return " ".join(sentence.words[at : at + length])
    return ""


def _told(sentence: _Sentence, best: Iterable[_Match]) -> list[Suggestion]:
    """Return the suggestions with their reasons in words, the strongest first."""
    found = []
    for match in sorted(best, key=lambda one: (-one.strength, one.cue.code)):
        cue = match.cue
        words: tuple[str, ...] = (match.words,)
        if not match.words:
            pairs = zip(sentence.stems, sentence.words, strict=True)
            words = tuple({one: word for one, word in pairs if one in cue.stems}.values())
        reason = f"{cue.told}: {', '.join(f'“{word}”' for word in words)}"
        found.append(Suggestion(sentence.start, sentence.end, cue.code, reason, match.strength))
    return found
