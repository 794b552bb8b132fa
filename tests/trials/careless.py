"""A web that is careless on purpose: it answers first and commits a moment later.

The pages, the actions and the tables are the real ones. Only the promise is broken that a
reference is shown after its commit. For the negative control, never for anything else.
"""

import io
import threading
import time
from contextlib import closing

from django.core.signals import request_started
from django.db import close_old_connections, connection, transaction

from havre.wiring.wsgi import application as careful

# It would close the connection whose transaction is still open.
request_started.disconnect(close_old_connections)

A_MOMENT_SECONDS = 0.1


class Answer:
    """An answer that is ready before what it tells of is on disk."""

    def __init__(self) -> None:
        self.ready = threading.Event()
        self.status = "500 Internal Server Error"
        self.headers: list[tuple[str, str]] = []
        self.body: list[bytes] = []

    def start(self, status, headers, exc_info=None) -> None:
        self.status, self.headers = status, headers

    def make(self, environ) -> None:
        """The real pages, in a transaction that stays open a moment longer than the answer."""
        try:
            with closing(connection), transaction.atomic():
                self.body = list(careful(environ, self.start))
                self.ready.set()
                time.sleep(A_MOMENT_SECONDS)
        finally:
            self.ready.set()


def application(environ, start_response):
    """WSGI."""
    length = int(environ.get("CONTENT_LENGTH") or 0)
    environ["wsgi.input"] = io.BytesIO(environ["wsgi.input"].read(length))
    answer = Answer()
    threading.Thread(target=answer.make, args=(environ,)).start()
    answer.ready.wait()
    start_response(answer.status, answer.headers)
    return answer.body
