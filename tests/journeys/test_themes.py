"""From the consensus to findings and back: narratives per site, coded again by two, a taxonomy, a comparison, the words."""

from __future__ import annotations

import io

import docx

from qualcode.core.reconcile import Outcome
from qualcode.core.rounds import Purpose, RoundState
from qualcode.services import (
    agreement,
    codebook,
    coding,
    compare,
    documents,
    narrative,
    reconcile,
    rounds,
    taxonomy,
)
from qualcode.services.project import Project, check_project, open_project

ROUND = "Set 1"
SECOND = "Taxonomic"


def test_themes_go_from_consensus_to_findings_and_back_to_the_words(sample: Project) -> None:
    names = [
        one.document
        for one in narrative.build_narratives(sample, "benefit", by="site", round=ROUND)
    ]
    assert names == ["narrative-benefit-site-A", "narrative-benefit-site-B"]
    at_a = narrative.show_narrative(sample, names[0])
    assert len({one.role for one in at_a.passages()}) >= 3

    _code_again(sample, names[0])
    report = agreement.measure_agreement(sample, SECOND)
    assert any(figure.value is not None for figure in report.overall.figures)
    for item in reconcile.list_discrepancies(sample, SECOND):
        reconcile.decide(
            sample, SECOND, item.id, Outcome.KEEP_ONE, rationale="read again", keep="Ilse"
        )
    rounds.set_round_state(sample, SECOND, RoundState.CLOSED)

    taxonomy.add_domain(sample, "grounds of trust", "X is a reason for Y")
    taxonomy.add_term(sample, "grounds of trust", "years", code="benefit.trust.years")
    taxonomy.add_term(sample, "grounds of trust", "openness", code="benefit.trust.openness")
    (domain,) = taxonomy.show_taxonomy(sample, "grounds of trust").domains
    years = next(term for term in domain.terms if term.name == "years")
    assert years.participants >= 1 and dict(years.sites)["Site A"] >= 1

    matrix = compare.compare(sample, rows="benefit.trust", columns="role", deep=True)
    assert matrix.cell("benefit.trust.years", "djo").participants >= 1

    source = narrative.map_back(sample, years.coding_ids[0])[0]
    text = documents.open_document(sample, source.document).text
    assert text[source.start : source.end] == source.quote
    assert source.participants and not source.document.startswith("narrative")

    assert (
        narrative.build_narrative(sample, "benefit", by="site", value="A", round=ROUND).changed
        is False
    )
    opened = docx.Document(io.BytesIO(narrative.export_narrative(sample, names[0], format="docx")))
    quotes = [one.text for one in opened.paragraphs if one.style.name == "Quote"]
    assert quotes == [f"{one.number}\t{one.text}" for one in at_a.passages()]
    assert check_project(sample).problems == ()


def _code_again(sample: Project, name: str) -> None:
    """Two members code the narrative for subthemes of trust, alike in one place and not in another."""
    codebook.add_code(sample, "years", parent="benefit.trust")
    codebook.add_code(sample, "openness", parent="benefit.trust")
    rounds.new_round(sample, SECOND, purpose=Purpose.TAXONOMIC)
    rounds.assign_documents(sample, SECOND, documents=[name], coders=["Ilse", "Noor"])
    passages = [
        one
        for one in narrative.show_narrative(sample, name).passages()
        if one.code == "benefit.trust" and one.role == "djo"
    ]
    first, second = passages[0], passages[1]
    for coder in ("Ilse", "Noor"):
        with open_project(sample.location, coder=coder) as own:
            for passage, code in (
                (first, "benefit.trust.years"),
                (second, "benefit.trust.openness" if coder == "Ilse" else "benefit.trust.years"),
            ):
                coding.apply_code(
                    own,
                    code,
                    document=name,
                    round=SECOND,
                    start=passage.narrative_start,
                    end=passage.narrative_end,
                    facets={"site": "A"},
                )
            rounds.mark_done(own, SECOND, name)
    rounds.set_round_state(sample, SECOND, RoundState.RECONCILING)
