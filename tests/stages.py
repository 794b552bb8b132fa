"""Every gate, fast to slow, on a throw-away PostgreSQL. `./check [stage…]` runs this."""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from havre.plumbing import roles
from havre.plumbing.catalogues import compile_catalogues
from havre.plumbing.environment import CLONE
from tests.ready import NOT_FOR_KEEPS, READY, make_ready, ready_server

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
CHECK_DATABASE = "havre_check"
PYTHON = sys.executable
# Each of the two begins with half of the files: the world of a file is seldom built by both.
IN_TWO = ("-n", "2", "--dist", "worksteal")
IMPORT_LINTER = "from importlinter.cli import lint_imports_command as lint; lint()"

Environment = dict[str, str]
PRINTING = threading.Lock()


@dataclass(frozen=True)
class Stage:
    """One gate: its commands, and what it needs to run."""

    commands: Callable[[], list[list[str]]]
    needs_database: bool = False
    needs_browser: bool = False
    may_be_empty: bool = False
    # Runs while the other stages of the database go on: browsers wait more than they work.
    runs_beside: bool = False
    # Nothing is served there, so its server need not keep anything through a power cut.
    is_for_keeps: bool = True


def tool(*words: str) -> Stage:
    """A gate that one program decides. Run as a module: a moved .venv keeps working."""
    return Stage(lambda: [[PYTHON, *words]])


def folder(name: str, *options: str, browser: bool = False, empty: bool = False) -> Stage:
    def commands() -> list[list[str]]:
        found = any((CLONE / "tests" / name).rglob("test_*.py"))
        return [[PYTHON, "-m", "pytest", f"tests/{name}", *options]] if found else []

    return Stage(
        commands,
        needs_database=True,
        needs_browser=browser,
        may_be_empty=empty,
        runs_beside=browser,
        is_for_keeps=name not in {"house", "rooms"},
    )


def benches() -> list[list[str]]:
    return [[PYTHON, str(file), "--small"] for file in sorted((CLONE / "bench").glob("[!_]*.py"))]


STAGES: dict[str, Stage] = {
    "format": tool("-m", "ruff", "format", "--check", "."),
    "lint": tool("-m", "ruff", "check", "."),
    "contracts": tool("-c", IMPORT_LINTER),
    "types": tool("-m", "mypy"),
    "dependencies": tool("-m", "deptry", "havre"),
    "templates": tool("-m", "djlint", "havre", "--lint"),
    "house": folder("house", *IN_TWO),
    "rooms": folder("rooms", *IN_TWO),
    "wires": folder("wires", *IN_TWO),
    "journeys": folder("journeys", browser=True),
    "trials": folder("trials", empty=True),
    "bench": Stage(benches, needs_database=True, may_be_empty=True),
}


def find_chromium() -> str | None:
    """The browser of the journeys: the one named, or one that is installed."""
    named = os.environ.get("HAVRE_CHROMIUM", "")
    return next(filter(None, map(shutil.which, filter(None, (named, *CHROMIUM_NAMES)))), None)


def chromium_or_refuse() -> str:
    """Find Chromium, or install it as root; never go on without."""
    found = find_chromium()
    if found is None and os.geteuid() == 0 and shutil.which("apt-get"):
        print("  installing chromium with apt-get", flush=True)
        quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        for words in (["update", "-qq"], ["install", "-y", "-qq", "chromium"]):
            subprocess.run(["apt-get", *words], env=quiet, stdout=subprocess.DEVNULL, check=False)
        found = find_chromium()
    if found is None:
        sys.exit(
            "\nThe journeys need Chromium, and none was found. Install it (Debian, as root: "
            "apt-get install chromium), or set HAVRE_CHROMIUM to where it is."
        )
    return found


@contextmanager
def ready_tables(environment: Environment) -> Iterator[Path]:
    """The folder of a server with Havre's tables, which each server of this run copies."""
    with tempfile.TemporaryDirectory(prefix="havre-ready-") as folder:
        say("\n== making the tables, once for all stages")
        make_ready(Path(folder), environment)
        yield Path(folder)


@contextmanager
def database_environment(ready: Path, *, is_for_keeps: bool) -> Iterator[Environment]:
    """A server for the tests, and a folder for keys and files, both gone afterwards.

    HAVRE_CHECK_ADMIN_URL names another server to test on instead, such as a PostgreSQL 15.
    """
    with tempfile.TemporaryDirectory(prefix="havre-check-") as var:
        other = os.environ.get("HAVRE_CHECK_ADMIN_URL", "")
        if other:
            addresses = roles.prepare(other, database=CHECK_DATABASE, new_passwords=True)
            yield {"HAVRE_VAR": var, "HAVRE_ADMIN_URL": other} | addresses.as_environment()
            return
        with ready_server(ready, {} if is_for_keeps else NOT_FOR_KEEPS) as (_, addresses):
            yield {"HAVRE_VAR": var} | addresses


def plain_environment() -> Environment:
    """The caller's surroundings without any setting of a real installation.

    Whoever forbids Python to keep what it compiled has each of a hundred processes compile it anew.
    """
    plain = {name: value for name, value in os.environ.items() if not name.startswith("HAVRE_")}
    plain.pop("PYTHONDONTWRITEBYTECODE", None)
    return plain


def run_stage(name: str, environment: Environment) -> str:
    """Run one gate to its end and give its result in a word or two."""
    stage = STAGES[name]
    commands = stage.commands()
    if not commands:
        return "nothing there yet" if stage.may_be_empty else "FAILED: no test there"
    if stage.runs_beside:
        return run_beside(name, commands, environment)
    say(f"\n== {name}")
    codes = [
        subprocess.run(command, cwd=CLONE, env=environment, check=False).returncode
        for command in commands
    ]
    return "FAILED" if any(codes) else "passed"


def run_beside(name: str, commands: list[list[str]], environment: Environment) -> str:
    """Run a gate while others run, and show what it said when it has ended."""
    say(f"\n== {name} begins, and goes on beside the next")
    dones = [
        subprocess.run(
            command,
            cwd=CLONE,
            env=environment,
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        for command in commands
    ]
    said = "".join(done.stdout.decode(errors="replace") for done in dones)
    say(f"\n== {name} has ended\n{said}")
    return "FAILED" if any(done.returncode for done in dones) else "passed"


def say(text: str) -> None:
    """Print as a whole, whoever else prints."""
    with PRINTING:
        print(text, flush=True)


def run_stages(names: list[str]) -> dict[str, tuple[str, float]]:
    """Run the gates in their order, all of them even when one fails."""
    environment = plain_environment()
    if any(STAGES[name].needs_browser for name in names):
        environment["HAVRE_CHROMIUM"] = chromium_or_refuse()
    compile_catalogues()
    results: dict[str, tuple[str, float]] = {}
    servers: dict[bool, Environment] = {}

    def run(chosen: list[str]) -> None:
        for name in chosen:
            started = time.monotonic()
            server = servers.get(STAGES[name].is_for_keeps) or servers.get(True, {})
            result = run_stage(name, environment | server)
            results[name] = (result, time.monotonic() - started)

    on_database = [name for name in names if STAGES[name].needs_database]
    others = [name for name in names if name not in on_database]
    if not on_database:
        run(others)
        return results
    with ExitStack() as stack, ThreadPoolExecutor(2) as pool:
        # The gates without a database need one processor, and making the tables another.
        making = pool.submit(stack.enter_context, ready_tables(environment))
        run(others)
        ready = making.result()
        named = bool(os.environ.get("HAVRE_CHECK_ADMIN_URL"))
        environment[READY] = str(ready)
        for kind in {named or STAGES[name].is_for_keeps for name in on_database}:
            servers[kind] = stack.enter_context(database_environment(ready, is_for_keeps=kind))
        lanes = [
            [name for name in on_database if STAGES[name].runs_beside is beside]
            for beside in (True, False)
        ]
        list(pool.map(run, lanes))
    return {name: results[name] for name in names}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./check", description=__doc__)
    parser.add_argument("stages", nargs="*", metavar="stage", help=", ".join(STAGES))
    wanted = parser.parse_args(arguments).stages
    unknown = [name for name in wanted if name not in STAGES]
    if unknown:
        parser.error(f"no stage is called {unknown[0]}; there are: {', '.join(STAGES)}")
    started = time.monotonic()
    results = run_stages([name for name in STAGES if name in wanted or not wanted])
    print(f"\n{'stage':<14}{'seconds':>8}  result")
    for name, (result, seconds) in results.items():
        print(f"{name:<14}{seconds:8.1f}  {result}")
    failed = sum(result.startswith("FAILED") for result, _ in results.values())
    passed = sum(result == "passed" for result, _ in results.values())
    print(f"{time.monotonic() - started:22.1f}  {passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
