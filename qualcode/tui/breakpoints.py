"""The widths from which panes stand beside the text: the codebook, then the inspector as well."""

MEDIUM, WIDE = 90, 124
