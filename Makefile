# Forankring. `make help` says what there is; every command sets up what it needs by itself.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.SUFFIXES:

WORKSPACE ?= drafts/strategi-2024
JOBS ?= 2
PAGE ?= 1
PICTURE_OF ?= $(WORKSPACE)/editions
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --no-input --disable-pip-version-check --require-virtualenv

.PHONY: help draft setup test lint style types layers format bench soak fuzz picture requirements clean

help: ## Show this list
	@echo "Forankring: draft a strategy together. Needs git, make and Python 3.11 or later."
	@echo
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1#\2/p' Makefile | awk -F'#' '{ printf "%-20s %s\n", $$1, $$2 }'
	@echo
	@echo "Another strategy:  make draft WORKSPACE=path/to/folder"
	@echo "More commands:     $(BIN)/forankring --help"

draft: $(VENV)/.base ## Gather the inbox and draft a new version with Word, PDF and HTML
	@$(BIN)/forankring draft --workspace "$(WORKSPACE)"

setup: $(VENV)/.dev ## Set up .venv with everything for drafting and for development

test: lint $(VENV)/.validators ## Run every check and every test
	@$(BIN)/python -m pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder $(PYTEST)

lint: style types layers ## Run the checks only: ruff, mypy, import-linter

style: $(VENV)/.dev
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check

types: $(VENV)/.dev
	@$(BIN)/mypy

layers: $(VENV)/.dev
	@$(BIN)/lint-imports

format: $(VENV)/.dev ## Let ruff format the code and mend what it can
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

bench: $(VENV)/.dev ## Measure speed beside bare pandoc, typst and library calls (minutes; never part of test)
	@$(BIN)/python -m bench

soak: $(VENV)/.dev ## Gather 10,000 made-up files, again, and killed on the way (half an hour; never part of test)
	@$(BIN)/python -m bench.soak

fuzz: $(VENV)/.dev ## Gather 10,000 damaged files: each must have an outcome within its limits (never part of test)
	@$(BIN)/python -m bench.fuzz

picture: $(VENV)/.base ## Draw docs/images/page.png anew from the newest PDF (PAGE=1)
	@$(BIN)/python docs/picture.py "$(PICTURE_OF)" $(PAGE) docs/images/page.png

requirements: $(VENV)/.dev ## Pin the newest allowed versions in requirements/*.txt (needs a network)
	@$(BIN)/python requirements/pin.py

clean: ## Remove .venv and caches; never a text, an edition or anything in .forankring
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -not -path './drafts/*' -prune -exec rm -rf {} +

# The environment. A stamp file says what is installed; a change in what is pinned installs again.

$(VENV)/.base: requirements/base.txt pyproject.toml hatch_build.py | $(BIN)/python
	@echo "Installing what drafting needs (once, about a minute) ..."
	@$(PIP) install --require-hashes --requirement requirements/base.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.base
	@echo "Installing what development needs (once) ..."
	@$(PIP) install --require-hashes --requirement requirements/dev.txt
	@touch $@

# Best effort: without npm or a network the tests that need these are skipped, and say so. No stamp, then, to try again.
$(VENV)/.validators: requirements/npm.list $(VENV)/.dev
	@if command -v npm >/dev/null; then \
	  npm install --silent --prefix $(VENV)/validators --no-save --no-package-lock --no-audit --no-fund \
	    $$(cat requirements/npm.list) </dev/null && touch $@ || echo "npm could not install the validators; going on without them."; \
	fi

$(BIN)/python:
	@found=; bare=; \
	for python in $(PYTHON) python3.11 python3.12 python3.13 python3; do \
	  "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
	  if "$$python" -c 'import ensurepip, venv' 2>/dev/null; then found=$$python; break; fi; \
	  bare=$$python; \
	done; \
	if [ -n "$$found" ]; then "$$found" -m venv --clear $(VENV); \
	elif [ -n "$$bare" ]; then \
	  echo "$$bare cannot make virtual environments. On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; \
	else \
	  echo "Python 3.11 or later was not found. Install it (Debian: apt install python3 python3-venv)," >&2; \
	  echo "or say where it is: make PYTHON=/path/to/python3.11" >&2; exit 1; \
	fi
