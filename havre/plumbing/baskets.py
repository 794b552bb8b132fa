"""Several actions, one commit: who arrives while another is on the way goes along with the next.

A commit waits for the disk and, because each report wakes the route, for every other commit. So
threads of one process share theirs. Nobody waits for company: who finds nobody on the way goes at
once. An action's promise is its own: it returns after the commit, and if the shared one fails,
each goes alone, so that a bad report never holds back its neighbour's (decision 006).
"""

from collections.abc import Callable, Sequence
from enum import Enum, auto
from threading import Lock
from typing import Any

import psycopg
from psycopg.errors import InvalidSqlStatementName
from psycopg.pq import abc

from havre.plumbing.trips import BEGIN, COMMIT, Order, forget, travel

MOST_TOGETHER = 16
Going = Callable[[psycopg.Connection[Any], Sequence[Order]], list[abc.PGresult]]


class Turn(Enum):
    """What becomes of a parcel that waited."""

    ALONE = auto()
    CARRIED = auto()
    CARRY = auto()


class Parcel:
    """One action's orders, its context first, and whoever waits for them to be committed."""

    def __init__(self, orders: Sequence[Order]) -> None:
        self.orders = orders
        self.turn = Turn.ALONE
        self._settled = Lock()
        self._settled.acquire()

    def settle(self, turn: Turn) -> None:
        """Tell whoever waits."""
        self.turn = turn
        self._settled.release()

    def wait(self) -> Turn:
        """Wait for one's turn."""
        self._settled.acquire()
        return self.turn


class Basket:
    """The parcels of one process."""

    def __init__(self, most: int = MOST_TOGETHER) -> None:
        self._most = most
        self._lock = Lock()
        self._waiting: list[Parcel] = []
        self._is_out = False

    def carry(self, wire: psycopg.Connection[Any], orders: Sequence[Order]) -> None:
        """Have the orders committed, with others' or alone; returns when they are.

        Raises what the server answers to them.
        """
        parcel = Parcel(orders)
        with self._lock:
            self._waiting.append(parcel)
            must_wait, self._is_out = self._is_out, True
        turn = parcel.wait() if must_wait else Turn.CARRY
        if turn is Turn.CARRY:
            turn = self._go(wire)
        if turn is Turn.ALONE:
            committed(wire, orders)

    def _go(self, wire: psycopg.Connection[Any]) -> Turn:
        """Carry everybody who waits, oneself first; then the next one carries."""
        with self._lock:
            together = self._waiting[: self._most]
            del self._waiting[: self._most]
        turn = Turn.ALONE
        try:
            committed(wire, [order for one in together for order in one.orders])
            turn = Turn.CARRIED
        except psycopg.Error:
            if len(together) == 1:
                raise
        finally:
            self._hand_on()
            for one in together[1:]:
                one.settle(turn)
        return turn

    def _hand_on(self) -> None:
        with self._lock:
            self._is_out = bool(self._waiting)
            if self._is_out:
                self._waiting[0].settle(Turn.CARRY)


def committed(wire: psycopg.Connection[Any], orders: Sequence[Order]) -> None:
    """Run orders in one transaction and one trip: all of them or nothing."""
    _whole(travelled, wire, [BEGIN, *orders, COMMIT])


def ended(wire: psycopg.Connection[Any], orders: Sequence[Order]) -> None:
    """Run the last orders of a transaction and commit it: all of it or nothing."""
    _whole(travel, wire, [*orders, COMMIT])


def travelled(wire: psycopg.Connection[Any], orders: Sequence[Order]) -> list[abc.PGresult]:
    """The answers to orders outside any transaction, or that begin one."""
    try:
        return travel(wire, orders)
    except InvalidSqlStatementName:
        # The driver let the server forget its statements; nothing was run.
        wire.rollback()
        return travel(wire, orders)


def _whole(go: Going, wire: psycopg.Connection[Any], orders: Sequence[Order]) -> None:
    try:
        answers = go(wire, orders)
    except BaseException:
        if not wire.closed:
            wire.rollback()
            forget(wire)
        raise
    if answers[-1].command_status != b"COMMIT":
        msg = "the server did not commit"
        raise psycopg.InternalError(msg)
