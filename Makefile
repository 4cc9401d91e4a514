# make run: set up and serve Digest. make test: set up and check everything.
PORT ?= 8000
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin

.PHONY: run test lint

run: .venv/run.stamp
	@$(BIN)/python manage.py serve --port $(PORT)

test: lint
	@DIGEST_DATA="$(CURDIR)/var/test" DIGEST_DATABASE_FSYNC=0 $(BIN)/pytest -n 2 --dist loadgroup

lint: .venv/test.stamp
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .
	@$(BIN)/mypy digest articles
	@$(BIN)/lint-imports
	@DIGEST_DATA="$(CURDIR)/var/test" $(BIN)/python manage.py makemigrations --check --dry-run

.venv/run.stamp: requirements.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/test.stamp: requirements.txt tests/requirements.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r tests/requirements.txt
	@touch $@ .venv/run.stamp
