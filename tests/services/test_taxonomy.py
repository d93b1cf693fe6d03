"""Taxonomies on the small study: terms bound to codes and quotations, counted, moved, written and read."""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ET

import pytest

from qualcode.core.taxonomy import Taxonomy, TermView
from qualcode.errors import InputError, MistakeInFile, Refused, UnknownName
from qualcode.services import audit, coding
from qualcode.services import taxonomy as service
from qualcode.services.project import Project, check_project

BONDS = "kinds of bond"


def term(taxonomy: Taxonomy, name: str) -> TermView:
    return next(term for domain in taxonomy.domains for term in domain.terms if term.name == name)


def names(study: Project) -> list[tuple[int, str]]:
    domain = service.show_taxonomy(study, BONDS).domains[0]
    return [(term.depth, term.name) for term in domain.terms]


def test_term_counts_codings_participants_and_sites_from_the_consensus(study: Project) -> None:
    taxonomy = service.show_taxonomy(study)
    earned = term(taxonomy, "earned trust")
    assert (earned.codings, earned.participants, earned.names) == (2, 2, ("Ada", "Ben"))
    assert dict(earned.sites)["Site A"] == 2
    assert earned.reading == "earned trust is a kind of kinds of bond"
    assert earned.example is not None and earned.example.document in ("ada", "ben")


def test_including_term_counts_what_it_includes_as_sets(study: Project) -> None:
    at_work = term(service.show_taxonomy(study), "trust at work")
    assert (at_work.codings, at_work.participants) == (4, 4)


def test_term_without_evidence_and_code_without_place_are_listed(study: Project) -> None:
    taxonomy = service.show_taxonomy(study)
    assert taxonomy.without_evidence == ((BONDS, "a bond by chance"),)
    assert dict(taxonomy.without_place) == {"silence": 1, "silence.no_word": 4, "rule": 4}


def test_domain_and_terms_are_added_and_can_be_undone(study: Project) -> None:
    node = service.add_domain(
        study, "ways to hear", "X is a way to Y", definition="How word comes."
    )
    assert node.relationship.value == "means-end"
    service.add_term(study, "ways to hear", "a call", code="silence.no_word")
    service.add_term(study, "Ways to hear", "a call at night", parent="a call")
    assert term(service.show_taxonomy(study), "a call").participants == 4
    audit.undo(study)
    with pytest.raises(UnknownName):
        service.rename_term(study, "ways to hear", "a call at night", "a late call")


def test_quotations_bound_to_a_term_are_its_evidence_and_its_example(study: Project) -> None:
    own = coding.list_codings(study, coder="Kit", document="cora", code="trust")[0]
    service.assign_term(study, BONDS, "a bond by chance", codings=[own.id])
    found = term(service.show_taxonomy(study), "a bond by chance")
    assert (found.codings, found.quotations) == (1, 1)
    assert found.example is not None
    assert found.example.quote == "I trust one detective, that is all."
    service.unassign_term(study, BONDS, "a bond by chance", codings=[own.id])
    assert not term(service.show_taxonomy(study), "a bond by chance").has_evidence


def test_quotation_that_was_removed_is_no_evidence_any_more(study: Project) -> None:
    made = _own_coding(study)
    service.assign_term(study, BONDS, "a bond by chance", codings=[made])
    assert term(service.show_taxonomy(study), "a bond by chance").has_evidence
    coding.remove_coding(study, made)
    assert not term(service.show_taxonomy(study), "a bond by chance").has_evidence


def test_term_cannot_come_to_include_itself(study: Project) -> None:
    with pytest.raises(Refused, match="part of it"):
        service.move_term(study, BONDS, "trust at work", parent="earned trust")
    with pytest.raises(Refused, match="under itself"):
        service.move_term(study, BONDS, "trust at work", parent="trust at work")
    assert names(study)[0] == (0, "trust at work")


def test_terms_are_reordered_and_nested(study: Project) -> None:
    service.move_term(study, BONDS, "trust given", parent="trust at work", position=0)
    assert [name for _, name in names(study)] == [
        "trust at work",
        "trust given",
        "earned trust",
        "a bond by chance",
    ]
    service.move_term(study, BONDS, "earned trust", position=0)
    assert names(study)[0] == (0, "earned trust")
    service.remove_term(study, BONDS, "trust at work")
    assert names(study) == [(0, "earned trust"), (0, "a bond by chance")]


def test_names_are_unique_and_must_be_words(study: Project) -> None:
    with pytest.raises(Refused, match="already"):
        service.add_term(study, BONDS, "Earned Trust")
    with pytest.raises(Refused, match="already"):
        service.add_domain(study, "Kinds of bond", "sequence")
    with pytest.raises(Refused, match="already"):
        service.rename_term(study, BONDS, "trust given", "earned trust")
    with pytest.raises(InputError):
        service.add_term(study, BONDS, "  ")
    with pytest.raises(UnknownName) as refused:
        service.add_domain(study, "kinds of call", "kind-of-thing")
    assert "strict-inclusion" in (refused.value.hint or "")
    with pytest.raises(UnknownName):
        service.assign_term(study, BONDS, "earned trust", code="trusty")
    with pytest.raises(Refused, match="no coding 999"):
        service.assign_term(study, BONDS, "earned trust", codings=[999])


def test_domain_changes_and_goes_with_its_terms(study: Project) -> None:
    service.change_domain(
        study, BONDS, cover_term="bonds", relationship="sequence", definition="x"
    )
    domain = service.show_taxonomy(study, "bonds").domains[0]
    assert domain.reading == "X is a step in Y" and domain.definition == "x"
    service.remove_domain(study, "bonds")
    assert service.show_taxonomy(study).domains == ()
    assert check_project(study).problems == ()


def test_componential_view_shows_empty_cells_as_questions(study: Project) -> None:
    view = service.show_components(study, BONDS, ["site", "role"])
    rows = {row.term: row.values for row in view.rows}
    assert dict(rows["earned trust"][0]) == {"Site A": 2}
    assert dict(rows["trust given"][0]) == {"Site B": 2, "Site A": 1}
    assert view.questions == (("a bond by chance", "site"), ("a bond by chance", "role"))


def test_yaml_goes_out_and_comes_back(study: Project) -> None:
    written = service.export_taxonomy(study, format="yaml")
    service.remove_domain(study, BONDS)
    assert service.import_taxonomy(study, "taxonomy.yaml", written) == 1
    assert service.export_taxonomy(study, format="yaml") == written


def test_import_adds_missing_terms_to_a_known_domain(study: Project) -> None:
    more = (
        "domains:\n  - cover_term: kinds of bond\n    relationship: strict-inclusion\n"
        "    terms:\n      - {name: trust at work, terms: [{name: trust in tools}]}\n"
    )
    assert service.import_taxonomy(study, "more.yaml", more.encode()) == 0
    assert (1, "trust in tools") in names(study) and (1, "earned trust") in names(study)


def test_mistakes_in_a_taxonomy_file_name_the_place(study: Project) -> None:
    bad = b"domains:\n  - cover_term: x\n    relationship: friend-of\n"
    with pytest.raises(MistakeInFile, match="line 3"):
        service.import_taxonomy(study, "bad.yaml", bad)
    unknown = b"domains:\n  - {cover_term: x, relationship: sequence, terms: [{name: y, code: trustt}]}\n"
    with pytest.raises(MistakeInFile, match="trustt"):
        service.import_taxonomy(study, "bad.yaml", unknown)
    assert [domain.cover_term for domain in service.show_taxonomy(study).domains] == [BONDS]


def test_exports_hold_every_term(study: Project) -> None:
    markdown = service.export_taxonomy(study).decode()
    assert "## kinds of bond" in markdown and "Terms without evidence" in markdown
    rows = list(csv.DictReader(io.StringIO(service.export_taxonomy(study, format="csv").decode())))
    assert [row["term"] for row in rows] == [name for _, name in names(study)]
    assert rows[1]["included_in"] == "trust at work"
    drawing = ET.fromstring(service.export_taxonomy(study, format="svg"))
    words = " ".join(drawing.itertext())
    assert all(name in words for _, name in names(study))
    assert service.export_taxonomy(study, format="docx").startswith(b"PK")
    with pytest.raises(InputError, match="no format"):
        service.export_taxonomy(study, format="pdf")


def _own_coding(study: Project) -> int:
    from qualcode.services import rounds

    rounds.new_round(study, "Own", blind=False)
    made = coding.apply_code(study, "rule", document="dan", round="Own", start=0, end=11)
    return made.coding.id


def test_term_loses_its_code_and_keeps_its_place(study: Project) -> None:
    service.unassign_term(study, BONDS, "earned trust", code=True)
    assert not term(service.show_taxonomy(study), "earned trust").has_evidence
    service.rename_term(study, BONDS, "earned trust", "Earned trust")
    assert (1, "Earned trust") in names(study)


def test_one_domain_is_shown_and_exported_by_itself(study: Project) -> None:
    service.add_domain(study, "steps", "sequence")
    assert len(service.show_taxonomy(study).domains) == 2
    text = service.export_taxonomy(study, format="yaml", domain="Steps").decode()
    assert "steps" in text and BONDS not in text
    with pytest.raises(UnknownName):
        service.show_taxonomy(study, "stairs")


def test_refusals_of_changes_leave_everything_as_it_was(study: Project) -> None:
    service.add_domain(study, "steps", "sequence")
    with pytest.raises(Refused, match="exists already"):
        service.change_domain(study, "steps", cover_term=BONDS)
    with pytest.raises(InputError, match="bind the term to what"):
        service.assign_term(study, BONDS, "earned trust")
    with pytest.raises(UnknownName):
        service.move_term(study, BONDS, "earned trust", parent="nothing")
    service.change_domain(study, "steps", definition="In order.")
    assert service.show_taxonomy(study, "steps").domains[0].definition == "In order."


def test_without_site_there_are_no_site_counts(study: Project) -> None:
    view = service.show_taxonomy(study, basis="Kit", round="First")
    assert view.basis == "Kit" and term(view, "earned trust").codings == 3
