# Everything stands in .venv, made by the first target that needs it. `make demo` is where to begin.

PYTHON ?= python3
BIN := .venv/bin
SHIPPED := $(basename $(notdir $(wildcard frameworks/*.yaml)))
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
INSTALL_SYSTEM := $(SUDO) apt-get update -qq && $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends

.DEFAULT_GOAL := help
.PHONY: help demo test proof lint bless schema pictures workbooks glyphs clean libreoffice

help:
	@echo "make demo      build the shipped workbooks into out/, empty and with sample data"
	@echo "make test      check the code and run every test (installs LibreOffice where it is missing)"
	@echo "make proof     recalculate every framework in all other combinations of its options"
	@echo "make lint      only check the code"
	@echo "make bless     take what the program now does for the expected outputs in tests and README"
	@echo "make schema    write the schemas of framework and client files anew"
	@echo "make pictures  draw the pictures in docs/ and examples/ anew"
	@echo "make workbooks build the workbooks in examples/workbooks anew, which lie there ready to download"
	@echo "make glyphs    read the widths of letters anew from the font"
	@echo "make clean     remove .venv, out and caches"

demo: .venv/installed
	@$(BIN)/metricbook build $(SHIPPED) -o out
	@$(BIN)/metricbook build $(SHIPPED) -o out --sample
	@echo
	@echo "Open out/growth.xlsx and type your numbers on the sheet Inputs, or look at out/growth_sample.xlsx first."

test: libreoffice lint
	$(BIN)/pytest -n 2 --dist loadgroup -q

proof: .venv/installed-dev
	$(BIN)/pytest -n 2 -q -m thorough

lint: .venv/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bless: .venv/installed-dev
	BLESS=1 $(BIN)/pytest -n 2 --dist loadgroup -q

schema: .venv/installed
	$(BIN)/metricbook schema > frameworks/framework.schema.json.new
	mv frameworks/framework.schema.json.new frameworks/framework.schema.json
	$(BIN)/metricbook schema --client > frameworks/client.schema.json.new
	mv frameworks/client.schema.json.new frameworks/client.schema.json

pictures: .venv/installed libreoffice
	$(BIN)/python docs/make_pictures.py

# Libraries that only tests need change how XML is spelled, so the test and this command share an environment.
workbooks: .venv/installed-dev
	$(BIN)/python examples/make_workbooks.py

glyphs: .venv/installed libreoffice
	$(BIN)/python tools/make_glyphs.py

clean:
	rm -rf .venv out build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis

# An editable install: a change of the sources needs no new one, a change of the dependencies does.
.venv/installed: pyproject.toml | .venv/bin/pip
	$(BIN)/pip install -q --disable-pip-version-check -e .
	@touch $@

.venv/installed-dev: pyproject.toml | .venv/bin/pip
	$(BIN)/pip install -q --disable-pip-version-check -e ".[dev]"
	@touch $@ .venv/installed

# Debian and Ubuntu keep what `python3 -m venv` needs in a package of its own.
.venv/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or later is needed; say which with make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || \
		{ command -v apt-get >/dev/null && $(INSTALL_SYSTEM) python3-venv; } || \
		{ echo "Python's venv is missing; on Debian and Ubuntu: apt install python3-venv"; exit 1; }
	$(PYTHON) -m venv .venv

# The workbooks are recalculated by LibreOffice; Carlito has the widths of the font they are written in.
libreoffice:
	@command -v soffice >/dev/null && command -v pdftoppm >/dev/null || \
		{ command -v apt-get >/dev/null && $(INSTALL_SYSTEM) libreoffice-calc python3-uno fonts-crosextra-carlito poppler-utils; } || \
		{ echo "LibreOffice (soffice) and poppler (pdftoppm) are needed; install them and try again"; exit 1; }
