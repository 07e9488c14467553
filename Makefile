# The two that matter: make demo, make test. Each sets up all that it needs, in .venv.
.PHONY: demo test test-all run check lint format bench crash soak ci pins clean

# The newest of these that is there; any Python from 3.11 on will do.
PYTHON ?= $(shell for one in python3 python3.13 python3.12 python3.11; do \
	if $$one -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then echo $$one; break; fi; done)
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes

# Two test processes for each core: a test often waits for the bot. One that has nothing left takes another's tests.
# Bytecode is kept even if the environment says otherwise, or each process would compile all tests again.
WORKERS ?= $(shell echo $$((2 * $$(getconf _NPROCESSORS_ONLN))))
PYTEST = PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest --numprocesses $(WORKERS) --dist worksteal
ALL := not soak

demo: .venv/sandbox  ## the real bot against a fake Telegram and video service: no key, no network
	@$(BIN)/python -m bot demo $(if $(ONCE),--once "$(ONCE)") $(if $(PORT),--port $(PORT))

test: .venv/dev  ## the tests; some of them: make test ARGS="-k album", or ARGS=tests/storage
	$(PYTEST) $(ARGS)

test-all: .venv/dev  ## those that make test leaves out, too
	$(PYTEST) -m "$(ALL)" $(ARGS)

run: .venv/run  ## the bot, with .env
	$(BIN)/python -m bot

check: .venv/run  ## is everything in .env right?
	$(BIN)/python -m bot check

lint: .venv/dev  ## style, types, and who may import whom
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: .venv/dev
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

bench: .venv/dev  ## speed and memory, as ratios
	$(BIN)/python -m benchmarks

crash: .venv/dev  ## the whole crash matrix: killed at every request and at every write
	SIGTERM_GRACE=8 $(PYTEST) tests/crash -m "$(ALL)" $(ARGS)
	$(BIN)/python -m tests.crash.mutants

soak: .venv/dev  ## a thousand jobs under random faults and kills; SOAK_SEED, SOAK_JOBS, SOAK_KILLS
	$(BIN)/python -m pytest tests/soak -m soak -s $(ARGS)

ci: test-all lint

# Pins with hashes, for every platform and Python from 3.11 on; no index address is written.
# What tests install comes first and constrains the rest, so that tests and production run the same versions.
COMPILE := $(BIN)/uv pip compile --upgrade --universal --python-version 3.11 --generate-hashes --no-header \
	--no-annotate --no-emit-index-url --quiet pyproject.toml
pins: .venv/dev
	$(BIN)/python -m pip install --quiet uv
	$(COMPILE) --extra sandbox --extra dev -o requirements-dev.txt
	$(COMPILE) --extra sandbox --constraint requirements-dev.txt -o requirements-sandbox.txt
	$(COMPILE) --constraint requirements-dev.txt -o requirements.txt

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache build *.egg-info

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed." >&2; exit 1; }
	$(PYTHON) -m venv .venv

.venv/run: requirements.txt | .venv/bin/python
	$(PIP) -r requirements.txt
	@touch $@

.venv/sandbox: requirements-sandbox.txt | .venv/bin/python
	$(PIP) -r requirements-sandbox.txt
	@touch $@

.venv/dev: requirements-dev.txt | .venv/bin/python
	$(PIP) -r requirements-dev.txt
	@touch $@
