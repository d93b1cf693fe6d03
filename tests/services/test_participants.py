"""Participants and attributes one at a time: values checked, kept, undone; speakers linked; tables out and in again."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.core.documents import AttributeType, Participant, SpeakerRole
from qualcode.core.participants import Attribute, AttributeDefinition, cell_values
from qualcode.errors import InputError, Refused, UnknownName
from qualcode.formats.attributes import attributes_yaml, read_attributes
from qualcode.formats.participants import participants_csv, read_participants
from qualcode.services import audit, documents
from qualcode.services.project import Project, check_project
from tests.study import Study

YEARS = AttributeDefinition(
    "years", "Years in the role", type=AttributeType.NUMBER, minimum=0, maximum=50, missing={"-9": "refused"}
)  # fmt: skip


def values(project: Project, pseudonym: str = "Ada") -> dict[str, tuple[str, ...]]:
    people = {one.pseudonym: one for one in documents.list_participants(project)}
    return people[pseudonym].values


def test_value_is_set_changed_taken_away_and_each_step_undone(anywhere: Study) -> None:
    lead = anywhere.lead
    before = values(lead)
    assert documents.set_attribute_value(
        lead, "ada", attribute="SITE", values=["b", "A"]
    ).values == ("B", "A")
    assert values(lead)["site"] == ("B", "A")
    documents.set_attribute_value(lead, "Ada", attribute="site", values=[])
    assert "site" not in values(lead)
    assert audit.undo(lead).sentence == "taken back: removed an attribute value"
    audit.undo(lead)
    assert values(lead) == before
    audit.redo(lead)
    assert values(lead)["site"] == ("B", "A")


def test_value_of_another_type_is_refused_and_one_out_of_range_is_kept_and_said(
    anywhere: Study,
) -> None:
    lead = anywhere.lead
    documents.declare_attribute(lead, YEARS)
    with pytest.raises(InputError, match="years is a number, and 'many' is none"):
        documents.set_attribute_value(lead, "Ada", attribute="years", values=["many"])
    done = documents.set_attribute_value(lead, "Ada", attribute="years", values=["61"])
    assert done.notices == ("years: Ada has 61, outside 0 to 50",)
    assert done.notices[0] in check_project(lead).notices
    assert (
        documents.set_attribute_value(lead, "Ada", attribute="years", values=["-9"]).notices == ()
    )
    with pytest.raises(UnknownName):
        documents.set_attribute_value(lead, "Ada", attribute="yeers", values=["1"])
    with pytest.raises(UnknownName):
        documents.set_attribute_value(lead, "Adda", attribute="years", values=["1"])


def test_value_that_was_not_declared_is_kept_and_said(small: Study) -> None:
    documents.declare_attribute(
        small.lead, AttributeDefinition("site", values={"A": "Alder", "B": "Birch"})
    )
    done = documents.set_attribute_value(small.lead, "Ada", attribute="site", values=["C"])
    assert done.notices == ("site: Ada has C, which is none of A, B",)
    (site,) = [one for one in documents.list_attributes(small.lead) if one.name == "site"]
    assert site.offered == (("A", "Alder"), ("B", "Birch"), ("C", ""))
    assert site.told("A") == "A (Alder)"


def test_attribute_is_declared_renamed_removed_and_brought_back(anywhere: Study) -> None:
    lead = anywhere.lead
    made = documents.declare_attribute(
        lead, AttributeDefinition("sector", values={"j": "Justice"})
    )
    assert (made.type, made.filled) == (AttributeType.CHOICE, 0)
    assert (
        documents.set_attribute_value(lead, "Ada", attribute="sector", values=["j"]).notices == ()
    )
    assert documents.rename_attribute(lead, "sector", to="branch") == "branch"
    assert values(lead)["branch"] == ("j",)
    documents.remove_attribute(lead, "branch")
    assert "branch" not in values(lead)
    for _ in range(4):
        audit.undo(lead)
    assert "sector" not in {one.name for one in documents.list_attributes(lead)}
    for _ in range(3):
        audit.redo(lead)
    (branch,) = [one for one in documents.list_attributes(lead) if one.name == "branch"]
    assert branch.definition.values == {"j": "Justice"} and branch.filled == 1
    assert check_project(lead).problems == ()


def test_type_changes_while_every_value_fits(anywhere: Study) -> None:
    lead = anywhere.lead
    documents.declare_attribute(lead, AttributeDefinition("years"))
    documents.set_attribute_value(lead, "Ada", attribute="years", values=["12"])
    assert documents.declare_attribute(lead, YEARS).type is AttributeType.NUMBER
    with pytest.raises(Refused, match="site cannot become a number: 'A' is none"):
        documents.declare_attribute(lead, AttributeDefinition("site", type=AttributeType.NUMBER))
    with pytest.raises(InputError, match="min 5 is above max 1"):
        documents.declare_attribute(lead, AttributeDefinition("age", minimum=5, maximum=1))


@pytest.mark.parametrize("name", ["", " ", "Pseudonym", "documents"])
def test_attribute_needs_a_name_of_its_own(small: Study, name: str) -> None:
    with pytest.raises(InputError):
        documents.declare_attribute(small.lead, AttributeDefinition(name))


def test_attribute_that_a_narrative_is_kept_by_is_not_renamed(study: Project) -> None:
    from qualcode.services import narrative

    narrative.build_narratives(study, "bonds", by="site", basis="Kit")
    with pytest.raises(Refused, match="site is in use: the narrative"):
        documents.rename_attribute(study, "site", to="county")
    with pytest.raises(Refused, match="is kept by it"):
        documents.remove_attribute(study, "site")
    with pytest.raises(Refused, match="exists already"):
        documents.rename_attribute(study, "role", to="years")


def test_participant_is_added_renamed_removed_and_brought_back(anywhere: Study) -> None:
    lead = anywhere.lead
    documents.add_participant(lead, " Di  Ann ")
    with pytest.raises(Refused, match="a participant named Di Ann exists already"):
        documents.add_participant(lead, "di ann")
    documents.rename_participant(lead, "Ada", to="Ava")
    assert values(lead, "Ava")["site"] == ("A",)
    assert documents.participants_of(lead, "talk-1")[0].pseudonym == "Ava"
    with pytest.raises(Refused):
        documents.rename_participant(lead, "Ava", to="bo")
    documents.remove_participant(lead, "Ava")
    assert documents.participants_of(lead, "talk-1") == ()
    assert documents.open_document(lead, "talk-1").speakers["Ada"].participant is None
    audit.undo(lead)
    assert values(lead, "Ava")["site"] == ("A",)
    assert documents.open_document(lead, "talk-1").speakers["Ada"].participant == "Ava"
    with pytest.raises(InputError, match="needs a pseudonym"):
        documents.add_participant(lead, "  ")


def test_speaker_is_linked_to_another_participant_and_the_document_follows(
    anywhere: Study,
) -> None:
    lead = anywhere.lead
    documents.link_speaker(lead, "ada", document="talk-1", participant="Bo")
    people = {one.pseudonym: one.documents for one in documents.list_participants(lead)}
    assert (people["Ada"], people["Bo"]) == ((), ("talk-1", "talk-2"))
    documents.link_speaker(lead, "Ada", document="talk-1", participant=None)
    assert documents.participants_of(lead, "talk-1") == ()
    audit.undo(lead)
    audit.undo(lead)
    (ada,) = [
        one for one in documents.list_speakers(lead, document="talk-1") if one.label == "Ada"
    ]
    assert (ada.participant, ada.role, ada.turns) == ("Ada", SpeakerRole.PARTICIPANT, 1)
    documents.set_speaker_role(lead, "Ada", document="talk-1", role=SpeakerRole.OTHER)
    assert documents.open_document(lead, "talk-1").speakers["Ada"].role is SpeakerRole.OTHER
    with pytest.raises(UnknownName, match="no speaker is called 'Eve'"):
        documents.link_speaker(lead, "Eve", document="talk-1", participant="Bo")
    assert {one.document for one in documents.list_speakers(lead)} == {
        "talk-1",
        "talk-2",
        "talk-3",
    }


def test_document_is_renamed_with_all_that_stands_on_it(anywhere: Study) -> None:
    anywhere.apply("Ana", "benefit", "She knows whom to ask")
    documents.rename_document(anywhere.lead, "talk-1", to=" first  talk ")
    assert documents.list_documents(anywhere.by("Ana"))[0].name == "first talk"
    assert documents.list_documents(anywhere.by("Ana"))[0].codings == 1
    with pytest.raises(Refused, match="a document named Talk-2 exists already"):
        documents.rename_document(anywhere.lead, "first talk", to="Talk-2")
    documents.rename_document(anywhere.lead, "first talk", to="First Talk")
    with pytest.raises(InputError):
        documents.rename_document(anywhere.lead, "talk-2", to=" ")
    audit.undo(anywhere.lead)
    audit.undo(anywhere.lead)
    assert documents.list_documents(anywhere.lead)[0].name == "talk-1"


def test_list_is_filtered_by_attributes_and_words(anywhere: Study) -> None:
    def found(text: str) -> list[str]:
        return [row.name for row in documents.list_documents(anywhere.lead, only=text)]

    assert found("site:A") == ["talk-1", "talk-3"]
    assert found("site:A -role:judge") == ["talk-1"]
    assert found("therapist") == ["talk-2"]
    with pytest.raises(UnknownName):
        found("cite:A")


def test_description_says_where_a_document_came_from(anywhere: Study) -> None:
    found = documents.describe_document(anywhere.lead, "talk-1")
    assert (found.source, found.format, found.revision) == ("talk-1.txt", "txt", 1)
    assert [one.label for one in found.speakers] == ["Interviewer", "Ada"]
    assert [one.pseudonym for one in found.participants] == ["Ada"]
    assert found.memos == ()


def test_tables_go_out_and_come_in_again_unchanged(anywhere: Study, tmp_path: Path) -> None:
    lead = anywhere.lead
    documents.declare_attribute(lead, YEARS)
    documents.set_attribute_value(lead, "Bo", attribute="years", values=["-9"])
    documents.set_attribute_value(lead, "Cy", attribute="years", values=["3.50"])
    people, described = tmp_path / "people.csv", tmp_path / "attributes.yaml"
    people.write_text(documents.export_participants(lead), encoding="utf-8")
    described.write_text(documents.export_attributes(lead), encoding="utf-8")
    before = documents.read_participants_grid(lead)
    documents.import_attributes(lead, described)
    documents.import_participants(lead, people)
    after = documents.read_participants_grid(lead)
    assert [one.documents for one in after.participants] == [
        one.documents for one in before.participants
    ]
    assert [one.values for one in after.participants] == [
        one.values for one in before.participants
    ]
    assert after.attributes[-1].definition == before.attributes[-1].definition


TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"], exclude_characters="'=+-@;＝＋－＠"),
    min_size=1, max_size=12,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(
        TEXT,
        st.tuples(st.lists(TEXT, max_size=2), st.decimals(-99, 99, places=1)),
        min_size=1,
        max_size=4,
    )
)
def test_written_table_reads_as_it_was(found: dict[str, tuple[list[str], object]]) -> None:
    attributes = [Attribute("a", AttributeType.CHOICE), Attribute("n", AttributeType.NUMBER)]
    folded = {name.casefold(): name for name in found}
    people = [
        Participant(1, name, {"n": (str(found[name][1]),), **({"a": tuple(dict.fromkeys(found[name][0]))} if found[name][0] else {})})
        for name in folded.values()
    ]  # fmt: skip
    table = read_participants("p.csv", participants_csv(attributes, people).encode())
    assert [(row.pseudonym, row.values) for row in table.rows] == [
        (one.pseudonym, one.values) for one in people
    ]


LABELS = st.dictionaries(TEXT, TEXT, max_size=3)


@settings(max_examples=60, deadline=None)
@given(TEXT, st.text("ab :#'\"\n-", max_size=20).map(str.strip), LABELS, LABELS)
def test_written_description_reads_as_it_was(
    name: str, label: str, choices: dict[str, str], missing: dict[str, str]
) -> None:
    one = AttributeDefinition(
        name, label, label, AttributeType.CHOICE, None, None, choices, missing
    )
    assert read_attributes("a.yaml", attributes_yaml([one]).encode()) == (one,)


@pytest.mark.parametrize(
    ("cell", "kind", "given_"),
    [
        (" a; b ;a", AttributeType.CHOICE, ("a", "b")),
        (" one; two ", AttributeType.TEXT, ("one; two",)),
        ("  ", AttributeType.TEXT, ()),
    ],
)
def test_cell_holds_several_values_unless_it_is_prose(
    cell: str, kind: AttributeType, given_: tuple[str, ...]
) -> None:
    assert cell_values(cell, kind) == given_
