#!/bin/sh
# Set up what the site and the forms need, then serve both. HOST and PORT may be set.
cd "$(dirname "$0")/.."
. scripts/lib.sh
scripts/venv.sh site forms
exec .venv/bin/inv serve --host "${HOST:-127.0.0.1}" --port "${PORT:-8000}"
