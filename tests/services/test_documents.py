"""Documents and participants: what comes in, what is refused, and what a list shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.core.documents import DocumentKind
from qualcode.errors import InputError, Refused, UnknownName
from qualcode.services import audit, coding, documents, rounds
from qualcode.services.project import Project
from tests.study import ROUND, Study, interview


def write(folder: Path, name: str, text: str) -> Path:
    place = folder / name
    place.write_text(text, encoding="utf-8")
    return place


def test_a_folder_gives_its_transcripts_and_says_what_it_leaves_out(tmp_path: Path) -> None:
    for name in ("b.txt", "a.MD", "c.pdf", "README.md", ".hidden.txt", "notes.csv"):
        write(tmp_path, name, "x")
    (tmp_path / "deeper").mkdir()
    single = write(tmp_path / "deeper", "one.pdf", "x")
    wanted, left = documents.files_in([tmp_path, single])
    assert [path.name for path in wanted] == ["a.MD", "b.txt", "one.pdf"]
    assert [path.name for path in left] == [".hidden.txt", "README.md", "c.pdf", "notes.csv"]
    for nowhere in ("nowhere", "x" * 5000, "nul\0"):
        with pytest.raises(InputError, match="does not exist"):
            documents.files_in([tmp_path / nowhere])


def test_a_bad_file_is_reported_and_the_others_come_in(project: Project, tmp_path: Path) -> None:
    good = write(tmp_path, "good.txt", interview("Ada", 1))
    bad = tmp_path / "bad.docx"
    bad.write_bytes(b"this is no zip archive")
    told: list[str] = []
    found = documents.import_documents(
        project, [bad, tmp_path / "missing.txt", good], on_each=lambda one: told.append(one.file)
    )
    assert [one.document for one in found] == [None, None, "good"]
    assert told == ["bad.docx", "missing.txt", "good.txt"]
    assert found[0].problem and found[0].hint
    assert "cannot be read" in (found[1].problem or "")
    assert found[2].turns >= 2 and found[2].words > 20


def test_the_same_text_and_the_same_name_are_refused(project: Project, tmp_path: Path) -> None:
    first = write(tmp_path, "one.txt", interview("Ada", 1))
    twin = write(tmp_path, "two.txt", interview("Ada", 1).replace("\n", "\r\n"))
    other = tmp_path / "more"
    other.mkdir()
    namesake = write(other, "ONE.txt", interview("Ada", 2))
    found = documents.import_documents(project, [first, twin, namesake])
    assert found[0].problem is None
    assert found[1].problem == "the same text is in the project already, as one"
    assert found[2].problem == "a document named ONE exists already"


def test_a_file_too_large_is_refused(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qualcode.services.documents.importing._LARGEST_FILE", 10)
    (found,) = documents.import_documents(project, [write(tmp_path, "a.txt", "x" * 11)])
    assert "is larger than" in (found.problem or "")


def test_a_list_shows_words_turns_participants_and_visible_codings(anywhere: Study) -> None:
    anywhere.apply("Ana", "benefit", "She knows whom to ask")
    rows = {row.name: row for row in documents.list_documents(anywhere.by("Ana"))}
    one = rows["talk-1"]
    assert (one.kind, one.codings, one.participants) == (DocumentKind.TRANSCRIPT, 1, ("Ada",))
    assert one.words > 30 and one.turns >= 2
    assert rows["talk-3"].values == {"role": ("judge",), "site": ("A", "B")}
    assert documents.list_documents(anywhere.by("Ben"))[0].codings == 0
    assert documents.list_documents(anywhere.lead, kind=DocumentKind.NARRATIVE) == ()


def test_a_document_is_read_with_turns_sentences_and_speakers(anywhere: Study) -> None:
    reading = documents.open_document(anywhere.lead, "TALK-2.txt")
    assert [turn.speaker for turn in reading.turns if turn.speaker] == ["Interviewer", "Bo"]
    assert reading.speakers["Bo"].participant == "Bo"
    assert "There are forty cases on one desk." in [
        reading.text[start:end] for start, end in reading.sentences
    ]
    assert reading.turn_at(reading.turns[-1].start) == reading.turns[-1]
    assert [one.pseudonym for one in documents.participants_of(anywhere.lead, "talk-2")] == ["Bo"]
    with pytest.raises(UnknownName, match="no document is called 'tolk-2'"):
        documents.open_document(anywhere.lead, "tolk-2")


def test_participants_are_brought_up_to_date_by_a_second_table(
    anywhere: Study, tmp_path: Path
) -> None:
    table = write(
        tmp_path, "p.csv", "pseudonym,document,role,site,years\nAda,talk-1,supervisor,B,12\n"
    )
    done = documents.import_participants(anywhere.lead, table)
    assert (done.participants, done.attributes) == (1, ("role", "site", "years"))
    people = {one.pseudonym: one for one in documents.list_participants(anywhere.lead)}
    assert people["Ada"].values == {"role": ("supervisor",), "site": ("B",), "years": ("12",)}
    assert set(people) == {"Ada", "Bo", "Cy"}
    audit.undo(anywhere.lead)
    again = {one.pseudonym: one for one in documents.list_participants(anywhere.lead)}
    assert again["Ada"].values == {"role": ("officer",), "site": ("A",)}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            "pseudonym,document,site\nAda,talk-1,B\nZed,talk-9,A\n",
            "p.csv, line 3: no document is called 'talk-9'",
        ),
        ("name,document\nAda,talk-1\n", "p.csv"),
        ("", "p.csv"),
    ],
)
def test_a_table_with_a_mistake_is_named_by_line_and_changes_nothing(
    small: Study, tmp_path: Path, content: str, said: str
) -> None:
    before = documents.list_participants(small.lead)
    with pytest.raises(InputError) as refusal:
        documents.import_participants(small.lead, write(tmp_path, "p.csv", content))
    assert refusal.value.message.startswith(said)
    assert documents.list_participants(small.lead) == before


def test_a_table_that_is_not_there_is_refused(small: Study, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        documents.import_participants(small.lead, tmp_path / "nowhere.csv")


def test_a_document_with_codings_is_not_removed(small: Study) -> None:
    made = small.apply("Ana", "benefit", "She knows whom to ask")
    with pytest.raises(Refused, match="talk-1 has codings"):
        documents.remove_document(small.lead, "talk-1")
    coding.remove_coding(small.by("Ana"), made.id)
    documents.remove_document(small.lead, "talk-1")
    assert [row.name for row in documents.list_documents(small.lead)] == ["talk-2", "talk-3"]
    assert {one.document for one in rounds.list_assignments(small.lead, ROUND)} == {
        "talk-2",
        "talk-3",
    }


def test_a_removed_document_s_text_may_come_in_again(small: Study, tmp_path: Path) -> None:
    documents.remove_document(small.lead, "talk-1")
    again = write(tmp_path, "talk-1.txt", interview("Ada", 1))
    (found,) = documents.import_documents(small.by("Ana"), [again])
    assert found.document == "talk-1"
    with pytest.raises(Refused, match="another document stands in its place"):
        audit.undo(small.lead)
