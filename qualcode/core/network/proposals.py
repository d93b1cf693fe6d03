"""Proposing who a passage speaks about: codes open the passage, the registry names the actors, the analyst decides.

Rules of version 1, each kept in the trace of what it proposed:

    pair       the code stands for this pair, and speaker or mentions point to it (else its first pair)
    speaker    the speaker and an actor mentioned in the passage
    others     two actors mentioned by somebody who does not say I or we: a third-party account

Presence, quality and formality come from facets only; what no facet says is left to be asked. The facets speak
of the code's own pair: for any other pair they are a suggestion, and asked all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import combinations

from qualcode.core.identity import derived_uid
from qualcode.core.network.passages import Answers, FacetNames, Passage, read_answers
from qualcode.core.network.registry import Registry
from qualcode.core.network.statements import Mention, TieStatement, TieStatus, TieType, Trace

MOST_OTHERS = 4
"""Of more actors than these in one third-party passage no pairs are made: a list is not a tie."""

_HINTS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.I), hint)
    for pattern, hint in (
        (
            r"\breport(?:s|ed|ing)? (?:it |this |that )?to\b",
            "“report to”: from the one who reports",
        ),
        (
            r"\b(?:invite[sd]?|inviting) (?:us|me)\b",
            "“invited us”: from the other side to the speaker",
        ),
        (
            r"\b(?:we|i) (?:always |usually |just )?refer(?:red)?\b",
            "“we refer”: from the speaker's side",
        ),
        (
            r"\b(?:we|i) (?:always |usually |just )?(?:call|called|text|email|notify)\b",
            "“we call”: from the speaker's side",
        ),
        (
            r"\b(?:calls?|called|texts?|emails?|notif(?:y|ies|ied)) (?:us|me)\b",
            "“calls us”: from the other side to the speaker",
        ),
        (
            r"\b(?:train(?:s|ed)?|teach(?:es)?|taught) (?:us|me)\b",
            "“trained us”: from the other side to the speaker",
        ),
    )
)


@dataclass(frozen=True, slots=True)
class Found:
    """A pair a rule found, source first, with the mentions it rests on; `one_of` pairs the code could mean."""

    rule: str
    source: str
    target: str
    mentions: tuple[Mention, ...] = ()
    third_party: bool = False
    one_of: int = 1
    beyond_code: bool = False


@dataclass(frozen=True, slots=True)
class Proposing:
    """How to propose: facet names, the type a code stands for (else works_with), actors left aside, matcher version.

    `aside` are actors no pair is made with unless the code names them: those dealt with, such as families.
    """

    facets: FacetNames = field(default_factory=FacetNames)
    types: Mapping[str, TieType] | None = None
    aside: frozenset[str] | None = None
    pipeline: str = ""


def propose_ties(
    passages: Iterable[Passage],
    registry: Registry,
    *,
    already: Iterable[TieStatement] = (),
    how: Proposing | None = None,
) -> tuple[TieStatement, ...]:
    """Return proposed statements in passage order; a pair already proposed, confirmed or rejected is not repeated.

    The uid is derived from coding and pair, so that two copies of a project propose the same statement.
    """
    how = how or Proposing()
    known = {(s.coding_id, frozenset((s.source, s.target))) for s in already}
    proposed: list[TieStatement] = []
    for passage in passages:
        answers = read_answers(passage, how.facets)
        for found in _pairs_of(passage, registry, how):
            key = (passage.coding_id, frozenset((found.source, found.target)))
            if key not in known:
                known.add(key)
                proposed.append(_statement(passage, found, answers, how))
    return tuple(proposed)


def _pairs_of(passage: Passage, registry: Registry, how: Proposing) -> list[Found]:
    evidence = _evidence(passage, registry)
    speaker = _speaker(passage, registry)
    found = _from_code(passage, registry, evidence, speaker)
    aside = registry.lay() if how.aside is None else how.aside
    others = {key: m for key, m in evidence.items() if key not in aside and key != speaker}
    seen = {_roles(registry, f.source, f.target) for f in found}
    for extra in (
        *_with_speaker(registry, speaker, others),
        *_third_party(passage, others, speaker),
    ):
        roles = _roles(registry, extra.source, extra.target)
        if roles not in seen and len(roles) == 2:
            seen.add(roles)
            found.append(replace(extra, beyond_code=_beyond(passage, registry, extra)))
    return found


def _evidence(passage: Passage, registry: Registry) -> dict[str, tuple[Mention, ...]]:
    """Return the actors mentioned by the speaker, in order; who is named replaces the role or organisation above."""
    found: dict[str, tuple[Mention, ...]] = {}
    for mention in sorted(passage.mentions, key=lambda m: m.start):
        if mention.actor is None or mention.in_question or mention.actor not in registry:
            continue
        key = registry.actor(mention.actor).key
        found[key] = (*found.get(key, ()), mention)
    covered = {step for key in found for step in registry.above(key)}
    return {key: m for key, m in found.items() if key not in covered}


def _speaker(passage: Passage, registry: Registry) -> str | None:
    for key in (passage.person, passage.speaker_role):
        if key is not None and key in registry:
            return registry.actor(key).key
    return None


def _from_code(
    passage: Passage,
    registry: Registry,
    evidence: Mapping[str, tuple[Mention, ...]],
    speaker: str | None,
) -> list[Found]:
    """Return the pairs of the code that speaker and mentions point to; where they do not tell, its first pair."""
    pairs = [pair for pair in passage.pairs if all(side in registry for side in pair)]
    support = [_support(registry, pair, evidence, speaker) for pair in pairs]
    best = max(support, default=0)
    chosen = [pair for pair, n in zip(pairs, support, strict=True) if n == best]
    one_of = len(chosen)
    if best < 2:
        chosen = chosen[:1]
    else:
        one_of = 1
    return [
        replace(found, one_of=one_of)
        for pair in chosen
        for found in _filled(registry, pair, evidence, speaker)
    ]


def _support(
    registry: Registry,
    pair: tuple[str, str],
    evidence: Mapping[str, tuple[Mention, ...]],
    speaker: str | None,
) -> int:
    """Return how many sides of the pair are the speaker or are mentioned."""
    around = [*evidence, *([speaker] if speaker is not None else [])]
    return sum(any(registry.stands_for(key, side) for key in around) for side in pair)


def _filled(
    registry: Registry,
    pair: tuple[str, str],
    evidence: Mapping[str, tuple[Mention, ...]],
    speaker: str | None,
) -> list[Found]:
    """Return the pair with the actors of the passage in its places: the speaker first, then who is mentioned."""
    own = [side for side in pair if speaker is not None and registry.stands_for(speaker, side)]
    one, other = (own[0], *(s for s in pair if s != own[0])) if own else pair
    ends = [
        [speaker] if own and speaker is not None else _mentioned(registry, one, evidence),
        _mentioned(registry, other, evidence),
    ]
    return [
        Found(
            "pair",
            source,
            target,
            (*evidence.get(source, ()), *evidence.get(target, ())),
            third_party=not own,
        )
        for source in ends[0]
        for target in ends[1]
        if source != target
    ]


def _mentioned(
    registry: Registry, side: str, evidence: Mapping[str, tuple[Mention, ...]]
) -> list[str]:
    return [key for key in evidence if registry.stands_for(key, side)] or [
        registry.actor(side).key
    ]


def _with_speaker(
    registry: Registry, speaker: str | None, others: Mapping[str, tuple[Mention, ...]]
) -> list[Found]:
    if speaker is None:
        return []
    return [
        Found("speaker", speaker, key, mentions)
        for key, mentions in others.items()
        if not registry.stands_for(speaker, key) and not registry.stands_for(key, speaker)
    ]


def _third_party(
    passage: Passage, others: Mapping[str, tuple[Mention, ...]], speaker: str | None
) -> list[Found]:
    if passage.in_first_person or not 2 <= len(others) <= MOST_OTHERS:
        return []
    return [
        Found("others", one, other, (*others[one], *others[other]), third_party=True)
        for one, other in combinations(others, 2)
        if speaker not in (one, other)
    ]


def _beyond(passage: Passage, registry: Registry, found: Found) -> bool:
    """Whether none of the code's pairs can be meant by the two."""
    one, other = found.source, found.target
    return not any(
        (registry.stands_for(one, a) and registry.stands_for(other, b))
        or (registry.stands_for(one, b) and registry.stands_for(other, a))
        for a, b in passage.pairs
    )


def _roles(registry: Registry, one: str, other: str) -> frozenset[str]:
    return frozenset((registry.actor(one).key, registry.actor(other).key))


def _statement(passage: Passage, found: Found, answers: Answers, how: Proposing) -> TieStatement:
    trace = Trace(
        rule=found.rule,
        code=passage.code,
        mentions=tuple(sorted(set(found.mentions), key=lambda m: (m.start, m.end))),
        hints=(*answers.hints, *_hints(passage, found)),
        settled=answers.settled,
        third_party=found.third_party,
        beyond_code=found.beyond_code,
        unsure=found.one_of > 1,
        pipeline=how.pipeline,
    )
    statement = TieStatement(
        id=0,
        uid=derived_uid("tie", passage.coding_uid, *sorted((found.source, found.target))),
        source=found.source,
        target=found.target,
        directed=False,
        type=(how.types or {}).get(passage.code, answers.type),
        presence=answers.presence,
        valence=answers.valence,
        formality=answers.formality,
        site=answers.site,
        basis=answers.basis,
        status=TieStatus.PROPOSED,
        document=passage.document,
        participant=passage.participant,
        speaker_role=passage.speaker_role,
        start=passage.start,
        end=passage.end,
        coding_id=passage.coding_id,
        code=passage.code,
        trace=trace,
    )
    return _turned(statement, answers.direction)


def _turned(statement: TieStatement, direction: str | None) -> TieStatement:
    """Return the statement with the direction of the facet; it names the speaker's side, so others stay open."""
    if direction == "mutual":
        return replace(statement, trace=replace(statement.trace, both_ways=True))
    if statement.trace.third_party:
        return statement
    if direction == "speaker_to_partner":
        return replace(statement, directed=True)
    if direction == "partner_to_speaker":
        return replace(statement, source=statement.target, target=statement.source, directed=True)
    return statement


def _hints(passage: Passage, found: Found) -> list[str]:
    text = passage.text.replace("’", "'")
    said = [f"direction: {hint}" for pattern, hint in _HINTS if pattern.search(text)]
    if not found.mentions and found.rule == "pair":
        said.append("the pair comes from the code; neither side is named in the passage")
    if found.beyond_code:
        said.append(
            "the code stands for other actors; what its facets say may not hold for these two"
        )
    if found.one_of > 1:
        said.append(f"the code stands for {found.one_of} pairs that fit alike; check both ends")
    unclear = [m for m in passage.mentions if m.actor is None and not m.in_question]
    said += [
        f"“{m.alias}” could be {' or '.join(m.candidates) or 'several actors'}: bind it in this document"
        for m in unclear
    ]
    return list(dict.fromkeys(said))
