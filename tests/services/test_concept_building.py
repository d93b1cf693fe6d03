"""Concept maps are changed, supported, loosened, renamed and removed; the quotations behind them lead to the words."""

from __future__ import annotations

import pytest

from qualcode.core.concept import ConceptLink, LinkKind
from qualcode.errors import InputError, MistakeInFile, Refused, UnknownName
from qualcode.services import audit, coding, rounds
from qualcode.services import concept as service
from qualcode.services.project import Project, check_project, open_project

MAP = "How it fits"


@pytest.fixture
def link(study: Project) -> ConceptLink:
    """A map of two codes and an idea, and a link from trust to the idea."""
    service.add_concept(study, MAP, code="trust")
    service.add_concept(study, MAP, code="rule")
    service.add_concept(study, MAP, "capacity")
    return service.link_concepts(study, MAP, ("trust", "capacity"), kind="supports")


def test_a_link_changes_its_kind_ends_and_note_and_keeps_its_evidence(
    study: Project, link: ConceptLink
) -> None:
    own = coding.list_codings(study, coder="Kit", code="trust")[0]
    service.support_link(study, MAP, link.id, [own.id])
    changed = service.change_link(
        study, MAP, link.id, kind="leads to", mutual=True, note=" Both grow. "
    )
    assert (changed.kind, changed.mutual, changed.note) == (LinkKind.LEADS_TO, True, "Both grow.")
    turned = service.change_link(study, MAP, link.id, ends=("capacity", "trust"))
    assert turned.reading == "capacity ⇄ Trust (leads to)" and turned.evidence == (own.id,)
    for _ in range(2):
        audit.undo(study)
    assert service.show_map(study, MAP).links[0].reading == "Trust → capacity (supports)"


def test_a_link_is_not_drawn_twice_nor_to_itself(study: Project, link: ConceptLink) -> None:
    other = service.link_concepts(study, MAP, ("trust", "capacity"), kind="leads-to")
    with pytest.raises(Refused, match="already"):
        service.change_link(study, MAP, other.id, kind="supports")
    with pytest.raises(Refused, match="itself"):
        service.change_link(study, MAP, link.id, ends=("trust", "Trust"))
    with pytest.raises(UnknownName):
        service.change_link(study, MAP, link.id, kind="likes")
    with pytest.raises(UnknownName):
        service.change_link(study, MAP, 99, note="x")


def test_evidence_is_taken_away_and_what_is_gone_can_be_dropped(
    study: Project, link: ConceptLink
) -> None:
    rounds.new_round(study, "Own", blind=False)
    made = coding.apply_code(study, "rule", document="dan", round="Own", start=0, end=11)
    own = coding.list_codings(study, coder="Kit", code="trust")[0]
    service.support_link(study, MAP, link.id, [made.coding.id, own.id])
    with pytest.raises(Refused, match="still stands"):
        service.drop_gone(study, MAP, link.id)
    coding.remove_coding(study, made.coding.id)
    assert service.show_map(study, MAP).links[0].gone == 1
    assert service.drop_gone(study, MAP, link.id) == 1
    assert service.show_map(study, MAP).links[0].gone == 0
    service.loosen_link(study, MAP, link.id, [own.id])
    with pytest.raises(Refused, match="no evidence of this link"):
        service.loosen_link(study, MAP, link.id, [own.id])
    assert service.show_map(study, MAP).without_evidence
    audit.undo(study)
    assert service.show_map(study, MAP).links[0].evidence == (own.id,)


def test_candidates_begin_where_both_codes_meet_and_are_narrowed_by_words(
    study: Project,
) -> None:
    service.add_concept(study, MAP, code="silence")
    service.add_concept(study, MAP, code="silence.no_word")
    link = service.link_concepts(study, MAP, ("silence", "silence.no_word"))
    found = service.evidence_candidates(study, MAP, link.id)
    assert {one.quote for one in found[:2]} == {"I get no word back."}
    assert len(found) == 5 and not any(one.is_bound for one in found)
    (hit,) = service.evidence_candidates(study, MAP, link.id, "hear nothing")
    service.support_link(study, MAP, link.id, [hit.coding_id])
    (bound,) = service.link_quotations(study, MAP, link.id)
    assert bound.quote == "In Birch I hear nothing." and bound.is_bound


def test_a_link_between_ideas_may_rest_on_any_quotation(study: Project, link: ConceptLink) -> None:
    service.add_concept(study, MAP, "a second idea")
    made = service.link_concepts(study, MAP, ("capacity", "a second idea"))
    assert len(service.evidence_candidates(study, MAP, made.id)) == 13
    assert service.link_quotations(study, MAP, made.id) == ()
    assert len(service.concept_quotations(study, MAP, "trust")) == 4
    assert service.concept_quotations(study, MAP, "capacity") == ()
    with pytest.raises(UnknownName):
        service.link_quotations(study, MAP, 99)


def test_a_concept_gets_other_words_and_another_code(study: Project, link: ConceptLink) -> None:
    service.change_concept(study, MAP, "capacity", words="room to act", code="rule")
    found = {one.name: one for one in service.show_map(study, MAP).concepts}
    assert found["room to act"].code == "rule" and found["room to act"].codings == 4
    service.change_concept(study, MAP, "room to act", code="")
    assert service.show_map(study, MAP).concepts[-1].code is None
    with pytest.raises(Refused, match="already"):
        service.change_concept(study, MAP, "room to act", words="trust")
    with pytest.raises(InputError):
        service.change_concept(study, MAP, "room to act", words="  ")
    with pytest.raises(UnknownName):
        service.change_concept(study, MAP, "room to act", code="nothing")


def test_a_map_is_renamed_and_removed_and_comes_back(study: Project, link: ConceptLink) -> None:
    service.add_concept(study, "another", "x")
    with pytest.raises(Refused, match="already"):
        service.rename_map(study, MAP, "Another")
    with pytest.raises(InputError):
        service.rename_map(study, MAP, " ")
    assert service.rename_map(study, MAP, "The model").name == "The model"
    service.remove_map(study, "the model")
    assert service.list_maps(study) == ("another",)
    audit.undo(study)
    assert len(service.show_map(study, "The model").links) == 1
    assert check_project(study).problems == ()


def test_a_map_is_drawn_in_plain_text_with_the_numbers_of_its_links(
    study: Project, link: ConceptLink
) -> None:
    service.link_concepts(study, MAP, ("capacity", "rule"), kind="hinders", mutual=True)
    drawn = "\n".join(service.draw_map(service.show_map(study, MAP)))
    assert "Trust (4)" in drawn and "capacity (idea)" in drawn
    assert "1 supports" in drawn and "2 hinders" in drawn and "▲" in drawn


def test_what_a_blind_round_hides_does_not_count_as_evidence(
    study: Project, link: ConceptLink
) -> None:
    rounds.new_round(study, "Blind", blind=True)
    with open_project(study.location, coder="Kit") as kit:
        made = coding.apply_code(kit, "rule", document="dan", round="Blind", start=0, end=11)
        service.support_link(kit, MAP, link.id, [made.coding.id])
        assert len(service.link_quotations(kit, MAP, link.id)) == 1
    (seen,) = service.show_map(study, MAP).links
    assert (seen.evidence, seen.gone) == ((), 0)
    assert service.link_quotations(study, MAP, link.id) == ()


def test_yaml_carries_a_map_with_its_evidence_both_ways(study: Project, link: ConceptLink) -> None:
    own = coding.list_codings(study, coder="Kit", code="trust")[0]
    service.support_link(study, MAP, link.id, [own.id])
    service.link_concepts(
        study, MAP, ("rule", "capacity"), kind="hinders", mutual=True, note="So: it is"
    )
    written = service.export_map(study, MAP, format="yaml").encode()
    service.remove_map(study, MAP)
    done = service.import_map(study, "map.yaml", written)
    assert (done.name, done.concepts, done.links) == (MAP, 3, 2)
    assert service.export_map(study, MAP, format="yaml").encode() == written
    again = service.import_map(study, "map.yaml", written)
    assert (again.concepts, again.links) == (0, 0)
    audit.undo(study)
    assert service.list_maps(study) == ()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("concepts: [a]", "the map has no name"),
        ("map: m", "there are no concepts"),
        ("map: m\nconcepts: [a, A]", "line 2: the concept 'A' is given twice"),
        ("map: m\nconcepts: [{code: trust}]", "line 2: a concept needs a name"),
        ("map: m\nconcepts:\n  - {name: a, code: trustt}", "line 3: no code is called 'trustt'"),
        ("map: m\nconcepts: [a, b]\nlinks: [{from: a}]", "line 3: a link needs 'to'"),
        (
            "map: m\nconcepts: [a, b]\nlinks: [{from: a, to: c}]",
            "line 3: no concept is called 'c'",
        ),
        ("map: m\nconcepts: [a, b]\nlinks: [{from: a, to: A}]", "cannot be linked to itself"),
        ("map: m\nconcepts: [a, b]\nlinks: [{from: a, to: b, kind: likes}]", "no kind of link"),
        (
            "map: m\nconcepts: [a, b]\nlinks:\n  - from: a\n    to: b\n    evidence:\n"
            "      - {document: cora, quote: nothing of the kind}",
            "line 7: the quote",
        ),
    ],
)
def test_a_mistake_in_a_map_file_is_told_with_its_line(
    study: Project, content: str, said: str
) -> None:
    with pytest.raises(MistakeInFile, match=said):
        service.import_map(study, "map.yaml", content.encode())
    assert service.list_maps(study) == ()
