"""The public Python API, one module a word. A service opens a transaction, calls core, returns values."""
