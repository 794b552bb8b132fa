"""The two commands: what they refuse, and that they do so in a sentence."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection, transaction

from havre.plumbing import database
from havre.plumbing.environment import CLONE
from havre.plumbing.leash import leashed
from havre.plumbing.postgres_home import ROOT_HOMES, Account, choose_home
from tests import stages
from tests.database import rolled_back
from tests.stages import STAGES, Stage, chromium_or_refuse, main, result_of, run_stages

SCRIPTS = ["run", "check", ".ci/run", ".ci/python.sh"]
SOMEBODY = Account("postgres", 101, 104)


@pytest.fixture
def surroundings(tmp_path) -> dict[str, str]:
    """A plain environment with a `var` of its own and no database told."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("HAVRE_")}
    return kept | {"HAVRE_VAR": str(tmp_path / "var"), "HAVRE_PORT": "0"}


def havre(*arguments: str, env: dict[str, str], stdin: str = "") -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "havre", *arguments]
    return subprocess.run(
        command, cwd=CLONE, env=env, input=stdin, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_is_plain_posix_shell(name):
    done = subprocess.run(["sh", "-n", CLONE / name], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("name", ["run", "check", ".ci/run"])
def test_a_command_can_be_run(name):
    assert os.access(CLONE / name, os.X_OK)


def test_root_keeps_the_database_outside_a_closed_clone(tmp_path):
    home = choose_home(tmp_path / "var", uid=0, account=SOMEBODY)

    assert home.folder.parent == ROOT_HOMES
    assert (home.account, home.programs_copied) == (SOMEBODY, True)


def test_two_clones_of_root_have_two_databases(tmp_path):
    homes = {
        choose_home(tmp_path / name / "var", uid=0, account=SOMEBODY).folder
        for name in ("one", "two")
    }

    assert len(homes) == 2


def test_an_ordinary_user_keeps_the_database_in_the_clone(tmp_path):
    home = choose_home(tmp_path / "var", uid=1000, account=None)

    assert home.data == tmp_path / "var" / "pg"
    assert (home.account, home.programs_copied) == (None, False)


def test_a_taken_port_is_refused_and_no_other_is_chosen(surroundings):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        number = taken.getsockname()[1]
        done = havre("up", env=surroundings | {"HAVRE_PORT": str(number)})

    assert done.returncode == 1
    assert f"Port {number} on 127.0.0.1 cannot be used" in done.stderr
    assert "HAVRE_PORT=" in done.stderr
    assert not Path(surroundings["HAVRE_VAR"], "pg").exists()


def test_a_port_that_is_no_number_is_refused(surroundings):
    done = havre("up", env=surroundings | {"HAVRE_PORT": "eighty"})

    assert done.returncode == 1
    assert "HAVRE_PORT is 'eighty'" in done.stderr


def test_a_second_start_in_one_folder_says_where_the_first_is(surroundings):
    var = Path(surroundings["HAVRE_VAR"])
    var.mkdir()
    (var / "up.lock").write_text(json.dumps({"pid": 4711, "address": "http://127.0.0.1:8000"}))
    hold = "import fcntl, sys; f = open(sys.argv[1], 'a'); fcntl.flock(f, 2); print(); input()"
    with subprocess.Popen(
        [sys.executable, "-c", hold, str(var / "up.lock")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        done = havre("up", env=surroundings)
        holder.kill()

    assert done.returncode == 1
    assert "Havre already runs from this folder: process 4711 at http://127.0.0.1" in done.stderr


def test_starting_over_never_deletes_without_being_told_yes(surroundings):
    keys = Path(surroundings["HAVRE_VAR"], "keys.json")
    keys.parent.mkdir()
    keys.write_text("kept")

    done = havre("up", "--fresh", env=surroundings, stdin="yes\n")

    assert done.returncode == 1
    assert "add --yes if you mean it" in done.stderr
    assert keys.read_text() == "kept"


def test_starting_over_leaves_a_database_of_somebody_elses_alone(surroundings):
    told = {"HAVRE_DATABASE_URL": "postgresql://someone@example.com/theirs"}

    done = havre("up", "--fresh", "--yes", env=surroundings | told)

    assert done.returncode == 1
    assert "empty it there" in done.stderr


def test_starting_over_deletes_what_is_ours_and_nothing_beside_it(monkeypatch, tmp_path):
    monkeypatch.setenv("HAVRE_VAR", str(tmp_path))
    for name in ("keys.json", "somebody's letter.txt"):
        (tmp_path / name).write_text("x")

    assert tmp_path / "keys.json" in database.remove_everything()
    assert [path.name for path in tmp_path.iterdir()] == ["somebody's letter.txt"]


def test_one_address_without_the_right_to_make_accounts_is_refused(surroundings, own_database):
    told = {"HAVRE_DATABASE_URL": os.environ["HAVRE_DATABASE_URL"]}

    done = havre("migrate", env=surroundings | told)

    assert done.returncode == 1
    assert "The database needs three accounts" in done.stderr


def test_a_server_that_does_not_answer_is_a_sentence_and_no_traceback(surroundings):
    told = {"HAVRE_DATABASE_URL": "postgresql://someone@/theirs?host=/nonexistent"}

    done = havre("migrate", env=surroundings | told)

    assert done.returncode == 1
    assert "The database does not answer" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_child_ends_when_its_parent_is_killed():
    child = [sys.executable, "-c", "import time; print('up', flush=True); time.sleep(600)"]
    parent = (
        "import subprocess, sys; from havre.plumbing.leash import leashed\n"
        f"p = subprocess.Popen(leashed({child!r}), stdout=1); print(p.pid, flush=True); p.wait()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", parent], cwd=CLONE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip().isdecimal()
        assert process.stdout.readline() == "up\n"
        process.kill()
        # The pipe ends only when nobody holds it: parent and child are gone.
        assert process.stdout.read() == ""
    assert leashed(["x"])[-1] == "x"


def test_a_check_without_a_browser_says_so_and_never_goes_on(monkeypatch, tmp_path):
    monkeypatch.delenv("HAVRE_CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(SystemExit, match="The journeys need Chromium"):
        chromium_or_refuse()


def test_what_looks_at_pages_is_told_of_the_browser_and_never_runs_without(monkeypatch, tmp_path):
    """Others may run while it is installed, but not before it is known that it can be."""
    ran, ran_too = tmp_path / "ran", tmp_path / "ran too"
    code = f"import os; open({str(ran)!r}, 'w').write(os.environ['HAVRE_CHROMIUM'])"
    looks = Stage(lambda: [[sys.executable, "-c", code]], needs_browser=True)
    plain = Stage(lambda: [[sys.executable, "-c", f"open({str(ran_too)!r}, 'w')"]])
    monkeypatch.setattr(stages, "STAGES", {"plain": plain, "looks": looks})
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("HAVRE_CHROMIUM", raising=False)

    with pytest.raises(SystemExit, match="The journeys need Chromium"):
        run_stages(["plain", "looks"])
    assert not ran.exists()
    assert not ran_too.exists()

    (tmp_path / "chromium").touch(0o755)
    assert run_stages(["looks"])["looks"][0] == "passed"
    assert ran.read_text() == str(tmp_path / "chromium")


@pytest.fixture
def installer(monkeypatch, tmp_path) -> Path:
    """Stands in for the system's: it makes what it is asked to install, if it knows the name."""
    program = tmp_path / "apt-get"
    lines = (
        *(
            "#!/bin/sh",
            '[ "$1" = install ] || exit 0',
            f'grep -q "^$4$" {tmp_path}/known || exit 1',
        ),
        f': > {tmp_path}/"$4"; chmod 755 {tmp_path}/"$4"',
    )
    program.write_text("\n".join(lines).replace("chmod", "/bin/chmod").replace("grep", "/bin/grep"))
    program.chmod(0o755)
    monkeypatch.delenv("HAVRE_CHROMIUM", raising=False)
    monkeypatch.delenv("HAVRE_CI", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    return program


@pytest.mark.parametrize(
    ("known", "found"),
    [("chromium\nchromium-headless-shell", "chromium-headless-shell"), ("chromium", "chromium")],
)
def test_root_gets_the_browser_installed(installer, known, found):
    installer.with_name("known").write_text(known)

    install = chromium_or_refuse()
    assert not installer.with_name(found).exists(), "others need not wait for it"
    assert install() == str(installer.with_name(found))


@pytest.mark.parametrize(
    ("is_ci", "found"), [(False, "chromium"), (True, "chromium-headless-shell")]
)
def test_a_machine_for_checks_alone_gets_the_shell_beside_a_chromium(
    installer, monkeypatch, is_ci, found
):
    installer.with_name("known").write_text("chromium-headless-shell")
    installer.with_name("chromium").touch(0o755)
    if is_ci:
        monkeypatch.setenv("HAVRE_CI", "1")

    assert chromium_or_refuse()() == str(installer.with_name(found))


def test_what_was_planned_for_one_test_outlives_it_and_no_savepoint_pushes_it_out(db):
    planned = "SELECT statement FROM pg_prepared_statements"
    with connection.cursor() as cursor:
        with rolled_back(), transaction.atomic():
            cursor.execute("SELECT %s::int + 31415926", [1])
        cursor.execute(planned)
        kept = [statement for (statement,) in cursor.fetchall()]
    assert any("31415926" in statement for statement in kept)
    assert not any("SAVEPOINT" in statement for statement in kept)


def test_each_file_of_tests_is_run_once_and_no_part_that_fails_is_passed_over():
    found = set((CLONE / "tests").rglob("test_*.py"))
    folders = {file.relative_to(CLONE / "tests").parts[0] for file in found}
    run = [file for name in folders for command in STAGES[name].commands() for file in command[3:]]
    assert sorted(run) == sorted(map(str, found))

    assert result_of(STAGES["rooms"], []) == "FAILED: no test there"


@pytest.mark.parametrize("codes", [(0, 0, 0), (1, 0, 0), (0, 1, 0), (0, 0, 1)])
def test_a_stage_fails_by_whichever_of_its_parts_fails(monkeypatch, codes):
    commands = [[sys.executable, "-c", f"raise SystemExit({code})"] for code in codes]
    both = {"parts": Stage(lambda: commands), "other": Stage(lambda: commands[:1])}
    monkeypatch.setattr(stages, "STAGES", both)
    result = "FAILED" if any(codes) else "passed"

    assert run_stages(["parts"])["parts"][0] == result
    assert main(["parts", "other"]) == any(codes)


def test_what_is_told_to_the_tests_reaches_them_and_no_setting_of_an_installation(monkeypatch):
    kept = {"HAVRE_DOORS", "HAVRE_JOURNEYS", "HAVRE_KEEP_TAB_ORDER"}
    kept |= {"HAVRE_TRIAL_FLOOD", "HAVRE_TRIAL_SEED", "HAVRE_MODEL_STEPS", "HAVRE_SCHEMATHESIS"}
    for name in kept | {"HAVRE_DATABASE_URL", "HAVRE_VAR", "HAVRE_PORT", "HAVRE_TRIALS"}:
        monkeypatch.setenv(name, "whole")

    told = stages.plain_environment()
    assert {name for name in told if name.startswith("HAVRE_")} == kept
    assert told["PATH"] == os.environ["PATH"]


def test_no_process_loads_at_its_start_what_only_packages_need():
    """Servers, workers and commands begin without it: a fifth of their time, 19 MB of each."""
    code = (
        "import sys, django; django.setup(); import havre.wiring.urls, havre.wiring.line.working;"
        " print({'aiohttp', 'pyhanko'} & sys.modules.keys())"
    )
    told = os.environ | {"DJANGO_SETTINGS_MODULE": "havre.wiring.settings"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=CLONE,
        env=told,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "set()\n"
