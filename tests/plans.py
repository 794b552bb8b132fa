"""What the server has planned for one test stays planned for the next.

psycopg has the server forget every plan at each rollback, and every test is rolled back: the
questions of a page would be read and planned anew for each who opens it, which is half of what the
server does. A plan outlives a rollback. Where something was dropped or altered, all are forgotten,
as at psycopg.
"""

import re
from collections.abc import Iterator, Sequence

from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg._preparing import Prepare, PrepareManager
from psycopg._queries import PostgresQuery
from psycopg.pq import ExecStatus
from psycopg.pq.abc import PGresult

ENDS_PLANS = re.compile(rb"(?:DROP|ALTER|DISCARD ALL|DEALLOCATE ALL)\b")
# Every savepoint has a name of its own: kept, they would push out what is asked again.
ASKED_ONCE = (b"SAVEPOINT ", b"RELEASE SAVEPOINT ", b"ROLLBACK TO SAVEPOINT ")


class LastingPlans(PrepareManager):
    """The plans of one connection: made at the first use, and kept through a rollback."""

    prepare_threshold = 0
    prepared_max = 500

    def get(self, query: PostgresQuery, prepare=None) -> tuple[Prepare, bytes]:
        return super().get(query, False if query.query.startswith(ASKED_ONCE) else prepare)

    def maybe_add_to_cache(self, query: PostgresQuery, prep: Prepare, name: bytes):
        # Whatever is kept is kept at its first use: there is nothing to count.
        return None if prep is Prepare.NO else super().maybe_add_to_cache(query, prep, name)

    def clear(self) -> bool:
        """What psycopg asks for at the rollback of a whole transaction."""
        return False

    def _should_discard(self, prep: Prepare, results: Sequence[PGresult], *_: object) -> bool:
        ended = any(
            result.status == ExecStatus.COMMAND_OK
            and ENDS_PLANS.match(result.command_status or b"")
            for result in results
        )
        return ended and super().clear()


def keep_plans(connection: BaseDatabaseWrapper, **_: object) -> None:
    """Whoever connects keeps its plans: told by Django's signal `connection_created`."""
    connection.connection._prepared = LastingPlans()


def nodes(plan: dict) -> Iterator[dict]:
    """Every part of a plan, without the parts below it."""
    below = plan.pop("Plans", ())
    yield plan
    for part in below:
        yield from nodes(part)
