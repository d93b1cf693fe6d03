"""What the screens of agreement ask of the services: the report of the round, and the passages behind a figure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qualcode.errors import Refused
from qualcode.services import agreement as service
from qualcode.services.agreement import FoundPassage, How
from qualcode.tui.cycling import following
from qualcode.tui.desk import Desk
from qualcode.tui.project_desk import ProjectDesk

if TYPE_CHECKING:
    from qualcode.core.agreement.report import AgreementReport

UNITS = ("character", "sentence", "turn", "document")
SHOWN = ("disagreement", "agreement", "all")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose passages: of a code (`all`: every code), of two coders, of one document."""

    code: str
    name: str
    coders: tuple[str, ...] = ()
    document: str | None = None


class Source:
    """The round that the desk works in, measured in the unit that is chosen."""

    def __init__(self, desk: Desk) -> None:
        if not isinstance(desk, ProjectDesk):
            raise Refused("agreement needs a project", hint="open one: qualcode PROJECT")
        round_ = desk.compared_round
        if round_ is None:
            raise Refused("the project has no round yet", hint="qualcode round new PROJECT NAME")
        self.desk = desk
        self.round = round_.name
        self.how = How()

    def report(self) -> AgreementReport:
        return service.measure_agreement(self.desk.project, self.round, how=self.how)

    def methods(self, report: AgreementReport) -> str:
        return service.methods_paragraph(report)

    def next_unit(self) -> None:
        self.how = replace(self.how, unit=following(UNITS, self.how.unit))

    def toggle_interviewer(self) -> None:
        self.how = replace(self.how, with_interviewer=not self.how.with_interviewer)

    def passages(self, wanted: Wanted, *, show: str) -> tuple[FoundPassage, ...]:
        how = replace(
            self.how,
            coders=wanted.coders,
            documents=(wanted.document,) if wanted.document else (),
        )
        return service.passages_behind(
            self.desk.project, self.round, wanted.code, how=how, show=show
        )
