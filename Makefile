# The house's commands. `make run` and `make test` are the two that matter; both can be repeated.

PYTHON ?= python3.11
PORT ?= 8000
ORDER := $(shell date +%s)
BIN := .venv/bin
CHECKED := config surveys analytics exporters tests scripts benchmarks manage.py

.DEFAULT_GOAL := help
.PHONY: help install run test check unit browser lint format messages lock bench mutants

help: ## say what can be done
	@sed -nE 's/^([a-z]+):.*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

install: .venv/.installed node_modules/.installed node_modules/.built locale/.compiled ## make the environment and install all packages

.venv/.installed: requirements-dev.txt
	@scripts/python.sh $(PYTHON)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

node_modules/.installed: package.json package-lock.json
	npm ci --ignore-scripts --no-audit --no-fund
	@touch $@

node_modules/.built: node_modules/.installed scripts/build_icons.mjs scripts/build_map.mjs scripts/icons.txt
	npm run --silent build
	@touch $@

locale/.compiled: .venv/.installed $(wildcard locale/parts/*.po) scripts/merge_messages.py scripts/compile_messages.py
	$(BIN)/python scripts/merge_messages.py
	$(BIN)/python scripts/compile_messages.py
	@touch $@

run: install ## start the product with its demonstration on http://127.0.0.1:8000
	$(BIN)/python scripts/serve.py --port $(PORT)

test: install ## run every check and every test
	@scripts/test_packages.sh
	@$(MAKE) --no-print-directory check unit browser

check: ## lint, types, contracts of import, migrations
	$(BIN)/ruff check $(CHECKED)
	$(BIN)/ruff format --check --quiet $(CHECKED)
	$(BIN)/mypy $(CHECKED)
	$(BIN)/lint-imports
	$(BIN)/djlint templates --lint --quiet
	DJANGO_SETTINGS_MODULE=config.settings.test $(BIN)/python manage.py makemigrations --check --dry-run

unit: ## run the tests without a browser; ORDER=… for one that was seen
	$(BIN)/pytest -q -n 2 --randomly-seed=$(ORDER) -m "not browser"

browser: ## run the tests in Chromium; ORDER=… for one that was seen
	$(BIN)/pytest -q -n 0 --randomly-seed=$(ORDER) -m browser

lint: install check ## the checks alone

format: install ## write the code in the house's format
	$(BIN)/ruff check --fix $(CHECKED)
	$(BIN)/ruff format $(CHECKED)

messages: install ## merge and compile the translations of locale/parts, as install does

lock: install ## compile requirements*.in into locks with hashes
	$(BIN)/uv pip compile requirements.in -o requirements.txt $(LOCK)
	$(BIN)/uv pip compile requirements-cluster.in -o requirements-cluster.txt $(LOCK)
	$(BIN)/uv pip compile requirements-dev.in -o requirements-dev.txt $(LOCK)

LOCK := --quiet --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make lock"

bench: install ## run every program in benchmarks
	@for program in $(filter-out benchmarks/measure.py benchmarks/pages.py,$(wildcard benchmarks/*.py)); do $(BIN)/python $$program || exit 1; done

mutants: install ## put small faults into the engine and count those the tests notice; SEED=2 for another sample
	$(BIN)/python -m scripts.mutation --sample $(or $(SAMPLE),700) --seed $(or $(SEED),1)
