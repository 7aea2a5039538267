# fieldlog: the commands a newcomer needs. `make` alone lists them.

PORT ?= 8080
VENV := .venv
BIN := $(VENV)/bin
PYTEST := $(BIN)/python -m pytest

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help install run test bench lock clean \
        install-dev test-setup lint types house unit javascript browser wheel

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: $(VENV)/installed ## Create .venv and install fieldlog into it, no server
	@:

run: install ## Install, load a demonstration into an empty database, serve on PORT (8080)
	@$(BIN)/fieldlog init
	@$(BIN)/fieldlog demo --if-empty
	@trap : INT; $(BIN)/fieldlog serve --port $(PORT) || [ $$? -eq 130 ]

test: lint types house unit javascript browser wheel ## Set up what the tests need and run all of them

bench: test-setup ## Measure against the bare libraries
	@cd tests/bench/lighthouse && [ node_modules -nt package-lock.json ] || \
	  { echo "Installing lighthouse …"; npm ci --silent --no-audit --no-fund && touch node_modules; }
	@$(BIN)/python -m tests.bench

lock: install-dev ## Bring requirements*.lock up to date with pyproject.toml
	@$(COMPILE) --group build -o requirements.lock
	@$(COMPILE) --group build --group dev -c requirements.lock -o requirements-dev.lock

clean: ## Remove .venv and everything else that can be made again (never instance/)
	@rm -rf $(VENV) tests/setup/node_modules dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	@find fieldlog tests -name __pycache__ -type d -prune -exec rm -rf {} +

# One stage of `make test` each; `make lint` or `make unit` runs it alone.

lint: install-dev ## Only ruff: rules and layout
	@printf '\n== Lint\n'
	@$(BIN)/ruff check --quiet . && $(BIN)/ruff format --check --quiet . && echo "ruff found nothing"

types: install-dev ## Only mypy --strict
	@printf '\n== Types\n'
	@$(BIN)/mypy

house: install-dev ## Only the house rules
	@printf '\n== House rules\n'
	@$(PYTEST) tests/house

unit: test-setup ## Only the Python tests without a browser
	@printf '\n== Unit, property, web and command line tests\n'
	@$(PYTEST) -n 2 --ignore=tests/house --ignore=tests/browser --ignore=tests/wheel

javascript: test-setup ## Only the JavaScript tests, or those of TESTS=tests/js/tasks.test.js
	@printf '\n== JavaScript\n'
	@tests='$(TESTS)'; [ "$$tests" ] || tests=$$(find tests/js -name '*.test.js'); \
	[ "$$tests" ] || { echo "no tests in tests/js" >&2; exit 1; }; \
	export FIELDLOG_PAGES=$$(mktemp -d) && trap 'rm -rf "$$FIELDLOG_PAGES"' EXIT && \
	$(BIN)/python -m tests.js.pages "$$FIELDLOG_PAGES" && \
	log=$$(node --test --test-reporter=spec $$tests 2>&1) || { printf '%s\n' "$$log" >&2; exit 1; }; \
	printf '%s\n' "$$log" | sed -n 's/^. pass \([0-9]*\)$$/\1 passed/p'

browser: test-setup ## Only the browser tests
	@printf '\n== Browser tests\n'
	@$(PYTEST) -n 2 --dist loadfile tests/browser

wheel: install-dev ## Only the smoke run of the built wheel
	@printf '\n== The built wheel\n'
	@$(PYTEST) tests/wheel

install-dev: $(VENV)/installed-dev

test-setup: install-dev
	@tests/setup/programs.sh
	@tests/setup/packages.sh

# How the environment is made. The stamps make a second run instant; pip is silent unless it fails.

COMPILE = $(BIN)/uv pip compile --quiet pyproject.toml --universal --python-version 3.11 \
          --generate-hashes --custom-compile-command "make lock"

PYTHONS := python3 python3.11 python3.12 python3.13 python3.14
AT_LEAST_311 := import sys; sys.exit(sys.version_info < (3, 11))
ASK_FOR_PYTHON := fieldlog needs Python 3.11 or later with its venv module. \
                  On Debian or Ubuntu: sudo apt-get install python3 python3-venv

$(BIN)/python:
	@for python in $(PYTHONS); do \
	  $$python -c '$(AT_LEAST_311)' 2>/dev/null && break; python=; \
	done; \
	[ "$$python" ] || { echo "$(ASK_FOR_PYTHON)" >&2; exit 1; }; \
	can_make_venv() { $$python -c 'import ensurepip, venv' 2>/dev/null; }; \
	if ! can_make_venv && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo "Installing python3-venv …"; \
	  log=$$({ apt-get update && DEBIAN_FRONTEND=noninteractive \
	          apt-get install -y --no-install-recommends python3-venv; } 2>&1) || printf '%s\n' "$$log" >&2; \
	fi; \
	can_make_venv || { echo "$(ASK_FOR_PYTHON)" >&2; exit 1; }; \
	rm -rf $(VENV) && $$python -m venv $(VENV)

PIP_INSTALL := $(BIN)/python -m pip install --disable-pip-version-check

define install_from
	@echo "Installing from $(1) …"
	@log=$$({ $(PIP_INSTALL) --require-hashes -r $(1) && \
	          $(PIP_INSTALL) --no-build-isolation --no-deps -e .; } 2>&1) || \
	  { printf '%s\n' "$$log" >&2; exit 1; }
endef

$(VENV)/installed: $(BIN)/python requirements.lock pyproject.toml
	$(call install_from,requirements.lock)
	@touch $@

$(VENV)/installed-dev: $(BIN)/python requirements.lock requirements-dev.lock pyproject.toml
	$(call install_from,requirements-dev.lock)
	@touch $(VENV)/installed $@
