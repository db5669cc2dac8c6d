# Everything one does with Khuê Văn. `make` alone lists the targets.
#
# Needs Python 3.11 to 3.13 (with venv and pip) and make; the rest is installed into .venv.

PYTHON ?= python3
PORT ?= 8000
# How many processes share the tests; 0 for none but the one.
WORKERS ?= auto
KHUEVAN_DATA_DIR ?= var
export PORT KHUEVAN_DATA_DIR
export PYTHONUTF8 = 1
# uv stays inside this virtual environment and never downloads a Python of its own.
export UV_PROJECT_ENVIRONMENT = .venv
export UV_PYTHON = .venv/bin/python
export UV_PYTHON_DOWNLOADS = never

BIN := .venv/bin
# --inexact, because an exact sync would take away uv itself, and what `make test` installed.
SYNC := $(BIN)/uv sync --locked --inexact --quiet
READY := $(KHUEVAN_DATA_DIR)/.ready
STATIC := $(KHUEVAN_DATA_DIR)/.static
MIGRATIONS := $(shell find khuevan -path '*/migrations/*.py' 2>/dev/null)
STATIC_FILES := $(shell find khuevan -path '*/static/*' -type f 2>/dev/null)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run setup test check format messages vendor pictures clean database

help: ## List the targets
	@echo "Khuê Văn"
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

run: setup ## Set up what is missing and serve on 127.0.0.1 (PORT=8000)
	@exec $(BIN)/khuevan serve

setup: $(STATIC) database ## Do what `make run` does, except serving

test: .venv/.test ## Run all tests; browser tests use the system's Chromium
	@tools/install_browser.sh
	$(BIN)/pytest -n $(WORKERS) --dist loadgroup --no-loadscope-reorder $(TESTS)

check: .venv/.test .venv/.lint ## Check style, types, layers, migrations, templates, texts and links
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -W error manage.py makemigrations --check --dry-run
	$(BIN)/djade --check --target-version 5.2 $$(find khuevan -path '*/templates/*.html')
	$(BIN)/python tools/check_templates.py
	$(BIN)/python tools/messages.py --check
	$(BIN)/python tools/check_links.py

format: .venv/.lint ## Put Python and templates into the house's form
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format --quiet .
	-$(BIN)/djade --target-version 5.2 $$(find khuevan -path '*/templates/*.html')

messages: .venv/.lint ## Compile the translations
	$(BIN)/python tools/messages.py

vendor: .venv/.run ## Copy front-end packages from npm (needs npm; see tools/vendor.toml)
	$(BIN)/python tools/vendor.py

pictures: .venv/.test ## Take the pictures of the README from a fresh installation (needs Chromium)
	@data=$$(mktemp -d) && trap 'rm -rf "$$data"' EXIT && \
		$(MAKE) --no-print-directory setup KHUEVAN_DATA_DIR=$$data && \
		KHUEVAN_DATA_DIR=$$data $(BIN)/python tools/pictures.py

clean: ## Remove the environment and caches; data in var/ stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

.venv/.uv:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' || { \
		echo "Khuê Văn needs Python 3.11, 3.12 or 3.13: name one, as in  make PYTHON=python3.12 $(MAKECMDGOALS)"; \
		exit 1; }
	@echo "Making .venv"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || { \
		echo "Python cannot make a virtual environment: install its venv module (Debian: apt install python3-venv)"; \
		exit 1; }
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@touch $@

.venv/.run: .venv/.uv uv.lock pyproject.toml
	@echo "Installing the locked packages"
	@$(SYNC)
	@touch $@

.venv/.test: .venv/.uv uv.lock pyproject.toml
	@echo "Installing the locked packages and those of the tests"
	@$(SYNC) --group test
	@touch $@ .venv/.run

.venv/.lint: .venv/.uv uv.lock pyproject.toml
	@$(SYNC) --group lint
	@touch $@ .venv/.run

$(STATIC): .venv/.run uv.lock $(STATIC_FILES)
	@mkdir -p $(KHUEVAN_DATA_DIR)
	@echo "Collecting static files"
	@$(BIN)/python manage.py collectstatic --noinput --verbosity 0
	@touch $@

# The mark of a set-up database lies beside it; where the file is gone, the mark says nothing.
database: .venv/.run
	@test -f $(KHUEVAN_DATA_DIR)/khuevan.sqlite3 || rm -f $(READY)
	@$(MAKE) --no-print-directory --silent $(READY)

$(READY): uv.lock $(MIGRATIONS) khuevan/people/data/hanoi_units.toml
	@mkdir -p $(KHUEVAN_DATA_DIR)
	@echo "Setting up the database"
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/khuevan setup-demo
	@echo "Living through the plan's year, until 26 December 2025 (once; about a minute)"
	@$(BIN)/khuevan demo year --if-new
	@touch $@
