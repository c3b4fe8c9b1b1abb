#!/bin/sh
# Bring the tools that only the tests need. What the machine has is used as it is;
# what it lacks comes from Debian.
cd "$(dirname "$0")/.."
. scripts/lib.sh

node_new_enough() {
    have node && node -e 'process.exit(+process.versions.node.split(".")[0] < 18 ? 1 : 0)'
}

have_any() {
    for name in "$@"; do
        if have "$name"; then return 0; fi
    done
    return 1
}

have_postgresql_server() {
    have initdb && have postgres && return 0
    for folder in /usr/lib/postgresql/*/bin; do
        if [ -x "$folder/initdb" ] && [ -x "$folder/postgres" ]; then return 0; fi
    done
    return 1
}

# The browser driver of the tests brings a Node.js of its own, which needs one library more than
# a bare Debian has.
driver_runs() {
    for driver in .venv/lib/python3*/site-packages/playwright/driver/node; do
        "$driver" --version >/dev/null 2>&1 && return 0
    done
    return 1
}

wanted=""
node_new_enough || wanted="$wanted nodejs"
have npm || wanted="$wanted npm"
have_any chromium chromium-browser google-chrome || wanted="$wanted chromium"
have_postgresql_server || wanted="$wanted postgresql"
have pdftotext || wanted="$wanted poppler-utils"
have faketime || wanted="$wanted faketime"
driver_runs || wanted="$wanted libatomic1"
have nginx || [ -x /usr/sbin/nginx ] || wanted="$wanted nginx"
have openssl || wanted="$wanted openssl"
have java || wanted="$wanted default-jre-headless"
# shellcheck disable=SC2086
[ -z "$wanted" ] || apt_install $wanted

if [ -f package-lock.json ]; then
    stamp=node_modules/.installed-lock
    lock=$(fingerprint package.json package-lock.json)
    if [ "$(cat "$stamp" 2>/dev/null || true)" != "$lock" ]; then
        say "Installing the browser libraries and tools of package-lock.json"
        npm ci --silent --ignore-scripts --no-audit --no-fund || die "npm ci failed."
        printf '%s\n' "$lock" >"$stamp"
    fi
fi
