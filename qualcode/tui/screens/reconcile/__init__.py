"""The reconciliation screen: where the coders differ, one place after the other, decided by single keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.errors import Refused
from qualcode.tui.screens.reconcile.desk import ReconcileDesk
from qualcode.tui.screens.reconcile.screen import ReconcileScreen
from qualcode.tui.screens.reconcile.session import Session

if TYPE_CHECKING:
    from qualcode.tui.app import Workbench

__all__ = ["ReconcileDesk", "ReconcileScreen", "reconcile_screen"]


def reconcile_screen(app: Workbench, *, at: str | None = None) -> ReconcileScreen:
    """Return the worklist of the chosen round, at a discrepancy if one is named; refused while its coders' work is
    hidden."""
    round_ = app.desk.compared_round
    if round_ is None:
        raise Refused("the project has no round yet", hint="qualcode round new PROJECT NAME")
    session = Session(ReconcileDesk(app.desk.project, round_), dark=app.current_theme.dark)
    if at is None:
        session.load_first()
    else:
        session.load()
        places = [item.id for item in session.items]
        session.go(places.index(at) - session.at if at in places else 0)
    return ReconcileScreen(session)
