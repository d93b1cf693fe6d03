#!/bin/sh
# Make the virtual environment named in $1 with the locked packages and qualcode. Touches nothing outside this checkout.
set -eu
venv=$1

python=
for candidate in "${QUALCODE_PYTHON:-}" python3 python3.13 python3.12 python3.11; do
    [ -n "$candidate" ] && command -v "$candidate" >/dev/null 2>&1 || continue
    if "$candidate" -c 'import sys; sys.exit(not ((3, 11) <= sys.version_info < (3, 14)))' 2>/dev/null; then
        python=$candidate
        break
    fi
done
if [ -z "$python" ]; then
    echo "error: Python 3.11, 3.12 or 3.13 is needed and was not found" >&2
    echo "hint: install one (Debian, Ubuntu: apt install python3 python3-venv; macOS: brew install python@3.13)" >&2
    exit 1
fi

echo "== setting up $venv with $("$python" --version)"
rm -rf "$venv"
if ! "$python" -m venv "$venv" 2>/dev/null; then
    # Debian and Ubuntu split venv's bootstrap of pip into a package of its own; an installed pip can stand in for it.
    rm -rf "$venv"
    if ! { "$python" -m venv --without-pip "$venv" && "$python" -m pip --version >/dev/null 2>&1 &&
           "$python" -m pip --python "$venv/bin/python" install --quiet pip; }; then
        rm -rf "$venv"
        echo "error: this Python cannot make a virtual environment" >&2
        echo "hint: apt install python3-venv (Debian, Ubuntu), then repeat" >&2
        exit 1
    fi
fi

echo "== installing $(grep -c '==' requirements/dev.txt) locked packages (a few minutes the first time)"
"$venv/bin/python" -m pip install --disable-pip-version-check --no-input --progress-bar on \
    --require-hashes -r requirements/dev.txt 2>&1 | grep -vE '^(Requirement already|WARNING: Location|  (Using cached|Downloading)|Collecting)' || true
"$venv/bin/python" -c 'import sqlmodel, textual, spacy, pytest' || {
    echo "error: the packages could not be installed" >&2
    echo "hint: see the lines above; a network connection to a package index is needed once" >&2
    exit 1
}
"$venv/bin/python" -m pip install --disable-pip-version-check --no-input --quiet --no-build-isolation --no-deps -e .
echo "== ready"
