# The commands of this project. `make run` and `make test` are all that a fresh machine needs.

PYTHON ?= python3
PORT ?= 8501
TESTS ?= tests
VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes

# A stamp bears the checksum of the lock that it stands for: nothing is installed twice, nothing stale is kept.
checksum = $(shell cksum < $(1) | cut -d' ' -f1)
RUN_STAMP := $(VENV)/.installed-$(call checksum,requirements.txt)
DEV_STAMP := $(VENV)/.installed-dev-$(call checksum,requirements-dev.txt)

SERVE := STREAMLIT_SERVER_ADDRESS=127.0.0.1 STREAMLIT_SERVER_PORT=$(PORT) $(PY) app.py

.PHONY: install run demo test faults lint format bench lock chromium help
.DEFAULT_GOAL := help

help:
	@echo "make run     installe, prépare la base et démarre le serveur sur http://127.0.0.1:$(PORT)"
	@echo "make demo    la même chose sur une base de démonstration, données fictives"
	@echo "make install installe seulement ; pour un serveur, voir docs/deploiement.md"
	@echo "make test    les tests    make lint   la forme du code"
	@echo "make faults  les pannes, en version longue    make bench  les mesures de vitesse"
	@echo "make lock    recalcule requirements.txt et requirements-dev.txt"

install: $(RUN_STAMP)

# Where people type the address; links sent by the product begin with it.
run demo: export IMPACT_PUBLIC_URL ?= http://127.0.0.1:$(PORT)

run: $(RUN_STAMP)
	$(PY) -m impact init
	$(SERVE)

demo: export IMPACT_DATABASE_URL := sqlite:///data/demo.db
demo: $(RUN_STAMP)
	$(PY) -m impact init --demo
	$(SERVE)

test: $(DEV_STAMP) chromium
	$(PY) -m pytest -n auto --maxprocesses 4 --dist loadfile $(TESTS)

faults: $(DEV_STAMP)
	FAULTS=long $(PY) -m pytest tests/faults tests/e2e/test_closed_tabs.py

# What the product is compared with lives apart; where it cannot be had, those lines are skipped.
bench: $(DEV_STAMP)
	@test -x .bench/bin/datasette || { $(PYTHON) -m venv .bench && .bench/bin/python -m pip install --quiet \
	  --disable-pip-version-check --require-hashes -r requirements-bench.txt; } || true
	$(PY) -m tests.bench $(BENCH)

lint: $(DEV_STAMP)
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy

format: $(DEV_STAMP)
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

lock: $(DEV_STAMP)
	$(PY) -m uv pip compile --quiet --universal --generate-hashes --python-version 3.11 \
	  --custom-compile-command "make lock" requirements.in -o requirements.txt
	$(PY) -m uv pip compile --quiet --universal --generate-hashes --python-version 3.11 \
	  --custom-compile-command "make lock" requirements-dev.in -o requirements-dev.txt
	$(PY) -m uv pip compile --quiet --universal --generate-hashes --python-version 3.11 \
	  --custom-compile-command "make lock" requirements-bench.in -o requirements-bench.txt

$(PY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Il faut Python 3.11 ou plus récent, et $(PYTHON) est : $$($(PYTHON) --version 2>&1)."; \
	  echo "Si une version plus récente est installée : make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(RUN_STAMP): | $(PY)
	$(PIP) -r requirements.txt
	@rm -f $(VENV)/.installed-[0-9]*; touch $@

$(DEV_STAMP): | $(PY)
	$(PIP) -r requirements-dev.txt
	@rm -f $(VENV)/.installed-dev-*; touch $@

# The browser tests use Debian's Chromium; where it cannot be had they are skipped, and CI fails.
chromium:
	@if command -v chromium > /dev/null; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get > /dev/null; then \
	  apt-get update -qq && apt-get install -qq -y --no-install-recommends chromium > /dev/null; \
	else echo "Chromium manque : les tests du navigateur seront sautés (Debian : apt-get install chromium)."; fi
