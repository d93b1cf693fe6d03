"""Concept maps and framework matrices on the small study."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from qualcode.errors import InputError, Refused, UnknownName
from qualcode.services import audit, coding, compare
from qualcode.services import concept as service
from qualcode.services.project import Project, check_project

MAP = "How it fits"


def drawn(study: Project) -> None:
    service.add_concept(study, MAP, code="trust")
    service.add_concept(study, MAP, code="rule")
    service.add_concept(study, "how it fits", "capacity")


def test_concepts_count_the_evidence_of_their_codes_and_ideas_have_none(study: Project) -> None:
    drawn(study)
    found = {concept.name: concept for concept in service.show_map(study, MAP).concepts}
    assert (found["Trust"].codings, found["Trust"].participants) == (4, 4)
    assert found["capacity"].codings is None and found["capacity"].code is None
    assert service.list_maps(study) == (MAP,)


def test_links_carry_their_evidence_and_lose_it_when_it_goes(study: Project) -> None:
    drawn(study)
    link = service.link_concepts(study, MAP, ("trust", "capacity"), kind="supports", mutual=True)
    assert link.reading == "Trust ⇄ capacity (supports)"
    own = coding.list_codings(study, coder="Kit", code="trust")[0]
    assert service.support_link(study, MAP, link.id, [own.id]).evidence == (own.id,)
    assert service.show_map(study, MAP).without_evidence == ()
    again = service.link_concepts(study, MAP, ("trust", "capacity"), kind="supports", note="So.")
    assert again.id == link.id and again.note == "So." and not again.mutual
    audit.undo(study)
    assert service.show_map(study, MAP).links[0].mutual


def test_map_is_drawn_and_written(study: Project) -> None:
    drawn(study)
    service.link_concepts(study, MAP, ("rule", "trust"))
    service.link_concepts(study, MAP, ("trust", "capacity"), kind="hinders", note="Now and then.")
    service.link_concepts(study, MAP, ("capacity", "rule"))
    tree = ET.fromstring(service.export_map(study, MAP))
    words = " ".join(tree.itertext())
    assert "Trust" in words and "4 codings · 4 participants" in words and "hinders" in words
    text = service.export_map(study, MAP, format="md")
    assert "- Trust → capacity (hinders): no evidence bound. Now and then." in text
    assert '"Rule" -> "Trust" [label="leads to"];' in service.export_map(study, MAP, format="dot")


def test_refusals_of_a_map_say_what_is_there(study: Project) -> None:
    drawn(study)
    with pytest.raises(Refused, match="already"):
        service.add_concept(study, MAP, "Capacity")
    with pytest.raises(InputError):
        service.add_concept(study, MAP)
    with pytest.raises(Refused, match="itself"):
        service.link_concepts(study, MAP, ("trust", "Trust"))
    with pytest.raises(UnknownName) as refused:
        service.link_concepts(study, MAP, ("trust", "capcity"))
    assert "capacity" in (refused.value.hint or "")
    with pytest.raises(UnknownName):
        service.link_concepts(study, MAP, ("trust", "rule"), kind="likes")
    with pytest.raises(UnknownName):
        service.show_map(study, "another")
    with pytest.raises(InputError):
        service.export_map(study, MAP, format="png")
    with pytest.raises(UnknownName):
        service.unlink_concepts(study, MAP, 77)
    link = service.link_concepts(study, MAP, ("trust", "rule"))
    with pytest.raises(Refused, match="no coding 999"):
        service.support_link(study, MAP, link.id, [999])


def test_removing_a_concept_takes_its_links_along(study: Project) -> None:
    drawn(study)
    first = service.link_concepts(study, MAP, ("trust", "rule"))
    service.link_concepts(study, MAP, ("rule", "capacity"))
    service.unlink_concepts(study, MAP, first.id)
    service.remove_concept(study, MAP, "capacity")
    found = service.show_map(study, MAP)
    assert [concept.name for concept in found.concepts] == ["Trust", "Rule"] and found.links == ()
    assert check_project(study).problems == ()


def test_summary_of_a_cell_is_stale_when_its_evidence_changes(study: Project) -> None:
    compare.write_summary(study, "rule", "Cora", "Knows of none.")
    compare.write_summary(study, "trust", "cora", "Nothing said yet.")
    found = compare.show_framework(study, ["trust", "rule"])
    assert found.cells["rule", "Cora"].summary is not None
    assert found.cells["rule", "Cora"].codings == 1 and found.stale == ()
    from qualcode.core.reconcile import Outcome
    from qualcode.services import reconcile

    (item,) = reconcile.list_discrepancies(study, "First")
    reconcile.decide(study, "First", item.id, Outcome.KEEP_ONE, rationale="heard", keep="Kit")
    stale = compare.show_framework(study, ["trust", "rule"]).stale
    assert [(cell.code, cell.case) for cell in stale] == [("trust", "Cora")]
    compare.write_summary(study, "trust", "Cora", "Trusts one.")
    assert compare.show_framework(study, ["trust"]).stale == ()


def test_framework_goes_out_as_csv_and_markdown(study: Project) -> None:
    compare.write_summary(study, "rule", "officer", "Split by site.", by="role")
    text = compare.export_framework(study, by="role", codes=["rule", "silence"])
    assert text.splitlines()[0] == "role,rule,silence"
    assert "officer,Split by site. (3 passages),4 passages" in text
    compare.write_summary(study, "rule", "officer", "", by="role")
    assert "Split" not in compare.export_framework(study, by="role", format="md")
    with pytest.raises(InputError):
        compare.export_framework(study, format="xls")
    with pytest.raises(UnknownName):
        compare.write_summary(study, "rule", "pilot", "x", by="role")
