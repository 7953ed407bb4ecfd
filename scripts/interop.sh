#!/usr/bin/env bash
# Prepares build/interop with the programs that `make interop` asks: readers in JavaScript, the C library libical, clients
# in an environment of their own, Chromium for the pages. Everything pinned; does nothing when it is up to date. What the
# system lacks is installed with apt-get as root and named otherwise: nothing is left out without a word.
set -euo pipefail
cd "$(dirname "$0")/.."

part=${1:-all} # readers: without the browser
place=build/interop
sources=(tests/interop/package-lock.json tests/interop/requirements.lock scripts/interop.sh)

say() { echo "• $*"; }

give_up() { # give_up WHAT WHY REMEDY
    printf 'Förberedelsen avbröts: %s.\n  Varför: %s.\n  Åtgärd: %s.\n' "$1" "$2" "$3" >&2
    exit 1
}

quietly() { # quietly COMMAND…: silent, unless it fails
    "$@" >"$place/setup.log" 2>&1 || {
        cat "$place/setup.log" >&2
        give_up "«$1» misslyckades" "se utskriften ovan" "kontrollera nätet och försök igen"
    }
}

has_libical() { .venv/bin/python -c 'import ctypes.util, sys; sys.exit(ctypes.util.find_library("ical") is None)'; }

libical_package() { # from Debian 13 on the name ends in t64
    apt-cache --names-only search '^libical3(t64)?$' 2>/dev/null | cut -d' ' -f1 | grep . || echo libical3
}

system_packages() { # what is missing, by its Debian name
    command -v node >/dev/null || echo nodejs
    command -v npm >/dev/null || echo npm
    [ "$part" = readers ] || [ -x /usr/bin/chromium ] || echo chromium
    has_libical || libical_package
}

mkdir -p "$place"
wanted=$(system_packages)
if [ -n "$wanted" ]; then
    # shellcheck disable=SC2086 # one word a package
    { [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; } ||
        give_up "systempaket saknas ($(echo $wanted))" "proven läser kalendrar och sidor med program utanför Python" \
            "kör «sudo apt-get install $(echo $wanted)» och försök igen"
    say "Installerar systempaket: $(echo $wanted)"
    quietly env DEBIAN_FRONTEND=noninteractive apt-get update
    # shellcheck disable=SC2046 # after the update the names may be others
    quietly env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends $(system_packages)
fi

stamp=$(cat "${sources[@]}" | sha256sum | cut -d' ' -f1)
if [ "$(cat "$place/.ready" 2>/dev/null)" != "$stamp $(pwd)" ]; then
    rm -rf "$place/venv" "$place/node_modules" "$place/.ready"
    say "Hämtar läsare i JavaScript"
    cp tests/interop/package.json tests/interop/package-lock.json "$place/"
    quietly npm ci --prefix "$place" --no-audit --no-fund --ignore-scripts
    say "Hämtar vdirsyncer, khal, Radicale och Playwright"
    quietly .venv/bin/python -m venv "$place/venv"
    quietly "$place/venv/bin/python" -m pip --disable-pip-version-check install --require-hashes --no-deps \
        --only-binary :all: --requirement tests/interop/requirements.lock
    echo "$stamp $(pwd)" >"$place/.ready"
fi
