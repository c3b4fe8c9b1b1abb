#!/bin/sh
# Set everything up and run every test. Arguments go to pytest: make test ARGS="tests/site -x"
cd "$(dirname "$0")/.."
. scripts/lib.sh
scripts/venv.sh site forms test
scripts/test-tools.sh
# Settings of a developer's shell must not change what the tests see, but for the one that says
# whose content tests/content/ judges.
for name in $(env | sed -n 's/^\(PORTAL_[A-Z_]*\)=.*/\1/p'); do
  [ "$name" = PORTAL_CONTENT_DIR ] || unset "$name"
done
unset SOURCE_DATE_EPOCH
export PYTHONDONTWRITEBYTECODE=1
# A process for each core and one more, for many tests wait on browsers and servers. The tests of one
# module stay together, for they share what is built once, and the long journeys begin first.
exec .venv/bin/python -m pytest -n "$(($(nproc) + 1))" --dist loadscope --no-loadscope-reorder "$@"
