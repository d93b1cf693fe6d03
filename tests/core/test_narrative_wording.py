"""What a narrative says of itself, and where its prose stands."""

from __future__ import annotations

from dataclasses import replace

from qualcode.core.narrative import (
    Coverage,
    CoverageOf,
    NarrativeView,
    PassageView,
    ProseKind,
    ProseView,
    RoleGroup,
    SectionView,
)
from qualcode.core.narrative.wording import (
    about,
    attribution,
    coverage_sentences,
    listed,
    prose_state,
)


def passage(number: int, *people: str) -> PassageView:
    return PassageView(
        number, "words", people, "service_provider", "one", None, None, 0, 5, 0, 5, "a", (), number
    )


def prose(number: int, kind: ProseKind = ProseKind.PROSE, *evidence: int) -> ProseView:
    return ProseView(number, kind, f"piece {number}", "Max", evidence)


def view() -> NarrativeView:
    group = RoleGroup("r", (passage(1, "Ann"), prose(3), passage(2, "Ann", "Bob"), prose(4)))
    section = SectionView("a", "A", 1, "", (prose(2),), (group,))
    return NarrativeView(
        "n", "N", "a", None, None, "consensus", None, 1, "o", (prose(1),), (section,),
        (prose(5, ProseKind.COUNTER),), (prose(6),), Coverage(("Ann",), (), ()),
    )  # fmt: skip


def test_a_narrative_says_whose_codings_it_was_made_from() -> None:
    assert about(view()) == "Merged from the consensus: 2 passages by 2 participants."
    other = replace(view(), basis="Kit", round="First", sections=())
    assert about(other) == "Merged from the codings of Kit of First: 0 passages by 0 participants."


def test_prose_is_told_with_its_place() -> None:
    places = [(one.piece.id, one.section, one.behind) for one in view().placed_prose()]
    assert places == [
        (1, None, None), (2, "a", None), (3, "a", 1), (4, "a", 2), (5, None, None), (6, None, None),
    ]  # fmt: skip


def test_a_piece_says_why_it_has_to_be_looked_at() -> None:
    assert prose_state(prose(1)) is None
    assert prose_state(prose(1, ProseKind.CLAIM)) == "a claim without evidence"
    assert prose_state(prose(1, ProseKind.CLAIM, 2)) is None
    gone = replace(prose(1, ProseKind.CLAIM, 2), evidence_gone=1)
    assert prose_state(gone) == "1 coding it names not in the narrative"
    both = replace(gone, stale="evidence was recoded", evidence_gone=2)
    assert prose_state(both) == "evidence was recoded; 2 codings it names not in the narrative"


def test_coverage_is_told_in_sentences() -> None:
    assert list(coverage_sentences(view())) == ["1 of 1 who could have spoken: Ann."]
    found = Coverage(
        (), ("Ann",), (CoverageOf("job_title", ("a, b",), ("c",)), CoverageOf("site", ("A",), ()))
    )
    assert list(coverage_sentences(replace(view(), coverage=found))) == [
        "0 of 1 who could have spoken: nobody.",
        "Not in it: Ann.",
        "By job title: a, b; missing: c.",
        "By site: A.",
    ]


def test_speakers_are_named_as_one_would_write_them() -> None:
    assert attribution(passage(1, "Ann", "Bob")) == "Ann and Bob, service provider (one)"
    assert attribution(passage(1)) == "speaker not on record, service provider (one)"
    assert (
        listed(("Detective, county", "service_provider")) == "Detective, county; service provider"
    )
    assert listed(("a", "b")) == "a, b" and listed(()) == "nobody"
