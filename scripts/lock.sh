#!/usr/bin/env bash
# Writes requirements/*.lock, and that of the clients in tests/interop, anew: every package pinned with hashes, for Python 3.11 and later, without index addresses.
# Pins that still fit are kept, so a second run changes nothing. `scripts/lock.sh --upgrade` takes the newest that fit.
set -euo pipefail
cd "$(dirname "$0")/.."

tool=$(mktemp -d)
trap 'rm -rf "$tool"' EXIT
"${PYTHON:-python3}" -m venv "$tool"
"$tool/bin/pip" install --quiet --require-hashes --requirement requirements/lock.lock

compile() { # compile OUT ARGUMENT…
    local out=requirements/$1.lock
    shift
    "$tool/bin/uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-header --no-emit-index-url --no-emit-find-links --output-file "$out" "$@" "${upgrade[@]}" >/dev/null
    echo "$out: $(grep -c '==' "$out")"
}

upgrade=("$@")
compile lock requirements/lock.in
compile build requirements/build.in
compile runtime pyproject.toml
compile pdf pyproject.toml --extra pdf --constraint requirements/runtime.lock
compile chat pyproject.toml --extra chat --constraint requirements/runtime.lock
compile cluster pyproject.toml --extra cluster --constraint requirements/runtime.lock
compile dev pyproject.toml --group dev --extra pdf --extra chat --extra cluster --constraint requirements/pdf.lock \
    --constraint requirements/chat.lock --constraint requirements/cluster.lock
compile ../tests/interop/requirements tests/interop/requirements.in
