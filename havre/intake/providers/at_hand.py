"""Open filings as this process wrote them last: who changes one again need not ask for it first.

Nothing is believed of it. Each change names the state that it knows, and the database undoes the
change where the filing is in another by now; then it is asked. What is kept is what lies in the
rows, sealed, and a key that is wrapped.
"""

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import Any
from uuid import UUID

MOST_FILINGS = 500
MOST_BYTES = 65_536

# As the statements give them: of the filing, and of its files, oldest first.
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """What stands in the rows of a filing."""

    filing: Row
    files: tuple[Row, ...]


class Shelf:
    """The filings of one process, the last one written last."""

    def __init__(self, most: int = MOST_FILINGS) -> None:
        self._most = most
        self._rows: OrderedDict[tuple[UUID, int], Rows] = OrderedDict()
        self._book = Lock()

    def lay(self, provider: UUID, number: int, rows: Rows, *, weight: int) -> None:
        """Keep a filing at hand, in the stead of the oldest; a large one is not kept."""
        if weight > MOST_BYTES:
            return
        with self._book:
            self._rows[provider, number] = rows
            if len(self._rows) > self._most:
                self._rows.popitem(last=False)

    def seen(self, provider: UUID, number: int) -> Rows | None:
        """A filing as it was written last, where it lies here."""
        return self._rows.get((provider, number))

    def take(self, provider: UUID, number: int) -> Rows | None:
        """The same, and it lies here no more: who changes it lays it back."""
        with self._book:
            return self._rows.pop((provider, number), None)


shelf = Shelf()
