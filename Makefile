# `make help` lists the targets. Everything is installed into .venv; nothing outside the folder is touched.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help
help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  %-12s %s\n", $$1, $$2}'

$(VENV)/.tools: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --upgrade pip
	$(BIN)/pip install --quiet "maturin>=1.9.4,<2"
	touch $@

.PHONY: develop
develop: $(VENV)/.tools ## Build the extension and install it, with the test tools, into .venv
	VIRTUAL_ENV=$(CURDIR)/$(VENV) $(BIN)/maturin develop --release --quiet --extras test

.PHONY: report
report: ## Write report.html of examples/bank.csv
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet .
	$(BIN)/rasd report examples/bank.csv -o report.html

.PHONY: fmt
fmt: ## Format Rust and Python
	cargo fmt
	$(BIN)/ruff format python tests models/train examples benches

.PHONY: lint
lint: develop ## rustfmt, clippy for every feature set, ruff
	cargo fmt --check
	cargo clippy --all-targets --no-default-features -- -D warnings
	cargo clippy --all-targets -- -D warnings
	cargo clippy --all-targets --features cli -- -D warnings
	cargo clippy --features python -- -D warnings
	$(BIN)/ruff check python tests models/train examples benches
	$(BIN)/ruff format --check python tests models/train examples benches

.PHONY: test-rust
test-rust: develop ## cargo test for every feature set
	cargo test --quiet --no-default-features
	ORT_DYLIB_PATH=$$($(BIN)/python -c "from rasd._runtime import library; print(library())") cargo test --quiet --features cli

.PHONY: test-python
test-python: develop ## pytest, mypy, stubtest
	$(BIN)/python -m pytest
	$(BIN)/mypy
	$(BIN)/python -m mypy.stubtest rasd --mypy-config-file pyproject.toml

.PHONY: check
check: lint test-rust test-python ## Everything that must be green

.PHONY: train
train: ## Train, evaluate and export models/rasd-base (hours; see models/README.md)
	$(MAKE) -C models/train train

.PHONY: bench
bench: ## Side-by-side benchmarks
	cargo bench
