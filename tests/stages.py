"""Every gate, on a throw-away PostgreSQL. `./check [stage…]` runs this."""

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
from havre.plumbing.environment import CLONE
from havre.wiring.catalogues import compile_catalogues
from tests.ready import NOT_FOR_KEEPS, READY, make_ready, ready_server

# The shell is the same engine without the windows around it: a page costs it half.
CHROMIUM_SHELL = "chromium-headless-shell"
CHROMIUM_NAMES = (CHROMIUM_SHELL, "chromium", "chromium-browser", "google-chrome")
CHECK_DATABASE = "havre_check"
PYTHON = sys.executable
# One more than there are processors: who waits for a browser or a server leaves one idle.
AT_ONCE = (os.cpu_count() or 1) + 1
# What is told to the tests alone, and is no setting of an installation.
TOLD_TO_TESTS = {
    "HAVRE_DOORS",
    "HAVRE_JOURNEYS",
    "HAVRE_KEEP_TAB_ORDER",
    "HAVRE_MODEL_STEPS",
    "HAVRE_SCHEMATHESIS",
}
TRIALS = "HAVRE_TRIAL_"
IMPORT_LINTER = "from importlinter.cli import lint_imports_command as lint; lint()"

Environment = dict[str, str]
PRINTING = threading.Lock()


@dataclass(frozen=True)
class Stage:
    """One gate: its commands, none of which waits for another, and what it needs to run."""

    commands: Callable[[], list[list[str]]]
    needs_database: bool = False
    needs_browser: bool = False
    may_be_empty: bool = False
    # Nothing is served there, so its server need not keep anything through a power cut.
    is_for_keeps: bool = True


def tool(*words: str) -> Stage:
    """A gate that one program decides. Run as a module: a moved .venv keeps working."""
    return Stage(lambda: [[PYTHON, *words]])


@dataclass(frozen=True)
class Job:
    """One command of a stage, and how it is called when it has ended."""

    stage: str
    words: str
    command: list[str]


def folder(name: str, *, parts: int = 1, browser: bool = False, empty: bool = False) -> Stage:
    """The tests of a folder, its files dealt to so many processes.

    What stands in a folder within it shares what it stands on, and stays together.
    """

    def commands() -> list[list[str]]:
        here = CLONE / "tests" / name
        together: dict[Path, list[Path]] = {}
        for file in sorted(here.rglob("test_*.py")):
            whole = file if file.parent == here else file.parent
            together.setdefault(whole, []).append(file)
        dealt = dealt_to(parts, list(together.values()))
        return [[PYTHON, "-m", "pytest", *map(str, part)] for part in dealt if part]

    return Stage(
        commands,
        needs_database=True,
        needs_browser=browser,
        may_be_empty=empty,
        is_for_keeps=name not in {"house", "rooms"},
    )


def dealt_to(parts: int, several: list[list[Path]]) -> list[list[Path]]:
    """Files in so many lists: of what stays together the largest first, each to the smallest."""

    def size(files: list[Path]) -> int:
        return sum(file.stat().st_size for file in files)

    dealt: list[list[Path]] = [[] for _ in range(parts)]
    for files in sorted(several, key=size, reverse=True):
        min(dealt, key=size).extend(files)
    return dealt


def benches() -> list[list[str]]:
    return [[PYTHON, str(file), "--small"] for file in sorted((CLONE / "bench").glob("[!_]*.py"))]


STAGES: dict[str, Stage] = {
    "format": tool("-m", "ruff", "format", "--check", "."),
    "lint": tool("-m", "ruff", "check", "."),
    "contracts": tool("-c", IMPORT_LINTER),
    "types": tool("-m", "mypy"),
    "dependencies": tool("-m", "deptry", "havre"),
    "templates": tool("-m", "djlint", "havre", "--lint"),
    # What takes longest in one piece begins first, and what is short fills up the end.
    "journeys": folder("journeys", browser=True),
    "trials": folder("trials", empty=True),
    "house": folder("house", parts=2),
    "rooms": folder("rooms", parts=4),
    "wires": folder("wires", parts=2),
    "bench": Stage(benches, needs_database=True, may_be_empty=True),
}


def find_chromium() -> str | None:
    """The browser of the journeys: the one named, or one that is installed."""
    named = os.environ.get("HAVRE_CHROMIUM", "")
    return next(filter(None, map(shutil.which, filter(None, (named, *CHROMIUM_NAMES)))), None)


def install_chromium() -> None:
    """Install the shell, or all of Chromium where there is no shell, with apt-get."""
    print("  installing chromium with apt-get", flush=True)
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}

    def succeeds(*words: str) -> bool:
        done = subprocess.run(
            ["apt-get", *words], env=quiet, stdout=subprocess.DEVNULL, check=False
        )
        return done.returncode == 0

    install = ("install", "-y", "-qq")
    succeeds("update", "-qq")
    _ = succeeds(*install, CHROMIUM_SHELL) or succeeds(*install, "chromium")


def chromium_or_refuse() -> Callable[[], str]:
    """How to come by Chromium: it is found, or root has it installed; never go on without.

    .ci/run, on a machine of its own, has the shell installed though there be another Chromium.
    """
    found = find_chromium()
    takes_any = "HAVRE_CI" not in os.environ or bool(os.environ.get("HAVRE_CHROMIUM"))
    is_well = found is not None and (takes_any or CHROMIUM_SHELL in found)
    if not is_well and os.geteuid() == 0 and shutil.which("apt-get"):
        return installed_chromium
    named = named_or_refuse(found)
    return lambda: named


def installed_chromium() -> str:
    """Chromium, after it was asked to be installed; refuses where there is still none."""
    install_chromium()
    return named_or_refuse(find_chromium())


def named_or_refuse(found: str | None) -> str:
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

    What is told to the tests reaches them. Whoever forbids Python to keep what it compiled has
    each of a hundred processes compile it anew.
    """
    plain = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("HAVRE_") or name in TOLD_TO_TESTS or name.startswith(TRIALS)
    }
    plain.pop("PYTHONDONTWRITEBYTECODE", None)
    return plain


def jobs_of(names: list[str]) -> list[Job]:
    """The commands of these stages, in the order in which they begin."""
    found = []
    for name in names:
        commands = STAGES[name].commands()
        for number, command in enumerate(commands, 1):
            part = f", {number} of {len(commands)}" if len(commands) > 1 else ""
            found.append(Job(name, f"{name}{part}", command))
    return found


def run_job(job: Job, environment: Environment, *, is_alone: bool) -> tuple[int, float]:
    """Run one command; gives its code and its seconds. Beside others, it is heard at its end."""
    started = time.monotonic()
    if is_alone:
        say(f"\n== {job.words}")
        code = subprocess.run(job.command, cwd=CLONE, env=environment, check=False).returncode
        return code, time.monotonic() - started
    done = subprocess.run(
        job.command,
        cwd=CLONE,
        env=environment,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    seconds = time.monotonic() - started
    say(f"\n== {job.words}: {seconds:.0f} s\n{done.stdout.decode(errors='replace')}")
    return done.returncode, seconds


def say(text: str) -> None:
    """Print as a whole, whoever else prints."""
    with PRINTING:
        print(text, flush=True)


def start_servers(
    stack: ExitStack, environment: Environment, kinds: set[bool]
) -> dict[bool, Environment]:
    """What the stages are told of a server that keeps everything, and of one that need not."""
    if not kinds:
        return {}
    ready = stack.enter_context(ready_tables(environment))
    environment[READY] = str(ready)
    if os.environ.get("HAVRE_CHECK_ADMIN_URL"):
        named = stack.enter_context(database_environment(ready, is_for_keeps=True))
        return dict.fromkeys(kinds, named)
    return {
        kind: stack.enter_context(database_environment(ready, is_for_keeps=kind)) for kind in kinds
    }


def run_stages(names: list[str]) -> dict[str, tuple[str, float]]:
    """Run the gates, all of them even when one fails; gives the result and seconds of each."""
    environment = plain_environment()
    is_looked_at = any(STAGES[name].needs_browser for name in names)
    # Asked before anything runs: whoever is refused later loses what has ended by then.
    browser_found = chromium_or_refuse() if is_looked_at else None
    compile_catalogues()
    jobs = jobs_of(names)
    kinds = {STAGES[name].is_for_keeps for name in names if STAGES[name].needs_database}
    with ExitStack() as stack, ThreadPoolExecutor(AT_ONCE) as pool:
        # While the tables are made, and the browser is installed, the gates run that need neither.
        servers = pool.submit(start_servers, stack, environment, kinds)
        browser = pool.submit(browser_found) if browser_found else None

        def run(job: Job) -> tuple[int, float]:
            stage = STAGES[job.stage]
            told = servers.result()[stage.is_for_keeps] if stage.needs_database else {}
            seen = {"HAVRE_CHROMIUM": browser.result()} if browser and stage.needs_browser else {}
            return run_job(job, environment | told | seen, is_alone=len(jobs) == 1)

        ended = list(zip(jobs, pool.map(run, jobs), strict=True))
    results = {}
    for name in names:
        ends = [end for job, end in ended if job.stage == name]
        results[name] = (
            result_of(STAGES[name], [code for code, _ in ends]),
            sum(s for _, s in ends),
        )
    return results


def result_of(stage: Stage, codes: list[int]) -> str:
    """The result of a gate in a word or two, from the codes its commands ended with."""
    if not codes:
        return "nothing there yet" if stage.may_be_empty else "FAILED: no test there"
    return "FAILED" if any(codes) else "passed"


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
