"""Parts of the benchmark of the workbench: the terminals it plays, the study it builds, what it times."""
