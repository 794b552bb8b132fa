"""The programs that `up` starts: kept running, and stopped with everything they started."""

import http.client
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from havre.plumbing.environment import CLONE
from havre.plumbing.leash import leashed

STOP_SECONDS = 15.0
FIRST_WAIT_SECONDS = 1.0
LONGEST_WAIT_SECONDS = 30.0
STEADY_SECONDS = 60.0


@dataclass(slots=True)
class Child:
    """One program of ours in a process group of its own."""

    name: str
    arguments: list[str]
    environment: dict[str, str]
    log: Path
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    wait: float = FIRST_WAIT_SECONDS
    ended: float = 0.0

    def start(self) -> None:
        """Start it; it ends when we end, however that happens."""
        command = [sys.executable, "-m", "havre", *self.arguments]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603 - our own program, no shell
                leashed(command),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=CLONE,
                env=self.environment,
                start_new_session=True,
            )
        self.started = time.monotonic()

    def has_ended(self) -> bool:
        """Whether it ended by itself; what it left in its group is ended too."""
        if self.process is None:
            return True
        # Look without collecting: its number stays ours until its group is signalled.
        if not os.waitid(os.P_PID, self.process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            return False
        self._signal(signal.SIGKILL)
        self.process.wait()
        self.process = None
        self.ended = time.monotonic()
        steady = self.ended - self.started > STEADY_SECONDS
        self.wait = FIRST_WAIT_SECONDS if steady else min(2 * self.wait, LONGEST_WAIT_SECONDS)
        return True

    def is_due(self) -> bool:
        """Whether it has been down long enough to be started again."""
        return time.monotonic() - self.ended >= self.wait / 2

    def stop(self) -> None:
        """Ask it to end, wait, and end what is left of its group."""
        if self.process is None:
            return
        # Not by the library: it collects one that ended already, and we would look in vain.
        os.kill(self.process.pid, signal.SIGTERM)
        deadline = time.monotonic() + STOP_SECONDS
        while not self.has_ended():
            if time.monotonic() > deadline:
                self._signal(signal.SIGKILL)
            time.sleep(0.02)

    def _signal(self, number: signal.Signals) -> None:
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)

    def last_words(self) -> str:
        """The end of its log."""
        with suppress(FileNotFoundError):
            return "\n".join(self.log.read_text(errors="replace").splitlines()[-12:])
        return ""


def answers(port: int) -> bool:
    """Whether a web server answers on the port, whatever it says."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/")
        connection.getresponse().read()
    except OSError:
        return False
    finally:
        connection.close()
    return True
