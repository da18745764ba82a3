# `make demo` and `make test` are all a newcomer needs; both begin with `make install`.
SHELL := /bin/bash
VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= python3
# uv does not read pip's configuration: pass on the folders where pip would look for local wheels.
FIND_LINKS := $(strip $(shell $(PYTHON) -m pip config get global.find-links 2>/dev/null || echo "$$PIP_FIND_LINKS"))
# PyPI's torch for Linux brings gigabytes of CUDA. Take a CPU wheel from those folders, else from PyTorch's CPU index.
TORCH := $(if $(wildcard $(FIND_LINKS:%=%/torch-*.whl)),,--torch-backend cpu)
# Nor does it trust the certificates of an office's proxy, as pip does, unless told to.
UV := UV_SYSTEM_CERTS=1 UV_FIND_LINKS="$(FIND_LINKS)" $(BIN)/uv --quiet
INSTALL := $(UV) pip install --python $(BIN)/python --compile-bytecode -c constraints.txt

.PHONY: install demo test train format lock

install: $(VENV)/.installed

$(VENV)/.installed: pyproject.toml constraints.txt
	@echo "Installing into $(VENV) (a minute or two, once) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check "uv>=0.9"
	@$(INSTALL) $(TORCH) -e ".[st,dev]" || { \
	  echo "No CPU build of torch was found: going on without sentence-transformers (the bundled model needs neither)."; \
	  $(INSTALL) -e ".[dev]"; }
	@$(BIN)/tinhso model --quiet
	@touch $@

demo: install
	@$(BIN)/tinhso demo

test: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -n auto --dist loadfile

# Labelled questions (training/) to weights (data/weights), some minutes: docs/training.md.
train: install
	$(BIN)/python -m training --report training/report.json

format: install
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# The one way to move versions: resolves pyproject.toml anew for every platform. A constraint installs nothing by
# itself, so the CUDA lines are dropped only to keep the file readable; torch, of which there are builds by platform,
# stands as one line for all of them.
TORCH_PIN := torch==2.13.0
lock: install
	echo "$(TORCH_PIN)" | $(UV) pip compile --universal --python-version 3.11 \
	  --all-extras --no-annotate --upgrade -c - pyproject.toml -o constraints.txt
	sed -i -E '/^(nvidia-|triton|cuda-|torch==)/d' constraints.txt
	echo "$(TORCH_PIN)" >> constraints.txt
