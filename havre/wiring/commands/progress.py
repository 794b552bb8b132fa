"""What the command line shows while one waits."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

BAR_CELLS = 30
LABEL_CELLS = 34


def say(line: str = "") -> None:
    """Print one line at once, also into a pipe."""
    print(line, flush=True)


@contextmanager
def step(label: str) -> Iterator[None]:
    """Name a step of the work, and print how long it took once it is done."""
    started = time.monotonic()
    if sys.stdout.isatty():
        print(f"  {label:<{LABEL_CELLS}} …", end="\r", flush=True)
    yield
    say(f"  {label:<{LABEL_CELLS}} {time.monotonic() - started:6.1f} s")


class Bar:
    """A plain bar with a percentage; in a pipe, one line each tenth of the way."""

    def __init__(self, label: str) -> None:
        self.label = label
        self.shown = -1
        self.on_screen = sys.stdout.isatty()

    def show(self, done: int, of: int) -> None:
        """Show how far we are; call it as often as you like."""
        percent = 100 * done // max(of, 1)
        coarse = percent if self.on_screen else percent - percent % 10
        if coarse == self.shown:
            return
        self.shown = coarse
        if not self.on_screen:
            say(f"  {self.label:<{LABEL_CELLS}} {coarse:4d} %")
            return
        filled = "#" * (BAR_CELLS * percent // 100)
        line = f"  {self.label:<{LABEL_CELLS}} [{filled:<{BAR_CELLS}}] {percent:3d} %"
        print(line, end="\n" if done >= of else "\r", flush=True)
