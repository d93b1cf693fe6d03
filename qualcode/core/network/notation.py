"""One notation for ties in matrices, pictures and legends: a sign, a letter and the number of participants."""

from __future__ import annotations

from qualcode.core.network.statements import Formality
from qualcode.core.network.ties import Standing, Tie

SIGNS: dict[Standing, str] = {
    Standing.POSITIVE: "+",
    Standing.NEUTRAL: "=",
    Standing.UNRATED: "·",
    Standing.MIXED: "±",
    Standing.STRAINED: "!",
    Standing.DIVIDED: "?",
    Standing.PAST: "p",
    Standing.WISHED: "w",
    Standing.ABSENT: "∅",
}

MEANINGS: dict[Standing, str] = {
    Standing.POSITIVE: "positive",
    Standing.NEUTRAL: "neutral",
    Standing.UNRATED: "there, not rated",
    Standing.MIXED: "mixed",
    Standing.STRAINED: "strained",
    Standing.DIVIDED: "sources divided",
    Standing.PAST: "past",
    Standing.WISHED: "wished for",
    Standing.ABSENT: "said to be absent",
}

LETTERS: dict[Formality, str] = {
    Formality.FORMAL: "F",
    Formality.INFORMAL: "I",
    Formality.BOTH: "B",
}

NOT_SAID = " "
KEY_TO_LETTERS = "F formal, I informal, B both; * sources contradict each other"


def notation(tie: Tie) -> str:
    """Return the tie in three places or more: `+F4` is positive, formal, told by four participants.

    A star at the end warns that the sources contradict each other; a tie that is not there has no letter.
    """
    letter = LETTERS[tie.formality] if tie.formality is not None else NOT_SAID
    return f"{SIGNS[tie.standing]}{letter}{tie.weight}{'*' if tie.contradictory else ''}"


def described(tie: Tie, names: dict[str, str]) -> str:
    """Return the tie as a sentence, with the warnings that belong to it."""
    words = [MEANINGS[tie.standing]]
    if tie.formality is not None:
        words.append({"both": "formal and informal"}.get(tie.formality.value, tie.formality.value))
    told = "1 participant" if tie.weight == 1 else f"{tie.weight} participants"
    count = len(tie.statements)
    words.append(f"{told}, {count} statement{'' if count == 1 else 's'}")
    if tie.by_membership:
        words = [f"{MEANINGS[tie.standing]}, by membership of one group only"]
    elif tie.contradictory:
        words.append("sources contradict each other")
    if tie.one_sided and not tie.by_membership:
        words.append("one-sided")
    ends = f"{names.get(tie.source, tie.source)} – {names.get(tie.target, tie.target)}"
    kind = f" ({tie.type.value.replace('_', ' ')})" if tie.type is not None else ""
    return f"{ends}{kind}: {'; '.join(words)}"
