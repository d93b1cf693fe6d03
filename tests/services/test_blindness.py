"""In a blind open round no service tells one coder what another did: every service is asked in two worlds that differ
only in what the others coded, and has to answer the same."""

from __future__ import annotations

import dataclasses
import enum
import importlib
import inspect
import pkgutil
import re
import shutil
import uuid
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

import qualcode.services
from qualcode.core.codebook import Facet, FacetValue
from qualcode.core.documents import SpeakerRole
from qualcode.core.participants import AttributeDefinition
from qualcode.core.reconcile import Outcome, Strategy
from qualcode.core.rounds import RoundState
from qualcode.core.suggest import Strength
from qualcode.errors import BlindRound, QualcodeError
from qualcode.services import (
    agreement,
    audit,
    codebook,
    coding,
    compare,
    concept,
    documents,
    exchange,
    journal,
    narrative,
    network,
    project,
    reconcile,
    rounds,
    suggest,
    taxonomy,
)
from qualcode.services.project import Project
from qualcode.services.reconcile import Choice
from tests.study import ROUND, Study

Question = Callable[[Project], Any]

# Functions that this test has nothing to ask, each with its reason.
EXEMPT = {
    "compare.joint_sheet": "lays out a joint display it is given",
    "compare.write_joint": "writes down a joint display it is given",
    "compare.write_matrix": "writes down a matrix it is given",
    "agreement.agreement_csv": "writes a report it is given",
    "agreement.agreement_html": "writes a report it is given",
    "agreement.coefficient_named": "a name",
    "agreement.coefficient_names": "names",
    "agreement.methods_paragraph": "tells a report it is given",
    "agreement.read_segments": "reads a file from outside",
    "documents.files_in": "looks at folders",
    "reconcile.in_order": "sorts what it is given",
    "reconcile.look_at": "takes a discrepancy of the worklist, which is hidden; it asks for the round again",
    "concept.draw_map": "draws a map it is given",
    "writing.write_whole": "writes a file it is given",
    "opening.first_sight": "shows names of documents and one text, before anything that was coded can be read",
    "network.network_matrix": "draws a network it is given",
    "network.network_picture": "draws a network it is given",
    "network.professional_view": "a constant",
    "network.about": "a part of a statement it is given",
    "network.voices_of": "counts statements it is given",
    "network.read_words": "reads the words of statements it is given",
    "network.draw_diagram": "draws a diagram it is given",
    "network.write_diagram": "writes a diagram it is given",
    "network.read_diagram": "reads a file from outside",
    "project.create_project": "makes a new project",
    "project.open_project": "gives a handle",
    "project.back_up": "copies the file: a file cannot keep its own reader from reading it",
    "audit.verify_chain": "counts the events of the whole record to prove it whole; it says nothing of their content",
    "codebook.remove_facet": "is refused while anything answers it; it does not say what or how much",
    "codebook.remove_code": "is refused while anything stands on the code; it does not say what or how much",
    "documents.remove_document": "is refused while anything stands on it; it does not say what or how much",
    "rounds.unblind_round": "ends the blindness, for a reason that stands in the record",
    "rounds.set_round_state": "ends the blindness, as an event",
}

READ: dict[str, Question] = {
    "compare.export_cases": lambda p: compare.export_cases(p, basis="coders"),
    "compare.joint_display": lambda p: compare.joint_display(p, "years", basis="coders"),
    "compare.export_framework": lambda p: compare.export_framework(p, basis="coders"),
    "compare.show_framework": lambda p: compare.show_framework(p, basis="coders"),
    "concept.export_map": lambda p: concept.export_map(p, "trusting", format="md"),
    "concept.concept_quotations": lambda p: concept.concept_quotations(p, "trusting", "Trust"),
    "concept.evidence_candidates": lambda p: concept.evidence_candidates(p, "trusting", 1),
    "concept.link_quotations": lambda p: concept.link_quotations(p, "trusting", 1),
    "concept.list_facts": concept.list_facts,
    "concept.list_maps": concept.list_maps,
    "concept.show_map": lambda p: concept.show_map(p, "trusting"),
    "journal.export_journal": journal.export_journal,
    "journal.find_entry": lambda p: [
        answer(lambda q, n=n: journal.find_entry(q, n), p) for n in range(1, 6)
    ],
    "journal.list_entries": journal.list_entries,
    "journal.find_words": lambda p: journal.find_words(p, "talk-1: She knows whom to ask"),
    "journal.list_targets": journal.list_targets,
    "journal.read_filter": lambda p: journal.read_filter(p, "trust type:note on:code"),
    "agreement.agreement_over_rounds": agreement.agreement_over_rounds,
    "agreement.agreement_with_earlier_self": lambda p: agreement.agreement_with_earlier_self(
        p, ROUND, ROUND
    ),
    "agreement.measure_details": lambda p: agreement.measure_details(p, ROUND),
    "agreement.measure_gamma": lambda p: agreement.measure_gamma(p, ROUND),
    "agreement.passages_behind": lambda p: agreement.passages_behind(p, ROUND, "all"),
    "agreement.compare_with_consensus": lambda p: agreement.compare_with_consensus(p, ROUND),
    "agreement.measure_agreement": lambda p: agreement.measure_agreement(p, ROUND),
    "audit.history": audit.history,
    "codebook.compare_versions": lambda p: codebook.compare_versions(p, before=1),
    "codebook.export_codebook": codebook.export_codebook,
    "codebook.list_actors": codebook.list_actors,
    "codebook.list_versions": codebook.list_versions,
    "codebook.preview_change": lambda p: codebook.preview_change(p, "challenge.turnover"),
    "codebook.read_codebook": codebook.read_codebook,
    "codebook.code_use": codebook.code_use,
    "codebook.code_history": lambda p: codebook.code_history(p, "challenge.turnover"),
    "codebook.find_quotation": lambda p: [
        codebook.find_quotation(p, key, n, with_below=True)
        for key in ("benefit", "challenge")
        for n in (0, 1)
    ],
    "codebook.place_of_example": lambda p: codebook.place_of_example(p, "forty [talk-1 1–5]"),
    "suggest.suggest_codings": lambda p: suggest.suggest_codings(p, least=Strength.FAINT),
    "suggest.suggestible": lambda p: suggest.suggestible(p, "talk-1", ["challenge.load"]),
    "suggest.shown_codes": lambda p: suggest.shown_codes(p, "talk-1"),
    "suggest.provenance_of": lambda p: suggest.provenance_of(
        p, "challenge.turnover", document="talk-1", start=212, end=246
    ),
    "codebook.stale_codings": codebook.stale_codings,
    "coding.code_counts": coding.code_counts,
    "coding.codings_per_document": lambda p: coding.codings_per_document(p, round=ROUND),
    "coding.export_codings": coding.export_codings,
    "coding.find_coding": lambda p: [coding.find_coding(p, number) for number in range(1, 9)],
    "coding.list_codings": lambda p: coding.list_codings(p, with_consensus=True),
    "coding.list_memos": coding.list_memos,
    "coding.locate": lambda p: coding.locate(p, "talk-1", quote="forty", start=None, end=None),
    "coding.quote_codings": lambda p: coding.quote_codings(p, coding.list_codings(p)),
    "coding.read_codings": lambda p: coding.read_codings(p, range(1, 9)),
    "coding.use_of_codes": lambda p: coding.use_of_codes(p, round=ROUND),
    "compare.cell_passages": lambda p: compare.cell_passages(
        p, code="benefit", columns="coder", basis="coders"
    ),
    "compare.compare": lambda p: [
        compare.compare(p, columns=columns, basis=basis)
        for columns in ("coder", "site")
        for basis in ("consensus", "coders")
    ],
    "compare.cooccurrence": lambda p: compare.cooccurrence(p, basis="coders"),
    "compare.cooccurrence_passages": lambda p: compare.cooccurrence_passages(
        p, "benefit.trust", "challenge.load", basis="coders"
    ),
    "compare.measure_saturation": lambda p: compare.measure_saturation(p, basis="coders"),
    "compare.negative_cases": lambda p: compare.negative_cases(p, basis="coders"),
    "compare.support": lambda p: compare.support(p, basis="coders"),
    "documents.describe_document": lambda p: documents.describe_document(p, "talk-1"),
    "documents.export_attributes": documents.export_attributes,
    "documents.export_participants": documents.export_participants,
    "documents.list_attributes": documents.list_attributes,
    "documents.list_speakers": documents.list_speakers,
    "documents.read_participants_grid": documents.read_participants_grid,
    "documents.list_documents": documents.list_documents,
    "documents.list_participants": documents.list_participants,
    "documents.open_document": lambda p: documents.open_document(p, "talk-1"),
    "documents.participants_of": lambda p: documents.participants_of(p, "talk-1"),
    "exchange.export_project": exchange.export_project,
    "narrative.export_narrative": lambda p: narrative.export_narrative(p, "narrative"),
    "narrative.list_facts": narrative.list_facts,
    "narrative.list_narratives": narrative.list_narratives,
    "narrative.repeated_in": lambda p: narrative.repeated_in(p, "talk-1", 0, 2000),
    "narrative.sources_of_span": lambda p: narrative.sources_of_span(p, "narrative", 0, 2000),
    "narrative.split_choices": lambda p: [
        narrative.split_choices(p, theme, basis=basis)
        for theme in ("helping", "challenge")
        for basis in ("Ana", "Ben")
    ],
    "narrative.map_back": lambda p: narrative.map_back(p, 3),
    "narrative.narrative_markdown": lambda p: narrative.narrative_markdown(
        p, "helping", basis="Ben"
    ),
    "narrative.narratives_of": lambda p: narrative.narratives_of(p, "helping"),
    "narrative.show_narrative": lambda p: narrative.show_narrative(p, "narrative"),
    "network.build_networks": network.build_networks,
    "network.alias_conflicts": network.alias_conflicts,
    "network.alike_proposals": lambda p: network.alike_proposals(p, 1),
    "network.compare_networks": lambda p: network.compare_networks(p, "A", "B"),
    "network.draft_diagram": lambda p: network.draft_diagram(p, "benefit"),
    "network.list_stop_phrases": network.list_stop_phrases,
    "network.measure_second_reading": network.measure_second_reading,
    "network.merged_actors": network.merged_actors,
    "network.passage_around": lambda p: network.passage_around(p, 1),
    "network.perspectives": network.perspectives,
    "network.read_tie": lambda p: network.read_tie(p, 1),
    "network.second_readers": network.second_readers,
    "network.compare_sites": lambda p: network.compare_sites(p, "A", "B"),
    "network.complete_proposals": network.complete_proposals,
    "network.export_network": lambda p: network.export_network(p, "graphml"),
    "network.list_actors": network.list_actors,
    "network.list_ties": network.list_ties,
    "network.site_sensitivity": lambda p: network.site_sensitivity(p, "A", "B"),
    "network.what_if_leave": lambda p: network.what_if_leave(p, "A", ["officer"]),
    "project.check_project": project.check_project,
    "project.list_coders": project.list_coders,
    "reconcile.confusions": lambda p: reconcile.confusions(p, ROUND),
    "reconcile.give_feedback": lambda p: reconcile.give_feedback(p, "Ben", [ROUND]),
    "reconcile.consensus_report": lambda p: reconcile.consensus_report(p, ROUND),
    "reconcile.list_consensus": lambda p: reconcile.list_consensus(p, ROUND),
    "reconcile.list_discrepancies": lambda p: reconcile.list_discrepancies(p, ROUND),
    "reconcile.preview_strategy": lambda p: reconcile.preview_strategy(
        p, ROUND, Strategy.MAJORITY
    ),
    "reconcile.identical_cases": lambda p: reconcile.identical_cases(p, ROUND, "0"),
    "reconcile.stale_decisions": lambda p: reconcile.stale_decisions(p, ROUND),
    "reconcile.summarize_discrepancies": lambda p: reconcile.summarize_discrepancies(p, ROUND),
    "reconcile.show_discrepancy": lambda p: reconcile.show_discrepancy(p, ROUND, "0"),
    "rounds.list_assignments": lambda p: rounds.list_assignments(p, ROUND),
    "rounds.list_rounds": rounds.list_rounds,
    "rounds.progress": lambda p: rounds.progress(p, ROUND),
    "rounds.round_scheme": lambda p: rounds.round_scheme(p, ROUND),
    "rounds.preview_assignments": lambda p: rounds.preview_assignments(p, ROUND),
    "rounds.queue": lambda p: [rounds.queue(p, ROUND), rounds.queue(p, ROUND, coder="Ben")],
    "taxonomy.export_taxonomy": lambda p: taxonomy.export_taxonomy(p, basis="coders"),
    "taxonomy.code_quotations": lambda p: taxonomy.code_quotations(
        p, "challenge.turnover", layer=taxonomy.LayerReading(p, basis="coders")
    ),
    "taxonomy.dimensions_of": lambda p: taxonomy.dimensions_of(p, "trusting"),
    "taxonomy.find_quotations": lambda p: taxonomy.find_quotations(
        p, layer=taxonomy.LayerReading(p, basis="coders")
    ),
    "taxonomy.term_quotations": lambda p: taxonomy.term_quotations(
        p, "trusting", "names", layer=taxonomy.LayerReading(p, basis="coders")
    ),
    "taxonomy.show_components": lambda p: taxonomy.show_components(
        p, "trusting", ["site"], basis="coders"
    ),
    "taxonomy.show_taxonomy": lambda p: taxonomy.show_taxonomy(p, basis="coders"),
}

_LINE = (
    b'{"document": "talk-2", "quote": "forty cases", "code": "challenge.load", "round": "first"}'
)
_DECISION = (
    b'{"document": "talk-1", "quote": "forty", "code": "challenge.load", "outcome": "reject_all"}'
)

WRITE: dict[str, Question] = {
    "compare.write_summary": lambda p: compare.write_summary(p, "challenge.turnover", "Ada", "a summary"),
    "concept.add_concept": lambda p: concept.add_concept(p, "trusting", code="challenge.turnover"),
    "concept.change_concept": lambda p: concept.change_concept(p, "trusting", "Trust", words="Faith"),
    "concept.change_link": lambda p: concept.change_link(p, "trusting", 1, note="x"),
    "concept.drop_gone": lambda p: concept.drop_gone(p, "trusting", 1),
    "concept.import_map": lambda p: concept.import_map(p, "m.yaml", b"title: m\nconcepts: []\n"),
    "concept.loosen_link": lambda p: concept.loosen_link(p, "trusting", 1, [2]),
    "concept.remove_map": lambda p: concept.remove_map(p, "trusting"),
    "concept.rename_map": lambda p: concept.rename_map(p, "trusting", "faith"),
    "concept.link_concepts": lambda p: concept.link_concepts(p, "trusting", ("Trust", "Turnover")),
    "concept.remove_concept": lambda p: concept.remove_concept(p, "trusting", "Trust"),
    "concept.support_link": lambda p: concept.support_link(p, "trusting", 1, [2]),
    "concept.unlink_concepts": lambda p: concept.unlink_concepts(p, "trusting", 1),
    "journal.change_entry": lambda p: [answer(lambda q, n=n: journal.change_entry(q, n, text="new words"), p) for n in range(1, 4)],
    "journal.remove_entry": lambda p: [answer(lambda q, n=n: journal.remove_entry(q, n), p) for n in range(1, 4)],
    "journal.unlink_entry": lambda p: journal.unlink_entry(p, 1, about="code", name="benefit"),
    "journal.link_entry": lambda p: journal.link_entry(p, 1, about="coding", name="2"),
    "journal.write_entry": lambda p: journal.write_entry(p, "hm", about="coding", name="2"),
    "audit.undo": audit.undo,
    "audit.redo": audit.redo,
    "codebook.add_code": lambda p: codebook.add_code(p, "Respect", parent="benefit"),
    "codebook.change_code": lambda p: codebook.change_code(p, "challenge.turnover", definition="New words"),
    "codebook.import_codebook": lambda p: codebook.import_codebook(p, "c.yaml", b"title: t\ncodes:\n  - {id: new, name: New}\n"),
    "codebook.keep_version": lambda p: codebook.keep_version(p, note="now"),
    "codebook.merge_codes": lambda p: codebook.merge_codes(p, "challenge.turnover", into="challenge.load"),
    "codebook.merge_all": lambda p: codebook.merge_all(p, ["challenge.turnover"], into="challenge.load"),
    "codebook.move_codes": lambda p: codebook.move_codes(p, ["challenge.turnover"], parent="benefit"),
    "codebook.shift_code": lambda p: codebook.shift_code(p, "challenge.turnover", by=-1),
    "codebook.put_facet": lambda p: codebook.put_facet(p, Facet("mood", "Mood", (FacetValue("good", "Good"),))),
    "coding.split_coding": lambda p: [answer(lambda q, n=n: coding.split_coding(q, n, at=60), p) for n in (1, 2)],
    "coding.join_codings": lambda p: coding.join_codings(p, [1, 2]),
    "coding.weigh_coding": lambda p: [answer(lambda q, n=n: coding.weigh_coding(q, n, 5), p) for n in (1, 2)],
    "suggest.record_shown": lambda p: suggest.record_shown(p, "talk-1", ["challenge.turnover"]),
    "suggest.reject_suggestion": lambda p: suggest.reject_suggestion(p, "challenge.turnover", document="talk-1", round=ROUND, start=212, end=246),
    "codebook.move_code": lambda p: codebook.move_code(p, "challenge.turnover", parent="benefit"),
    "codebook.split_code": lambda p: [answer(lambda q, n=n: codebook.split_code(q, "challenge.turnover", {"Leaving": [n]}), p) for n in (1, 2)],
    "coding.apply_code": lambda p: coding.apply_code(p, "challenge.turnover", document="talk-1", round=ROUND, start=212, end=246),
    "coding.change_coding": lambda p: coding.change_coding(p, 1, span=(1, 5)),
    "coding.change_memo": lambda p: [coding.change_memo(p, number, "mine now") for number in (1, 2)],
    "coding.import_codings": lambda p: coding.import_codings(p, [("a.jsonl", _LINE)]),
    "coding.remove_coding": lambda p: coding.remove_coding(p, 2),
    "coding.write_memo": lambda p: coding.write_memo(p, "a thought", target_type="project", target_uid=p.uid),
    "documents.add_participant": lambda p: documents.add_participant(p, "Di"),
    "documents.declare_attribute": lambda p: documents.declare_attribute(p, AttributeDefinition("years", minimum=0)),
    "documents.link_speaker": lambda p: documents.link_speaker(p, "Ada", document="talk-1", participant="Bo"),
    "documents.remove_attribute": lambda p: documents.remove_attribute(p, "site"),
    "documents.remove_participant": lambda p: documents.remove_participant(p, "Cy"),
    "documents.rename_attribute": lambda p: documents.rename_attribute(p, "site", to="county"),
    "documents.rename_document": lambda p: documents.rename_document(p, "talk-1", to="first talk"),
    "documents.rename_participant": lambda p: documents.rename_participant(p, "Ada", to="Ava"),
    "documents.set_attribute_value": lambda p: documents.set_attribute_value(p, "Ada", attribute="site", values=["B"]),
    "documents.set_speaker_role": lambda p: documents.set_speaker_role(p, "Ada", document="talk-1", role=SpeakerRole.OTHER),
    "documents.import_attributes": lambda p: documents.import_attributes(p, Path(__file__)),
    "documents.import_documents": lambda p: documents.import_documents(p, [Path(__file__)]),
    "documents.import_participants": lambda p: documents.import_participants(p, Path(__file__)),
    "narrative.build_narrative": lambda p: narrative.build_narrative(p, "helping", basis="Ben"),
    "narrative.build_narratives": lambda p: narrative.build_narratives(p, "helping", by="site", basis="Ben"),
    "narrative.change_prose": lambda p: narrative.change_prose(p, 1, "x"),
    "narrative.move_prose": lambda p: narrative.move_prose(p, 1, narrative.Spot("")),
    "narrative.remove_narrative": lambda p: narrative.remove_narrative(p, "narrative"),
    "narrative.remove_prose": lambda p: narrative.remove_prose(p, 1),
    "narrative.write_prose": lambda p: narrative.write_prose(p, "narrative", "x", evidence=[2]),
    "network.add_actor": lambda p: network.add_actor(p, "nurse", {"name": "Nurse"}),
    "network.add_relation": lambda p: network.add_relation(p, 1, "officer", "agency"),
    "network.add_stop_phrases": lambda p: network.add_stop_phrases(p, ("team meeting",)),
    "network.edit_actor": lambda p: network.edit_actor(p, "officer", {"name": "Officer"}),
    "network.free_alias": lambda p: network.free_alias(p, "officer", "the officer"),
    "network.leave_undecided": lambda p: network.leave_undecided(p, 1),
    "network.merge_actors": lambda p: network.merge_actors(p, "officer", "agency"),
    "network.remove_actor": lambda p: network.remove_actor(p, "officer"),
    "network.remove_stop_phrase": lambda p: network.remove_stop_phrase(p, "team meeting"),
    "network.set_both_ways": lambda p: network.set_both_ways(p, 1),
    "network.swap_direction": lambda p: network.swap_direction(p, 1),
    "network.bind_alias": lambda p: network.bind_alias(p, "officer", "the officer"),
    "network.confirm_ties": lambda p: network.confirm_ties(p, [1]),
    "network.edit_tie": lambda p: network.edit_tie(p, 1, {"note": "x"}),
    "network.import_reviews": lambda p: network.import_reviews(p, "r.jsonl", b"{}"),
    "network.propose": lambda p: network.propose(p, ROUND),
    "network.reject_tie": lambda p: network.reject_tie(p, 1, reason="x"),
    "project.add_coder": lambda p: project.add_coder(p, "Dee", role=project.Role.ANALYST),
    "reconcile.apply_strategy": lambda p: reconcile.apply_strategy(p, ROUND, Strategy.MAJORITY),
    "reconcile.decide": lambda p: reconcile.decide(p, ROUND, "0", Outcome.DEFER),
    "reconcile.decide_alike": lambda p: reconcile.decide_alike(p, ROUND, ["0"], Choice(Outcome.DEFER)),
    "reconcile.make_decision": lambda p: reconcile.make_decision(p, ROUND, "0", Choice(Outcome.DEFER)),
    "reconcile.import_decisions": lambda p: reconcile.import_decisions(p, ROUND, "d.jsonl", _DECISION),
    "reconcile.remark": lambda p: reconcile.remark(p, ROUND, "0", "hm"),
    "rounds.assign_documents": lambda p: rounds.assign_documents(p, ROUND),
    "rounds.mark_done": lambda p: rounds.mark_done(p, ROUND, "talk-1"),
    "rounds.new_round": lambda p: rounds.new_round(p, "second"),
    "taxonomy.add_domain": lambda p: taxonomy.add_domain(p, "hindering", "means-end"),
    "taxonomy.add_term": lambda p: taxonomy.add_term(p, "trusting", "a form", code="challenge.turnover"),
    "taxonomy.assign_term": lambda p: taxonomy.assign_term(p, "trusting", "names", codings=[2]),
    "taxonomy.change_domain": lambda p: taxonomy.change_domain(p, "trusting", definition="x"),
    "taxonomy.fill_cell": lambda p: taxonomy.fill_cell(p, "trusting", "names", "mood", "good"),
    "taxonomy.put_terms_under": lambda p: taxonomy.put_terms_under(p, "trusting", ["names"], None),
    "taxonomy.remove_terms": lambda p: taxonomy.remove_terms(p, "trusting", ["names"]),
    "taxonomy.rename_dimension": lambda p: taxonomy.rename_dimension(p, "trusting", "mood", "temper"),
    "taxonomy.shift_domain": lambda p: taxonomy.shift_domain(p, "trusting", taxonomy.Way.UP),
    "taxonomy.shift_terms": lambda p: taxonomy.shift_terms(p, "trusting", ["names"], taxonomy.Way.UP),
    "taxonomy.import_taxonomy": lambda p: taxonomy.import_taxonomy(p, "t.yaml", b"domains: []"),
    "taxonomy.move_term": lambda p: taxonomy.move_term(p, "trusting", "names", position=0),
    "taxonomy.remove_domain": lambda p: taxonomy.remove_domain(p, "trusting"),
    "taxonomy.remove_term": lambda p: taxonomy.remove_term(p, "trusting", "names"),
    "taxonomy.rename_term": lambda p: taxonomy.rename_term(p, "trusting", "names", "first names"),
    "taxonomy.unassign_term": lambda p: taxonomy.unassign_term(p, "trusting", "names", codings=[2]),
}  # fmt: skip

VIEWERS = ("Ana", "Vera")
_UNTOLD = frozenset(
    {"id", "uid", "at", "created_at", "seq", "group", "target_uid", "revision_uid", "command"}
)


def every_service_function() -> set[str]:
    found = set()
    for module in pkgutil.iter_modules(qualcode.services.__path__):
        loaded = importlib.import_module(f"qualcode.services.{module.name}")
        for name, function in vars(loaded).items():
            if (
                inspect.isfunction(function)
                and not name.startswith("_")
                and function.__module__.startswith("qualcode.services")
            ):
                found.add(f"{module.name}.{name}")
    return found


def plain(value: Any) -> Any:
    """Return an answer without what differs between two projects anyway: identities and moments."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: plain(getattr(value, field.name))
            for field in dataclasses.fields(value)
            if field.name not in _UNTOLD
        }
    if isinstance(value, dict):
        return {str(plain(key)): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if isinstance(value, set | frozenset):
        return sorted(map(str, map(plain, value)))
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, uuid.UUID | datetime):
        return "…"
    if isinstance(value, bytes):
        return plain(value.decode("utf-8", "replace"))
    if isinstance(value, str):
        without_uids = re.sub(
            r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}", "…", value
        )
        return re.sub(r"\d{4}-\d\d-\d\dT[\d:.]+(\+00:00|Z)?", "…", without_uids)
    return value


def answer(question: Question, opened: Project) -> Any:
    try:
        return plain(question(opened))
    except QualcodeError as refusal:
        return type(refusal).__name__, plain(refusal.message), plain(refusal.hint)


@pytest.fixture(scope="module")
def worlds(
    tmp_path_factory: pytest.TempPathFactory, small_place: Path
) -> Iterator[tuple[Study, Study]]:
    """Two studies: in one only Ana has worked, in the other Ben and Chi have too."""
    folder = tmp_path_factory.mktemp("worlds")
    (folder / "quiet").mkdir()
    (folder / "busy").mkdir()
    quiet, busy = folder / "quiet" / "study.qualcode", folder / "busy" / "study.qualcode"
    shutil.copyfile(small_place, quiet)
    base = Study(str(quiet))
    mine = base.apply("Ana", "benefit.trust", "We call each other by name")
    coding.write_memo(base.by("Ana"), "my own", target_type="coding", target_uid=mine.uid)
    taxonomy.add_domain(base.by("Ana"), "trusting", "means-end")
    taxonomy.add_term(base.by("Ana"), "trusting", "names", code="benefit.trust")
    concept.add_concept(base.by("Ana"), "trusting", code="benefit.trust")
    base.close()
    shutil.copyfile(quiet, busy)
    others = Study(str(busy))
    for person in ("Ben", "Chi"):
        for quote in ("There are forty cases on one desk.", "When she leaves, it ends."):
            made = others.apply(person, "challenge.turnover", quote)
        others.apply(person, "benefit.contact", "She knows whom to ask", document="talk-3")
        handle = others.by(person)
        coding.write_memo(handle, "the secret words", target_type="coding", target_uid=made.uid)
        coding.write_memo(
            handle,
            "the secret words",
            target_type="document",
            target_uid=documents.open_document(handle, "talk-1").document.uid,
            round=ROUND,
        )
        coding.change_coding(
            handle, made.id, span=(made.start, made.end - 1), facets={"site": "A"}
        )
        audit.undo(handle)
        suggest.record_shown(handle, "talk-1", ["challenge.turnover", "challenge.load"])
        suggest.reject_suggestion(
            handle, "challenge.load", document="talk-1", round=ROUND, start=212, end=246
        )
    yield Study(str(quiet)), others
    others.close()


def test_every_service_function_is_asked_or_has_a_reason_not_to_be() -> None:
    assert set(READ) | set(WRITE) | set(EXEMPT) == every_service_function()


@pytest.mark.parametrize("viewer", VIEWERS)
@pytest.mark.parametrize("name", sorted(READ))
def test_what_is_read_does_not_depend_on_what_the_others_did(
    worlds: tuple[Study, Study], name: str, viewer: str
) -> None:
    quiet, busy = (answer(READ[name], world.by(viewer)) for world in worlds)
    assert busy == quiet
    assert "secret" not in str(busy)


@pytest.mark.parametrize("name", sorted(WRITE))
def test_what_a_command_answers_does_not_depend_on_what_the_others_did(
    worlds: tuple[Study, Study], tmp_path: Path, name: str
) -> None:
    answers = []
    for number, world in enumerate(worlds):
        world.close()
        copy = tmp_path / str(number) / "study.qualcode"
        copy.parent.mkdir()
        shutil.copyfile(world.location, copy)
        with project.open_project(str(copy), coder="Ana") as opened:
            answers.append(answer(WRITE[name], opened))
    assert answers[0] == answers[1]


@pytest.mark.parametrize(
    "question",
    [
        lambda p: agreement.measure_agreement(p, ROUND),
        lambda p: reconcile.list_discrepancies(p, ROUND),
        lambda p: reconcile.list_consensus(p, ROUND),
        lambda p: reconcile.decide(p, ROUND, "0", Outcome.DEFER),
    ],
)
def test_what_would_show_the_others_is_refused_as_blind(small: Study, question: Question) -> None:
    small.quarrel()
    for viewer in ("Ana", "Vera"):
        with pytest.raises(BlindRound, match="blind and open"):
            question(small.by(viewer))


def test_a_lead_follows_the_progress_without_the_counts(small: Study) -> None:
    small.quarrel()
    found = {
        (row.document, row.coder): (row.done, row.codings)
        for row in rounds.progress(small.lead, ROUND)
    }
    assert found["talk-1", "Ana"] == (True, None)
    assert found["talk-1", "Chi"] == (False, None)


def test_a_mentee_sees_her_own_progress_only(small: Study) -> None:
    small.quarrel()
    found = rounds.progress(small.by("Ben"), ROUND)
    assert {row.coder for row in found} == {"Ben"}
    assert {row.document: row.codings for row in found} == {"talk-1": 3, "talk-2": 0, "talk-3": 0}


def test_unblinding_asks_for_a_reason_and_shows_everything_from_then_on(small: Study) -> None:
    small.quarrel()
    with pytest.raises(QualcodeError, match="why is it unblinded"):
        rounds.unblind_round(small.lead, ROUND, reason=" ")
    rounds.unblind_round(small.lead, ROUND, reason="training")
    assert {one.coder for one in coding.list_codings(small.by("Ben"))} == {"Ana", "Ben"}
    assert any(row.sentence == "unblinded first" for row in audit.history(small.by("Ben")))
    with pytest.raises(QualcodeError, match="is not blind"):
        rounds.unblind_round(small.lead, ROUND, reason="again")


def test_the_blindness_ends_when_the_round_is_reconciled_and_returns_when_it_is_opened_again(
    small: Study,
) -> None:
    small.quarrel()
    small.reconcile()
    assert {one.coder for one in coding.list_codings(small.by("Ben"))} == {"Ana", "Ben"}
    small.reopen()
    assert {one.coder for one in coding.list_codings(small.by("Ben"))} == {"Ben"}
    assert rounds.list_rounds(small.lead)[0].state is RoundState.OPEN


def test_a_memo_on_a_coding_is_hidden_with_it_even_when_no_round_is_named(small: Study) -> None:
    made = small.apply("Ben", "benefit.trust", "We call each other by name")
    coding.write_memo(small.by("Ben"), "mine", target_type="coding", target_uid=made.uid)
    assert coding.list_memos(small.by("Ana")) == ()
    assert [memo.body for memo in coding.list_memos(small.by("Ben"))] == ["mine"]
