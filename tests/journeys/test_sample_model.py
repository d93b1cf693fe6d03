"""The sample's conceptual model: every link rests on words of the interviews, and it is drawn."""

from __future__ import annotations

from pathlib import Path

from qualcode.services import concept
from qualcode.services.project import Project

MODEL = Path(__file__).parents[2] / "transcripts_sample" / "concepts" / "conceptual-model.yaml"


def test_the_conceptual_model_of_the_sample_stands_on_its_interviews(sample: Project) -> None:
    concept.remove_map(sample, "Conceptual model")
    done = concept.import_map(sample, MODEL.name, MODEL.read_bytes())
    assert (done.name, done.concepts, done.links) == ("Conceptual model", 9, 9)
    found = concept.show_map(sample, done.name)
    (bare,) = found.without_evidence
    assert bare.reading == "Capacity ⇄ Collaboration (supports)" and bare.note
    assert all(one.codings for one in found.concepts if one.code)
    (trust,) = [link for link in found.links if link.source == "Shared goal" and not link.mutual]
    quotes = concept.link_quotations(sample, done.name, trust.id)
    assert {one.document for one in quotes} == {"14-yolanda", "15-leopold"}
    assert "Team approach" in concept.export_map(sample, done.name)
    assert "Fragmentation" in "\n".join(concept.draw_map(found))
