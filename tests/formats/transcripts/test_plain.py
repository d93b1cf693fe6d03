"""txt and md: the text stays as it is, the turns point into it."""

from __future__ import annotations

import pytest

from qualcode.core.documents import Transcript
from qualcode.formats.transcripts import read_transcript


def read(text: str, name: str = "a.txt") -> Transcript:
    return read_transcript(name, text.encode())


def turns_of(transcript: Transcript) -> list[tuple[str | None, str]]:
    return [(turn.speaker, transcript.text[turn.start : turn.end]) for turn in transcript.turns]


HEADED = """Synthetic interview, invented for the qualcode project. No real person.
Participant: Marlene

Interviewer: Who is called first?

Marlene: My supervisor. Then I said: wait.

Note: she paused here.

Interviewer: And then?

Marlene: The team.
"""


def test_text_is_kept_and_labels_lie_outside_of_the_turns() -> None:
    transcript = read(HEADED)
    assert transcript.text == HEADED
    assert turns_of(transcript) == [
        (None, HEADED.split("\n\n")[0]),
        ("Interviewer", "Who is called first?"),
        ("Marlene", "My supervisor. Then I said: wait.\n\nNote: she paused here."),
        ("Interviewer", "And then?"),
        ("Marlene", "The team."),
    ]
    assert [turn.n for turn in transcript.turns] == [0, 1, 2, 3, 4]


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("**Ann:** One.\n\n**Ben:** Two.\n\n**Ann:** Three.\n\n**Ben:** Four.", (None, None)),
        ("**Ann**: One.\n\n**Ben**: Two.\n\n**Ann**: Three.\n\n**Ben**: Four.", (None, None)),
        ("**Ann** [0:00]  \nOne.\n\n**Ben** [0:23]  \nTwo.\n\n**Ann** [1:00]  \nThree.\n\n**Ben** [1:01]\nFour.", (0, 23_000)),
        ("Ann  0:05\nOne.\n\nBen  1:02:03\nTwo.\n\nAnn  1:02:04\nThree.\n\nBen  1:02:05\nFour.", (5_000, 3_723_000)),
        ("Ann (00:07): One.\n\nBen (00:09): Two.\n\nAnn (00:11): Three.\n\nBen (01:11): Four.", (7_000, 9_000)),
        ("[SPEAKER_00]: One.\n[SPEAKER_01]: Two.\n[SPEAKER_00]: Three.\n[SPEAKER_01]: Four.", (None, None)),
        ("[00:00:07] Ann: One.\n[00:00:09] Ben: Two.\n[00:00:11] Ann: Three.\n[00:00:12] Ben: Four.", (7_000, 9_000)),
        ("00:07\tAnn:\tOne.\n00:09\tBen:\tTwo.\n00:11\tAnn:\tThree.\n00:12\tBen:\tFour.", (7_000, 9_000)),
        ("S01: One.\nS02: Two.\nS01: Three.\nS02: Four.", (None, None)),
        ("Dr. Ann O’Neil, Jr.: One.\nBen (he/him): Two.\nDr. Ann O’Neil, Jr.: Three.\nBen (he/him): Four.", (None, None)),
        ("面接者：One.\n参加者：Two.\n面接者：Three.\n参加者：Four.", (None, None)),
    ],
)  # fmt: skip
def test_labels_of_many_tools_are_read(text: str, times: tuple[int | None, int | None]) -> None:
    transcript = read(text, "a.md")
    assert [speech for _, speech in turns_of(transcript)] == ["One.", "Two.", "Three.", "Four."]
    speakers = [turn.speaker for turn in transcript.turns]
    assert speakers[0] == speakers[2] != speakers[1] == speakers[3]
    assert (transcript.turns[0].begin_ms, transcript.turns[1].begin_ms) == times


def test_a_name_written_once_is_doubted_and_reported() -> None:
    transcript = read("Ann: One.\nBen: Two.\nAnn: Three.\nBen: Four.\nCaution: this is speech.")
    assert turns_of(transcript)[-1] == ("Ben", "Four.\nCaution: this is speech.")
    assert transcript.notes == (
        "“Caution:” stands once at the beginning of a line and was not taken for a speaker",
    )


def test_a_name_written_once_in_bold_is_believed_after_the_first_speaker() -> None:
    transcript = read(
        "**Ann:** One.\n\n**Ben:** Two.\n\n**Cy Dee:** Once.\n\n**Ann:** Three.", "a.md"
    )
    assert ("Cy Dee", "Once.") in turns_of(transcript)


def test_a_question_and_its_answer_are_the_shortest_interview() -> None:
    assert turns_of(read("Interviewer: Why?\nMarlene: Because.")) == [
        ("Interviewer", "Why?"),
        ("Marlene", "Because."),
    ]


def test_sentences_addresses_and_times_are_no_labels() -> None:
    text = (
        "Ann: One.\nhttps://example.org/a: no.\nhttps://example.org/b: no.\n10:30: no.\n10:30: no.\n"
        "and then I was like: no\nand then I was like: no\nReally? she said: no\nReally? she said: no\n"
        "She told one of us that day: no\nShe told one of us that day: no\nIt ends. Then: no\nIt ends. Then: no\nAnn: Two."
    )
    assert [speaker for speaker, _ in turns_of(read(text))] == ["Ann", "Ann"]


def test_text_of_nobody_is_one_turn_per_paragraph() -> None:
    transcript = read("Field note\n\nThe room is full.\nNobody sits.\n\n\n  The end. \n")
    assert turns_of(transcript) == [
        (None, "Field note"),
        (None, "The room is full.\nNobody sits."),
        (None, "The end."),
    ]
    assert transcript.notes == ("no speaker labels were found; every paragraph is a turn",)


def test_headings_and_closing_lines_belong_to_nobody() -> None:
    text = (
        "# Interview\n\n**Ann:** One.\n\n**Ben:** Two.\n\n## Part two\n\n**Ann:** Three.\n\n**Ben:** Four.\n\n"
        "Transcribed by https://otter.ai"
    )
    speakers = [speaker for speaker, _ in turns_of(read(text, "a.md"))]
    assert speakers == [None, "Ann", "Ben", None, "Ann", "Ben", None]


def test_a_bare_time_begins_a_turn_of_an_unnamed_speaker() -> None:
    transcript = read("Ann  0:01\nOne.\n\n0:14\nWho knows.\n\nAnn  0:20\nTwo.")
    assert turns_of(transcript) == [("Ann", "One."), (None, "Who knows."), ("Ann", "Two.")]
    assert transcript.turns[1].begin_ms == 14_000


def test_a_heading_block_names_no_speakers() -> None:
    text = "Date: 2025-04-08\nInterviewer: Jo Doe\n\nInterviewer: Why?\n\nMarlene: Because.\n\nMarlene: Yes."
    assert turns_of(read(text))[0] == (None, "Date: 2025-04-08\nInterviewer: Jo Doe")


def test_a_label_without_speech_makes_no_turn() -> None:
    assert turns_of(read("Ann:\n\nBen: Two.\nAnn: Three.\nBen: Four.")) == [
        ("Ben", "Two."),
        ("Ann", "Three."),
        ("Ben", "Four."),
    ]


def test_speech_may_begin_on_the_line_after_its_label() -> None:
    assert turns_of(read("Ann:\nOne.\nMore.\nBen:\nTwo.\nAnn:\nThree.\nBen:\nFour."))[0] == (
        "Ann",
        "One.\nMore.",
    )


def test_a_line_of_a_megabyte_is_read_at_once() -> None:
    line = "word: " * 170_000
    transcript = read(f"Ann: {line}\nBen: Two.\nAnn: Three.\nBen: Four.")
    assert len(transcript.turns) == 4
