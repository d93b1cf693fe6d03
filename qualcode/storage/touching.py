"""What stands on a code, counted before it is changed, moved, merged, split or taken away."""

from __future__ import annotations

from collections import Counter

import sqlalchemy as sa

from qualcode.core.codebook import Code, Codebook, Touched
from qualcode.core.coding import Provenance
from qualcode.core.rounds import Visibility
from qualcode.storage import tables
from qualcode.storage.coding import visible
from qualcode.storage.database import Connection
from qualcode.storage.references import holding_columns
from qualcode.storage.rows import names_by_id, table_of

_COUNTED_APART = frozenset({"coding", "code"})
_SPOKEN = {"term": "taxonomy term"}


def what_stands_on(
    connection: Connection, codebook: Codebook, code: Code, seen: Visibility
) -> Touched:
    """Count what stands on a code and those below it, as far as the viewer may know."""
    ids = [codebook.by_key[key].id for key in codebook.branch(code.key)]
    coding = table_of(tables.Coding)
    query = (
        sa.select(coding.c.coder_id, coding.c.round_id, coding.c.provenance, sa.func.count())
        .where(coding.c.live, coding.c.code_id.in_(ids), visible(seen))
        .group_by(coding.c.coder_id, coding.c.round_id, coding.c.provenance)
    )
    coders = names_by_id(connection, tables.Coder, "name")
    rounds = names_by_id(connection, tables.CodingRound, "name")
    codings: Counter[tuple[str, str]] = Counter()
    agreed = 0
    for coder, round_, provenance, count in connection.execute(query):
        if provenance is Provenance.CONSENSUS:
            agreed += count
        else:
            codings[coders[coder], rounds[round_]] += count
    keys = set(codebook.branch(code.key))
    return Touched(
        code.key,
        codebook.branch(code.key)[1:],
        tuple((coder, round_, count) for (coder, round_), count in sorted(codings.items())),
        agreed,
        _others(connection, ids),
        tuple(theme.name for theme in codebook.themes if keys & set(theme.codes)),
        tuple(facet.name for facet in codebook.facets if keys & set(facet.applies_to)),
        bool(seen.hidden_rounds),
    )


def _others(connection: Connection, ids: list[int]) -> tuple[tuple[str, int], ...]:
    """Count the live rows of other tables that name one of these codes: (what, how many)."""
    counts: Counter[str] = Counter()
    for column in holding_columns("code"):
        table = column.table
        if table.name in _COUNTED_APART:
            continue
        standing = [table.c.live] if "live" in table.c else []
        query = sa.select(sa.func.count()).select_from(table).where(column.in_(ids), *standing)
        counts[_SPOKEN.get(table.name, table.name.replace("_", " "))] += connection.execute(
            query
        ).scalar_one()
    counts += _through_codings(connection, ids)
    return tuple((name, count) for name, count in sorted(counts.items()) if count)


def _through_codings(connection: Connection, ids: list[int]) -> Counter[str]:
    """Count what stands on codings of these codes: decisions, narratives that quote them, ties they are evidence of."""
    coding = table_of(tables.Coding)
    given, passage = table_of(tables.DecisionInput), table_of(tables.NarrativePassage)
    revision, narrative = table_of(tables.DocumentRevision), table_of(tables.Narrative)
    tie = table_of(tables.TieStatement)
    theirs = sa.select(coding.c.id).where(coding.c.live, coding.c.code_id.in_(ids))
    quoting = sa.select(revision.c.document_id).join(
        passage, passage.c.revision_id == revision.c.id
    )
    queries = {
        "decision": sa.select(sa.func.count(given.c.decision_id.distinct())).where(
            given.c.live, given.c.coding_id.in_(theirs)
        ),
        "narrative": sa.select(sa.func.count()).where(
            narrative.c.live,
            narrative.c.document_id.in_(quoting.where(passage.c.coding_id.in_(theirs))),
        ),
        "tie": sa.select(sa.func.count()).where(tie.c.live, tie.c.coding_id.in_(theirs)),
    }
    return Counter(
        {what: connection.execute(query).scalar_one() for what, query in queries.items()}
    )
