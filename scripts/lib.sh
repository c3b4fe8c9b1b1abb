# Helpers for the other scripts of this folder; read with `. scripts/lib.sh`.
# POSIX sh, so that it runs on a bare Debian.

set -eu

say() { printf '%s\n' "$*" >&2; }

die() {
    say "Stopped: $*"
    exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

# Install Debian packages, quietly; the log is shown only when something fails.
# Packages are asked for one group at a time, because a machine often has most of them.
apt_install() {
    have apt-get || die "please install $* with the package manager of your system, then try again."
    if [ "$(id -u)" = 0 ]; then
        as_root=""
    elif have sudo; then
        as_root="sudo"
    else
        die "root is needed to install: $*. Run as root: apt-get install $*"
    fi
    say "Installing: $*"
    apt_log=$(mktemp)
    if [ -z "${APT_LISTS_FRESH:-}" ]; then
        # An old list is only a warning: the packages may install all the same.
        $as_root apt-get -q -o DPkg::Lock::Timeout=300 update >"$apt_log" 2>&1 || tail -n 3 "$apt_log" >&2
        APT_LISTS_FRESH=1
        export APT_LISTS_FRESH
    fi
    if ! $as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 \
        install --no-install-recommends "$@" >"$apt_log" 2>&1; then
        tail -n 20 "$apt_log" >&2
        rm -f "$apt_log"
        die "these Debian packages could not be installed: $*"
    fi
    rm -f "$apt_log"
}

# The SHA-256 of files, as one word.
fingerprint() { cat "$@" | sha256sum | cut -d ' ' -f 1; }
