"""A small study, built through the services once and copied for every test."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from qualcode.core.project import Role
from qualcode.core.rounds import RoundState
from qualcode.services import codebook, coding, documents, rounds
from qualcode.services.project import Project, add_coder, create_project, open_project

CODEBOOK = """
title: Small study
codes:
  - id: trust
    children:
      - {id: earned, definition: Trust that grew.}
      - {id: given}
  - id: silence
    children:
      - id: no_word
  - {id: rule}
  - {id: unused}
facets:
  - id: site
    values: [{id: A, name: Site A}, {id: B, name: Site B}, {id: both}, {id: unspecified}]
  - id: presence
    values: [present, absent]
themes:
  - {id: bonds, name: What binds, codes: [trust]}
  - {id: gaps, name: What is missing, codes: [silence, rule]}
domains:
  - cover_term: kinds of bond
    relationship: strict-inclusion
    terms:
      - name: trust at work
        terms: [{name: earned trust, code: trust.earned}, {name: trust given, code: trust.given}]
      - {name: a bond by chance}
"""

TEXTS = {
    "ada": (
        "Interviewer: Whom do you call?\n\n"
        "Ada: I call Ben. I trust him because he calls me back. We have a rule for that.\n\n"
        "Interviewer: And the agency?\n\n"
        "Ada: They never call. In Birch nobody has a rule at all.\n"
    ),
    "ben": (
        "Interviewer: How is it with the court?\n\n"
        "Ben: Ada and I trust each other. It took us six years. The rule says she calls first.\n"
    ),
    "cora": (
        "Interviewer: Who calls whom?\n\n"
        "Cora: Nobody calls me back. There is no rule here. I trust one detective, that is all.\n"
    ),
    "dan": (
        "Interviewer: You work with both counties?\n\n"
        "Dan: I do. People trust us in both. In Alder they call. In Birch I hear nothing.\n"
    ),
    "circle": (
        "Interviewer: What would you say together?\n\n"
        "Eve: I trust the court.\n\n"
        "Finn: I do not. I get no word back.\n"
    ),
}

PEOPLE = """pseudonym,document,role,site,years
Ada,ada,officer,A,14
Ben,ben,detective,A,6
Cora,cora,officer,B,7
Dan,dan,provider,A;B,9
Eve,circle,provider,B,2
Finn,circle,officer,B,3
"""

# (document, quote, code, facets); what both coders say
AGREED = [
    ("ada", "I trust him because he calls me back.", "trust.earned", {"site": "A"}),
    ("ada", "We have a rule for that.", "rule", {"site": "A", "presence": "present"}),
    ("ada", "They never call.", "silence.no_word", {"site": "A"}),
    ("ada", "In Birch nobody has a rule at all.", "rule", {"site": "B", "presence": "absent"}),
    ("ben", "Ada and I trust each other. It took us six years.", "trust.earned", {"site": "A"}),
    ("ben", "The rule says she calls first.", "rule", {"site": "A", "presence": "present"}),
    ("cora", "Nobody calls me back.", "silence.no_word", {"site": "B"}),
    ("cora", "There is no rule here.", "rule", {"site": "B", "presence": "absent"}),
    ("dan", "People trust us in both.", "trust.given", {"site": "both"}),
    ("dan", "In Birch I hear nothing.", "silence.no_word", {"site": "B"}),
    ("circle", "I trust the court.", "trust.given", {"site": "B"}),
    ("circle", "I get no word back.", "silence.no_word", {"site": "B"}),
    ("circle", "I get no word back.", "silence", {"site": "B"}),
]
ONLY_KIT = [("cora", "I trust one detective, that is all.", "trust.earned", {"site": "B"})]


def codings_of(coder: str) -> bytes:
    said = AGREED + (ONLY_KIT if coder == "Kit" else [])
    lines = [
        {"document": document, "quote": quote, "code": code, "facets": facets, "coder": coder}
        for document, quote, code, facets in said
    ]
    return "\n".join(json.dumps(line) for line in lines).encode()


def build_study(folder: Path, location: str | None = None) -> Path:
    """Make the study with a reconciling round `First` by Kit and Lou, nothing decided yet.

    It lies in the folder, or at the location of a database server."""
    place = folder / "study.qualcode"
    with create_project(location or str(place), name="Study", lead="Max") as project:
        for name in ("Kit", "Lou"):
            add_coder(project, name, role=Role.ANALYST)
        codebook.import_codebook(project, "codes.yaml", CODEBOOK.encode())
        files = []
        for name, text in TEXTS.items():
            files.append(folder / f"{name}.txt")
            files[-1].write_text(text)
        outcomes = documents.import_documents(project, files)
        assert not [one.problem for one in outcomes if one.problem]
        (folder / "people.csv").write_text(PEOPLE)
        documents.import_participants(project, folder / "people.csv")
        rounds.new_round(project, "First")
        coding.import_codings(
            project,
            [(f"{name}.jsonl", codings_of(name)) for name in ("Kit", "Lou")],
            round="First",
            mark_done=True,
        )
        rounds.set_round_state(project, "First", RoundState.RECONCILING)
    return place


@pytest.fixture(scope="session")
def study_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_study(tmp_path_factory.mktemp("study"))


@pytest.fixture
def study(study_file: Path, tmp_path: Path) -> Iterator[Project]:
    """Open a copy of the small study as its lead, Max."""
    place = tmp_path / "study.qualcode"
    shutil.copy(study_file, place)
    with open_project(str(place)) as project:
        yield project
