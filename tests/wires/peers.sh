#!/bin/sh
# Public peers, each in an environment of its own: NIST's validator of CASE over our documents, and
# clients of the provider's doors (the wire, XARF) against a running Havre. `peers.sh case` runs the first alone.
# Needs the package registry, the second Python 3.13; says what it ran, or why it did not.
# Against `./run` it works as it stands; elsewhere set HAVRE_URL, HAVRE_PROVIDER, HAVRE_PROVIDER_KEY.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
peers="${HAVRE_PEERS:-$here/../../var/peers}"

# The validator of CASE: it reads every kind of document that a package can hold.
ours="$here/../../.venv/bin/python"
if [ ! -x "$ours" ]; then
    echo "case-utils: not run, ./check makes .venv first"
else
    if [ ! -x "$peers/case-utils/bin/case_validate" ]; then
        python3 -m venv "$peers/case-utils"
        "$peers/case-utils/bin/pip" install --quiet case-utils==0.18.0
    fi
    rm -rf "$peers/case-documents"
    (cd "$here/../.." && "$ours" -m tests.wires.peers.case_documents "$peers/case-documents")
    "$peers/case-utils/bin/case_validate" "$peers"/case-documents/*.jsonld
fi
[ "${1:-}" != case ] || exit 0

place="$peers/ncmec-cybertip"
python="${PYTHON313:-python3.13}"
export HAVRE_URL="${HAVRE_URL:-http://127.0.0.1:8000}"
export HAVRE_PROVIDER="${HAVRE_PROVIDER:-example-chat}"
export HAVRE_PROVIDER_KEY="${HAVRE_PROVIDER_KEY:-demo-wire-key-4f1c9a7e2b60}"

if [ ! -x "$peers/xarf/bin/python" ]; then
    python3 -m venv "$peers/xarf"
    "$peers/xarf/bin/pip" install --quiet xarf==1.0.0
fi
"$peers/xarf/bin/python" "$here/peers/xarf_peer.py"

if [ ! -x "$peers/tuspy/bin/python" ]; then
    python3 -m venv "$peers/tuspy"
    "$peers/tuspy/bin/pip" install --quiet tuspy==1.1.0
fi
"$peers/tuspy/bin/python" "$here/peers/tus_peer.py"

if ! "$python" --version >/dev/null 2>&1; then
    echo "ncmec-cybertip: not run, there is no $python here (PYTHON313 may name one)"
    exit 0
fi
if [ ! -x "$place/bin/python" ]; then
    "$python" -m venv "$place"
    "$place/bin/pip" install --quiet ncmec-cybertip==0.1.1
fi
exec "$place/bin/python" "$here/peers/ncmec_cybertip_peer.py"
