"""The reconciliation screen: where the coders differ, one place after the other, decided by single keys."""

from qualcode.tui.screens.reconcile.desk import ReconcileDesk
from qualcode.tui.screens.reconcile.screen import ReconcileScreen

__all__ = ["ReconcileDesk", "ReconcileScreen"]
