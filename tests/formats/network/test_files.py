from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import re
import shutil
import subprocess
from html.parser import HTMLParser

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.core.actors import Actor, ActorKind
from qualcode.core.network.graph import build_network
from qualcode.core.network.process import ProcessDiagram, ProcessFlow, ProcessStep
from qualcode.core.network.registry import Registry
from qualcode.core.network.statements import Presence, Valence
from qualcode.core.network.ties import Grouping
from qualcode.core.network.views import Network, View
from qualcode.formats.network.flowtext import (
    network_dot,
    network_mermaid,
    process_dot,
    process_mermaid,
)
from qualcode.formats.network.graphs import to_gexf, to_graphml
from qualcode.formats.network.lists import edges_csv, matrix_csv, nodes_csv, statements_csv
from qualcode.formats.network.page import network_html

from ...core.network.figures import FIGURE_1, FIGURE_2
from ...core.network.sample import registry, statement, statements

HOSTILE = "</script><script>alert(1)</script><!--\"'&\x00\x0b\ud800\u2028"


def sites(**view: object) -> list[Network]:
    told = statements()
    return [build_network(told, registry(), site=name, view=View(**view)) for name in "AB"]  # type: ignore[arg-type]


def hostile() -> Network:
    known = Registry(
        [
            Actor("end", HOSTILE, ActorKind.ORGANISATION, sites=("A", "B")),
            Actor("=cmd|' /C calc'!A0", "=1+1", participant="@SUM"),
            Actor("subgraph", 'end "quoted" \\ [x] {y} | #35; `z`\nline', members=("end",)),
        ]
    )
    told = [
        statement("end", "=cmd|' /C calc'!A0", participant="-Ada", note="+evil", document="=doc"),
        statement("end", "subgraph", valence=Valence.STRAINED, speaker_role="gone"),
    ]
    return build_network(told, known)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("grouping", list(Grouping))
def test_graphml_reads_back_in_networkx_without_loss(grouping: Grouping) -> None:
    networks = sites(grouping=grouping)
    graph = nx.parse_graphml(to_graphml(networks), force_multigraph=True)
    ties = [tie for network in networks for tie in (*network.ties, *network.group_ties)]
    edges = {key: (a, b, data) for a, b, key, data in graph.edges(keys=True, data=True)}
    assert len(edges) == graph.number_of_edges() == len(ties)
    assert set(graph) == {a.key for n in networks for a in (*n.actors, *n.groups)}
    for (source, target, data), tie in zip(
        edges.values(), _in_order(networks, edges), strict=True
    ):
        assert (source, target) == (tie.source, tie.target)
        assert data["weight"] == tie.weight and data["standing"] == tie.standing.value
        assert data["participants"] == ";".join(tie.participants)
        assert data.get("formality") == (tie.formality.value if tie.formality else None)
        assert data["directed"] is tie.directed and data["single_source"] is tie.single_source
    assert graph.nodes["djo"] == {
        "label": "Deputy juvenile officer",
        "kind": "role",
        "part_of": "juvenile_court",
        "interviewed": True,
        "sites": "A;B",
    }


def _in_order(networks: list[Network], edges: dict[str, object]) -> list:  # type: ignore[type-arg]
    by_key = {
        f"t{number}.{n}": tie
        for number, network in enumerate(networks, start=1)
        for n, tie in enumerate((*network.ties, *network.group_ties), start=1)
    }
    return [by_key[key] for key in edges]


def test_gexf_reads_back_in_networkx_without_loss() -> None:
    networks = sites(grouping=Grouping.TYPE)
    graph = nx.read_gexf(io.BytesIO(to_gexf(networks).encode()))
    ties = [tie for network in networks for tie in (*network.ties, *network.group_ties)]
    assert graph.number_of_edges() == len(ties)
    found = {data["id"]: (a, b, data) for a, b, data in graph.edges(data=True)}
    for (a, b, data), tie in zip(found.values(), _in_order(networks, found), strict=True):
        assert (a, b, data["weight"]) == (tie.source, tie.target, tie.weight)
        assert data["type"] == tie.type.value and data["workable"] is tie.workable


def test_files_of_graphs_hold_hostile_names() -> None:
    network = hostile()
    for graph in (
        nx.parse_graphml(to_graphml([network])),
        nx.read_gexf(io.BytesIO(to_gexf([network]).encode())),
    ):
        assert graph.number_of_edges() == 2
        assert graph.nodes["end"]["label"].startswith("</script><script>alert(1)")
        assert "\x0b" not in graph.nodes["end"]["label"]


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=30), st.text(max_size=30))
def test_any_text_leaves_readable_files(name: str, participant: str) -> None:
    known = Registry([Actor("a", name), Actor("b", "B")])
    network = build_network([statement("a", "b", participant=participant, site=None)], known)
    assert nx.parse_graphml(to_graphml([network])).number_of_edges() == 1
    assert nx.read_gexf(io.BytesIO(to_gexf([network]).encode())).number_of_edges() == 1


def test_an_empty_network_is_a_valid_file() -> None:
    empty = build_network([], Registry([]))
    assert len(nx.parse_graphml(to_graphml([empty]))) == 0
    assert len(nx.read_gexf(io.BytesIO(to_gexf([empty]).encode()))) == 0
    assert "ties shown" in network_html([empty])


def test_gephi_finds_its_columns() -> None:
    network = sites()[1]
    nodes, edges = rows(nodes_csv(network)), rows(edges_csv(network))
    assert {row["Id"] for row in nodes} == set(network.keys)
    assert list(edges[0])[:6] == ["Source", "Target", "Type", "Id", "Label", "Weight"]
    assert len({row["Id"] for row in edges}) == len(edges) == len(network.ties)
    court = next(row for row in edges if (row["Source"], row["Target"]) == ("djo", "investigator"))
    assert (court["standing"], court["Weight"], court["contradictory"], court["Type"]) == (
        "absent",
        "5",
        "1",
        "Undirected",
    )


def test_matrices_have_one_order_and_tell_zero_from_impossible() -> None:
    a, b = sites()
    keys = [*a.keys]
    valued = list(csv.reader(io.StringIO(matrix_csv(b, keys=keys))))
    assert valued[0][1:] == keys and [row[0] for row in valued[1:]] == keys
    place = {key: n for n, key in enumerate(valued[0])}
    cell = lambda table, one, other: table[place[one]][place[other]]  # noqa: E731
    assert (
        cell(valued, "djo", "service_provider") == cell(valued, "service_provider", "djo") == "5"
    )
    assert cell(valued, "djo", "judge") == "0" and cell(valued, "djo", "truancy_officer") == ""
    signed = list(csv.reader(io.StringIO(matrix_csv(b, signed=True, keys=keys))))
    assert cell(signed, "djo", "childrens_division") == "-2"
    assert cell(signed, "djo", "investigator") == "0"
    assert len(list(csv.reader(io.StringIO(matrix_csv(a))))) == len(a.keys) + 1


def test_statements_have_the_columns_discourse_network_users_know() -> None:
    told = statements()
    found = rows(
        statements_csv(
            told, registry(), coders={1: "Ilse"}, dates={"interview-marguerite": "2025-04-08"}
        )
    )
    assert len(found) == len(told)
    first = found[0]
    assert (first["person"], first["organization"], first["concept"], first["agreement"]) == (
        "Marguerite",
        "Deputy juvenile officer",
        "collaboration",
        "1",
    )
    assert (first["coder"], first["time"], first["start"], first["stop"]) == (
        "Ilse",
        "2025-04-08",
        "100",
        "180",
    )
    assert first["target"] == "Supervisor at the juvenile court" and first["type"] == "reports_to"
    absent = next(row for row in found if row["presence"] == "absent")
    assert absent["agreement"] == "0" and absent["valence"] == ""
    assert "quote" not in first


def test_quotations_leave_only_when_asked() -> None:
    told = statements()[:2]
    assert [
        row["quote"] for row in rows(statements_csv(told, registry(), quotes={1: "=I said"}))
    ] == ["'=I said", ""]
    silent = network_html(sites())
    assert "This file holds references to the passages, not their words." in silent
    spoken = network_html(sites(), quotes={1: "Her own <words>."})
    assert "Her own \\u003cwords\\u003e." in spoken and "This file holds quotations." in spoken


def test_no_cell_is_a_formula() -> None:
    network = hostile()
    told = [s for tie in network.ties for s in tie.statements]
    known = Registry(network.actors)
    for text in (
        statements_csv(told, known),
        nodes_csv(network),
        edges_csv(network),
        matrix_csv(network),
    ):
        for row in csv.reader(io.StringIO(text)):
            for cell in row:
                assert not cell.startswith(("=", "+", "@")), cell
                assert not cell.startswith("-") or cell.lstrip("-").isdigit()
                assert "\x00" not in cell and "\x0b" not in cell
    unknown_role = rows(statements_csv(told, known))[1]
    assert unknown_role["organization"] == "gone"


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.scripts: list[str] = []
        self.styles: list[str] = []
        self.policy = ""
        self.inside = ""
        self.requests: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if values.get("http-equiv") == "Content-Security-Policy":
            self.policy = values.get("content") or ""
        if (
            values.get("src")
            or values.get("href")
            or values.get("style")
            or any(k.startswith("on") for k in values)
        ):
            self.requests.append(tag)
        self.inside = tag if values.get("type") != "application/json" else "data"

    def handle_data(self, data: str) -> None:
        if self.inside == "script":
            self.scripts.append(data)
        if self.inside == "style":
            self.styles.append(data)
        self.inside = ""


def read(page: str) -> _Reader:
    reader = _Reader()
    reader.feed(page)
    return reader


def hash_of(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@pytest.mark.parametrize("networks", [sites(), [hostile()]], ids=["sample", "hostile"])
def test_the_policy_allows_the_pages_own_script_and_nothing_else(networks: list[Network]) -> None:
    page = network_html(networks, title=HOSTILE, quotes={1: HOSTILE})
    reader = read(page)
    assert len(reader.scripts) == 1 and len(reader.styles) == 1 and reader.requests == []
    assert reader.policy == (
        f"default-src 'none'; style-src '{hash_of(reader.styles[0])}'; "
        f"script-src '{hash_of(reader.scripts[0])}'; base-uri 'none'; form-action 'none'"
    )
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)", page)
    assert page.count("</script>") == 2 and "<script>alert" not in page


def test_the_page_holds_every_tie_with_its_statements() -> None:
    networks = sites()
    page = network_html(networks)
    match = re.search(r'id="data">(.*?)</script>', page, re.S)
    assert match is not None
    ties = json.loads(match.group(1))["ties"]
    whole = [tie for tie in ties if tie["type"] == ""]
    assert len(whole) == sum(len(n.ties) + len(n.group_ties) for n in networks)
    court = next(
        t
        for t in whole
        if t["site"] == "1" and t["name"] == "Deputy juvenile officer – Investigator"
    )
    assert (court["standing"], court["weight"]) == ("absent", 5)
    against = [s for s in court["statements"] if "speaks against the others" in s["said"]]
    assert [s["who"] for s in against] == ["Imogen (Deputy juvenile officer)"]
    assert page.count('class="tie"') == len(ties)
    assert "ties rest on one participant." in page


def test_a_statement_of_an_unknown_role_is_still_shown() -> None:
    network = build_network([statement("djo", "judge", speaker_role=None)], registry(), site="A")
    assert "Marguerite (role not known)" in network_html([network])


BROWSER = (
    shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
)


@pytest.mark.skipif(BROWSER is None, reason="no Chromium here")
def test_the_page_filters_and_answers_a_click_from_disk(tmp_path) -> None:  # type: ignore[no-untyped-def]
    probe = """
    const out = []; const shown = () => document.querySelectorAll('g.tie:not(.off)').length;
    const set = (id, value) => { const box = document.getElementById(id); box.value = value; box.dispatchEvent(new Event('input', {bubbles: true})); };
    out.push(shown());
    document.querySelectorAll('input[name=site]')[1].click(); out.push(shown());
    set('type', 'trains'); out.push(shown()); set('type', '');
    set('least', '3'); out.push(shown()); set('least', '1');
    document.querySelector('input[value=absent]').click(); out.push(shown());
    const tie = [...document.querySelectorAll('g.tie:not(.off)')].find((t) => t.textContent.includes('Patrol'));
    tie.dispatchEvent(new MouseEvent('click', {bubbles: true}));
    out.push(document.getElementById('detail').textContent.includes('Desmond'));
    document.title = out.join(' ');
    """
    page = network_html(sites())
    page = page.replace("script-src '", f"script-src '{hash_of(probe)}' '")
    page = page.replace("</body>", f"<script>{probe}</script></body>")
    file = tmp_path / "network.html"
    file.write_text(page, encoding="utf-8")
    flags = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--enable-logging=stderr",
        f"--user-data-dir={tmp_path / 'profile'}",
    ]
    run = subprocess.run(
        [str(BROWSER), *flags, "--dump-dom", file.as_uri()],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    title = re.search(r"<title>([^<]*)", run.stdout)
    assert title is not None and title.group(1) == "17 11 1 3 7 true"
    assert "CONSOLE" not in run.stderr


def test_dot_and_mermaid_hold_every_tie_under_ids_of_our_own() -> None:
    network = sites()[0]
    dot, mermaid = network_dot(network), network_mermaid(network)
    assert dot.count("->") == len(network.ties) + len(network.group_ties)
    assert "Deputy juvenile officer" in mermaid and mermaid.startswith("flowchart LR\n")
    assert len(re.findall(r"^  n\d+ (?:<?==|<?--|-\.)", mermaid, re.M)) == len(network.ties) + len(
        network.group_ties
    )


def test_hostile_names_do_not_break_dot_or_mermaid() -> None:
    network = hostile()
    mermaid = network_mermaid(network)
    for line in mermaid.splitlines()[1:]:
        assert line.count('"') == 2 and "<script" not in line and "`" not in line
    labels = re.findall(r'label=("(?:[^"\\]|\\.)*")', network_dot(network))
    assert len(labels) == 1 + len(network.actors) + len(network.ties)


def test_an_arrow_against_the_alphabet_is_turned() -> None:
    told = statement("judge", "djo", directed=True)
    network = build_network([told], registry(), site="A")
    assert "dir=back" in network_dot(network)
    ids = {name: key for key, name in re.findall(r'(n\d+)\("([^"]+)"\)', network_mermaid(network))}
    assert (
        f'{ids["Judge or commissioner"]} -- "·1" --> {ids["Deputy juvenile officer"]}'
        in network_mermaid(network)
    )


@pytest.mark.parametrize("figure", [FIGURE_1, FIGURE_2])
def test_the_figures_are_written_for_graphviz_and_mermaid(figure: ProcessDiagram) -> None:
    dot, mermaid = process_dot(figure), process_mermaid(figure)
    assert dot.count("->") == len(figure.flows)
    assert mermaid.startswith("flowchart TD\n")
    absent = sum(flow.presence is Presence.ABSENT for flow in figure.flows)
    assert mermaid.count("x-. ") == mermaid.count(".-x") == absent


def test_undirected_and_wordless_flows_are_valid_mermaid() -> None:
    steps = (ProcessStep("end", "End"), ProcessStep("b", "B"))
    flow = ProcessFlow("end", "b", directed=False)
    assert "n1 --- n2" in process_mermaid(ProcessDiagram("x", steps, (flow,)))
    assert "dir=none" in process_dot(ProcessDiagram("x", steps, (flow,)))
    assert "n1 --> n2" in process_mermaid(ProcessDiagram("x", steps, (ProcessFlow("end", "b"),)))


@pytest.mark.skipif(shutil.which("dot") is None, reason="no Graphviz here")
@pytest.mark.parametrize(
    "text",
    [
        network_dot(sites()[0]),
        network_dot(hostile()),
        process_dot(FIGURE_1),
        process_dot(FIGURE_2),
    ],
)
def test_graphviz_reads_our_files(text: str) -> None:
    run = subprocess.run(
        ["dot", "-Tsvg"],
        input=text.encode("utf-8", "replace"),
        capture_output=True,
        timeout=30,
        check=False,
    )
    assert run.returncode == 0, run.stderr
