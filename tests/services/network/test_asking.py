"""Networks of any division, what is asked of them, and how they leave the project."""

from __future__ import annotations

import re

import pytest

from qualcode.core.network.views import Universe, View
from qualcode.errors import InputError, MistakeInFile, Refused, UnknownName
from qualcode.services import network
from qualcode.services.project import Project
from tests.services.network.told import proposed, tie_of


@pytest.fixture
def judged(ties: Project) -> Project:
    """The study with its ties confirmed as an analyst would."""
    proposed(ties)
    ids = [row.statement.id for row in network.complete_proposals(ties)]
    bed = tie_of(ties, "keeps a bed", "detective", "shelter").statement.id
    shout = tie_of(ties, "They shout").statement.id
    network.edit_tie(ties, shout, {"valence": "strained"})
    agency = tie_of(ties, "The agency talks").statement.id
    network.edit_tie(
        ties, agency, {"source": "agency", "target": "shelter", "presence": "present"}
    )
    network.confirm_ties(ties, [*dict.fromkeys((*ids, bed, shout, agency))])
    return ties


def test_networks_divide_by_site_facet_and_attribute(judged: Project) -> None:
    titles = [one.network.title for one in network.build_networks(judged)]
    assert titles == ["Site A", "Site B"]
    by_years = network.build_networks(judged, by="years")
    assert [one.network.title for one in by_years] == ["Years long", "Years short"]
    assert "of years long" in by_years[0].measures.density.universe
    assert {t.pair for t in by_years[0].network.ties} >= {("detective", "officer")}
    by_valence = network.build_networks(judged, by="valence")
    assert "Valence positive" in [one.network.title for one in by_valence]
    with pytest.raises(InputError, match="neither a facet nor an attribute"):
        network.build_networks(judged, by="shoe size")
    with pytest.raises(UnknownName, match="years"):
        network.build_networks(judged, by="years", sites=["eternal"])


def test_the_sensitivity_begins_with_the_view_in_use(judged: Project) -> None:
    view = View(universe=Universe.INTERVIEWED)
    found = network.site_sensitivity(judged, "A", "B", view=view)
    assert "interviewed" in found.rows[0].first.universe
    labels = [row.label for row in found.rows]
    assert labels[0] == "as chosen" and "interviewed actors only" not in labels


def test_a_comparison_brings_the_words_and_says_what_likeness_means(judged: Project) -> None:
    found = network.compare_networks(judged, "A", "B")
    row = next(one for one in found.differences if one.pair == ("detective", "officer"))
    quotes = {found.words[s.id].quote for side in row.statements for s in side}
    assert "I call the detective every week." in quotes
    assert "I do not know one detective here." in quotes
    assert "cannot be correlated" in found.qap.sentence or "random sample" in found.qap.sentence
    with pytest.raises(InputError, match="compared with itself"):
        network.compare_networks(judged, "A", "A")


def test_perspectives_say_who_claims_a_tie_and_who_was_not_heard(judged: Project) -> None:
    found = {seen.tie.pair: seen for _, seen in network.perspectives(judged, site="A")}
    both = found["detective", "officer"]
    assert {told.role for told in both.told} == {"officer", "detective"}
    assert found["detective", "shelter"].unheard == ("shelter",)


def test_leaving_and_cutting_are_answered_for_persons_and_offices(judged: Project) -> None:
    found = network.what_if_leave(judged, "A", ["detective"], between=("officer", "shelter"))
    assert found.departure is not None and found.departure.value is not None
    assert "shelter" in found.departure.value.stranded
    assert found.cut is not None and found.cut.value == ("detective",)
    with pytest.raises(InputError, match="nobody leaves"):
        network.what_if_leave(judged, "A")
    with pytest.raises(UnknownName):
        network.what_if_leave(judged, "A", ["nobody"])


@pytest.mark.parametrize(
    ("form", "start"),
    [
        ("svg", "<?xml"), ("html", "<!doctype html"), ("dot", "digraph"), ("mermaid", "flowchart"),
        ("graphml", "<?xml"), ("gexf", "<?xml"), ("difference", "<?xml"), ("statements", ""),
    ],
)  # fmt: skip
def test_every_form_is_written_without_a_word_of_the_interviews(
    judged: Project, form: str, start: str
) -> None:
    files, warnings = network.export_network(judged, form)
    for content in files.values():
        text = content if isinstance(content, str) else content.decode()
        assert text.lstrip("\ufeff").lower().startswith(start)
        assert "every week" not in text
    assert "rest on one participant" in warnings[0]


def test_pictures_come_as_png_and_pdf(judged: Project) -> None:
    pytest.importorskip("matplotlib")
    files, _ = network.export_network(judged, "png", site="A")
    (content,) = files.values()
    assert isinstance(content, bytes) and content.startswith(b"\x89PNG")
    files, _ = network.export_network(judged, "pdf", site="A")
    (content,) = files.values()
    assert isinstance(content, bytes) and content.startswith(b"%PDF")


def test_quotations_leave_only_when_asked_and_with_a_warning(judged: Project) -> None:
    files, warnings = network.export_network(judged, "html", with_quotations=True)
    (page,) = files.values()
    assert "every week" in str(page)
    assert any("quotations have left" in warning for warning in warnings)


def test_hostile_names_make_valid_files(judged: Project) -> None:
    import xml.etree.ElementTree as ElementTree

    name = "</script><script>alert(1)</script> =cmd|' /C calc'! \x0b\x1b[2J \" & end"
    network.edit_actor(judged, "shelter", {"name": name})
    for form in ("svg", "graphml", "gexf"):
        for content in network.export_network(judged, form)[0].values():
            ElementTree.fromstring(str(content))
    (page,) = network.export_network(judged, "html")[0].values()
    assert str(page).lower().count("<script") == str(page).lower().count("</script>")
    assert "alert(1)</script>" not in str(page)
    for content in network.export_network(judged, "gephi")[0].values():
        for line in str(content).splitlines():
            assert not re.match(r'"?[=+@]', line.split(",")[1])
    assert "\x1b" not in network.network_matrix(network.build_networks(judged)[0].network)


def test_the_exports_read_back_in_networkx_without_loss(judged: Project) -> None:
    import io

    import networkx as nx

    (content,) = network.export_network(judged, "graphml")[0].values()
    graph = nx.read_graphml(io.BytesIO(str(content).encode()))
    told = network.build_networks(judged)
    assert graph.number_of_edges() == sum(
        len(one.network.ties) + len(one.network.group_ties) for one in told
    )
    (content,) = network.export_network(judged, "gexf")[0].values()
    again = nx.read_gexf(io.BytesIO(str(content).encode()))
    assert again.number_of_edges() == graph.number_of_edges()


def test_an_unknown_form_or_site_is_refused_with_those_that_exist(judged: Project) -> None:
    with pytest.raises(InputError) as found:
        network.export_network(judged, "bmp")
    assert "graphml" in (found.value.hint or "")
    with pytest.raises(UnknownName):
        network.export_network(judged, "svg", site="Z")
    with pytest.raises(UnknownName):
        network.list_ties(judged, site="Z")


def test_a_process_is_drafted_from_codes_and_finished_in_a_file(judged: Project) -> None:
    draft = network.draft_diagram(judged, "step", site="A")
    assert [step.key for step in draft.steps] == ["step.report", "step.meet"]
    (flow,) = draft.flows
    assert flow.participants == ("Ada", "Ben")
    written = network.write_diagram(draft)
    assert network.read_diagram("draft.yaml", written.encode()) == draft
    for form in ("text", "svg", "dot", "mermaid"):
        assert "Report" in network.draw_diagram(draft, form)
    with pytest.raises(Refused, match="no consensus coding"):
        network.draft_diagram(judged, "step", site="B")
    with pytest.raises(InputError, match="no form"):
        network.draw_diagram(draft, "bmp")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("title: x\nsteps: []\nflows: [{from: a, to: b}]", "leads to the step 'a'"),
        ("title: x\nsteps: [{label: a}]", "line 2: the step has no id"),
        ("title: x\nsteps: [{id: a, kind: boat}]", "'boat' is no kind"),
        ("title: x\nsteps: [{id: a}]\nflows: [{from: a}]", "does not say 'to'"),
        ("title: x\nsteps: [{id: a}]\nflows: [{from: a, to: a}]", "leads to itself"),
        ("title: x\nsteps: [{id: a}, {id: a}]", "two steps"),
        ("title: x", "no steps"),
        ("title: x\nsteps: [{id: a, evidence: [x]}]", "'x' is no id of a coding"),
    ],
)
def test_a_mistake_in_a_process_file_is_told_with_its_line(content: str, words: str) -> None:
    with pytest.raises(MistakeInFile, match=words):
        network.read_diagram("p.yaml", content.encode())
