"""Networks as one HTML file that filters and shows its evidence, without a library, a font or a request to anybody."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files
from typing import Any

from qualcode.core.network.layout import Layout, shared_layout
from qualcode.core.network.measures import small_cells
from qualcode.core.network.notation import MEANINGS, SIGNS, described
from qualcode.core.network.statements import Formality, TieStatement
from qualcode.core.network.ties import Standing, Tie, make_tie
from qualcode.core.network.views import Network
from qualcode.formats.network import svg
from qualcode.formats.network.drawing import (
    Frame,
    actor_marks,
    framed,
    membership_lines,
    plates,
    tie_lines,
)
from qualcode.formats.network.marks import legend_of

ALL_TYPES = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One tie of the page: of a network (by number) and of one type of dealing, or of all."""

    site: int
    type: str
    tie: Tie


def network_html(
    networks: Sequence[Network],
    *,
    title: str = "Who works with whom",
    quotes: Mapping[int, str] | None = None,
    layout: Layout | None = None,
) -> str:
    """Return a self-contained page with all networks at the same places.

    It filters by network, type of dealing, standing, formality and fewest participants, and shows for each
    tie whose word it rests on. `quotes` (by coding id) is what may leave the project; without it the page
    carries references only. The content policy allows the page's own script and style and nothing else.
    """
    layout = layout or shared_layout(networks)
    frame = framed(layout)
    entries = [entry for n, network in enumerate(networks) for entry in _entries(n, network)]
    style, script = _asset("page.css"), _asset("page.js")
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    parts = [
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{_text(title)}</title>\n<style>{style}</style>\n</head>\n<body>",
        _header(title, networks, quotes is not None),
        _filters(networks, entries),
        f"<main>\n<div>{_picture(networks, entries, frame)}{_table(entries, layout)}</div>",
        '<aside id="detail" aria-live="polite"></aside>\n</main>',
        f'<script type="application/json" id="data">{_data(entries, layout, quotes)}</script>',
        f"<script>{script}</script>\n</body>\n</html>\n",
    ]
    return "\n".join(parts)


def _entries(n: int, network: Network) -> list[Entry]:
    """Return every tie of the network, over all types and again for each type that is told of it."""
    found: list[Entry] = []
    for tie in (*network.ties, *network.group_ties):
        found.append(Entry(n, ALL_TYPES, tie))
        kinds = [] if tie.by_membership else sorted({s.type for s in tie.statements})
        for kind in kinds:
            of_kind = make_tie(
                (tie.source, tie.target, tie.directed, kind),
                [s for s in tie.statements if s.type is kind],
                rule=network.view.rule,
                acting=tie.acting,
                sides_heard=tie.sides_heard,
                both_sides_interviewed=tie.both_sides_interviewed,
            )
            found += [Entry(n, kind.value, of_kind)] if of_kind is not None else []
    return found


def _header(title: str, networks: Sequence[Network], with_quotes: bool) -> str:
    lines = [f"<header>\n<h1>{_text(title)}</h1>"]
    for n, network in enumerate(networks):
        said = f"{network.universe_sentence}; {len(network.ties)} ties, {network.single_source} told by one participant only"
        lines.append(
            f'<p class="small" data-site="{n}">{_text(said)}. Rule: {_text(network.rule_sentence)}.</p>'
        )
        for note in network.left_out.notes:
            lines.append(f'<p class="small" data-site="{n}">{_text(note)}.</p>')
    thin = sum(len(small_cells(network.ties)) for network in networks)
    if thin:
        lines.append(
            f'<p class="small"><strong>{thin} ties rest on one participant.</strong> '
            "Whoever knows the field may recognise the speaker; think before you pass this file on.</p>"
        )
    what = "quotations" if with_quotes else "references to the passages, not their words"
    lines.append(f'<p class="small">This file holds {what}.</p>\n</header>')
    return "\n".join(lines)


def _filters(networks: Sequence[Network], entries: Sequence[Entry]) -> str:
    sites = "".join(
        f'<label><input type="radio" name="site" value="{n}"{" checked" if n == 0 else ""}> {_text(network.title)}</label>'
        for n, network in enumerate(networks)
    )
    kinds = sorted({entry.type for entry in entries} - {ALL_TYPES})
    types = "".join(
        f'<option value="{_text(k)}">{_text(k.replace("_", " "))}</option>' for k in kinds
    )
    used = [standing for standing in Standing if any(e.tie.standing is standing for e in entries)]
    boxes = "".join(
        f'<label><input type="checkbox" name="standing" value="{s.value}" checked> {SIGNS[s]} {MEANINGS[s]}</label>'
        for s in used
    )
    formalities = "".join(f'<option value="{f.value}">{f.value}</option>' for f in Formality)
    most = max((entry.tie.weight for entry in entries), default=1)
    return (
        f'<form id="filters" autocomplete="off">\n<fieldset><legend>Network</legend>{sites}</fieldset>\n'
        f'<label>Type <select id="type"><option value="">all</option>{types}</select></label>\n'
        f'<label>Formality <select id="formality"><option value="">any</option>{formalities}</select></label>\n'
        f'<label>Fewest participants <input id="least" type="number" min="1" max="{most}" value="1"></label>\n'
        f"<fieldset><legend>Ties</legend>{boxes}</fieldset>\n"
        '<output id="count"></output>\n</form>'
    )


def _picture(networks: Sequence[Network], entries: Sequence[Entry], frame: Frame) -> str:
    ties = [entry.tie for entry in entries]
    legend, height = legend_of(ties, frame.width, frame.floor)
    body = []
    for n, network in enumerate(networks):
        under = membership_lines(network, frame)
        marks = actor_marks([network], frame)
        body.append(svg.element("g", {"data-site": str(n)}, under))
        own = [(i, entry) for i, entry in enumerate(entries) if entry.site == n]
        own.sort(key=lambda item: item[1].tie.standing.there)
        for i, entry in own:
            attributes: dict[str, svg.Attribute] = {"data-tie": str(i), "tabindex": "0"}
            attributes["role"] = "button"
            body += tie_lines(entry.tie, frame, attributes=attributes)
        body.append(svg.element("g", {"data-site": str(n)}, marks))
        for kind in sorted({entry.type for _, entry in own}):
            of_kind = [(i, entry) for i, entry in own if entry.type == kind]
            shown = plates([entry.tie for _, entry in of_kind], frame)
            for (i, _), made in zip(of_kind, shown, strict=True):
                body.append(svg.element("g", {"data-tie": str(i)}, [made]))
    drawn = svg.document(frame.width, height, [*body, *legend], label="Network", top=60)
    return drawn.partition("\n")[2]


def _table(entries: Sequence[Entry], layout: Layout) -> str:
    rows = "".join(
        f'<tr data-tie="{n}"><td>{_text(_name(entry.tie, layout))}</td><td>{SIGNS[entry.tie.standing]} {MEANINGS[entry.tie.standing]}</td>'
        f"<td>{entry.tie.formality.value if entry.tie.formality else 'not said'}</td><td>{entry.tie.weight}</td></tr>\n"
        for n, entry in enumerate(entries)
    )
    return (
        "<table><thead><tr><th>Tie</th><th>Standing</th><th>Formality</th><th>Participants</th></tr></thead>"
        f"<tbody>\n{rows}</tbody></table>"
    )


def _data(entries: Sequence[Entry], layout: Layout, quotes: Mapping[int, str] | None) -> str:
    """Return the page's data as JSON in which nothing can end the script element or a line."""
    ties = [
        {
            "site": str(entry.site),
            "type": entry.type,
            "standing": entry.tie.standing.value,
            "formality": entry.tie.formality.value if entry.tie.formality else "",
            "weight": entry.tie.weight,
            "name": svg.legal(_name(entry.tie, layout)),
            "told": svg.legal(described(entry.tie, layout.names).partition(": ")[2]),
            "statements": [_statement(s, entry.tie, layout, quotes) for s in entry.tie.statements],
        }
        for entry in entries
    ]
    written = json.dumps({"ties": ties}, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        written = written.replace(character, f"\\u{ord(character):04x}")
    return written


def _statement(
    s: TieStatement, tie: Tie, layout: Layout, quotes: Mapping[int, str] | None
) -> dict[str, Any]:
    role = layout.names.get(s.speaker_role or "", s.speaker_role or "role not known")
    told = [s.type.value.replace("_", " ")]
    told += [
        str(value) for value in (s.presence, s.valence, s.formality, s.basis) if value is not None
    ]
    if s in tie.counter_examples:
        told.append("speaks against the others")
    found = {
        "who": svg.legal(f"{s.told_by} ({role})"),
        "said": ", ".join(told).replace("_", " "),
        "place": svg.legal(f"{s.document} {s.start}–{s.end}, coding {s.coding_id}, {s.code}"),
    }
    if quotes is not None and s.coding_id in quotes:
        found["quote"] = svg.legal(quotes[s.coding_id])
    return found


def _name(tie: Tie, layout: Layout) -> str:
    ends = [layout.names.get(key, key) for key in (tie.source, tie.target)]
    return f"{ends[0]} – {ends[1]}"


def _text(text: str) -> str:
    return escape(svg.legal(text), quote=True)


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return "sha256-" + base64.b64encode(digest).decode()


@cache
def _asset(name: str) -> str:
    return files("qualcode.formats.network").joinpath(name).read_text(encoding="utf-8")
