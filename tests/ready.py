"""A server on which Havre's tables stand already, made once in a run and copied from then on.

Making the tables takes longer than most of what is asked of them then. ./check makes them once
and says where in HAVRE_CHECK_READY; a trial or a bench that runs alone has them made on the spot.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from havre.plumbing import postgres
from havre.plumbing.environment import CLONE
from tests.database import clone_template, mark_as_template, template_name

READY = "HAVRE_CHECK_READY"
COMMANDS = ("migrate", "directory", "collect-static")
SOCKET = "{socket}"
# A server that waits for no disk, for what serves nobody: Havre serves on none such. Nor does it
# tidy up, which takes a processor and has a plan hang on when it came by.
NOT_FOR_KEEPS = {
    "fsync": "off",
    "full_page_writes": "off",
    "max_wal_size": "4GB",
    "autovacuum": "off",
}


def make_ready(folder: Path, environment: dict[str, str]) -> None:
    """Make the tables, once as the template of the tests and once with the directory in them."""
    with postgres.throwaway(NOT_FOR_KEEPS) as cluster:
        addresses = postgres.throwaway_environment(cluster)
        told = environment | addresses | {"HAVRE_VAR": str(folder / "var")}
        run("migrate", told)
        with patch.dict(os.environ, addresses):
            clone_template(postgres.DATABASE, template_name())
            mark_as_template(template_name())
        for command in COMMANDS[1:]:
            run(command, told)
        cluster.stop()
        shutil.move(cluster.data, folder / "pg")
    words = json.dumps({"password": cluster.password, "addresses": addresses})
    said = words.replace(postgres.quoted(cluster.socket), SOCKET)
    (folder / "ready.json").write_text(said, encoding="utf-8")


def run(command: str, environment: dict[str, str]) -> None:
    """One of our own commands, to its end."""
    words = [sys.executable, "-m", "havre", command]
    subprocess.run(words, cwd=CLONE, env=environment, check=True, stdout=subprocess.DEVNULL)


@contextmanager
def ready_server(
    folder: Path, settings: dict[str, str] | None = None
) -> Iterator[tuple[postgres.Cluster, dict[str, str]]]:
    """A throw-away server that begins as a copy of the ready one, and its addresses."""
    told = (folder / "ready.json").read_text(encoding="utf-8")
    password = json.loads(told)["password"]
    with postgres.throwaway(settings, like=(folder / "pg", password)) as cluster:
        said = told.replace(SOCKET, postgres.quoted(cluster.socket))
        yield cluster, json.loads(said)["addresses"]


@contextmanager
def settled_house(
    var: str, settings: dict[str, str] | None = None
) -> Iterator[tuple[postgres.Cluster, dict[str, str]]]:
    """A throw-away server with Havre's tables and the directory; and what its processes are told.

    What they keep beside the database lies in `var`, where styles and scripts are gathered too.
    """
    more = {"HAVRE_VAR": var, "HAVRE_DEMO_SIGN_INS": ""}
    if READY in os.environ:
        folder = Path(os.environ[READY])
        shutil.copytree(folder / "var" / "static", Path(var, "static"))
        with ready_server(folder, settings) as (cluster, addresses):
            yield cluster, os.environ | addresses | more
        return
    with postgres.throwaway(settings) as cluster:
        told = os.environ | postgres.throwaway_environment(cluster) | more
        for command in COMMANDS:
            run(command, told)
        yield cluster, told
