"""The bare door: one WSGI function, one INSERT, one commit. No walls, no keys, no log, no job."""

import os
import threading

import psycopg

_local = threading.local()


def application(environ, start_response):
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    if not hasattr(_local, "connection"):
        _local.connection = psycopg.connect(os.environ["BARE_URL"])
    with _local.connection.transaction(), _local.connection.cursor() as cursor:
        cursor.execute("INSERT INTO bare (body) VALUES (%s)", [body], prepare=True)
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "2")])
    return [b"ok"]
