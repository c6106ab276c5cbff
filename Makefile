# Every command that a person or CI runs. `make` alone lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= $(firstword $(foreach name,python3 python3.13 python3.12 python3.11,\
  $(shell $(name) -c 'import sys; sys.version_info >= (3, 11) and print("$(name)")' 2>/dev/null)))
BIN := .venv/bin
RUN := .venv/.run
DEV := .venv/.dev
WORKERS ?= auto

.PHONY: help
help: ## what can be run
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 22

.PHONY: demo
demo: $(RUN) ## start the demonstration (PORT=8123 chooses the port, RESET=1 begins afresh)
	@$(BIN)/openrenda demo $(if $(PORT),--port $(PORT)) $(if $(filter-out 0,$(RESET)),--reset)

.PHONY: install
install: $(RUN) ## build the environment .venv, start nothing

.PHONY: test
test: $(DEV) ## run all tests (ARGS="tests/unit -k clock" for some)
	@$(BIN)/pytest $(if $(ARGS),$(ARGS),-n $(WORKERS) --dist loadfile --no-loadscope-reorder)

.PHONY: check
check: $(DEV) ## lint, formatting, types, imports, migrations, reference pages, translations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo --cache-dir .cache/import_linter
	$(BIN)/openrenda manage makemigrations --check --dry-run
	$(BIN)/openrenda reference --check
	$(BIN)/python tools/translations.py check

.PHONY: fmt
fmt: $(DEV) ## mend what can be mended: formatting, order of imports
	$(BIN)/ruff check --fix --exit-zero --quiet .
	$(BIN)/ruff format .

.PHONY: messages
messages: $(DEV) ## bring the translation catalogue and docs/reference up to date
	$(BIN)/python tools/translations.py update
	$(BIN)/openrenda reference

.PHONY: bench
bench: $(DEV) ## measure pages against a bare view, as ratios (ARGS=--write keeps them in docs/reference)
	$(BIN)/python -m tools.bench $(ARGS)

.PHONY: vendor
vendor: ## fetch front-end packages and copy what we ship into the tree (needs Node)
	tools/vendor.sh

.PHONY: lock
lock: $(DEV) ## write the hashed requirements files anew
	tools/lock.sh

.PHONY: clean
clean: ## remove the environment and caches; data stays
	rm -rf .venv .cache

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "需要 Python 3.11 或更新版本 (Python 3.11 or newer is needed): https://www.python.org/downloads/"; exit 1; }
	@echo "正在建立运行环境 .venv (building the environment)"
	@$(PYTHON) -m venv .venv || { rm -rf .venv; echo "缺少 venv 模块，例如 Debian: apt-get install python3-venv (the venv module is missing)"; exit 1; }

# A second run does nothing until a requirements file or pyproject.toml changes.
$(RUN): .venv/bin/python requirements.lock pyproject.toml
	@test -e $(DEV) || { $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock \
	  && $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable . ; }
	@test ! -e $(DEV) || $(MAKE) --no-print-directory $(DEV)
	@touch $@

$(DEV): .venv/bin/python requirements-dev.lock pyproject.toml
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
