"""Readings, codebooks and marks made from plain strings, for tests of what needs no project."""

from __future__ import annotations

import re

from qualcode.core.codebook import Code, Codebook
from qualcode.core.documents import Document, DocumentKind, Reading, Speaker, SpeakerRole, Turn
from qualcode.core.identity import derived_uid

_SENTENCE = re.compile(r"\S[^.?!\n]*[.?!]*")


def reading_of(*turns: tuple[str, str], name: str = "interview") -> Reading:
    """Return a reading with one turn per (speaker, speech); labels stand in the text as in a transcript."""
    text, made, sentences = "", [], []
    for number, (speaker, speech) in enumerate(turns):
        if text:
            text += "\n"
        text += f"{speaker}: "
        start = len(text)
        text += speech
        made.append(Turn(number, start, len(text), speaker, begin_ms=number * 61_000))
        sentences += [
            (start + found.start(), start + found.end()) for found in _SENTENCE.finditer(speech)
        ]
    return Reading(
        document=document_of(name, text),
        text=text,
        turns=tuple(made),
        sentences=tuple(sentences),
        speakers={
            "Interviewer": Speaker("Interviewer", SpeakerRole.INTERVIEWER, None),
            "DJO 1": Speaker("DJO 1", SpeakerRole.PARTICIPANT, "Ada"),
        },
    )


def bare_reading(text: str) -> Reading:
    """Return a reading without turns, sentences or speakers."""
    return Reading(document_of("bare", text), text, (), (), {})


def document_of(name: str, text: str) -> Document:
    return Document(
        id=1,
        uid=derived_uid("document", name),
        name=name,
        kind=DocumentKind.TRANSCRIPT,
        revision_id=1,
        revision_uid=derived_uid("revision", name),
        length=len(text),
        words=len(text.split()),
    )


def small_codebook() -> Codebook:
    return Codebook(
        title="small",
        codes=(
            Code("benefit", "What helps", definition="Named as a reason for good work."),
            Code("benefit.trust", "Trust", parent="benefit", quick_key="t"),
            Code("benefit.contact", "Known contact", parent="benefit", aliases=("whom to call",)),
            Code("challenge", "What hinders"),
            Code("challenge.caseload", "Caseload", parent="challenge", quick_key="c"),
        ),
    )


SPEECH = (
    "We call each other by name. I know whom to ask, and she knows me. "
    "That is worth more than any protocol. When she leaves, it ends."
)


def talk(turns: int = 12) -> Reading:
    """Return an interview of so many turns, question and answer in turn."""
    return reading_of(
        *(
            ("Interviewer", f"What about number {n}? Tell me more.")
            if n % 2 == 0
            else ("DJO 1", f"Number {n}. {SPEECH}")
            for n in range(turns)
        )
    )
