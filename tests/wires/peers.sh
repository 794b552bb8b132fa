#!/bin/sh
# Public clients of the provider wire, each in an environment of its own, against a running Havre.
# Needs Python 3.13 and the package registry; says what it ran, or why it did not.
# Against `./run` it works as it stands; elsewhere set HAVRE_URL, HAVRE_PROVIDER, HAVRE_PROVIDER_KEY.
set -eu

here=$(dirname "$0")
place="${HAVRE_PEERS:-$here/../../var/peers}/ncmec-cybertip"
python="${PYTHON313:-python3.13}"
export HAVRE_URL="${HAVRE_URL:-http://127.0.0.1:8000}"
export HAVRE_PROVIDER="${HAVRE_PROVIDER:-example-chat}"
export HAVRE_PROVIDER_KEY="${HAVRE_PROVIDER_KEY:-demo-wire-key-4f1c9a7e2b60}"

if ! "$python" --version >/dev/null 2>&1; then
    echo "ncmec-cybertip: not run, there is no $python here (PYTHON313 may name one)"
    exit 0
fi
if [ ! -x "$place/bin/python" ]; then
    "$python" -m venv "$place"
    "$place/bin/pip" install --quiet ncmec-cybertip==0.1.1
fi
exec "$place/bin/python" "$here/peers/ncmec_cybertip_peer.py"
