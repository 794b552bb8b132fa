"""The worker's own connection: it ends where it lost track of its jobs, and listens again."""

import asyncio

import psycopg
import pytest
from procrastinate.contrib.django.utils import connector_params
from procrastinate.exceptions import ConnectorException

from havre.wiring.line import working
from havre.wiring.line.working import TRY_AGAIN, WorkerConnector

pytestmark = pytest.mark.django_db
CUT_OFF = "SELECT pg_terminate_backend(pg_backend_pid())"


class Watched(WorkerConnector):
    """One that notes how it would have ended."""

    def __init__(self) -> None:
        super().__init__(kwargs=connector_params(), min_size=1)
        self.ended: list[int] = []
        self.end = self.ended.append


def with_one(errand):
    async def run() -> Watched:
        one = Watched()
        await one.open_async()
        try:
            await errand(one)
        finally:
            await one.close_async()
        return one

    return asyncio.run(run())


@pytest.mark.parametrize("ask", ["execute_query", "execute_query_one", "execute_query_all"])
def test_a_statement_that_fails_with_its_connection_ends_the_worker(ask):
    async def errand(one: Watched) -> None:
        with pytest.raises(ConnectorException):
            await getattr(one, f"{ask}_async")(CUT_OFF)

    assert with_one(errand).ended == [TRY_AGAIN]


def test_a_statement_that_is_refused_ends_nothing():
    async def errand(one: Watched) -> None:
        with pytest.raises(ConnectorException) as refused:
            await one.execute_query_async("SELECT 1 / 0")
        assert isinstance(refused.value.__cause__, psycopg.errors.DivisionByZero)

    assert with_one(errand).ended == []


def test_it_listens_again_after_the_database_was_away(monkeypatch):
    monkeypatch.setattr(working, "LISTEN_AGAIN_SECONDS", 0)
    heard = asyncio.Event()

    class Away(Watched):
        tries = 0

        def _get_standalone_connection(self):
            self.tries += 1
            if self.tries == 1:
                raise psycopg.OperationalError
            return super()._get_standalone_connection()

    async def hear(*, channel: str, payload: str) -> None:
        assert (channel, payload) == ("harbor", "a boat")
        heard.set()

    async def run() -> Away:
        one = Away()
        await one.open_async()
        listening = asyncio.create_task(one.listen_notify(hear, iter(["harbor"])))
        try:
            while not heard.is_set():
                assert not listening.done()
                await one.execute_query_async("SELECT pg_notify('harbor', 'a boat')")
                await asyncio.sleep(0.05)
        finally:
            listening.cancel()
            await one.close_async()
        return one

    one = asyncio.run(asyncio.wait_for(run(), timeout=60))
    assert (one.tries, one.ended) == (2, [])
