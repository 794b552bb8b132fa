"""Havre as a server of its own, and a browser in front of it, for journeys.

`live_house` is the real web server (granian, the web's database account) on the test's own
database, at a free port. It brings `real_database`: what the test commits, the server sees.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from havre.plumbing.environment import CLONE, Addresses
from tests.stages import find_chromium

PATIENCE_SECONDS = 60
PAUSE_SECONDS = 0.1
# No screen: to paint in a process of its own, or as if on one, takes a tenth of the time more. And
# a frame made anew for each page of one site takes a sixth. Of two lists of features the last one
# counts: the rest of this one is what Playwright switches off itself.
FEATURES_OFF = "RenderDocument,HttpsUpgrades,MediaRouter,OptimizationHints,PaintHolding"
# A page lives shorter than it takes to make its scripts fast: without the makers of fast code, axe
# takes two thirds.
OPTIONS = (
    *("--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--in-process-gpu"),
    f"--disable-features={FEATURES_OFF}",
    "--js-flags=--no-opt --no-maglev",
)


class LiveHouse:
    """A running server: start it, ask for its address, stop it."""

    def __init__(self, addresses: Addresses, *, threads: int = 4, **environment: str) -> None:
        self.threads = threads
        self.environment = os.environ | addresses.as_environment() | environment
        self.log = Path(tempfile.mkdtemp(prefix="havre-live-")) / "server.log"
        self.server: subprocess.Popen[bytes] | None = None
        self.url = ""

    def start(self) -> str:
        """Start at a free port; somebody may take it in between, so three tries."""
        for _ in range(3):
            port = free_port()
            self.url = f"http://localhost:{port}"
            command = [sys.executable, "-m", "havre", "serve", f"--port={port}"]
            with self.log.open("ab") as log:
                self.server = subprocess.Popen(
                    [*command, "--workers=1", f"--threads={self.threads}"],
                    cwd=CLONE,
                    env=self.environment,
                    stdout=log,
                    stderr=log,
                )
            if self.answers():
                return self.url
        pytest.fail(f"the server did not start:\n{self.log.read_text()[-3000:]}")

    def answers(self) -> bool:
        """Wait until the first page comes, or the server has given up."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline and self.server.poll() is None:
            try:
                with urllib.request.urlopen(f"{self.url}/en/", timeout=5):
                    return True
            except (urllib.error.URLError, OSError):
                time.sleep(PAUSE_SECONDS)
        return False

    def stop(self) -> None:
        """Ask the server to stop, and take its log away."""
        if self.server and self.server.poll() is None:
            self.server.send_signal(signal.SIGTERM)
            try:
                self.server.wait(timeout=20)
            except subprocess.TimeoutExpired:
                self.server.kill()
                self.server.wait()
        shutil.rmtree(self.log.parent, ignore_errors=True)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture
def live_house(real_database) -> Iterator[str]:
    """The address of a running Havre on this test's database, for example http://localhost:41234."""
    house = LiveHouse(real_database)
    try:
        yield house.start()
    finally:
        house.stop()


@pytest.fixture(scope="module")
def lasting_house(lasting_database) -> Iterator[str]:
    """The same for all tests of a file, each of which finds what the others left."""
    house = LiveHouse(lasting_database)
    try:
        yield house.start()
    finally:
        house.stop()


@pytest.fixture
def live_work(real_database) -> Iterator[None]:
    """The jobs, run beside the test by a process of their own, as the jobs' account."""
    command = [sys.executable, "-m", "havre", "work"]
    environment = os.environ | real_database.as_environment()
    with tempfile.TemporaryFile() as log:
        worker = subprocess.Popen(command, cwd=CLONE, env=environment, stdout=log, stderr=log)
        yield
        ended_early = worker.poll()
        worker.send_signal(signal.SIGTERM)
        worker.wait(timeout=30)
        log.seek(0)
        assert ended_early is None, log.read()[-3000:].decode()


def chromium() -> str:
    """The Chromium that is named or installed. The journeys need it: they never skip."""
    return find_chromium() or pytest.fail("no Chromium here: apt-get install chromium")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all journeys; each has a context of its own."""
    # Playwright's loop runs in this thread, and Django would refuse its database beside it.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=[*OPTIONS])
        yield started
        started.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def context(browser) -> Iterator[BrowserContext]:
    """A person's browser: no cookies yet. A refused or broken script fails the test."""
    opened = browser.new_context()
    faults: list[str] = []
    opened.on("weberror", lambda error: faults.append(str(error.error)))
    opened.on("console", lambda told: faults.append(told.text) if told.type == "error" else None)
    opened.set_default_timeout(15_000)
    yield opened
    opened.close()
    expected = ("status of 422", "status of 429", "status of 404")
    assert [fault for fault in faults if not any(word in fault for word in expected)] == []


@pytest.fixture
def page(context) -> Page:
    """A tab in that browser."""
    return context.new_page()
