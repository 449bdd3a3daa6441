SHELL := /bin/bash
VENV ?= .venv
PY ?= $(shell for p in python3.13 python3.12 python3.11 python3; do command -v $$p >/dev/null 2>&1 && $$p -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info)' 2>/dev/null && { echo $$p; break; }; done)
BIN := $(VENV)/bin
PIP := $(BIN)/pip install -q --disable-pip-version-check --require-hashes
PORT ?= 8000
export FLASK_APP := wsgi:app
export PORT

.DEFAULT_GOAL := help
.PHONY: help run test unit browser check lint types architecture templates migrations race fuzz machine equivalence account-figures bench-search screenshots lock clean

help: ## what there is
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

$(VENV)/.run: requirements.txt
	@test -n "$(PY)" || { echo "Needs Python 3.11 or newer with venv (Debian: apt install python3 python3-venv)"; exit 1; }
	@test -x $(BIN)/python || $(PY) -m venv $(VENV)
	@echo "Installing what it needs ..."
	$(PIP) -r requirements.txt
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.txt
	@echo "Installing what the tests need ..."
	$(PIP) -r requirements-dev.txt
	@touch $@

run: export APP_ENV ?= development
run: $(VENV)/.run ## migrate, seed the demo if empty, and serve on http://127.0.0.1:8000
	@$(BIN)/flask db upgrade
	@if [ "$$APP_ENV" = development ]; then $(BIN)/flask demo seed --if-empty && $(BIN)/flask demo sign-ins; fi
	@exec $(BIN)/python scripts/serve.py

test: $(VENV)/.dev ## everything: SQLite, PostgreSQL, Redis, browser journeys, coverage
	$(BIN)/python -m pytest -n 2 --dist loadgroup --cov --cov-report=term

unit: $(VENV)/.dev ## the tests that need no database
	$(BIN)/python -m pytest tests/unit -q

browser: ## install Chromium on Debian, for the journeys
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || [ -d "/Applications/Google Chrome.app" ] || { \
	  command -v apt-get >/dev/null || { echo "Please install Chrome or Chromium."; exit 1; }; \
	  SUDO=$$([ "$$(id -u)" = 0 ] || echo sudo); \
	  $$SUDO apt-get update -qq && $$SUDO apt-get install -y -qq --no-install-recommends chromium fonts-liberation; }

check: lint types architecture templates migrations ## all that is static, and migrations up, down, up

lint: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check --quiet .

types: $(VENV)/.dev
	$(BIN)/mypy

architecture: $(VENV)/.dev ## the import contracts
	$(BIN)/lint-imports

templates: $(VENV)/.dev
	$(BIN)/djlint --quiet --lint app/templates

migrations: $(VENV)/.dev
	$(BIN)/python scripts/check_migrations.py

race: $(VENV)/.dev ## 10,000 racing bookings on each database, with and without the guards
	$(BIN)/python -m tests.race --attempts 10000

fuzz: $(VENV)/.dev ## 10,000 generated requests to each database, as every kind of person
	$(BIN)/python -m tests.fuzz --requests 10000

machine: $(VENV)/.dev ## 200 random lives of 30 steps on each database against a simple model
	$(BIN)/python -m tests.machine --runs 200 --steps 30

equivalence: $(VENV)/.dev ## 10,000 starts on each database: offered, free, explained and bookable alike
	$(BIN)/python -m tests.equivalence --starts 10000

account-figures: $(VENV)/.dev ## whether answers tell who has an account, and a new password ends all else
	$(BIN)/python -m tests.account_figures

bench-search: $(VENV)/.dev ## home and the list among 2,000 instructors and 200,000 lessons on each database
	$(BIN)/python -m tests.bench_search

screenshots: $(VENV)/.dev ## every page, two widths, light and dark, into screenshots/
	$(BIN)/python -m tests.screenshots

lock: $(VENV)/.dev ## pin requirements anew
	$(BIN)/uv pip compile requirements.in --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-emit-index-url -q -o requirements.txt
	$(BIN)/uv pip compile requirements-dev.in --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-emit-index-url -q -o requirements-dev.txt

clean: ## remove what was installed; the data in instance/ stays
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
