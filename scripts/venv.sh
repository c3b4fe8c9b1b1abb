#!/bin/sh
# Make .venv and install hashed locks into it: scripts/venv.sh site forms [test]
# A lock whose content is already installed is left alone, so a second run takes no time.
cd "$(dirname "$0")/.."
. scripts/lib.sh

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

find_python() {
    for candidate in "${PYTHON:-}" python3 python3.14 python3.13 python3.12 python3.11; do
        if [ -n "$candidate" ] && have "$candidate" && new_enough "$candidate"; then
            command -v "$candidate"
            return
        fi
    done
}

make_venv() {
    python=$(find_python)
    if [ -z "$python" ]; then
        apt_install python3 python3-venv
        python=$(find_python)
    fi
    [ -n "$python" ] || die "Python 3.11 or newer is needed."
    # Debian ships Python without the part that puts pip into a new environment.
    if ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
        apt_install python3-venv
    fi
    say "Creating .venv with $("$python" --version)"
    rm -rf .venv
    "$python" -m venv .venv || die "$python could not create .venv."
}

# An environment whose Python has gone (an upgrade, a moved checkout) is made again.
if ! .venv/bin/python -c 'import pip' >/dev/null 2>&1; then
    make_venv
fi

stamps=.venv/installed-locks
mkdir -p "$stamps"
todo=""
for name in "$@"; do
    wanted=$(fingerprint "requirements/$name.txt")
    [ "$(cat "$stamps/$name" 2>/dev/null || true)" = "$wanted" ] || todo="$todo $name"
done
[ -n "$todo" ] || exit 0

say "Installing Python packages:$todo (a minute or two, once)"
requirements=""
for name in $todo; do requirements="$requirements -r requirements/$name.txt"; done
# The hashes are the guard; which index serves the files is the machine's own setting.
# shellcheck disable=SC2086
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input \
    --require-hashes $requirements || die "the Python packages could not be installed."
for name in $todo; do fingerprint "requirements/$name.txt" >"$stamps/$name"; done
