"""The process files of the sample read, and a file that is written reads as the same diagram."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.core.network.process import StepKind
from qualcode.core.network.statements import Formality, Presence
from qualcode.formats.network.flowtext import process_dot, process_mermaid
from qualcode.formats.network.pictures import process_rows
from qualcode.formats.network.process import process_svg
from qualcode.formats.network.processfile import read_process, write_process

SAMPLES = Path(__file__).parents[3] / "transcripts_sample" / "processes"


@pytest.mark.parametrize("name", ["site-A.yaml", "site-B.yaml"])
def test_a_sample_process_reads_and_writes_without_loss(name: str) -> None:
    diagram = read_process(name, (SAMPLES / name).read_bytes())
    assert read_process(name, write_process(diagram).encode()) == diagram
    for drawn in (process_svg(diagram), process_dot(diagram), process_mermaid(diagram)):
        assert "upervisor" in drawn
    assert max(map(len, process_rows(diagram))) <= 80


def test_the_first_figure_has_one_way_with_one_way_round() -> None:
    diagram = read_process("site-A.yaml", (SAMPLES / "site-A.yaml").read_bytes())
    team = next(step for step in diagram.steps if step.kind is StepKind.GROUP)
    assert len(team.members) == 6
    (short_cut,) = [flow for flow in diagram.flows if flow.formality is Formality.INFORMAL]
    assert short_cut.condition == "the supervisor is out"


def test_the_second_figure_has_no_team_and_no_tie_of_court_and_police() -> None:
    diagram = read_process("site-B.yaml", (SAMPLES / "site-B.yaml").read_bytes())
    assert diagram.step("team").kind is StepKind.ABSENT
    absent = {(f.source, f.target) for f in diagram.flows if f.presence is Presence.ABSENT}
    assert ("investigator", "djo") in absent
