"""WebVTT and SubRip of many tools."""

from __future__ import annotations

import pytest

from qualcode.core.documents import Transcript
from qualcode.errors import InputError, MistakeInFile
from qualcode.formats.transcripts import read_transcript
from qualcode.formats.transcripts.cues import cue_times


def vtt(body: str, name: str = "a.vtt") -> Transcript:
    return read_transcript(name, body.encode())


def turns_of(transcript: Transcript) -> list[tuple[str | None, str]]:
    return [(turn.speaker, transcript.text[turn.start : turn.end]) for turn in transcript.turns]


ZOOM = """WEBVTT

NOTE Synthetic interview, invented for the qualcode project.
It has two lines.

1
00:00:04.859 --> 00:00:07.410
Interviewer: Who is called first?

2
00:00:09.000 --> 00:00:12.000
Roland: My supervisor.

3
00:00:31.500 --> 00:00:33.000
Roland: Then the team &amp; the
detective.

4
00:00:34.000 --> 00:00:35.000
And that

5
00:00:36.000 --> 00:00:37.000
Visitor: Sorry.

6
00:00:38.000 --> 00:00:39.000
Interviewer: Fine.
"""


def test_cues_of_one_speaker_are_one_turn_over_any_pause() -> None:
    transcript = vtt(ZOOM)
    assert turns_of(transcript) == [
        ("Interviewer", "Who is called first?"),
        ("Roland", "My supervisor. Then the team & the detective."),
        (None, "And that"),
        ("Visitor", "Sorry."),
        ("Interviewer", "Fine."),
    ]
    assert (transcript.turns[1].begin_ms, transcript.turns[1].end_ms) == (9_000, 33_000)
    assert transcript.notes == ("1 NOTE block left out",)


def test_the_text_is_name_and_speech_in_paragraphs() -> None:
    assert vtt(ZOOM).text == (
        "Interviewer: Who is called first?\n\n"
        "Roland: My supervisor. Then the team & the detective.\n\n"
        "And that\n\nVisitor: Sorry.\n\nInterviewer: Fine."
    )


def test_voice_tags_name_the_speakers() -> None:
    transcript = vtt(
        "WEBVTT\n\n00:00.000 --> 00:06.110\n<v Lane, Jo (Student)>One <i>word</i>. </v>\n\n"
        "00:08.000 --> 00:08.620\n<v.loud Ann>OK?</v> <v Lane, Jo (Student)>Fine\nthen"
    )
    assert turns_of(transcript) == [
        ("Lane, Jo (Student)", "One word."),
        ("Ann", "OK?"),
        ("Lane, Jo (Student)", "Fine then"),
    ]


def test_teams_ids_join_the_parts_of_one_utterance() -> None:
    guid = "0a8e2f7c-5ccd-48e4-b7fa-1ea4c0496138"
    transcript = vtt(
        f"\ufeffWEBVTT\r\n\r\n{guid}/12-0\r\n00:00:01.000 --> 00:00:02.000\r\n<v Ann>So we\r\ncall.</v>\r\n\r\n"
        f"{guid}/12-1\r\n00:00:02.000 --> 00:00:03.000\r\nThen wait.\r\n\r\n"
        f"{guid}/13-0\r\n00:00:04.000 --> 00:00:05.000\r\nWho?\r\n"
    )
    assert turns_of(transcript) == [("Ann", "So we call. Then wait."), (None, "Who?")]


def test_cues_without_speakers_go_on_while_the_sentence_does() -> None:
    transcript = vtt(
        "WEBVTT\n\n00:01.000 --> 00:02.000\nI know the\n\n00:02.500 --> 00:03.000\nnumber by heart.\n\n"
        "00:03.500 --> 00:04.000\nEverybody does\n\n00:20.000 --> 00:21.000\nafter a while"
    )
    assert [speech for _, speech in turns_of(transcript)] == [
        "I know the number by heart.",
        "Everybody does",
        "after a while",
    ]


@pytest.mark.parametrize(
    ("line", "times"),
    [
        ("00:00:04.859 --> 00:00:07.410 align:start position:0%", (4_859, 7_410)),
        ("0:0:10.20 --> 0:0:11.110", (10_020, 11_110)),
        ("0:0:-6.-820 --> 0:0:1.0", (-6_820, 1_000)),
        ("01:02,500 --> 01:03,000", (62_500, 63_000)),
        ("101:00:00.000 --> 101:00:01.000", (363_600_000, 363_601_000)),
        ("1:02 --> 1:03", (62_000, 63_000)),
        ("00:01.123456 --> 00:02.000000", (1_123, 2_000)),
    ],
)
def test_times_are_read_padded_or_not(line: str, times: tuple[int, int]) -> None:
    assert cue_times(line) == times


def test_negative_and_reversed_times_are_mended_and_noted() -> None:
    transcript = vtt(
        "WEBVTT\n\n0:0:-6.-820 --> 0:0:1.0\n<v A>One.</v>\n\n0:0:9.0 --> 0:0:8.0\n<v B>Two.</v>"
    )
    assert [(turn.begin_ms, turn.end_ms) for turn in transcript.turns] == [
        (0, 1_000),
        (9_000, 9_000),
    ]
    assert "2 cue times before 0 or ending before the beginning mended" in transcript.notes


def test_style_region_and_stray_lines_are_counted() -> None:
    transcript = vtt(
        "WEBVTT\n\nSTYLE\n::cue { color: red }\n\nREGION\nid:a\n\n00:01.000 --> 00:02.000\nOne.\n\nNOTE one\n\nNOTE two\n\n"
        "lost line\n\n00:03.000 --> 00:04.000\nTwo."
    )
    assert [speech for _, speech in turns_of(transcript)] == ["One.", "Two."]
    assert transcript.notes == (
        "2 NOTE blocks left out",
        "1 REGION block left out",
        "1 STYLE block left out",
        "1 line outside of any cue left out",
    )


def test_srt_takes_missing_and_extra_blank_lines() -> None:
    transcript = vtt(
        "1\n00:00:01,000 --> 00:00:02,000\nAnn: One --> two.\n2\n00:00:03,000 --> 00:00:04,000\n{\\an8}Ben: <i>Yes</i>.\n\nMore.\n\n3\n"
        "00:00:05,000 --> 00:00:06,000\nAnn: R&amp;D at 5 < 6.",
        "a.srt",
    )
    assert turns_of(transcript) == [
        ("Ann", "One --> two."),
        ("Ben", "Yes. More."),
        ("Ann", "R&amp;D at 5 < 6."),
    ]


def test_where_names_stand_only_at_a_change_they_are_carried_on() -> None:
    cues = [
        "Ann: One.",
        "Two.",
        "Three.",
        "Ben: Four.",
        "Five.",
        "Six.",
        "Ann: Seven.",
        "Eight.",
        "Ben: Nine.",
        "Ten.",
    ]
    body = "".join(
        f"{n}\n00:00:{n:02},000 --> 00:00:{n:02},900\n{cue}\n\n" for n, cue in enumerate(cues, 1)
    )
    transcript = vtt(body, "a.srt")
    assert [speaker for speaker, _ in turns_of(transcript)] == ["Ann", "Ben", "Ann", "Ben"]
    assert "given to the speaker before" in transcript.notes[0]


def test_a_dialogue_within_a_cue_is_two_turns() -> None:
    body = "WEBVTT\n\n00:01.000 --> 00:02.000\nAnn: Yes?\nBen: Yes.\n\n00:03.000 --> 00:04.000\nAnn: Good.\nBen: Bye."
    assert [speaker for speaker, _ in turns_of(vtt(body))] == ["Ann", "Ben", "Ann", "Ben"]


def test_an_entity_for_half_a_character_cannot_get_into_the_text() -> None:
    text = vtt("WEBVTT\n\n00:01.000 --> 00:02.000\n&#xD800; &#0; ok &lt;b&gt; &unknown;").text
    text.encode("utf-8")
    assert "\x00" not in text
    assert text.endswith("ok <b> &unknown;")


def test_a_time_that_cannot_be_read_is_told_with_its_line() -> None:
    with pytest.raises(MistakeInFile, match=r"a\.vtt, line 3: cannot read the times") as refusal:
        vtt("WEBVTT\n\n00.00.01 --> 00.00.02\nOne.")
    assert refusal.value.hint


@pytest.mark.parametrize(
    "payload", ["<v" + "." * 5000, "<v " + "a" * 5000, "<" * 5000, "&" * 5000, "{\\a" * 2000]
)
def test_no_markup_makes_the_reader_hang(payload: str) -> None:
    body = "".join(f"00:{n:02}.000 --> 00:{n:02}.900\n{payload}\n\n" for n in range(20))
    assert vtt("WEBVTT\n\n" + body).turns


def test_a_lecture_of_many_cues_is_one_turn() -> None:
    body = "".join(
        f"{n // 60}:{n % 60:02}.000 --> {n // 60}:{n % 60:02}.900\n<v Ann>One more.</v>\n\n"
        for n in range(5000)
    )
    assert turns_of(vtt("WEBVTT\n\n" + body)) == [("Ann", " ".join(["One more."] * 5000))]


def test_a_file_without_cues_is_refused() -> None:
    with pytest.raises(InputError, match="no cues"):
        vtt("WEBVTT\n\nNOTE nothing here")


def test_cues_without_words_are_refused() -> None:
    with pytest.raises(InputError, match="no text"):
        vtt("WEBVTT\n\n00:01.000 --> 00:02.000\n\n2\n00:02.000 --> 00:03.000\n<v Ann></v>")
