# make run     prepare, and judge the example agreements as of today
# make demo    prepare, judge the example agreements, and open the coordinators' pages on them
# make test    prepare, and run all tests
# make deep    prepare, and run those that draw random registers, three times as many (.ci/run does)
# make quick   prepare, and run those that need no register, process or server (tests/quick.txt)
# make draws   prepare, and run them on registers that no run has seen: some minutes (make draws DRAWS=deep for half an hour)
# make readers prepare, and let programs that are not ours read the feeds (.ci/run does)
# make interop prepare, and let programs that are not ours read the feeds and a browser do coordinators' jobs on the pages
# make looks   prepare, and let axe-core look at every page in every look: narrow, dark, with forced colours
# make year    prepare, and live through a year of nights with outages, locks, full disks and a killed mailer (some minutes)
# make fuzz    prepare, and give every reader damaged files for two minutes (make fuzz SECONDS=600 SEED=7)
# make faults  prepare, and kill, starve and interrupt writers of real registers (make faults ROUNDS=20; some minutes)
# make check   prepare, and run ruff, mypy, import-linter, and the rules with their cases
# make reference  write docs/reference and docs/json.md anew
# make conclusions  write what durable-rules concludes from all combinations of words anew (after a change of rulesets)
# make bench   prepare, and measure against a plain program (docs/performance.md)
# make many    prepare, and measure a first night judged here and by worker processes (docs/performance.md)
# make sbom    prepare, and write what the program brings along: docs/sbom.cdx.json and docs/licenser.md
# make lock    write the pinned packages anew (make lock UPGRADE=1: the newest that fit)
# make clean   remove what was prepared, but no database
.DEFAULT_GOAL := run
.PHONY: run demo test deep draws quick readers interop check looks year fuzz faults reference conclusions bench many sbom format lock clean setup setup-dev

BIN := .venv/bin
DRAWS ?= wide
AVTALSVAKT_DB ?= var/avtalsvakt.db
export AVTALSVAKT_DB
# What is compiled is kept: a test starts the program a hundred times.
unexport PYTHONDONTWRITEBYTECODE

run: setup
	@$(BIN)/avtalsvakt init
	@$(BIN)/avtalsvakt import --by exempel fixtures/*.csv
	@$(BIN)/avtalsvakt run --publish var/calendars

demo: export AVTALSVAKT_DB := var/demo.db
demo: setup
	@[ -f var/demo.db ] || { $(BIN)/avtalsvakt init && $(BIN)/avtalsvakt import --by exempel fixtures/*.csv && \
		$(BIN)/avtalsvakt run; }
	@echo "Öppna http://127.0.0.1:8080 i webbläsaren. Avsluta med Ctrl-C."
	@$(BIN)/avtalsvakt serve --by samordnare

test: setup-dev
	@$(BIN)/python -m pytest -q -n auto --dist worksteal

deep: setup-dev
	@HYPOTHESIS_PROFILE=moderate $(BIN)/python -m pytest -q -n auto --dist worksteal @tests/deep.txt

draws: setup-dev
	@HYPOTHESIS_PROFILE=$(DRAWS) $(BIN)/python -m pytest -q -n auto --dist worksteal @tests/deep.txt

quick: setup-dev
	@$(BIN)/python -m pytest -q @tests/quick.txt

readers: setup-dev
	@scripts/interop.sh readers
	@$(BIN)/python -m pytest -q tests/interop/check_readers.py tests/interop/check_clients.py tests/interop/check_recurrences.py
	@$(BIN)/python -m tests.interop.table

interop: readers
	@scripts/interop.sh
	@$(BIN)/python -m pytest -q tests/interop/check_pages.py

year: setup-dev
	@AVTALSVAKT_NIGHTS=365 $(BIN)/python -m pytest -q tests/service/test_nights_lived.py

looks: setup-dev
	@scripts/interop.sh
	@AVTALSVAKT_LOOKS=all $(BIN)/python -m pytest -q tests/interop/check_pages.py -k axe

fuzz: setup-dev
	@$(BIN)/python -m tests.engine.fuzz_readers $(or $(SECONDS),120) $(or $(SEED),1)

faults: setup-dev
	@$(BIN)/python -m tests.engine.fault_world $(or $(ROUNDS),10)

check: setup-dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/avtalsvakt rules check
	@$(BIN)/avtalsvakt rules cases

reference: setup-dev
	@$(BIN)/python -m avtalsvakt.authoring.reference docs

conclusions: setup-dev
	@$(BIN)/python -m avtalsvakt_engine.inference.tabulating engine/avtalsvakt_engine/inference/conclusions.txt

bench: setup-dev
	@$(BIN)/python -m bench.run
	@$(BIN)/python -m bench.feeds
	@$(BIN)/python -m bench.years

many: setup-dev
	@$(BIN)/python -m bench.many

sbom: setup-dev
	@$(BIN)/python scripts/sbom.py

format: setup-dev
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format .

lock:
	@scripts/lock.sh $(if $(UPGRADE),--upgrade)

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis build dist

setup:
	@scripts/setup.sh runtime

setup-dev:
	@scripts/setup.sh dev
