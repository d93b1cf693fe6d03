# `make demo` and `make test` do all their own set-up inside this folder: a virtual environment in .venv,
# the exact packages of requirements/dev.txt (with hashes), and qualcode itself. Nothing is installed globally.

SHELL := /bin/sh
VENV := .venv
PYTHON := $(VENV)/bin/python
DEMO := demo-study
# `auto` starts one worker a core
WORKERS ?= auto

.PHONY: demo test fast lint types contracts format proofs snapshots pictures benchmarks lock readme keys clean

demo: $(VENV)/ready
	@$(PYTHON) -m qualcode demo $(DEMO)

test: lint types contracts $(VENV)/ready
	@echo "== tests"
	@$(PYTHON) -m pytest -q -n $(WORKERS) --cov=qualcode --cov-branch --cov-report=term:skip-covered

fast: $(VENV)/ready
	@$(PYTHON) -m pytest -q -n $(WORKERS)

lint: $(VENV)/ready
	@echo "== format and lint"
	@$(VENV)/bin/ruff format --check --quiet qualcode tests benchmarks
	@$(VENV)/bin/ruff check --quiet qualcode tests benchmarks

types: $(VENV)/ready
	@echo "== types"
	@$(VENV)/bin/mypy

contracts: $(VENV)/ready
	@echo "== import contracts"
	@$(VENV)/bin/lint-imports

format: $(VENV)/ready
	@$(VENV)/bin/ruff format qualcode tests benchmarks
	@$(VENV)/bin/ruff check --fix qualcode tests benchmarks

# The longer proofs: random walks and kill -9 loops, in their full length.
proofs: $(VENV)/ready
	@QUALCODE_PROOFS=long $(PYTHON) -m pytest -q -n $(WORKERS) -m "proof"

# What every screen looks like, as text: renew it after a change that is meant, and read the difference.
snapshots: $(VENV)/ready
	@QUALCODE_SNAPSHOTS=renew $(PYTHON) -m pytest -q tests/tui/test_snapshots.py

# The same screens as pictures, in every theme, to be looked at: build/pictures/*.png.
pictures: $(VENV)/ready
	@$(PYTHON) docs/pictures.py build/pictures

benchmarks: $(VENV)/ready
	@for file in benchmarks/*.py; do echo "== $$file"; $(PYTHON) $$file || exit 1; done

# Renew the lock after changing pyproject.toml; needs uv.
lock:
	@uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		--group dev --extra postgres pyproject.toml -o requirements/dev.txt

$(VENV)/ready: requirements/dev.txt pyproject.toml
	@sh requirements/set_up.sh $(VENV)
	@touch $@

# Write what the commands print into the README, after a change of the program's words.
readme: $(VENV)/ready
	@$(PYTHON) docs/update_readme.py

# Write the page of keys from the table of actions.
keys: $(VENV)/ready
	@$(PYTHON) docs/write_keys.py

clean:
	@rm -rf $(VENV) $(DEMO) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage
