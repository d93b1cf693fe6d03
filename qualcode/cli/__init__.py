"""The command line: every task of the workbench, scriptable, with `--json` wherever a table is printed."""
