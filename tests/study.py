"""A small study made from plain strings: three short synthetic interviews, a codebook, three coders, one blind round."""

from __future__ import annotations

from pathlib import Path

from qualcode.core.coding import Coding
from qualcode.core.documents import Transcript, Turn
from qualcode.core.project import Role
from qualcode.core.reconcile import Outcome
from qualcode.core.rounds import RoundState
from qualcode.services import codebook, coding, documents, project, reconcile, rounds
from qualcode.services.project import Project

LEAD = "Vera"
CODERS = {"Ana": Role.MENTOR, "Ben": Role.MENTEE, "Chi": Role.ANALYST}
ROUND = "first"

CODEBOOK = """
title: small study
facets:
  - id: site
    name: Site
    values:
      - {id: A, name: Alder}
      - {id: B, name: Birch}
    applies_to: [challenge]
codes:
  - id: benefit
    name: What helps
    children:
      - {id: benefit.trust, name: Trust, key: t, definition: Somebody relies on somebody.}
      - {id: benefit.contact, name: Known contact, key: k}
  - id: challenge
    name: What hinders
    children:
      - {id: challenge.load, name: Caseload, key: c, definition: Too many cases for one person.}
      - {id: challenge.turnover, name: Turnover}
themes:
  - {id: helping, name: What helps, codes: [benefit]}
"""

PARTICIPANTS = """pseudonym,document,role,site
Ada,talk-1,officer,A
Bo,talk-2,therapist,B
Cy,talk-3,judge,A; B
"""

SPEECH = (
    "We call each other by name, and that is worth more than any form. "
    "She knows whom to ask, and I know her. "
    "There are forty cases on one desk. "
    "When she leaves, it ends."
)


def interview(speaker: str, number: int) -> str:
    """Return the text of a transcript: a head that says it is invented, a question and an answer."""
    return (
        "Synthetic interview, invented for a test.\n\n"
        f"Interviewer: How do you work together, number {number}?\n"
        f"{speaker}: Answer {number}. {SPEECH}\n"
    )


def build_study(location: str, folder: Path) -> None:
    """Build the study at a path or URL as a team would, by the services."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, speaker in enumerate(("Ada", "Bo", "Cy"), start=1):
        (folder / f"talk-{number}.txt").write_text(interview(speaker, number), encoding="utf-8")
    people = folder / "participants.csv"
    people.write_text(PARTICIPANTS, encoding="utf-8")
    with project.create_project(location, name="small study", lead=LEAD) as opened:
        for name, role in CODERS.items():
            project.add_coder(opened, name, role=role)
        outcome = documents.import_documents(opened, sorted(folder.glob("*.txt")))
        assert all(one.problem is None for one in outcome), outcome
        documents.import_participants(opened, people)
        codebook.import_codebook(opened, "codes.yaml", CODEBOOK.encode())
        rounds.new_round(opened, ROUND)
        rounds.assign_documents(opened, ROUND, coders=list(CODERS))


class Study:
    """The study at one place, with a handle for each person who asks for one."""

    def __init__(self, location: str) -> None:
        self.location = location
        self._handles: dict[str, Project] = {}

    def by(self, person: str) -> Project:
        """Return the project as this person opened it."""
        if person not in self._handles:
            self._handles[person] = project.open_project(self.location, coder=person)
        return self._handles[person]

    @property
    def lead(self) -> Project:
        return self.by(LEAD)

    def close(self) -> None:
        for handle in self._handles.values():
            handle.close()

    def apply(self, person: str, code: str, quote: str, *, document: str = "talk-1") -> Coding:
        """Make a coding by this person on these words."""
        handle = self.by(person)
        start, end = coding.locate(handle, document, quote=quote, start=None, end=None)
        done = coding.apply_code(
            handle, code, document=document, round=ROUND, start=start, end=end
        )
        return done.coding

    def finish(self, *people: str, document: str | None = None) -> None:
        """Let these people (all coders when none are named) say that they have read the documents to the end."""
        names = [document] if document else ["talk-1", "talk-2", "talk-3"]
        for person in people or tuple(CODERS):
            for name in names:
                rounds.mark_done(self.by(person), ROUND, name)

    def reconcile(self) -> None:
        """Move the round on as it is: who has read nothing counts for nothing."""
        rounds.set_round_state(self.lead, ROUND, RoundState.RECONCILING, even_unread=True)

    def reopen(self) -> None:
        rounds.set_round_state(self.lead, ROUND, RoundState.OPEN)

    def discrepancies(self) -> tuple[reconcile.OpenDiscrepancy, ...]:
        return reconcile.list_discrepancies(self.lead, ROUND)

    def consensus(self) -> list[tuple[str, str, int, int]]:
        return [
            (one.document, one.code, one.start, one.end)
            for one in reconcile.list_consensus(self.lead, ROUND)
        ]

    def decide(
        self, person: str, item: reconcile.OpenDiscrepancy, outcome: Outcome, **how: object
    ) -> reconcile.Decision:
        return reconcile.decide(self.by(person), ROUND, item.id, outcome, **how)  # type: ignore[arg-type]

    def quarrel(self) -> None:
        """Let two coders differ about three passages of the first interview, and agree about one."""
        self.apply("Ana", "benefit.trust", "We call each other by name")
        self.apply("Ben", "benefit.trust", "We call each other by name")
        self.apply("Ana", "challenge.load", "There are forty cases on one desk.")
        self.apply("Ben", "challenge.turnover", "There are forty cases on one desk.")
        self.apply("Ana", "benefit.contact", "She knows whom to ask")
        self.apply("Ben", "challenge", "When she leaves, it ends.")
        self.finish("Ana", "Ben")


def transcript(text: str) -> Transcript:
    """Return a transcript of one turn that is all of the text."""
    return Transcript(text, (Turn(0, 0, len(text), "Ada"),), "txt")
