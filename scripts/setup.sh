#!/usr/bin/env bash
# Prepares .venv, with every package pinned by hash and nothing else on the machine changed, or does nothing in a blink
# when it is up to date.
#
#   scripts/setup.sh runtime    what the program needs
#   scripts/setup.sh dev        that, and what tests and checks need
#
# PYTHON names the interpreter (3.11 or later); without it the first complete one of python3.13, 3.12, 3.11 and python3,
# the system's own first: a distribution builds it optimised, a version manager often does not (a quarter slower and more).
# On Debian as root, missing system packages are installed with apt-get; otherwise they are named and nothing is done.
set -euo pipefail
cd "$(dirname "$0")/.."

level=${1:-}
venv=.venv
log=$venv/setup.log
fingerprint_source='import hashlib,sys; print(hashlib.sha256(sys.stdin.buffer.read()).hexdigest())'

say() { echo "• $*"; }

give_up() { # give_up WHAT WHY REMEDY
    printf 'Installationen avbröts: %s.\n  Varför: %s.\n  Åtgärd: %s.\n' "$1" "$2" "$3" >&2
    exit 1
}

# --- the interpreter --------------------------------------------------------------------------------------------------

recent() { # recent PYTHON: it starts, and is 3.11 or later
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

can_make_venv() {
    "$1" -c 'import ensurepip, venv' >/dev/null 2>&1
}

has_headers() {
    "$1" -c 'import os.path, sys, sysconfig
sys.exit(not os.path.isfile(os.path.join(sysconfig.get_path("include"), "Python.h")))' >/dev/null 2>&1
}

compiler() { command -v "${CC:-cc}" || command -v gcc; }

complete() { recent "$1" && can_make_venv "$1" && has_headers "$1"; }

candidates() {
    local names=(python3.13 python3.12 python3.11 python3)
    if [ -n "${PYTHON:-}" ]; then
        echo "$PYTHON"
    else
        printf '%s\n' "${names[@]/#//usr/bin/}" "${names[@]}"
    fi
}

first() { # first TEST: the first candidate that passes
    local name
    while IFS= read -r name; do
        if "$1" "$name" </dev/null; then
            echo "$name"
            return
        fi
    done < <(candidates)
    return 1
}

missing_packages() { # missing_packages PYTHON: the Debian packages that would make it complete
    local name
    name=python$("$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    can_make_venv "$1" || echo "$name-venv"
    has_headers "$1" || echo "$name-dev"
    compiler >/dev/null || echo build-essential
}

apt() { # apt PACKAGE…: installed if we may, named if not
    if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
        give_up "systempaket saknas ($*)" "utan dem går det inte att bygga programmets miljö" \
            "kör «sudo apt-get install $*» och försök igen, eller peka ut en annan Python med PYTHON=/sökväg"
    fi
    say "Installerar systempaket: $*"
    {
        DEBIAN_FRONTEND=noninteractive apt-get update &&
            DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends "$@"
    } >"$apt_log" 2>&1 || {
        cat "$apt_log" >&2
        give_up "apt-get kunde inte installera $*" "se utskriften ovan" "rätta felet och försök igen"
    }
}

choose_python() { # sets python
    local wanted
    python=$(first complete) || python=$(first recent) || {
        [ -z "${PYTHON:-}" ] || give_up "$PYTHON duger inte" "den startar inte eller är äldre än Python 3.11" \
            "ange en annan med PYTHON=/sökväg, eller utelämna PYTHON"
        apt python3 python3-venv python3-dev
        python=$(first recent) || give_up "ingen Python 3.11 eller senare hittades" \
            "systemets egen är för gammal" "installera Python 3.11, 3.12 eller 3.13 och ange den med PYTHON=/sökväg"
    }
    wanted=$(missing_packages "$python")
    # shellcheck disable=SC2086 # one word a package
    [ -z "$wanted" ] || apt $wanted
    complete "$python" || give_up "$python är inte komplett" "ensurepip, venv eller Python.h saknas fortfarande" \
        "installera dem, eller ange en annan Python med PYTHON=/sökväg"
}

# --- what is there already --------------------------------------------------------------------------------------------

identity() { # identity PYTHON: what it is, wherever it is called from
    "$1" -c 'import os.path, sys; print(os.path.realpath(sys.base_prefix), sys.version.split()[0])'
}

digest() { # digest FILE…: of their contents and of this folder (a moved environment is a broken one)
    { pwd; cat "$@"; } | "$venv/bin/python" -c "$fingerprint_source"
}

ready() { # ready STAMP FILE…
    local stamp=$venv/.ready-$1
    shift
    [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$(digest "$@")" ]
}

done_with() { # done_with STAMP FILE…
    local stamp=$venv/.ready-$1
    shift
    digest "$@" >"$stamp"
}

base_files=(requirements/build.lock requirements/runtime.lock scripts/setup.sh)
dev_files=(requirements/dev.lock)
project_files=(pyproject.toml)

usable() { # the environment runs and is the asked-for Python
    [ -x "$venv/bin/python" ] && "$venv/bin/python" -c '' >/dev/null 2>&1 || return 1
    [ -z "${PYTHON:-}" ] || [ "$(identity "$PYTHON" 2>/dev/null)" = "$(identity "$venv/bin/python")" ]
}

# --- installing -------------------------------------------------------------------------------------------------------

pip() { # pip ARGUMENT…: silent, unless it fails
    "$venv/bin/python" -m pip --disable-pip-version-check --no-input "$@" >"$log" 2>&1 || {
        cat "$log" >&2
        give_up "paketen kunde inte installeras" "se utskriften ovan" \
            "kontrollera nätet (och en eventuell proxy) och försök igen"
    }
}

install_pinned() { # install_pinned LOCK ARGUMENT…
    local lock=$1
    shift
    pip install --require-hashes --no-deps --no-build-isolation "$@" --requirement "$lock"
}

build_durable_rules() {
    # Source only. Python 3.13 took away the old name of a function it calls; the new one does the same. Built apart and
    # without pip's cache, where a copy built without the flag may lie.
    local flags=${CPPFLAGS:-} pin=$venv/durable-rules.lock
    if "$venv/bin/python" -c 'import sys; sys.exit(sys.version_info < (3, 13))'; then
        flags+=" -DPyEval_CallObject=PyObject_CallObject"
    fi
    awk '/^durable-rules==/ { found = 1 } found { print } found && !/\\$/ { exit }' requirements/runtime.lock >"$pin"
    CPPFLAGS=$flags install_pinned "$pin" --no-cache-dir --no-binary durable-rules
    "$venv/bin/python" -c 'import durable.engine' >"$log" 2>&1 || {
        cat "$log" >&2
        give_up "regelmotorn durable-rules byggdes men startar inte" "se utskriften ovan" \
            "använd Python 3.11, 3.12 eller 3.13 (PYTHON=/sökväg)"
    }
}

install_base() {
    local apt_log
    apt_log=$(mktemp)
    choose_python
    rm -f "$apt_log"
    say "Skapar $venv med $(identity "$python" | cut -d' ' -f2) ($python)"
    rm -rf "$venv"
    "$python" -m venv "$venv"
    say "Bygger regelmotorn durable-rules"
    install_pinned requirements/build.lock
    build_durable_rules
    say "Hämtar och installerar paketen"
    install_pinned requirements/runtime.lock
    done_with base "${base_files[@]}"
}

# --- all of it --------------------------------------------------------------------------------------------------------

case $level in
    runtime | dev) ;;
    *) give_up "okänd nivå «$level»" "skriptet tar en nivå" "skriv «scripts/setup.sh runtime» eller «scripts/setup.sh dev»" ;;
esac

# Two at once would trample each other.
if command -v flock >/dev/null; then
    exec 9<scripts
    flock 9
fi

if ! usable || ! ready base "${base_files[@]}"; then
    install_base
fi
if [ "$level" = dev ] && ! ready dev "${dev_files[@]}"; then
    say "Hämtar och installerar verktygen för prov och kontroller"
    install_pinned requirements/dev.lock
    done_with dev "${dev_files[@]}"
fi
if ! ready project "${project_files[@]}"; then
    pip install --no-deps --no-build-isolation --no-index --editable .
    done_with project "${project_files[@]}"
    say "Avtalsvakt är installerat i $venv"
fi
