"""Agreement in the workbench: a table and heatmaps, and from every figure the way to its passages."""

from qualcode.tui.screens.agreement.screen import AgreementScreen, open_agreement

__all__ = ["AgreementScreen", "open_agreement"]
