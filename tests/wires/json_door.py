"""A provider's JSON client for tests: what it sends, and what it is told."""

import json
from copy import deepcopy
from itertools import count
from typing import Any

from django.http import HttpResponse

from tests.wires.wire import Wire

REPORT = {
    "incidentSummary": {
        "incidentType": "Online Enticement of Children for Sexual Acts",
        "platform": "Harbor Chat",
        "incidentDateTime": "2026-11-01T10:00:00-05:00",
    },
    "internetDetails": [
        {
            "chatImIncident": {
                "chatClient": "Harbor Chat",
                "content": "He asked me to meet on Saturday.",
            }
        }
    ],
    "reporter": {"reportingPerson": {"firstName": "Pat", "email": ["desk@example.com"]}},
    "personOrUserReported": [{"screenName": "dock_master"}],
}
_said = count()


def a_report(**changes: object) -> dict[str, Any]:
    """A report with other bytes than the one before."""
    return deepcopy(REPORT) | {"additionalInfo": f"Note {next(_said)}."} | changes


class JsonWire:
    """One provider at the JSON door, with its key."""

    def __init__(self, wire: Wire) -> None:
        self.wire = wire

    def ask(self, method: str, path: str, body: object = None, **headers: str) -> HttpResponse:
        """Send something, as bytes or to be written as JSON."""
        sent = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body)
        headers = {"HTTP_AUTHORIZATION": self.wire.basic, **headers}
        kind = headers.pop("CONTENT_TYPE", "application/json")
        return self.wire.client.generic(method, f"/api/v1/{path}", sent, kind, **headers)

    def post(self, path: str, body: object = None, **headers: str) -> HttpResponse:
        return self.ask("POST", path, body, **headers)

    def get(self, path: str, **headers: str) -> HttpResponse:
        return self.ask("GET", path, **headers)

    def open(self, report: object = None) -> int:
        """Open a report; gives its number."""
        answer = self.post("reports", report or a_report())
        assert answer.status_code == 201, answer.content
        return answer.json()["reportId"]
