# make run: set up and serve Digest. make test: set up and check everything. make bench: measure (BENCH_ARTICLES=100000:
# the quick form; PEER=1: SQLite, DuckDB and tantivy too). make bench-memory: what the processes that serve hold after
# 100,000 requests. Requests a second are asked with wrk, where it is installed.
PORT ?= 8000
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin

# Tests and checks use a database cluster of their own, stopped when they are done.
test lint: export DIGEST_DATA = $(CURDIR)/var/test

.PHONY: run test lint bench bench-memory

run: .venv/run.stamp
	@$(BIN)/python manage.py serve --port $(PORT)

test: lint
	@DIGEST_DATABASE_FSYNC=0 $(BIN)/pytest -n 2 --dist loadgroup; status=$$?; $(BIN)/python manage.py db stop >/dev/null; exit $$status

bench: export DIGEST_DATA = $(CURDIR)/var/bench
bench-memory: export DIGEST_DATA = $(CURDIR)/var/bench-memory
bench: export BENCH_ARTICLES ?= 1000000

bench: .venv/test.stamp $(if $(PEER),.venv/peers.stamp)
	@$(BIN)/python -m tests.benchmarks.throughput
	@$(BIN)/python -m tests.benchmarks.reading
	@$(BIN)/python -m tests.benchmarks.archive $(if $(PEER),&& $(BIN)/python -m tests.benchmarks.peers); status=$$?; $(BIN)/python manage.py db stop >/dev/null; exit $$status

bench-memory: .venv/test.stamp
	@$(BIN)/python -m tests.benchmarks.memory; status=$$?; $(BIN)/python manage.py db stop >/dev/null; exit $$status

lint: .venv/test.stamp
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .
	@$(BIN)/mypy digest articles
	@$(BIN)/lint-imports
	@$(BIN)/python manage.py makemigrations --check --dry-run

.venv/run.stamp: requirements.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing what Digest needs into .venv, once"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/peers.stamp: tests/benchmarks/requirements.txt .venv/test.stamp
	@echo "Installing what stands beside Digest in the benchmarks into .venv, once"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r tests/benchmarks/requirements.txt
	@touch $@

.venv/test.stamp: requirements.txt tests/requirements.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing what the tests need into .venv, once"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r tests/requirements.txt
	@touch $@ .venv/run.stamp
