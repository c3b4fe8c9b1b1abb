# Two commands run everything on a bare Debian: `make serve` and `make test`.
# All other tasks are in tasks.py: `.venv/bin/inv --list`.

HOST ?= 127.0.0.1
PORT ?= 8000
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help serve test clean

help: ## Show this list
	@echo "make serve   install what is needed, build the site, serve site and forms"
	@echo "             (HOST=$(HOST) PORT=$(PORT))"
	@echo "make test    install the test tools and run every test (ARGS go to pytest)"
	@echo "make clean   remove built files and caches; keeps .venv and var/"
	@echo "More tasks:  .venv/bin/inv --list"

serve: ## Serve the site and the forms
	@HOST="$(HOST)" PORT="$(PORT)" scripts/serve.sh

test: ## Run every test
	@scripts/test.sh $(ARGS)

clean: ## Remove what can be built again
	@rm -rf output output.* build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
	@find . -name __pycache__ -not -path './.venv/*' -not -path './node_modules/*' -prune -exec rm -rf {} +
