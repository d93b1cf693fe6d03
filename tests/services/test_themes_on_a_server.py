"""Comparison, narratives, taxonomies, concept maps and the journal give the same on a database server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qualcode.core.reconcile import Outcome
from qualcode.services import (
    audit,
    coding,
    compare,
    concept,
    journal,
    narrative,
    reconcile,
    taxonomy,
)
from qualcode.services.project import Project, check_project, open_project
from qualcode.storage import compare_counts
from tests.services.conftest import build_study

pytestmark = pytest.mark.postgres


@pytest.fixture
def remote(server_place: str, tmp_path: Path) -> Iterator[Project]:
    build_study(tmp_path, server_place)
    with open_project(server_place) as opened:
        yield opened


def test_counts_are_the_same_by_the_server_and_coding_by_coding(
    remote: Project, study: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def figures(project: Project, columns: str) -> list[tuple[object, ...]]:
        found = compare.compare(project, columns=columns, deep=True)
        return [
            (row.code, column.key, cell.codings, cell.names, cell.of)
            for row in found.rows
            for column, cell in zip(found.columns, row.cells, strict=True)
        ]

    for columns in ("site", "role", "coder"):
        assert figures(remote, columns) == figures(study, columns)
    monkeypatch.setattr(compare_counts, "VERY_MANY", 0)
    assert figures(remote, "site") == figures(study, "site")
    for relation in ("overlap", "turn"):
        there = compare.cooccurrence(remote, relation=relation)
        assert there.pairs == compare.cooccurrence(study, relation=relation).pairs


def test_narrative_is_built_written_on_rebuilt_and_taken_back(remote: Project) -> None:
    name = narrative.build_narrative(remote, "bonds").document
    piece = narrative.write_prose(remote, name, "Both say so.", at=1, evidence=[1, 2])
    (item,) = reconcile.list_discrepancies(remote, "First")
    reconcile.decide(remote, "First", item.id, Outcome.KEEP_ONE, rationale="heard", keep="Kit")
    assert narrative.build_narrative(remote, "bonds").added == 1
    assert narrative.show_narrative(remote, name).passage(1).stale is None
    narrative.remove_prose(remote, piece)
    audit.undo(remote)
    audit.undo(remote)
    assert narrative.list_narratives(remote)[0].waiting == 1
    assert check_project(remote).problems == ()


def test_taxonomy_concepts_summaries_and_memos_are_kept(remote: Project) -> None:
    own = coding.list_codings(remote, coder="Kit", code="rule")[0]
    taxonomy.assign_term(remote, "kinds of bond", "a bond by chance", codings=[own.id])
    assert taxonomy.show_taxonomy(remote).without_evidence == ()
    concept.add_concept(remote, "Map", code="trust")
    concept.add_concept(remote, "Map", "capacity")
    link = concept.link_concepts(remote, "Map", ("trust", "capacity"))
    assert concept.support_link(remote, "Map", link.id, [own.id]).evidence == (own.id,)
    compare.write_summary(remote, "rule", "Cora", "Knows of none.")
    assert compare.show_framework(remote, ["rule"]).stale == ()
    entry = journal.write_entry(remote, "Why?", about="coding", name=str(own.id))
    assert journal.link_entry(remote, entry.memo.id, about="code", name="rule").links
