"""The method itself: spans, codings, agreement, reconciliation, narratives, ties. Pure functions and values."""
