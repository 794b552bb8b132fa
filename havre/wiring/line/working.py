"""The job worker: it outlives a restart of the database, and ends if it loses track of its jobs."""

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from typing import Any, LiteralString

import psycopg
from procrastinate import PsycopgConnector
from procrastinate.connector import Notify
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.exceptions import ConnectorException
from procrastinate.sql import queries

from havre.wiring.jobs import STALLED_SECONDS
from havre.wiring.line.going_on import OVER, going_on

logger = logging.getLogger(__name__)

HEART_SECONDS = 5
LISTEN_AGAIN_SECONDS = 2
TRY_AGAIN = 75


class WorkerConnector(PsycopgConnector):
    """The worker's own statements: jobs taken, jobs ended, its heart.

    Where one of them fails with its connection, nobody can tell whether it was done. A job that was
    taken unseen, or whose end was not written, would stay "doing" as long as this worker lives: so
    it ends at once, as if killed, and its jobs go to another when its heart is seen to stand still.
    """

    end: Callable[[int], Any] = staticmethod(os._exit)

    async def listen_notify(self, on_notification: Notify, channels: Iterable[str]) -> None:
        """Listen for new jobs, for ever; without it they are looked for every few seconds."""
        heard = [*channels]
        while True:
            try:
                await super().listen_notify(on_notification, heard)
            except ConnectorException as error:
                logger.warning("the worker is not told of new jobs: %s", error.__cause__)
            await asyncio.sleep(LISTEN_AGAIN_SECONDS)

    async def execute_query_async(self, query: LiteralString, **arguments: object) -> None:
        """The same, but for the end of a job that went on in line: that is written already."""
        if query == queries["finish_job"] and arguments["job_id"] in OVER:
            OVER.discard(arguments["job_id"])
        else:
            await super().execute_query_async(query, **arguments)

    @asynccontextmanager
    async def _get_cursor(
        self, connection: psycopg.AsyncConnection | None = None
    ) -> AsyncIterator[psycopg.AsyncCursor[dict[str, Any]]]:
        try:
            async with super()._get_cursor(connection) as cursor:
                yield cursor
        except psycopg.OperationalError as error:
            logger.warning("the worker ends, and is to be started again: %s", error)
            self.end(TRY_AGAIN)
            raise


def work(*, concurrency: int) -> None:
    """Run jobs until asked to stop. Ends the process with 75 when it is to be started again."""
    with app.replace_connector(WorkerConnector(kwargs=connector_params())):
        asyncio.run(_work(concurrency))


async def _work(concurrency: int) -> None:
    async with app.open_async():
        await app.run_worker_async(
            concurrency=concurrency,
            update_heartbeat_interval=HEART_SECONDS,
            task_middleware=[going_on(lambda: WorkerConnector.end(TRY_AGAIN))],
            stalled_worker_timeout=STALLED_SECONDS,
        )
