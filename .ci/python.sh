# Read by ./run and ./check: makes .venv and installs one of the two locks, if need be.

refuse() {
    printf '\n%s\n' "$1" >&2
    exit 1
}

find_python() {
    for name in python3 python3.14 python3.13 python3.12 python3.11; do
        if command -v "$name" >/dev/null 2>&1 &&
            "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"
            return 0
        fi
    done
    return 1
}

# The stamp says which locks stand in .venv. The check lock holds all of the run lock.
is_installed() {
    [ -x .venv/bin/python ] && [ -f .venv/installed ] || return 1
    wanted=$(cksum <"$1")
    grep -qxF "$1 $wanted" .venv/installed
}

took() {
    printf '  %-34s %4d   s\n' "$1" "$(($(date +%s) - $2))"
}

# Unpacking is work for one processor, so each of two installs half of what stands in the lock;
# it names all there is to install, so neither looks for what its half needs besides.
# Whoever calls it asks how it went, and the shell then stops at nothing that fails in it.
install_lock() {
    rm -f .venv/half0 .venv/half1 || return 1
    awk '/^[^ ]/ { number++ } { print > (".venv/half" number % 2) }' "$1" || return 1
    # Only errors: what the other half has half written is no warning to anybody.
    pip="-m pip install --quiet --quiet --disable-pip-version-check --no-input --no-deps --require-hashes"
    # shellcheck disable=SC2086 # words, not one
    .venv/bin/python $pip ${2:-} -r .venv/half0 &
    other=$!
    # What runs behind hears no Ctrl-C.
    trap 'kill "$other" 2>/dev/null || :; wait "$other" || :; exit 130' INT TERM HUP
    failed=0
    # shellcheck disable=SC2086
    .venv/bin/python $pip ${2:-} -r .venv/half1 || failed=1
    wait "$other" || failed=1
    trap - INT TERM HUP
    return "$failed"
}

# $1 is the lock; $2 may be --no-compile: what is imported is compiled then, and nothing else.
prepare_python() {
    if [ ! -w . ] || { [ -e .venv ] && [ ! -w .venv ]; }; then
        refuse "This folder belongs to another account, so nothing was changed. Clone Havre into a folder of your own and start there."
    fi
    if is_installed "$1"; then
        return 0
    fi
    python=$(find_python) ||
        refuse "Havre needs Python 3.11 or later. Install it (Debian: apt-get install python3 python3-venv) and start again."
    if ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
        printf '  making .venv with %s\n' "$python"
        began=$(date +%s)
        rm -rf .venv
        "$python" -m venv .venv >/dev/null 2>&1 ||
            refuse "Python cannot make a virtual environment. Install its venv module (Debian: apt-get install python3-venv) and start again."
        took "environment" "$began"
    fi
    rm -f .venv/installed
    printf '  installing %s\n' "$1"
    began=$(date +%s)
    install_lock "$@" ||
        refuse "The packages of $1 could not be installed. Is the package registry reachable (pip's settings say which one)? Then start again."
    took "packages" "$began"
    for lock in requirements.lock "$1"; do
        printf '%s %s\n' "$lock" "$(cksum <"$lock")"
    done >.venv/installed.part
    mv .venv/installed.part .venv/installed
}
