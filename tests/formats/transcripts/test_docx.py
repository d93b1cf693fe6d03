"""Word documents: what is visible is read once, what is not is counted."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest

from qualcode.core.documents import Transcript
from qualcode.errors import InputError
from qualcode.formats import archive
from qualcode.formats.transcripts import read_transcript

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def package(body: str, *, namespace: str = W, prolog: str = "", **more: str) -> bytes:
    """Return a minimal document around this body."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as members:
        members.writestr(
            "word/document.xml",
            f'{prolog}<w:document xmlns:w="{namespace}" xmlns:mc="{MC}"><w:body>{body}</w:body></w:document>',
        )
        for name, text in more.items():
            members.writestr(name, text)
    return stream.getvalue()


def p(*runs: str) -> str:
    return "<w:p>" + "".join(runs) + "</w:p>"


def r(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def read(content: bytes) -> Transcript:
    return read_transcript("a.docx", content)


def turns_of(transcript: Transcript) -> list[tuple[str | None, str]]:
    return [(turn.speaker, transcript.text[turn.start : turn.end]) for turn in transcript.turns]


def test_a_document_of_word_is_read_as_paragraphs_and_turns() -> None:
    document = docx.Document()
    document.add_paragraph("Interview 03")
    document.add_paragraph().add_run("Synthetic interview.").italic = True
    for name, speech in [
        ("Interviewer", "Who?"),
        ("Odette", "My boss."),
        ("Interviewer", "Then?"),
        ("Odette", "The team."),
    ]:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{name}: ").bold = True
        paragraph.add_run(speech)
    document.add_paragraph("And the desk.")
    stream = io.BytesIO()
    document.save(stream)
    transcript = read(stream.getvalue())
    assert turns_of(transcript) == [
        (None, "Interview 03"),
        (None, "Synthetic interview."),
        ("Interviewer", "Who?"),
        ("Odette", "My boss."),
        ("Interviewer", "Then?"),
        ("Odette", "The team.\n\nAnd the desk."),
    ]
    assert transcript.text.startswith(
        "Interview 03\n\nSynthetic interview.\n\nInterviewer: Who?\n\nOdette: My boss."
    )


def test_insertions_stay_and_deletions_go_and_are_counted() -> None:
    body = p(
        r("We "),
        f"<w:ins>{r('always ')}</w:ins>",
        "<w:del><w:r><w:delText>never </w:delText></w:r></w:del>",
        f"<w:moveFrom>{r('moved away ')}</w:moveFrom><w:moveTo>{r('call.')}</w:moveTo>",
    )
    transcript = read(package(body))
    assert transcript.text == "We always call."
    assert "2 tracked deletions left out" in transcript.notes


def test_a_paragraph_whose_mark_was_deleted_goes_on_in_the_next() -> None:
    body = f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{r('One ')}</w:p>" + p(r("sentence."))
    assert read(package(body)).text == "One sentence."


def test_content_controls_links_fields_and_signs_are_text() -> None:
    body = f"<w:sdt><w:sdtContent>{p(r('In a control.'))}</w:sdtContent></w:sdt>" + p(
        f"<w:hyperlink>{r('A link')}</w:hyperlink>",
        "<w:r><w:tab/><w:t>tab</w:t><w:br/><w:t>line</w:t><w:noBreakHyphen/><w:softHyphen/></w:r>",
        '<w:r><w:sym w:font="Wingdings" w:char="F04A"/><w:sym w:char="D800"/><w:sym w:char="xx"/></w:r>',
        "<w:r><w:instrText>PAGE</w:instrText></w:r>",
        f"<w:fldSimple>{r('7')}</w:fldSimple><w:smartTag>{r(' Main St.')}</w:smartTag>",
    )
    assert (
        read(package(body)).text
        == "In a control.\n\nA link\ttab\nline\u2011\u00ad\uf04a7 Main St."
    )


def test_hidden_text_and_notes_are_left_out_and_counted() -> None:
    body = p(
        r("Seen."),
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>Hidden.</w:t></w:r>",
        '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t> Shown.</w:t></w:r>',
        "<w:r><w:footnoteReference/></w:r><w:r><w:commentReference/></w:r><w:r><w:endnoteReference/></w:r>",
    )
    transcript = read(package(body))
    assert transcript.text == "Seen. Shown."
    assert transcript.notes[:4] == (
        "1 comment left out",
        "1 endnote left out",
        "1 footnote left out",
        "1 hidden passage left out",
    )


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    box = f"<w:txbxContent>{p(r('Boxed.'))}</w:txbxContent>"
    body = p(
        r("Anchor."),
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>",
        "<w:r><mc:AlternateContent/></w:r>",
    )
    assert read(package(body)).text == "Anchor.\n\nBoxed."


def row(*cells: str) -> str:
    return "<w:tr>" + "".join(f"<w:tc>{p(r(cell))}</w:tc>" for cell in cells) + "</w:tr>"


def test_a_table_of_speakers_and_speech_makes_turns() -> None:
    rows = (
        row("Time", "Who", "What")
        + row("0:05", "Ann:", "One.")
        + row("0:09", "Ben", "Two.")
        + row("1:00", "Ann", "Three.")
    )
    transcript = read(package(p(r("Title")) + f"<w:tbl>{rows}</w:tbl>"))
    assert turns_of(transcript)[2:] == [("Ann", "One."), ("Ben", "Two."), ("Ann", "Three.")]
    assert [turn.begin_ms for turn in transcript.turns[2:]] == [5_000, 9_000, 60_000]


def test_any_other_table_is_text_with_tabs_nested_ones_included() -> None:
    inner = f"<w:tbl>{row('x', 'y')}</w:tbl>"
    body = (
        p(r("Before."))
        + f"<w:tbl><w:tr><w:tc>{p(r('a'))}{inner}</w:tc><w:tc>{p(r('b'))}</w:tc></w:tr>{row('', '')}</w:tbl>"
    )
    assert read(package(body)).text == "Before.\n\na\nx\ty\tb"


def test_cues_of_teams_in_paragraphs_are_merged_by_speaker() -> None:
    def cue(times: str, *lines: str) -> str:
        return p("<w:r><w:t>" + "</w:t><w:br/><w:t>".join((times, *lines)) + "</w:t></w:r>")

    body = (
        cue("0:0:0.0 --&gt; 0:0:1.510", "Some Body", "OK.")
        + cue("0:0:2.0 --&gt; 0:0:3.510", "Some Body", "Yeah.")
        + cue("0:0:3.270 --&gt; 0:0:4.250", "Jo Lane", "Umm.")
        + cue("0:0:5.270 --&gt; 0:0:6.250", "Nobody said this.")
        + p(r("The end"))
    )
    transcript = read(package(body))
    assert turns_of(transcript) == [
        ("Some Body", "OK. Yeah."),
        ("Jo Lane", "Umm."),
        (None, "Nobody said this."),
        (None, "The end"),
    ]
    assert (transcript.turns[0].begin_ms, transcript.turns[0].end_ms) == (0, 3_510)


def test_the_strict_variant_of_the_format_reads_alike() -> None:
    assert read(package(p(r("Strict.")), namespace=STRICT)).text == "Strict."


def test_the_main_part_is_found_by_its_relationship() -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    content = package(
        p(r("Wrong.")),
        **{
            "_rels/.rels": f'<Relationships><Relationship Type="{kind}" Target="/doc/main.xml"/></Relationships>',
            "doc/main.xml": f'<w:document xmlns:w="{W}"><w:body>{p(r("Right."))}</w:body></w:document>',
        },
    )
    assert read(content).text == "Right."


BOMB = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "password"),
        (b"just text", "not a Word document"),
        (b"PK\x03\x04 broken", "not a Word document"),
        (package(p(r("&b;")), prolog=BOMB), "document type"),
        (package("<w:p>"), "not well-formed"),
        (package(""), "no text"),
    ],
)
def test_what_is_no_word_document_is_refused_with_a_hint(content: bytes, words: str) -> None:
    with pytest.raises(InputError, match=words) as refusal:
        read(content)
    assert refusal.value.hint


def test_a_zip_without_a_document_and_a_document_without_a_body_are_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as members:
        members.writestr("xl/workbook.xml", "<workbook/>")
    with pytest.raises(InputError, match="not a Word document"):
        read(stream.getvalue())
    with zipfile.ZipFile(stream, "w") as members:
        members.writestr("word/document.xml", "<document/>")
    with pytest.raises(InputError, match="no body"):
        read(stream.getvalue())


def test_a_member_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MEMBER_BYTES", 1000)
    with pytest.raises(InputError, match="unpacks to more"):
        read(package(p(r("a" * 2000))))


def test_an_encrypted_zip_and_too_many_members_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    content = bytearray(package(p(r("Secret."))))
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(InputError, match="password"):
        read(bytes(content))
    monkeypatch.setattr(archive, "MEMBERS", 0)
    with pytest.raises(InputError, match="members"):
        read(package(p(r("Many."))))


def test_a_damaged_member_is_refused() -> None:
    content = bytearray(package(p(r("Damaged words that are long enough."))))
    for place in range(60, 90):
        content[place] ^= 0xFF
    with pytest.raises(InputError, match=r"damaged|not a Word"):
        read(bytes(content))


def test_endless_nesting_is_cut_off_not_a_crash() -> None:
    deep = "<w:sdt><w:sdtContent>" * 120 + p(r("Deep.")) + "</w:sdtContent></w:sdt>" * 120
    with pytest.raises(InputError):
        read(package(deep))
    assert read(package(p(r("Flat.")) + deep)).text == "Flat."
