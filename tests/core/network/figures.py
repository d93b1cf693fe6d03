"""The two process figures of doi:10.3390/soc13030066 as data, in our own words; the printed layout is not known to us."""

from __future__ import annotations

from qualcode.core.network.process import ProcessDiagram, ProcessFlow, ProcessStep, StepKind
from qualcode.core.network.statements import Formality, Presence

FORMAL, INFORMAL = Formality.FORMAL, Formality.INFORMAL

FIGURE_1 = ProcessDiagram(
    "Site A: one agreed way",
    (
        ProcessStep("staff", "Any court staff has a suspicion", StepKind.START, site="A"),
        ProcessStep("truancy", "Truancy officer", actor="truancy_officer", site="A"),
        ProcessStep("there", "Is the supervisor there?", StepKind.DECISION, site="A"),
        ProcessStep("supervisor", "Supervisor", actor="supervisor", site="A"),
        ProcessStep(
            "detective", "Detective of the trafficking unit", actor="investigator", site="A"
        ),
        ProcessStep(
            "team",
            "Team",
            StepKind.GROUP,
            actor="team",
            site="A",
            members=(
                "Deputy juvenile officer",
                "Children's Division",
                "Detective",
                "Service provider(s)",
                "Minor",
                "Family",
            ),
        ),
        ProcessStep("plan", "One joint plan", StepKind.END, site="A"),
    ),
    (
        ProcessFlow("staff", "supervisor", "report", formality=FORMAL),
        ProcessFlow("truancy", "there", "report", formality=FORMAL),
        ProcessFlow("there", "supervisor", condition="yes", formality=FORMAL),
        ProcessFlow("there", "detective", condition="the supervisor is out", formality=INFORMAL),
        ProcessFlow("supervisor", "team", "convene", formality=FORMAL),
        ProcessFlow("detective", "team", "takes part"),
        ProcessFlow("team", "plan", "agree"),
    ),
    site="A",
)

FIGURE_2 = ProcessDiagram(
    "Site B: pairs without an order",
    (
        ProcessStep("djo", "Deputy juvenile officer", actor="djo", site="B"),
        ProcessStep("provider", "Service provider", actor="service_provider", site="B"),
        ProcessStep("supervisor", "Supervisor", actor="supervisor", site="B"),
        ProcessStep("investigator", "Investigator", actor="investigator", site="B"),
        ProcessStep("bench", "Judge, administrator", actor="judge", site="B"),
        ProcessStep("division", "Children's Division", actor="childrens_division", site="B"),
        ProcessStep("family", "Family", actor="family", site="B"),
        ProcessStep("team", "Case team", StepKind.ABSENT, site="B"),
    ),
    (
        ProcessFlow("djo", "provider", "refer", formality=INFORMAL),
        ProcessFlow("djo", "supervisor", "tell in passing", formality=INFORMAL),
        ProcessFlow("investigator", "provider", formality=INFORMAL, both_ways=True),
        ProcessFlow("investigator", "djo", presence=Presence.ABSENT),
        ProcessFlow("provider", "bench", presence=Presence.ABSENT),
        ProcessFlow("provider", "supervisor", presence=Presence.ABSENT),
        ProcessFlow("division", "family", "family meeting", formality=FORMAL),
        ProcessFlow("djo", "division", "left out of the meeting", presence=Presence.ABSENT),
    ),
    site="B",
)
