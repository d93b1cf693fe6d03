"""Findings that the database counts equal findings coding by coding: several rounds, speakers, and narratives."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from qualcode.core.compare import Matrix
from qualcode.core.compare.evidence import count_codings
from qualcode.errors import InputError
from qualcode.services import (
    codebook,
    coding,
    compare,
    concept,
    documents,
    narrative,
    rounds,
    taxonomy,
)
from qualcode.services.compare.saturating import saturation_in_order
from qualcode.services.project import Project, open_project
from qualcode.storage import compare_counts
from qualcode.storage.compare import Layer, Voices
from qualcode.storage.compare_tally import load_counted
from qualcode.storage.rounds import find_round, visible_to
from tests.services.conftest import TEXTS, build_study, codings_of

COLUMNS = ("site", "presence", "role", "years", "document", "participant", "coder")
BASES = ("consensus", "coders", "Kit")
CODES = ("trust", "trust.earned", "trust.given", "silence", "silence.no_word", "rule")


def lines_of(seed: int, coder: str, document: str, length: int, count: int) -> bytes:
    choose = random.Random(f"{seed} {coder} {document}")
    lines = []
    for _ in range(count):
        start = choose.randrange(length - 12)
        end = start + choose.randrange(1, 12)
        facets = {}
        if choose.random() < 0.7:
            facets["site"] = choose.choice(["A", "B", "both", "unspecified"])
        if choose.random() < 0.4:
            facets["presence"] = choose.choice(["present", "absent"])
        line = {"document": document, "start": start, "end": end, "code": choose.choice(CODES)}
        lines.append(json.dumps(line | {"facets": facets, "coder": coder}))
    return "\n".join(dict.fromkeys(lines)).encode()


def scatter(project: Project, seed: int) -> None:
    """Code every interview at random, in two rounds that partly repeat each other, and a narrative built of it."""
    for name in ("Wide", "Again", "Cycle"):
        rounds.new_round(project, name, blind=False)
    for coder in ("Kit", "Lou"):
        for document, text in TEXTS.items():
            files = [("codings.jsonl", lines_of(seed, coder, document, len(text), 8))]
            coding.import_codings(project, files, round="Wide")
            if document != "ben":
                coding.import_codings(project, files, round="Again")
    name = narrative.build_narrative(project, "trust", basis="Kit").document
    text = documents.open_document(project, name).text
    for coder in ("Kit", "Lou"):
        files = [("codings.jsonl", lines_of(seed, coder, name, len(text), 8))]
        coding.import_codings(project, files, round="Cycle")
    twice = next(iter(narrative.show_narrative(project, name).passages()))
    line = {"document": name, "start": twice.narrative_start, "end": twice.narrative_end}
    again = json.dumps(line | {"code": twice.code, "coder": "Kit"}).encode()
    coding.import_codings(project, [("codings.jsonl", again)], round="Cycle")


@pytest.fixture(scope="module", params=[1, 2])
def scattered_file(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    place = build_study(tmp_path_factory.mktemp("scattered"))
    with open_project(str(place)) as project:
        scatter(project, request.param)
    return place


@pytest.fixture
def scattered(scattered_file: Path, tmp_path: Path) -> Iterator[Project]:
    place = tmp_path / "study.qualcode"
    shutil.copy(scattered_file, place)
    with open_project(str(place)) as project:
        yield project


def counted(monkeypatch: pytest.MonkeyPatch, work: Callable[[], object]) -> object:
    with monkeypatch.context() as patch:
        patch.setattr(compare_counts, "VERY_MANY", 0)
        return work()


def figures(matrix: Matrix) -> object:
    return (
        [
            (row.code, cell.codings, cell.documents, cell.participants, cell.of, cell.names)
            for row in matrix.rows
            for cell in (*row.cells, row.total)
        ],
        matrix.columns,
        matrix.notes,
    )


@pytest.mark.parametrize("columns", COLUMNS)
@pytest.mark.parametrize("basis", BASES)
def test_matrix_is_the_same_counted_and_coding_by_coding(
    scattered: Project, monkeypatch: pytest.MonkeyPatch, columns: str, basis: str
) -> None:
    for name in (None, "Wide", "Cycle"):

        def work(name: str | None = name) -> object:
            try:
                found = compare.compare(
                    scattered, columns=columns, basis=basis, round=name, deep=True
                )
            except InputError as refused:
                return refused.message
            return figures(found)

        assert counted(monkeypatch, work) == work()


@pytest.mark.parametrize("columns", COLUMNS)
@pytest.mark.parametrize("basis", BASES)
def test_matrix_from_columns_of_numbers_is_the_same_to_the_last_share_and_id(
    scattered: Project, monkeypatch: pytest.MonkeyPatch, columns: str, basis: str
) -> None:
    for name in (None, "Wide", "Again", "First", "Cycle"):

        def work(name: str | None = name) -> object:
            try:
                return compare.compare(
                    scattered, columns=columns, basis=basis, round=name, deep=True
                )
            except InputError as refused:
                return refused.message

        plain = work()
        with monkeypatch.context() as patch:
            patch.setattr(compare_counts, "MANY", -1)
            assert work() == plain


def test_two_rounds_are_read_as_columns_without_what_they_repeat(
    study: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    rounds.new_round(study, "Again", blind=False)
    files = [("codings.jsonl", codings_of("Kit"))]
    coding.import_codings(study, files, round="Again")

    def work() -> Matrix:
        return compare.compare(study, columns="site", basis="Kit", deep=True)

    plain = work()
    monkeypatch.setattr(compare_counts, "MANY", -1)
    assert work() == plain
    assert plain.cell("rule", "A").codings == 2


@pytest.mark.parametrize("basis", BASES)
def test_other_findings_are_the_same_counted_and_coding_by_coding(
    scattered: Project, monkeypatch: pytest.MonkeyPatch, basis: str
) -> None:
    findings: dict[str, Callable[[], object]] = {
        "support": lambda: compare.support(scattered, basis=basis),
        "support by role": lambda: compare.support(scattered, columns="role", basis=basis),
        "saturation": lambda: compare.measure_saturation(scattered, basis=basis, orders=20),
        "by years": lambda: compare.measure_saturation(scattered, basis=basis, order="years"),
        "imported": lambda: saturation_in_order(scattered, code="trust", basis=basis),
        "cases": lambda: compare.export_cases(scattered, CODES, basis=basis),
        "joint": lambda: compare.joint_display(scattered, "years", basis=basis, deep=True),
        "framework": lambda: compare.show_framework(scattered, basis=basis),
        "negative": lambda: compare.negative_cases(scattered, columns="role", basis=basis),
        "cell": lambda: compare.cell_passages(
            scattered, code="trust", columns="site", column="A", basis=basis
        ),
    }
    for name, work in findings.items():
        assert counted(monkeypatch, work) == work(), name


@pytest.mark.parametrize("basis", BASES)
@pytest.mark.parametrize("name", [None, "Wide", "Cycle"])
def test_codings_and_people_of_codes_are_the_same_counted_and_coding_by_coding(
    scattered: Project, monkeypatch: pytest.MonkeyPatch, basis: str, name: str | None
) -> None:
    def work() -> dict[str, tuple[int, set[str]]]:
        with scattered.reading() as connection:
            round_ = find_round(connection, name) if name else None
            seen = visible_to(connection, scattered.actor)
            found = {}
            for code in CODES:
                layer = Layer(seen, basis, round_, codes=frozenset({code, "trust"}))
                evidence = load_counted(connection, Voices(connection), layer)
                people = {person for one in evidence for person in one.participants}
                found[code] = count_codings(evidence), people
            return found

    plain = work()
    assert basis == "consensus" or all(count for count, _ in plain.values())
    monkeypatch.setattr(compare_counts, "MANY", -1)
    assert work() == plain


def test_concept_map_is_the_same_counted_and_coding_by_coding(
    scattered: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    for code in (*CODES, "unused"):
        concept.add_concept(scattered, "all", code=code)
    plain = concept.show_map(scattered, "all")
    assert {one.codings for one in plain.concepts} > {0, 2}
    monkeypatch.setattr(compare_counts, "MANY", -1)
    assert concept.show_map(scattered, "all") == plain


DOMAIN = "kinds of bond"


def bind(project: Project, *, narratives: bool = False) -> None:
    """Bind quotations of several coders and rounds, of interviews and also of narratives, to terms."""
    taxonomy.add_term(project, DOMAIN, "silences", code="silence")
    for number, term in enumerate(("a bond by chance", "earned trust", "silences")):
        known = [
            one.id for one in coding.list_codings(project) if narratives or one.document in TEXTS
        ]
        codings = known[number::5]
        taxonomy.assign_term(project, DOMAIN, term, codings=codings)


def all_of_a_taxonomy(project: Project, basis: str, name: str | None) -> list[object]:
    layer = taxonomy.LayerReading(project, basis=basis, round=name)
    shown = taxonomy.show_taxonomy(project, layer=layer)
    found: list[object] = [shown]
    for dimensions in ((), ("presence", "site", "role"), ("coder", "presence")):
        found.append(taxonomy.show_components(project, DOMAIN, dimensions, layer=layer))
    for domain in shown.domains:
        for term in domain.terms:
            found += [
                taxonomy.term_quotations(
                    project, DOMAIN, term.name, dimension=dimension, layer=layer
                )
                for dimension in (None, "presence", "role")
            ]
    found += [taxonomy.code_quotations(project, code, layer=layer) for code in CODES]
    found.append(taxonomy.find_quotations(project, code="silence", layer=layer))
    found.append(taxonomy.find_quotations(project, layer=layer))
    return found


@pytest.mark.parametrize("basis", BASES)
@pytest.mark.parametrize("name", [None, "Wide", "Again", "First"])
def test_taxonomy_is_the_same_from_columns_of_numbers_and_coding_by_coding(
    scattered: Project, monkeypatch: pytest.MonkeyPatch, basis: str, name: str | None
) -> None:
    bind(scattered, narratives=name == "Again")
    plain = all_of_a_taxonomy(scattered, basis, name)
    monkeypatch.setattr(compare_counts, "MANY", -1)
    assert all_of_a_taxonomy(scattered, basis, name) == plain


@pytest.mark.parametrize("basis", BASES)
def test_taxonomy_of_two_rounds_that_repeat_each_other_is_the_same_from_columns_of_numbers(
    study: Project, monkeypatch: pytest.MonkeyPatch, basis: str
) -> None:
    rounds.new_round(study, "Again", blind=False)
    for coder in ("Kit", "Lou"):
        files = [("codings.jsonl", codings_of(coder))]
        coding.import_codings(study, files, round="Again")
    bind(study)
    for name in (None, "First", "Again"):
        with monkeypatch.context() as patch:
            plain = all_of_a_taxonomy(study, basis, name)
            patch.setattr(compare_counts, "MANY", -1)
            assert all_of_a_taxonomy(study, basis, name) == plain


def test_taxonomy_of_many_codings_is_read_again_when_they_change(
    study: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compare_counts, "MANY", -1)
    layer = taxonomy.LayerReading(study, basis="Max")
    assert not any(one.codings for one in taxonomy.show_taxonomy(study, layer=layer).domains)
    rounds.new_round(study, "Own", blind=False)
    coding.apply_code(study, "trust.given", document="dan", round="Own", start=0, end=11)
    assert [one.codings for one in taxonomy.show_taxonomy(study, layer=layer).domains] == [1]
    assert [one.end for one in taxonomy.code_quotations(study, "trust.given", layer=layer)] == [11]


def test_cells_that_were_counted_say_so_and_hold_no_ids(
    scattered: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def work() -> Matrix:
        return compare.compare(scattered, columns="participant", basis="Kit")

    matrix = counted(monkeypatch, work)
    assert isinstance(matrix, Matrix)
    cells = [cell for row in matrix.rows for cell in row.cells]
    for cell in cells:
        assert cell.coding_ids == ()
        if cell.codings:
            assert cell.share is None
            assert cell.share_reason == "not measured over so many codings"
    assert any(cell.codings for cell in cells) and any(not cell.codings for cell in cells)


def test_summary_of_a_framework_is_not_stale_because_there_are_very_many_codings(
    scattered: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    compare.write_summary(scattered, "trust", "Ada", "Trusts some.", basis="Kit")
    found = counted(monkeypatch, lambda: compare.show_framework(scattered, basis="Kit").stale)
    assert found == ()
    counted(
        monkeypatch,
        lambda: compare.write_summary(scattered, "rule", "Ada", "One rule.", basis="Kit"),
    )
    assert compare.show_framework(scattered, basis="Kit").stale == ()


@pytest.mark.parametrize("name", ["MANY", "VERY_MANY"])
def test_framework_from_columns_of_numbers_tells_which_summaries_are_stale(
    study: Project, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    compare.write_summary(study, "trust", "Ada", "Trusts one.", basis="Kit")
    compare.write_summary(study, "rule", "Eve", "Nothing yet.", basis="Kit")
    text = "We have a rule for that."
    (own,) = [
        one
        for one in coding.list_codings(study, coder="Kit", code="rule", document="ada")
        if one.end - one.start == len(text)
    ]
    rounds.new_round(study, "Again", blind=False)
    with open_project(study.location, coder="Kit") as as_kit:
        coding.apply_code(
            as_kit, "trust", document="ada", round="Again", start=own.start, end=own.end
        )
    plain = compare.show_framework(study, basis="Kit")
    assert [(cell.code, cell.case) for cell in plain.stale] == [("trust", "Ada")]
    monkeypatch.setattr(compare_counts, name, -1)
    found = compare.show_framework(study, basis="Kit")
    assert found == plain
    assert list(found.cells) == list(plain.cells)


def test_nobody_s_codings_give_empty_findings_also_when_they_are_counted(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    codebook.import_codebook(project, "codes.yaml", b"codes: [{id: trust}]")
    monkeypatch.setattr(compare_counts, "VERY_MANY", -1)
    matrix = compare.compare(project, columns="document")
    assert [row.total.codings for row in matrix.rows] == [0]
    assert any("holds nothing yet" in note for note in matrix.notes)
    assert compare.measure_saturation(project).steps == ()


@pytest.mark.postgres
def test_server_counts_what_it_gives_coding_by_coding(
    server_place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file_folder = tmp_path / "file"
    file_folder.mkdir()
    build_study(tmp_path, server_place)
    with open_project(server_place) as project:
        scatter(project, 1)
        for columns in ("site", "participant", "coder"):

            def work(columns: str = columns) -> object:
                return figures(compare.compare(project, columns=columns, basis="Kit", deep=True))

            assert counted(monkeypatch, work) == work()
        assert counted(
            monkeypatch, lambda: compare.measure_saturation(project, basis="Kit")
        ) == compare.measure_saturation(project, basis="Kit")
        place = build_study(file_folder)
        with open_project(str(place)) as here:
            scatter(here, 1)
            for relation in ("overlap", "near", "turn", "sentence"):
                there = compare.cooccurrence(project, relation=relation, basis="coders")
                own = compare.cooccurrence(here, relation=relation, basis="coders")
                assert there == own
