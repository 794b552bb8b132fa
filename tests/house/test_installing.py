"""What ./run and ./check install: whole locks, by their hashes, and nothing by halves."""

import os
import re
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest

from havre.plumbing.environment import CLONE

LOCK = "requirements-check.lock"
SCRIPT = (CLONE / ".ci/python.sh").read_text()
INSTALL = f"{SCRIPT}\nprepare_python {LOCK} --no-compile\n"
# The tests may run where Ctrl-C is not heard, and what is not heard at its start no shell traps.
HEARS = "import os, signal, sys; signal.signal(2, signal.SIG_DFL); os.execvp('sh', sys.argv[1:])"


def stands_in(program: Path, does: str) -> None:
    """Make a program of a few words of shell."""
    program.parent.mkdir(parents=True, exist_ok=True)
    program.write_text(f"#!/bin/sh\n{does}\n")
    program.chmod(0o755)


@pytest.fixture
def clone(tmp_path) -> Path:
    """A folder with the locks, and nothing installed in it."""
    (tmp_path / "requirements.lock").touch()
    (tmp_path / LOCK).write_bytes((CLONE / LOCK).read_bytes())
    return tmp_path


@pytest.mark.parametrize(
    "lock", ["requirements.lock", "requirements-check.lock", "requirements-resolve.lock"]
)
def test_a_lock_names_no_host_and_pins_every_hash(lock):
    text = (CLONE / lock).read_text()
    pins = re.findall(r"^\S+==\S+.*?(?=^\S|\Z)", text, flags=re.MULTILINE | re.DOTALL)

    assert "://" not in text
    assert len(pins) > 20
    assert [pin.split("==")[0] for pin in pins if "--hash=sha256:" not in pin] == []


def test_what_runs_is_locked_the_same_for_the_check():
    def pins(lock: str) -> set[str]:
        return set(re.findall(r"^\S+==[^\s;\\]+", (CLONE / lock).read_text(), flags=re.MULTILINE))

    assert pins("requirements.lock") <= pins("requirements-resolve.lock")
    assert pins("requirements-resolve.lock") <= pins("requirements-check.lock")


def test_a_folder_of_another_account_is_left_alone():
    nobody = 65534 if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, ".venv").mkdir()
        Path(folder).chmod(0o555)
        done = subprocess.run(
            ["sh", "-c", f"{SCRIPT}\nprepare_python requirements.lock\n"],
            cwd=folder,
            user=nobody,
            capture_output=True,
            text=True,
            check=False,
        )
        Path(folder).chmod(0o755)

    assert done.returncode == 1
    assert "belongs to another account" in done.stderr


@pytest.mark.parametrize(("fails", "code"), [("none", 0), ("half0", 1), ("half1", 1)])
def test_each_half_of_a_lock_is_installed_by_its_hashes_or_nothing_counts(clone, fails, code):
    """Two install at once; the program stands in for Python, and keeps what it was told."""
    told = f'echo "$*" >> told\ncase "$*" in *{fails}) exit 1; esac'
    stands_in(clone / ".venv/bin/python", told)

    done = subprocess.run(["sh", "-euc", INSTALL], cwd=clone, capture_output=True, check=False)

    orders = [line for line in (clone / "told").read_text().splitlines() if "install" in line]
    halves = [(clone / order.rsplit(" ", 1)[1]).read_text() for order in orders]
    whole = (CLONE / LOCK).read_text()
    blocks = [sorted(re.split(r"\n(?=\S)", text.strip())) for text in ("".join(halves), whole)]
    assert blocks[0] == blocks[1]
    assert all({"--require-hashes", "--no-compile"} <= set(order.split()) for order in orders)
    assert done.returncode == code
    assert (clone / ".venv/installed").exists() is (code == 0)


@pytest.mark.parametrize(
    "deals", ["exit 0", "exit 2", "echo a==1 | tee .venv/half0 > .venv/half1; exit 2"]
)
def test_no_half_of_an_earlier_lock_is_installed_and_none_that_was_dealt_in_part(clone, deals):
    keeps = 'for last; do :; done\ncase "$last" in *half?) cat "$last" >> installed; esac'
    stands_in(clone / ".venv/bin/python", keeps)
    stands_in(clone / "programs/awk", deals)
    for half in ("half0", "half1"):
        (clone / ".venv" / half).write_text("an-earlier-one==1.0\n")
    told = os.environ | {"PATH": f"{clone / 'programs'}:{os.environ['PATH']}"}

    done = subprocess.run(
        ["sh", "-euc", INSTALL], cwd=clone, env=told, capture_output=True, text=True, check=False
    )

    assert done.returncode == 1
    assert f"The packages of {LOCK} could not be installed" in done.stderr
    assert not (clone / ".venv/installed").exists()
    installed = clone / "installed"
    assert not installed.exists() or installed.read_text() == ""


def test_who_breaks_off_leaves_nobody_installing(clone):
    waits = 'case "$*" in *install*) echo started; exec sleep 600; esac'
    stands_in(clone / ".venv/bin/python", waits)
    command = [sys.executable, "-c", HEARS, "sh", "-euc", INSTALL]
    with subprocess.Popen(
        command, cwd=clone, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        assert process.stdout is not None
        try:
            heard = [process.stdout.readline() for _ in range(3)]
            os.killpg(process.pid, signal.SIGINT)
            code = process.wait()
            with pytest.raises(ProcessLookupError):
                os.killpg(process.pid, 0)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)

    assert (heard.count("started\n"), code) == (2, 130)
    assert not (clone / ".venv/installed").exists()


def test_the_locks_name_all_there_is_to_install():
    """Nothing is installed that they do not name, so what is missing there would be missing."""
    pip = [sys.executable, "-m", "pip", "check"]
    done = subprocess.run(pip, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout.strip()) == (0, "No broken requirements found.")
