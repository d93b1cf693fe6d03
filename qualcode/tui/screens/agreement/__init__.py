"""Agreement in the workbench: a table and heatmaps, and from every figure the way to its passages."""

from qualcode.tui.screens.agreement.screen import AgreementScreen, agreement_screen

__all__ = ["AgreementScreen", "agreement_screen"]
