# Two commands: `make demo` shows the main job, `make test` runs the tests. Both set up what they need.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
CORPORA ?= ../shared/corpora
WORK ?= work/reader
PARTS ?= pages reader attribution statements agreement actors coreference dates events conditions gold_events articles stories archive speed

.PHONY: demo test test-cluster audit lint bench bench-speed benchmarks soak browser reader clean

# Adds 36 invented pages of eleven outlets to a new archive, then asks it five questions.
demo: $(VENV)/installed
	@rm -rf work/demo && mkdir -p work/demo
	@set -e; export COLUMNS=110 ONRECORD_ARCHIVE=work/demo/demo.onrecord; \
	ask() { echo; echo "$$ onrecord $$*"; $(BIN)/onrecord "$$@"; }; \
	ask add examples/pages; \
	ask stories --least 3 --limit 4; \
	ask statements --speaker KAZ --about UZB; \
	ask commitments --speaker KAZ --on 2026-03-28; \
	ask meetings --on 2026-03-15; \
	ask timeline KAZ UZB --by week

test: $(VENV)/developed browser
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest

# The batch on a real Ray of this machine, apart from `test`: it installs 330 MB and takes a minute.
test-cluster: $(VENV)/developed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[ray]'
	$(BIN)/pytest tests/test_cluster.py

# Known holes in all that is installed for the tests, every extra but Ray among it, by PyPI's advisories. It fails where
# a package could not be looked up, rather than pass what nobody looked at: it needs https://pypi.org/pypi/NAME/json.
audit: $(VENV)/developed
	@mkdir -p work && $(PYTHON) -m venv work/auditor
	@work/auditor/bin/python -m pip install --quiet --disable-pip-version-check pip-audit
	$(BIN)/python -m pip check
	@$(BIN)/python -m pip freeze --exclude-editable > work/audit.txt
	@work/auditor/bin/pip-audit --strict --no-deps --disable-pip -r work/audit.txt \
	  && echo "$$(wc -l < work/audit.txt) packages without a known hole" \
	  || { echo "holes found, or not audited ('not found on PyPI' is an index without advisories)"; exit 1; }

# Ten minutes of watching sites that misbehave in 39 ways, all on loopback.
soak: $(VENV)/developed
	ONRECORD_SOAK_SECONDS=600 $(BIN)/pytest tests/test_soak.py -s

lint: $(VENV)/developed
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# Quality and speed on the corpora, which are not part of the repository.
bench: $(VENV)/measurable
	@set -e; for part in $(PARTS); do OPENBLAS_NUM_THREADS=1 $(BIN)/python -m benchmarks.$$part --corpora $(CORPORA); echo; done

# The whole job beside the bare encoder, by processor time, in one run.
# numpy's BLAS would start threads of its own for products too small to gain by them; the measure is of one thread.
bench-speed: $(VENV)/measurable
	OPENBLAS_NUM_THREADS=1 $(BIN)/python -m benchmarks.speed --corpora $(CORPORA)

# docs/benchmarks.md: all of bench, and peers beside it, which get an environment of their own (400 MB). Resumable; see
# benchmarks/table.py for single parts. Half an hour on an idle machine.
benchmarks: $(VENV)/measurable $(VENV)-peers/installed
	$(BIN)/python -m benchmarks.table --corpora $(CORPORA) --peers $(VENV)-peers/bin/python $(ONLY)

$(VENV)-peers/installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)-peers
	$(VENV)-peers/bin/python -m pip install --quiet --disable-pip-version-check -e . -r benchmarks/peers.txt
	touch $@

# Trains the reader's weights anew and puts them into the package. Hours on two cores, minutes on a GPU; resumable.
reader: $(VENV)/trainable
	$(BIN)/python -m training.train --corpora $(CORPORA) --work $(WORK)/first
	$(BIN)/python -m training.train --corpora $(CORPORA) --work $(WORK)/second \
	  --config training/polish.toml --start $(WORK)/first/average.pt
	$(BIN)/python -m training.train --corpora $(CORPORA) --work $(WORK)/third \
	  --config training/third.toml --start $(WORK)/second/average.pt
	$(BIN)/python -m training.train --corpora $(CORPORA) --work $(WORK)/fourth \
	  --config training/fourth.toml --start $(WORK)/third/average.pt
	$(BIN)/python -m training.train --corpora $(CORPORA) --work $(WORK)/fifth \
	  --config training/polish.toml --start $(WORK)/fourth/average.pt
	$(BIN)/python -m training.labels --corpora $(CORPORA) --work $(WORK)/fifth
	$(BIN)/python -m training.train --corpora $(CORPORA) --work $(WORK)/sixth \
	  --config training/sixth.toml --start $(WORK)/fifth/average.pt
	$(BIN)/python -m training.mean $(WORK) $(WORK)/fifth $(WORK)/sixth
	$(BIN)/python -m training.export --work $(WORK)

$(VENV)/installed: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "onrecord needs Python 3.11 or newer: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	touch $@

$(VENV)/developed: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	touch $@

# The browser for tests/test_web_browser*.py and test_web_looks.py: Debian's, where we may install it. Without one those tests are skipped.
browser:
	@command -v chromium >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
	  && echo "installing chromium for the browser tests" && apt-get update -qq >/dev/null \
	  && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null 2>&1; } \
	  || echo "no chromium: the browser tests will be skipped"

$(VENV)/measurable: $(VENV)/developed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[bench]'
	touch $@

$(VENV)/trainable: $(VENV)/developed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[training]'
	touch $@

clean:
	rm -rf $(VENV) build dist
