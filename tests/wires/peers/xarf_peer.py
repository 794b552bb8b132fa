"""PyPI `xarf` as a client of Havre: what it writes is filed once, and what it refuses, so do we.

Runs in an environment of its own, see peers.sh. Ends with an error when anything is answered
otherwise than expected.
"""

import base64
import json
import os
import urllib.error
import urllib.request

import xarf

PIER = b"The pier at noon."
WHO = xarf.ContactInfo(org="Example Chat", contact="safety@example.com", domain="example.com")
COMMON = {
    "category": "content",
    "source_identifier": "192.0.2.7",
    "reporter": WHO,
    "sender": WHO,
    "url": "https://chat.example.com/u/dock_master",
}
KINDS = {
    "csam": {"classification": "B2", "detection_method": "hash_match"},
    "csem": {"exploitation_type": "grooming", "detection_method": "user_report"},
}


def written(kind: str) -> str:
    """A document as this library writes it, with evidence; the library reads it back itself."""
    evidence = [xarf.create_evidence("text/plain", PIER, description="A pier.")]
    made = xarf.create_report(type=kind, evidence=evidence, **COMMON, **KINDS[kind])
    assert not made.errors, made.errors
    text = made.report.model_dump_json(exclude_none=True)
    assert not xarf.parse(text).errors
    return text


def sent(text: str) -> tuple[int, dict]:
    """What Havre answers to a document."""
    pair = f"{os.environ['HAVRE_PROVIDER']}:{os.environ['HAVRE_PROVIDER_KEY']}"
    head = {"Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}
    address = f"{os.environ['HAVRE_URL']}/api/v1/xarf"
    request = urllib.request.Request(address, text.encode(), head, method="POST")
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


def main() -> None:
    for kind, said in KINDS.items():
        text = written(kind)
        status, first = sent(text)
        assert (status, first["state"], first["files"]) == (201, "finished", 1), (status, first)
        status, again = sent(text)
        assert (status, again["reportId"]) == (200, first["reportId"]), (status, again)
        for name in ("report_id", "timestamp", "reporter", "url", *said):
            less = {key: value for key, value in json.loads(text).items() if key != name}
            assert xarf.parse(json.dumps(less)).errors, f"the library takes it without {name}"
            status, told = sent(json.dumps(less))
            assert (status, told["errors"][0]["pointer"]) == (422, f"/{name}"), told
        print(f"xarf {xarf.__version__}: {kind} filed once as {first['reportId']}")


if __name__ == "__main__":
    main()
