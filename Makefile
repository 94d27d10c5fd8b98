# Python 3.11 or newer and make are all that is needed; node and PostgreSQL come as Python packages.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
FUZZ := .venv-fuzz
WEB := adapters/http/web
SOURCES := domain application projections adapters benchmarks tests hatch_build.py
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# The lock files name everything: nothing is resolved, so no newer release can come between.
LOCKED := --require-hashes --no-deps
# What the build hook turns into style sheets, scripts and catalogues.
FRONT := $(shell find $(WEB)/frontend $(WEB)/locale -path '*/node_modules' -prune -o -type f -not -name '*.mo' -print)

.PHONY: run test check bench faults fuzz assets messages lock clean help

run: $(VENV)/.ok ## install, build, start server and database on 127.0.0.1:8000 (HOSO_PORT, HOSO_DATA_DIR)
	@exec $(BIN)/hoso run

test: $(VENV)/.dev ## everything that CI runs
	@$(MAKE) --no-print-directory check
	@echo "Browser tests in this run: $$($(BIN)/python -m pytest -q --collect-only -m browser 2>/dev/null | grep -c ::)"
	$(BIN)/python -m pytest --cov --cov-report=term:skip-covered

check: $(VENV)/.dev ## style, types, import arrows, message catalogue
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -q tests/architecture

bench: $(VENV)/.dev ## the table of ratios, also as JSON below var/
	$(BIN)/python -m benchmarks

faults: $(VENV)/.dev ## a minute of writers, rollbacks and a worker that is killed with -9 every few seconds
	HOSO_KILL_SECONDS=60 $(BIN)/python -m pytest -q -s --no-cov tests/faults/test_kill_loop.py

fuzz: $(VENV)/.dev $(FUZZ)/.ok ## generated requests over the whole API, as nobody and as five people
	$(BIN)/python -m tests.support.fuzz

assets: $(VENV)/.ok ## style sheet, scripts and catalogues
	$(BIN)/python hatch_build.py --force

messages: $(VENV)/.dev ## gather texts into the catalogues; new ones must then be translated
	$(BIN)/python -m adapters.http.web.catalogue

lock: ## resolve the dependencies of pyproject.toml anew into requirements/ (needs uv)
	uv pip compile -q --universal --generate-hashes --no-header --no-annotate --upgrade -o requirements/run.txt pyproject.toml
	uv pip compile -q --universal --generate-hashes --no-header --no-annotate --extra build --extra dev -c requirements/run.txt -o requirements/dev.txt pyproject.toml
	printf 'schemathesis==4.*\n' | uv pip compile -q --universal --generate-hashes --no-header --no-annotate --python-version 3.11 -c requirements/dev.txt -o requirements/fuzz.txt -
	printf 'hatchling==1.*\neditables\nnodejs-wheel-binaries==24.*\nbabel\n' | uv pip compile -q --universal --generate-hashes --no-header --no-annotate -c requirements/dev.txt -o requirements/build.txt -

clean: ## forget what was installed and built, keep var/
	rm -rf $(VENV) $(FUZZ) $(WEB)/static $(WEB)/frontend/node_modules .mypy_cache .ruff_cache .pytest_cache

help:
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):[^#]*## /\1\t/'

$(VENV)/.ok: pyproject.toml hatch_build.py requirements/run.txt requirements/build.txt $(FRONT)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "hoso needs Python 3.11 or newer; name one with: make PYTHON=/path/to/python3.11")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing (hashes checked) and building the front end ..."
	@$(INSTALL) $(LOCKED) -r requirements/run.txt -r requirements/build.txt
	@$(INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.ok requirements/dev.txt
	@$(INSTALL) $(LOCKED) -r requirements/dev.txt
	@touch $@

# Of its own: what generates requests is no part of what runs or tests the product.
$(FUZZ)/.ok: requirements/fuzz.txt
	@test -x $(FUZZ)/bin/python || $(PYTHON) -m venv $(FUZZ)
	@$(FUZZ)/bin/python -m pip install --quiet --disable-pip-version-check $(LOCKED) -r requirements/fuzz.txt
	@touch $@
