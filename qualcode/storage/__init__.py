"""The project file: the only layer that speaks SQL. Rows never leave it."""
