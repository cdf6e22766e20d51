# What you can ask for; `make` alone lists it. Needs git, make and Python 3.11 or newer; everything else goes into .venv.
SHELL := /bin/sh
VENV := .venv
PYTHON := $(VENV)/bin/python
PIP := $(PYTHON) -m pip install --disable-pip-version-check --quiet
QUICK := -q -n 2 -m "not postgres and not browser and not slow" tests/rules tests/use_cases tests/pages tests/house

.DEFAULT_GOAL := help
.PHONY: help setup run demo test check slow fix bench soak clean

help: ## list what can be asked for
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-7s %s\n", $$1, $$2 }' Makefile
	@echo "PORT, DATA_DIR and DATABASE_URL choose where: PORT=8600 DATA_DIR=/srv/plumbline make run"

setup: $(VENV)/dev.stamp ## install what runs and what tests Plumbline

run: $(VENV)/run.stamp ## open Plumbline on this machine; your data lies in data/
	@$(PYTHON) -m server

demo: $(VENV)/run.stamp ## open it with the demonstration: invented agencies, kept apart from your data
	@$(PYTHON) -m server --demo

# Tests that are rewritten and compiled at every run take a dozen seconds before the first of them begins.
check test slow: export PYTHONDONTWRITEBYTECODE =

check: setup ## style, types and the quick tests: under a minute, before every commit
	$(PYTHON) -m ruff check
	$(PYTHON) -m ruff format --check
	$(PYTHON) -m mypy
	$(PYTHON) -m pytest $(QUICK)

test: setup ## everything, with PostgreSQL and a browser
	@sh tests/browser/chromium.sh $(PYTHON)
	$(PYTHON) -m ruff check
	$(PYTHON) -m ruff format --check
	$(PYTHON) -m mypy
	$(PYTHON) -m pytest -n 2

slow: setup ## time the quick tests anew: which of them `make check` leaves to `make test`
	$(PYTHON) -m tests.slowest $(QUICK)

fix: setup ## put style right where a tool can
	$(PYTHON) -m ruff check --fix
	$(PYTHON) -m ruff format

bench: setup ## measure what was promised: a table, and bench/results.json; some ten minutes on a quiet machine
	@sh tests/browser/chromium.sh $(PYTHON)
	@$(PYTHON) -m bench

soak: setup ## the long forms: thousands of saves, hundreds of kills, two hundred sessions
	PLUMBLINE_LONG=1 $(PYTHON) -m pytest -q $$(grep -rl PLUMBLINE_LONG tests --include='test_*.py')
	@$(PYTHON) -m bench sessions

clean: ## remove the environment and every cache; never your data
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/dev.stamp: $(VENV)/run.stamp requirements-dev.txt
	@echo "Installing what tests Plumbline ..."
	@$(PIP) -r requirements-dev.txt
	@touch $@

$(VENV)/run.stamp: $(PYTHON) requirements.txt
	@echo "Installing what runs Plumbline; the first time this takes a minute or two ..."
	@$(PIP) -r requirements.txt
	@touch $@

$(PYTHON):
	@for python in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	  if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    $$python -m venv $(VENV) && exit 0; \
	    rm -rf $(VENV); \
	    echo "$$python could not make an environment. On Debian and Ubuntu: sudo apt install python3-venv"; exit 1; \
	  fi; \
	done; \
	echo "Plumbline needs Python 3.11 or newer, and none was found. Install it from https://www.python.org/downloads/"; \
	exit 1
