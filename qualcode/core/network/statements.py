"""What an analyst can say about two actors: the words of a tie, the actors, and the statement with its evidence."""

from __future__ import annotations

import enum
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from qualcode.errors import InputError, UnknownName

Word = TypeVar("Word", bound=enum.StrEnum)


class TieType(enum.StrEnum):
    """What kind of dealing is told. `works_with` is the general one: the two deal with each other."""

    REPORTS_TO = "reports_to"
    REFERS_TO = "refers_to"
    COMMUNICATES = "communicates"
    FOLLOWS_UP = "follows_up"
    CONVENES = "convenes"
    MEETS = "meets"
    TRAINS = "trains"
    ADVISES = "advises"
    WORKS_WITH = "works_with"
    EXCLUDES = "excludes"
    BLOCKS = "blocks"


class Presence(enum.StrEnum):
    """Whether the tie is said to be there. `absent` is evidence; it is not the same as never mentioned."""

    PRESENT = "present"
    ABSENT = "absent"
    WISHED = "wished"
    PAST = "past"


class Valence(enum.StrEnum):
    POSITIVE = "positive"
    NEUTRAL = "neutral"
    MIXED = "mixed"
    STRAINED = "strained"


class Formality(enum.StrEnum):
    FORMAL = "formal"
    INFORMAL = "informal"
    BOTH = "both"


class Basis(enum.StrEnum):
    """How the speaker knows."""

    OWN_EXPERIENCE = "own_experience"
    OBSERVED = "observed"
    HEARSAY = "hearsay"


class TieStatus(enum.StrEnum):
    """Only a confirmed statement enters a network; a rejected one is kept so that it is not proposed again.

    An undecided one was looked at and waits for a second look."""

    PROPOSED = "proposed"
    UNDECIDED = "undecided"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"


BOTH_SITES = "both"
"""The site of a statement that speaks of every site at once: it counts in each of them."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A place `[start, end)` of a document, in code points, where an alias stands.

    `actor` is None where the word fits several actors or is too common to be linked; `candidates` then names
    whom it could mean. `in_question` marks the interviewer's words: context, never evidence.
    """

    start: int
    end: int
    alias: str
    actor: str | None
    candidates: tuple[str, ...] = ()
    in_question: bool = False


@dataclass(frozen=True, slots=True)
class Trace:
    """Why a statement was proposed, and what the coder has already answered.

    `rule` is the id of the proposing rule ("" for a statement made by hand); `mentions` the words it rests on;
    `hints` sentences for the reviewer; `settled` names fields that the coder marked as "cannot be told" or the
    reviewer has answered, which are not asked again; `both_ways` says that an undirected statement means the two act towards each other;
    `beyond_code` that the pair is none of those the code stands for, so that the facets of the coding, which
    speak of the code's pair, are filled in as a suggestion only; `unsure` that the code stands for several pairs
    and the passage does not tell which, so that the first of them, its main one, was filled in.
    """

    rule: str = ""
    code: str = ""
    mentions: tuple[Mention, ...] = ()
    hints: tuple[str, ...] = ()
    settled: tuple[str, ...] = ()
    third_party: bool = False
    both_ways: bool = False
    beyond_code: bool = False
    unsure: bool = False
    pipeline: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return plain JSON values, without what is empty."""
        found: dict[str, Any] = {
            "rule": self.rule,
            "code": self.code,
            "mentions": [[m.start, m.end, m.alias, m.actor] for m in self.mentions],
            "hints": list(self.hints),
            "settled": list(self.settled),
            "third_party": self.third_party,
            "both_ways": self.both_ways,
            "beyond_code": self.beyond_code,
            "unsure": self.unsure,
            "pipeline": self.pipeline,
        }
        return {key: value for key, value in found.items() if value}

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> Trace:
        """Return the trace that `as_dict` described; what is missing is empty."""
        return cls(
            rule=str(kept.get("rule", "")),
            code=str(kept.get("code", "")),
            mentions=tuple(
                Mention(int(start), int(end), str(alias), actor)
                for start, end, alias, actor in kept.get("mentions", ())
            ),
            hints=tuple(map(str, kept.get("hints", ()))),
            settled=tuple(map(str, kept.get("settled", ()))),
            third_party=bool(kept.get("third_party", False)),
            both_ways=bool(kept.get("both_ways", False)),
            beyond_code=bool(kept.get("beyond_code", False)),
            unsure=bool(kept.get("unsure", False)),
            pipeline=str(kept.get("pipeline", "")),
        )


@dataclass(frozen=True, slots=True)
class TieStatement:
    """One passage in which somebody says how two actors deal with each other.

    `source` and `target` are actor keys. `directed` False claims no direction (see `Trace.both_ways`).
    None means not known: it is asked, never guessed. The evidence is the coding: `start`, `end` are its span
    in the document, half-open, in code points. `participant` is the pseudonym of the speaker, `speaker_role`
    the actor key of the speaker's role. `id` is 0 until the statement is kept.
    """

    id: int
    uid: uuid.UUID
    source: str
    target: str
    directed: bool
    type: TieType
    presence: Presence | None
    valence: Valence | None
    formality: Formality | None
    site: str | None
    basis: Basis | None
    status: TieStatus
    document: str
    participant: str | None
    speaker_role: str | None
    start: int
    end: int
    coding_id: int
    code: str
    trace: Trace = field(default_factory=Trace)
    note: str = ""

    @property
    def told_by(self) -> str:
        """Whose word this is: the participant, or the document where no participant is named."""
        return self.participant if self.participant is not None else f"[{self.document}]"

    def speaks_of(self, site: str | None) -> bool:
        """Whether the passage is about this site; None asks about any."""
        return site is None or self.site in (site, BOTH_SITES)


def open_questions(statement: TieStatement) -> tuple[str, ...]:
    """Return the fields a reviewer still has to answer, in the order of the review.

    Valence is asked only of ties that are or were there, formality also of wished ones; a field the coder
    marked as "cannot be told" is not asked again. Of a proposed pair beyond the code, presence and quality are
    asked even where the coding has them.
    """
    asked = ["site", "presence"]
    if statement.presence in (Presence.PRESENT, Presence.PAST):
        asked.append("valence")
    if statement.presence not in (None, Presence.ABSENT):
        asked.append("formality")
    asked.append("basis")
    settled = statement.trace.settled
    is_open = statement.status in (TieStatus.PROPOSED, TieStatus.UNDECIDED)
    suggested = statement.trace.beyond_code and is_open
    return tuple(
        name
        for name in asked
        if (getattr(statement, name) is None and name not in settled)
        or (suggested and name in ("presence", "valence", "formality") and name not in settled)
    )


def refuse_unfit(statement: TieStatement) -> None:
    """Raise InputError where a statement contradicts itself: one actor twice, or a quality of what is not there."""
    if statement.source == statement.target:
        raise InputError(
            f"a tie needs two actors, and both ends are {statement.source!r}",
            hint="for dealings inside one unit name two of its roles or persons, or a group",
        )
    if statement.presence is Presence.ABSENT and statement.valence is not None:
        raise InputError(
            f"a tie that is absent cannot be {statement.valence.value}",
            hint="clear the valence, or set the presence to present",
        )


def confirmable(statement: TieStatement) -> None:
    """Raise InputError unless the statement may be confirmed: it is fit and says whether the tie is there."""
    refuse_unfit(statement)
    if statement.presence is None:
        raise InputError(
            f"nobody has said yet whether the tie {statement.source} – {statement.target} is there",
            hint="set its presence: present, absent, wished or past",
        )


def word_of(kind: type[Word], value: str, what: str) -> Word:
    """Return the word of this vocabulary, ignoring case and written with `_`, `-` or a space; else UnknownName."""
    wanted = value.strip().casefold().replace("-", "_").replace(" ", "_")
    for word in kind:
        if word.value == wanted:
            return word
    raise UnknownName(what, value, [word.value for word in kind])
