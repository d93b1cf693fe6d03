"""Networks as CSV: statements for discourse network users, actors and ties for Gephi, matrices for UCINET and R."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qualcode.core.network.notation import described
from qualcode.core.network.registry import Registry
from qualcode.core.network.statements import Presence, TieStatement, Valence
from qualcode.core.network.ties import Standing, Tie
from qualcode.core.network.views import Network
from qualcode.formats.network.svg import legal
from qualcode.formats.tables import Cell, to_csv

SIGNED = {Standing.POSITIVE: 1, Standing.STRAINED: -1}

STATEMENT_COLUMNS = (
    "ID",
    "time",
    "docTitle",
    "start",
    "stop",
    "coder",
    "person",
    "organization",
    "concept",
    "agreement",
    "source",
    "target",
    "directed",
    "type",
    "presence",
    "valence",
    "formality",
    "site",
    "basis",
    "status",
    "coding",
    "note",
)


def statements_csv(
    statements: Sequence[TieStatement],
    registry: Registry,
    *,
    coders: Mapping[int, str] | None = None,
    dates: Mapping[str, str] | None = None,
    quotes: Mapping[int, str] | None = None,
) -> str:
    """Return one row a statement, in the columns Discourse Network Analyzer users know, then ours.

    `person` is who speaks, `organization` their role, `concept` the code; `agreement` is 1, or 0 where the tie
    is absent or strained. `coders` (by statement id), `dates` (by document) and `quotes` (by coding id) are
    optional; without `quotes` no word of an interview leaves.
    """
    columns = STATEMENT_COLUMNS if quotes is None else (*STATEMENT_COLUMNS, "quote")
    rows: list[list[Cell]] = []
    for n, s in enumerate(statements, start=1):
        against = s.presence is Presence.ABSENT or s.valence is Valence.STRAINED
        role = s.speaker_role if s.speaker_role in registry else None
        row: list[Cell] = [
            s.id or n,
            (dates or {}).get(s.document),
            s.document,
            s.start,
            s.end,
            (coders or {}).get(s.id),
            s.participant,
            registry.actor(role).name if role is not None else s.speaker_role,
            s.code,
            int(not against),
            *(
                registry.actor(key).name if key in registry else key
                for key in (s.source, s.target)
            ),
            int(s.directed),
            *(value for value in (s.type, s.presence, s.valence, s.formality)),
            s.site,
            s.basis,
            s.status,
            s.coding_id,
            s.note,
        ]
        rows.append(row if quotes is None else [*row, quotes.get(s.coding_id)])
    return to_csv(columns, [_clean(row) for row in rows])


def nodes_csv(network: Network) -> str:
    """Return the actors and groups in the columns Gephi reads as nodes."""
    columns = ("Id", "Label", "kind", "part_of", "interviewed", "sites", "members", "mentioned")
    tied = {end for tie in (*network.ties, *network.group_ties) for end in tie.pair}
    rows: list[list[Cell]] = [
        [
            actor.key,
            actor.name,
            actor.kind.value,
            actor.part_of,
            int(actor.interviewed),
            ";".join(actor.sites),
            ";".join(actor.members),
            int(actor.key in tied),
        ]
        for actor in (*network.actors, *network.groups)
    ]
    return to_csv(columns, [_clean(row) for row in rows])


def edges_csv(network: Network) -> str:
    """Return the ties in the columns Gephi reads as edges, one row a tie.

    Gephi adds up parallel edges: for ties of several types write one file a type (view.types).
    """
    columns = (
        "Source",
        "Target",
        "Type",
        "Id",
        "Label",
        "Weight",
        "standing",
        "sign",
        "workable",
        "formality",
        "tie_type",
        "statements",
        "participants",
        "roles",
        "single_source",
        "one_sided",
        "contradictory",
        "codings",
        "about",
    )
    names = {actor.key: actor.name for actor in (*network.actors, *network.groups)}
    rows = [
        _edge(tie, f"{network.site or 'all'}-{n}", names)
        for n, tie in enumerate((*network.ties, *network.group_ties), start=1)
    ]
    return to_csv(columns, [_clean(row) for row in rows])


def matrix_csv(network: Network, *, signed: bool = False, keys: Sequence[str] = ()) -> str:
    """Return a square matrix with actor keys as heads, for UCINET's import and R's as.matrix.

    Cells hold the participants who tell of a workable tie; with `signed` those of a positive tie, negative
    for a strained one. `keys` sets rows and columns, the same at every site; a pair of an actor this network
    does not have is an empty cell (a structural zero), a pair without such a tie 0.
    """
    order = list(keys or network.keys)
    inside = set(network.keys)
    values: dict[tuple[str, str], int] = {}
    for tie in network.ties:
        worth = SIGNED.get(tie.standing, 0) if signed else int(tie.workable)
        ends = [(tie.source, tie.target)] + [(tie.target, tie.source)] * (not tie.directed)
        for pair in ends:
            values[pair] = values.get(pair, 0) + worth * tie.weight
    rows: list[list[Cell]] = []
    for row in order:
        cells: list[Cell] = [row]
        for column in order:
            missing = row not in inside or column not in inside
            cells.append(None if missing else values.get((row, column), 0))
        rows.append(cells)
    return to_csv(["", *order], [_clean(row) for row in rows])


def _edge(tie: Tie, key: str, names: dict[str, str]) -> list[Cell]:
    return [
        tie.source,
        tie.target,
        "Directed" if tie.directed else "Undirected",
        key,
        tie.standing.value,
        tie.weight,
        tie.standing.value,
        SIGNED.get(tie.standing, 0),
        int(tie.workable),
        tie.formality.value if tie.formality is not None else None,
        tie.type.value if tie.type is not None else None,
        len(tie.statements),
        ";".join(tie.participants),
        ";".join(tie.roles),
        int(tie.single_source),
        int(tie.one_sided),
        int(tie.contradictory),
        ";".join(str(s.coding_id) for s in tie.statements),
        described(tie, names),
    ]


def _clean(row: Sequence[Cell]) -> list[Cell]:
    return [legal(str(cell)) if isinstance(cell, str) else cell for cell in row]
