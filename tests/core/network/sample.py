"""Statements of an invented two-site study, after the claims of doi:10.3390/soc13030066; nobody in it is real."""

from __future__ import annotations

from dataclasses import replace

from qualcode.core.actors import Actor, ActorKind
from qualcode.core.identity import derived_uid
from qualcode.core.network.registry import Registry
from qualcode.core.network.statements import (
    Basis,
    Formality,
    Presence,
    TieStatement,
    TieStatus,
    TieType,
    Trace,
    Valence,
)

ROLE, PERSON, ORGANISATION, GROUP = ActorKind

ACTORS = (
    Actor("juvenile_court", "Juvenile court", ORGANISATION, interviewed=True),
    Actor("law_enforcement", "Law enforcement", ORGANISATION, interviewed=True),
    Actor("childrens_division", "Children's Division", ORGANISATION),
    Actor("federal_agency", "Federal agency", ORGANISATION),
    Actor(
        "djo",
        "Deputy juvenile officer",
        part_of="juvenile_court",
        interviewed=True,
        sites=("A", "B"),
    ),
    Actor(
        "truancy_officer",
        "Truancy officer",
        part_of="juvenile_court",
        interviewed=True,
        sites=("A",),
    ),
    Actor("supervisor", "Supervisor at the juvenile court", part_of="juvenile_court"),
    Actor("court_administrator", "Court administrator", part_of="juvenile_court"),
    Actor("judge", "Judge or commissioner", part_of="juvenile_court"),
    Actor("court_attorney", "Prosecutor or court attorney"),
    Actor("defence_attorney", "Young person's attorney"),
    Actor("investigator", "Investigator", part_of="law_enforcement", interviewed=True),
    Actor("patrol", "Patrol officer", part_of="law_enforcement"),
    Actor("service_provider", "Service provider", interviewed=True),
    Actor("minor", "Young person"),
    Actor("family", "Family or guardian"),
    Actor("hale", "Detective Hale", PERSON, "law_enforcement", "investigator", True, ("A",)),
    Actor(
        "team",
        "Case team",
        GROUP,
        sites=("A",),
        members=(
            "djo",
            "childrens_division",
            "investigator",
            "service_provider",
            "minor",
            "family",
        ),
        convened_by="supervisor",
    ),
)

ROLES = {
    "Marguerite": "djo",
    "Roland": "truancy_officer",
    "Odette": "djo",
    "Winifred": "djo",
    "Lionel": "investigator",
    "Beatriz": "investigator",
    "Harriet": "service_provider",
    "Gwendolyn": "djo",
    "Imogen": "djo",
    "Cyril": "djo",
    "Desmond": "investigator",
    "Percival": "investigator",
    "Rosalind": "service_provider",
    "Yolanda": "service_provider",
    "Leopold": "service_provider",
    "Saskia": "service_provider",
}

_TABLE = """
A Marguerite djo              > supervisor          reports_to   present positive formal
A Marguerite supervisor       > team                convenes     present positive formal
A Marguerite djo              - investigator        works_with   present positive both
A Roland     truancy_officer  > supervisor          reports_to   present neutral  formal
A Roland     truancy_officer  - hale                works_with   present positive informal
A Roland     truancy_officer  > childrens_division  reports_to   present strained formal
A Roland     childrens_division > truancy_officer   follows_up   present mixed    formal
A Roland     djo              > truancy_officer     advises      present positive informal
A Odette     djo              - investigator        works_with   present positive informal
A Odette     djo              - court_attorney      communicates present neutral  -
A Odette     djo              - federal_agency      communicates present neutral  -
A Odette     supervisor       > team                convenes     present positive formal
A Winifred   djo              - hale                works_with   present positive informal
A Winifred   djo              - childrens_division  works_with   present strained formal
A Lionel     investigator     = djo                 works_with   present positive both
A Lionel     investigator     - defence_attorney    works_with   present positive informal
A Beatriz    investigator     > service_provider    refers_to    present positive informal
A Beatriz    investigator     - djo                 works_with   present positive formal
A Harriet    service_provider - djo                 meets        present positive both
A Harriet    service_provider - investigator        works_with   present positive informal
A Rosalind   service_provider - judge               works_with   present positive informal
A Rosalind   service_provider - court_administrator works_with   present positive informal
A Rosalind   service_provider - djo                 works_with   present positive both
A Rosalind   supervisor       > service_provider    refers_to    present positive formal
A Yolanda    djo              > judge               trains       present positive informal
A Yolanda    service_provider - judge               works_with   present positive informal
A Yolanda    service_provider - djo                 works_with   present positive both
A Leopold    service_provider - court_administrator works_with   present positive informal
A Saskia     service_provider - djo                 meets        present positive formal
B Gwendolyn  djo              - investigator        works_with   absent  -        -
B Gwendolyn  investigator     > djo                 trains       present neutral  formal
B Gwendolyn  djo              - childrens_division  works_with   present strained formal
B Gwendolyn  childrens_division > djo               excludes     present strained formal
B Gwendolyn  childrens_division - family            meets        present neutral  formal
B Imogen     djo              - investigator        works_with   present positive informal
B Imogen     djo              > service_provider    refers_to    present positive informal
B Cyril      djo              - investigator        works_with   absent  -        -
B Cyril      djo              > supervisor          communicates present neutral  informal
B Cyril      djo              - childrens_division  works_with   present strained formal
B Desmond    investigator     - djo                 works_with   present strained -
B Desmond    defence_attorney > investigator        blocks       present strained -
B Desmond    investigator     - patrol              works_with   present positive -
B Percival   investigator     - djo                 works_with   absent  -        -
B Percival   investigator     - service_provider    works_with   present positive informal
B Rosalind   service_provider - judge               works_with   absent  -        -
B Rosalind   service_provider - court_administrator works_with   absent  -        -
B Rosalind   service_provider - supervisor          works_with   absent  -        -
B Rosalind   service_provider - djo                 works_with   present positive informal
B Yolanda    service_provider - djo                 works_with   present mixed    informal
B Leopold    service_provider - djo                 works_with   present positive informal
B Leopold    service_provider - investigator        works_with   present positive informal
B Saskia     service_provider - djo                 works_with   present positive informal
B Saskia     service_provider - investigator        works_with   present positive informal
"""


def registry(*extra: Actor) -> Registry:
    return Registry((*ACTORS, *extra))


def statements() -> list[TieStatement]:
    """Return the confirmed statements of the table, coding ids from 1."""
    return [_read(n, line) for n, line in enumerate(_TABLE.strip().splitlines(), start=1)]


def statement(source: str, target: str, **changed: object) -> TieStatement:
    """Return one confirmed, present statement about Site A by Marguerite, changed as told."""
    plain = TieStatement(
        id=1,
        uid=derived_uid("test", source, target, *sorted(map(str, changed.items()))),
        source=source,
        target=target,
        directed=False,
        type=TieType.WORKS_WITH,
        presence=Presence.PRESENT,
        valence=None,
        formality=None,
        site="A",
        basis=None,
        status=TieStatus.CONFIRMED,
        document="01-marguerite",
        participant="Marguerite",
        speaker_role="djo",
        start=0,
        end=10,
        coding_id=1,
        code="collaboration",
    )
    return replace(plain, **changed)  # type: ignore[arg-type]


def _read(n: int, line: str) -> TieStatement:
    site, participant, source, arrow, target, kind, presence, valence, formality = line.split()
    return TieStatement(
        id=n,
        uid=derived_uid("test", n),
        source=source,
        target=target,
        directed=arrow == ">",
        type=TieType(kind),
        presence=Presence(presence),
        valence=None if valence == "-" else Valence(valence),
        formality=None if formality == "-" else Formality(formality),
        site=site,
        basis=Basis.OWN_EXPERIENCE,
        status=TieStatus.CONFIRMED,
        document=f"interview-{participant.lower()}",
        participant=participant,
        speaker_role=ROLES[participant],
        start=100 * n,
        end=100 * n + 80,
        coding_id=n,
        code="collaboration",
        trace=Trace(both_ways=arrow == "="),
    )
