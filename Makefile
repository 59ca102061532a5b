# Everything a checkout needs: `make run` to try it, `make test` before a change leaves.
PYTHON ?= python3
VENV   ?= .venv
OUT    ?= out
SAMPLE := resources/samples/multi-vpc.portchart
BIN    := $(VENV)/bin

export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: run test check bench mutation soak soak-editing format clean

run: ## set up, then open the designer on a sample; with no display, export it
	@tools/setup.sh system
	@$(MAKE) --no-print-directory $(VENV)/installed
	@if [ -n "$${DISPLAY:-}$${WAYLAND_DISPLAY:-}" ] || [ "$$(uname)" = Darwin ]; then \
	  exec $(BIN)/portchart $(SAMPLE); \
	else \
	  mkdir -p $(OUT) && \
	  $(BIN)/portchart export $(SAMPLE) --to xlsx -o $(OUT)/multi-vpc.xlsx && \
	  $(BIN)/portchart export $(SAMPLE) --to pdf -o $(OUT)/multi-vpc.pdf && \
	  echo "There is no display, so the sample was exported instead:" && \
	  echo "  port matrix  $(abspath $(OUT))/multi-vpc.xlsx" && \
	  echo "  PDF          $(abspath $(OUT))/multi-vpc.pdf"; \
	fi

test: ## set up for development, then everything that must hold
	@tools/setup.sh system test
	@$(MAKE) --no-print-directory $(VENV)/installed-dev
	@$(MAKE) --no-print-directory check

check: ## what `make test` runs, without looking at the set-up
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/codespell
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest

bench: $(VENV)/installed-dev ## speed, as ratios within one run
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.bench

mutation: $(VENV)/installed-dev ## every catalog row altered in turn; each must make a test fail
	$(BIN)/python -m tests.mutation

soak: $(VENV)/installed-dev ## the random properties at full scale
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -m soak tests

soak-editing: $(VENV)/installed-dev ## ten thousand random sequences of edits in a window
	$(BIN)/python -m tests.soak.editing --count 10000

format: $(VENV)/installed-dev ## lay the code out and mend what ruff can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean: ## remove what make and the tools have made
	rm -rf $(VENV) $(OUT) dist build .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Stamps: installing again is only needed when the list of dependencies changes.
$(VENV)/installed: pyproject.toml
	@tools/setup.sh environment $(PYTHON) $(VENV) .
	@touch $@

$(VENV)/installed-dev: pyproject.toml
	@tools/setup.sh environment $(PYTHON) $(VENV) '.[dev]'
	@touch $@ $(VENV)/installed
