"""The pages of the journey from memory: what granian alone can do with the very same bytes.

A recording names each answer by method and path; nothing is worked out, read or written.
"""

import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path

Start = Callable[[str, list[tuple[str, str]]], object]
RECORDED = {
    tuple(one["asked"]): (one["status"], [tuple(h) for h in one["headers"]], one["body"].encode())
    for one in json.loads(Path(os.environ["RECORDED_PAGES"]).read_text(encoding="utf-8"))
}


def application(environ: dict, start_response: Start) -> Iterable[bytes]:
    environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    asked = environ["REQUEST_METHOD"], environ["PATH_INFO"]
    status, headers, body = RECORDED.get(asked, ("404 Not Found", [], b""))
    start_response(status, [*headers, ("Content-Length", str(len(body)))])
    return [body]
