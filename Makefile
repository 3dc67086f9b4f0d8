# What a person needs to work here. Every target makes the environment first; that costs nothing when nothing has changed.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

VENV := .venv
BIN := $(VENV)/bin
LOCK := requirements.lock
LOCKED := $(VENV)/.locked-packages
INSTALLED := $(VENV)/.installed-package

# The interpreter that the environment is made with: `make setup PYTHON=...`, else the first of these that is new enough.
PYTHON ?=
CANDIDATES := $(PYTHON) python3.12 python3 python3.13 python3.14 python
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 12))

# The page: what it is made of, and what it is made into.
PAGE := src/dateline/server/page/index.html
NODE_MODULES := web/node_modules/.package-lock.json
PAGE_SOURCES := docs/openapi.json $(shell find web -path web/node_modules -prune -o -type f -not -name '*.md' -not -name contract.d.ts -not -name provinces.json -print)

.PHONY: help setup demo test lint format bench eval docs docs-generated dist lock clean page screenshots nightly audit first-table

help: ## say what the targets do
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

setup: $(INSTALLED) ## make .venv with everything from the lock file and the package itself

$(LOCKED): $(LOCK)
	@if ! $(BIN)/python -c '$(NEW_ENOUGH)' 2>/dev/null; then \
	  for candidate in $(CANDIDATES); do \
	    if "$$candidate" -c '$(NEW_ENOUGH)' 2>/dev/null; then found=$$candidate; break; fi; \
	  done; \
	  if [ -z "$${found:-}" ]; then echo "no Python 3.12 or newer found: install one, or say make setup PYTHON=/path/to/python" >&2; exit 1; fi; \
	  echo "making $(VENV) with $$("$$found" --version)"; \
	  "$$found" -m venv --clear $(VENV); \
	fi
	@echo "installing the packages of $(LOCK)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes --no-deps -r $(LOCK)
	@touch $@

$(INSTALLED): $(LOCKED) pyproject.toml
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index --editable .
	@touch $@

demo: setup ## read the example and print what it says
	@$(BIN)/dateline read examples/withdrawal.txt

test: setup ## run the tests, on every core
	@$(BIN)/python -m pytest -n auto --dist worksteal

.PHONY: test-engines compare lock-engines

test-engines: setup ## read a thousand articles on Daft, Ray and Spark, in an environment of their own: the same rows
	@if ! cmp -s requirements-engines.lock .venv-engines/.locked; then \
	  $(BIN)/python -m venv --clear .venv-engines && \
	  .venv-engines/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-engines.lock && \
	  cp requirements-engines.lock .venv-engines/.locked; \
	fi
	@built=$$(mktemp -d) && trap 'rm -rf "$$built"' EXIT && $(BIN)/hatchling build -t wheel -d "$$built" >/dev/null && \
	  .venv-engines/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-index --force-reinstall "$$built"/*.whl
	@.venv-engines/bin/python -m pytest benchmarks/engines

compare: setup ## measure Dateline beside what people would take instead, and write docs/comparison.md
	@test -x .venv-compare/bin/python || $(BIN)/python -m venv .venv-compare
	@.venv-compare/bin/python -m pip install --quiet --disable-pip-version-check '.[compare]'
	@.venv-compare/bin/python -m benchmarks.compare --write

lock-engines: setup ## pin anew what test-engines installs
	@$(BIN)/pip-compile --quiet --upgrade --generate-hashes --extra engines --strip-extras --allow-unsafe --no-header \
	  --annotation-style line --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options \
	  --output-file requirements-engines.lock pyproject.toml
	@sed -i.bak '/^--/d; s/, -c [^,]*//; s/-c [^,]*, //' requirements-engines.lock && rm requirements-engines.lock.bak

lint: setup ## ruff and mypy
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy

format: setup ## let ruff put the code in order
	@$(BIN)/ruff check --fix-only --quiet
	@$(BIN)/ruff format

bench: setup ## measure the speed
	@$(BIN)/python -m benchmarks.speed

eval: setup ## measure the accuracy on the coded articles and store it; refuses to fall below the pinned floors
	@$(BIN)/python -m benchmarks.accuracy --write

page: $(PAGE) ## build the page of dateline serve; needs Node 20.19 or newer with npm

$(NODE_MODULES): web/package.json web/package-lock.json
	@if ! command -v npm >/dev/null || ! node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)'; then \
	  echo "the page needs Node 20.19 or newer with npm to be built: install it (apt install nodejs npm, brew install node) and say make page again" >&2; exit 1; \
	fi
	@cd web && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

$(PAGE): $(NODE_MODULES) $(PAGE_SOURCES)
	@cd web && npm run --silent build
	@touch $@

screenshots: setup page ## show the example in the page and write pictures of every view to docs/img; needs Chromium
	@$(BIN)/python -m tools.screenshots

docs: setup ## build the documentation as a site, in build/site; a link that leads nowhere is an error
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r docs/requirements.lock
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet --clean
	@echo "build/site/index.html"

docs-generated: setup ## write the generated parts of docs/ anew
	@PYTHONPATH=. $(BIN)/python docs/generate.py

dist: setup page ## build wheel and sdist, check what is in them, and try the wheel in an environment of its own
	@rm -rf dist && $(BIN)/hatchling build -d dist >/dev/null
	@$(BIN)/python tools/check_dist.py dist
	@fresh=$$(mktemp -d) && trap 'rm -rf "$$fresh"' EXIT && $(BIN)/python -m venv "$$fresh/venv" && \
	  $(BIN)/python tools/runtime_lock.py > "$$fresh/run.lock" && \
	  "$$fresh/venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes --no-deps -r "$$fresh/run.lock" && \
	  "$$fresh/venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --no-index dist/*.whl && \
	  (cd "$$fresh" && venv/bin/dateline --version && \
	   venv/bin/dateline read $(CURDIR)/examples/withdrawal.txt --format jsonl >/dev/null && venv/bin/dateline demo war --no-serve)

nightly: setup ## 100,000 odd inputs, a sentence of 5,000 words, an article of 2 MB, and ten minutes of atheris
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-fuzz.lock
	@DATELINE_SWEEP=100000 $(BIN)/python -m pytest -n auto --dist worksteal tests/sweep
	@$(BIN)/python -m tests.sweep.fuzz -max_total_time=600 -rss_limit_mb=8192 -timeout=60

audit: setup ## look the locked packages up among known weaknesses; needs a way to the advisory services
	@python=$$(mktemp -d) && trap 'rm -rf "$$python"' EXIT && $(BIN)/python -m venv "$$python" && \
	  "$$python/bin/pip" install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-audit.lock && \
	  tools/audit.sh "$$python/bin/pip-audit"

first-table: ## clone into a temporary folder, set up, run the demo; prints how long each step takes
	@tools/first_table.sh

lock: setup ## pin every dependency anew, with hashes
	@$(BIN)/pip-compile --quiet --upgrade --generate-hashes --extra dev --strip-extras --allow-unsafe --no-header \
	  --annotation-style line --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options \
	  --output-file $(LOCK) pyproject.toml
	@sed -i.bak '/^--/d; s/, -c [^,]*//; s/-c [^,]*, //' $(LOCK) && rm $(LOCK).bak

clean: ## remove what was made here, the environment included
	rm -rf $(VENV) web/node_modules web/src/contract.d.ts web/src/map/provinces.json src/dateline/server/page .cache .mypy_cache .pytest_cache .ruff_cache .hypothesis build dist
