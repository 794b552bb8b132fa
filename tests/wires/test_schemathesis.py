"""schemathesis at the JSON door of the real server: what its OpenAPI says is so.

In `./check` a short, fixed run. HAVRE_SCHEMATHESIS=whole makes the long one, with another seed
each time: `HAVRE_SCHEMATHESIS=whole python -m pytest tests/wires/test_schemathesis.py -s`.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.live import LiveHouse
from tests.wires.json_door import JsonWire, a_report
from tests.wires.wire import a_provider

IS_WHOLE = os.environ.get("HAVRE_SCHEMATHESIS", "") == "whole"
SETTINGS = Path(__file__).with_name("schemathesis.toml")
SHORT = ("--max-examples=2", "--phases=examples,fuzzing", "--seed=20261129")
LONG = ("--max-examples=50", "--phases=examples,coverage,fuzzing,stateful")


@pytest.fixture
def door(real_database):
    """The real web server."""
    running = LiveHouse(real_database)
    yield running.start()
    running.stop()


@pytest.mark.timeout(1800 if IS_WHOLE else 300)
def test_schemathesis_finds_no_failure(door):
    provider = a_provider()
    JsonWire(provider).open(a_report())
    who = f"{provider.provider.code}:{provider.password}"
    command = [
        *(sys.executable, "-m", "schemathesis.cli", f"--config-file={SETTINGS}"),
        *("run", f"{door}/api/v1/openapi.json", f"--auth={who}", "--no-color"),
        *("--workers=2", "--generation-database=none", "--suppress-health-check=all"),
        *(LONG if IS_WHOLE else SHORT),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    print(done.stdout[-6_000:])
    assert done.returncode == 0, done.stdout[-20_000:] + done.stderr[-2_000:]
    assert re.search(r"(\d+) generated, \1 passed", done.stdout), done.stdout[-2_000:]
