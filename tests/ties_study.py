"""A small study of who works with whom: four speakers at two sites, one round with a consensus, ties not yet reviewed."""

from __future__ import annotations

import json
from pathlib import Path

from qualcode.core.project import Role
from qualcode.core.rounds import RoundState
from qualcode.services import codebook, coding, documents, rounds
from qualcode.services.project import add_coder, create_project

CODEBOOK = """
title: Ties
facets:
  - {id: site, values: [A, B, both, unspecified]}
  - {id: presence, values: [present, absent, wished, past, unspecified]}
  - {id: valence, values: [positive, neutral, mixed, strained, unspecified]}
  - {id: formality, values: [formal, informal, both, unspecified]}
  - {id: basis, values: [own_experience, observed, hearsay]}
codes:
  - id: with
    name: Dealings
    pairs: [[officer, detective]]
    children:
      - {id: shelter, name: With the shelter, pairs: [[officer, shelter], [detective, shelter]]}
      - {id: plain, name: Dealings of the main pair}
  - id: step
    name: Steps
    children: [{id: report, name: Report}, {id: meet, name: Meet}]
actors:
  - {id: court, name: Court, kind: organisation, interviewed: true, sites: [A, B]}
  - {id: officer, name: Officer, part_of: court, interviewed: true, sites: [A, B], aliases: [officer]}
  - {id: detective, name: Detective, interviewed: true, sites: [A, B], aliases: [detective, the police]}
  - {id: shelter, name: Shelter, interviewed: false, sites: [A, B], aliases: [shelter]}
  - {id: agency, name: Agency, sites: [A, B], aliases: [agency]}
  - {id: stark, name: Detective Stark, kind: person, role_of: detective, sites: [A], aliases: [Stark]}
  - {id: team, name: Team, kind: group, members: [officer, detective], convened_by: court, aliases: [team]}
"""

TEXTS = {
    "ada": (
        "Interviewer: Whom do you call?\n\n"
        "Ada: I call the detective every week. We report it first and then we meet. "
        "I have never seen the shelter. The detective waits for me at night.\n"
    ),
    "ben": (
        "Interviewer: And you?\n\n"
        "Ben: The officer calls me back. We report it first and then we meet. "
        "The shelter keeps a bed for me.\n"
    ),
    "cora": (
        "Interviewer: Who calls whom?\n\n"
        "Cora: I do not know one detective here. They shout when they come at all.\n"
    ),
    "dan": (
        "Interviewer: And at the police?\n\n"
        "Dan: The agency talks to the shelter. No officer ever called me.\n"
    ),
}
PEOPLE = """pseudonym,document,role,site,years
Ada,ada,officer,A,long
Ben,ben,detective,A,short
Cora,cora,officer,B,long
Dan,dan,detective,B,short
"""
_GOOD = {
    "presence": "present", "valence": "positive", "formality": "informal", "basis": "own_experience"
}  # fmt: skip
_NONE = {"presence": "absent", "basis": "own_experience"}
CODED = [
    ("ada", "I call the detective every week.", "with.plain", {"site": "A", **_GOOD}),
    ("ada", "I have never seen the shelter.", "with.shelter", {"site": "A", **_NONE}),
    ("ada", "The detective waits for me at night.", "with.plain", {"site": "A", **_GOOD}),
    ("ada", "We report it first", "step.report", {"site": "A", "presence": "present"}),
    ("ada", "then we meet.", "step.meet", {"site": "A", "presence": "present"}),
    ("ben", "The officer calls me back.", "with", {"site": "A", **_GOOD}),
    ("ben", "The shelter keeps a bed for me.", "with.shelter", {"site": "A", **_GOOD}),
    ("ben", "We report it first", "step.report", {"site": "A", "presence": "present"}),
    ("ben", "then we meet.", "step.meet", {"site": "A", "presence": "present"}),
    ("cora", "I do not know one detective here.", "with", {"site": "B", **_NONE}),
    ("cora", "They shout when they come at all.", "with", {"site": "B", "presence": "present"}),
    ("dan", "The agency talks to the shelter.", "with.shelter", {"site": "B"}),
    ("dan", "No officer ever called me.", "with", {"site": "B", **_NONE}),
]


def build_ties_study(folder: Path) -> Path:
    """Make the study in the folder and return its place; the coder Kit coded, Lou may read a second time."""
    place = folder / "ties.qualcode"
    with create_project(str(place), name="Ties", lead="Max") as project:
        for name in ("Kit", "Lou"):
            add_coder(project, name, role=Role.ANALYST)
        codebook.import_codebook(project, "codes.yaml", CODEBOOK.encode())
        files = []
        for name, text in TEXTS.items():
            files.append(folder / f"{name}.txt")
            files[-1].write_text(text, encoding="utf-8")
        assert not [
            one.problem for one in documents.import_documents(project, files) if one.problem
        ]
        (folder / "people.csv").write_text(PEOPLE, encoding="utf-8")
        documents.import_participants(project, folder / "people.csv")
        rounds.new_round(project, "First")
        lines = [
            {"document": name, "quote": quote, "code": code, "facets": facets, "coder": "Kit"}
            for name, quote, code, facets in CODED
        ]
        content = "\n".join(json.dumps(line) for line in lines).encode()
        coding.import_codings(project, [("kit.jsonl", content)], round="First", mark_done=True)
        rounds.set_round_state(project, "First", RoundState.RECONCILING)
    return place
