"""PyPI `tuspy` as a client of Havre: it sends half of a file, forgets all, and resumes.

Needs HAVRE_URL, HAVRE_PROVIDER and HAVRE_PROVIDER_KEY; prints what it did.
"""

import base64
import hashlib
import io
import json
import os
import urllib.request

from tusclient import client

REPORT = {
    "incidentSummary": {
        "incidentType": "Online Enticement of Children for Sexual Acts",
        "incidentDateTime": "2026-01-15T14:30:00-05:00",
    },
    "reporter": {"reportingPerson": {"firstName": "Pat", "email": ["desk@example.com"]}},
    "additionalInfo": "He asked me to meet on Saturday.",
}
SIZE, CHUNK = 10_000_000, 1_000_000

url = os.environ["HAVRE_URL"] + "/api/v1"
pair = f"{os.environ['HAVRE_PROVIDER']}:{os.environ['HAVRE_PROVIDER_KEY']}".encode()
shown = {"Authorization": f"Basic {base64.b64encode(pair).decode()}"}


def ask(path: str, body: bytes | None = None) -> dict:
    """What the JSON door answers."""
    place = path if path.startswith("http") else f"{url}/{path}"
    with urllib.request.urlopen(urllib.request.Request(place, body, shown)) as answer:
        return json.load(answer)


whole = os.urandom(SIZE)
report = ask("reports", json.dumps(REPORT).encode())["reportId"]
tus = client.TusClient(f"{url}/reports/{report}/uploads", headers=shown)
said = {"filename": "pier.bin", "filetype": "application/octet-stream"}
first = tus.uploader(file_stream=io.BytesIO(whole), chunk_size=CHUNK, metadata=said)
first.upload(stop_at=SIZE // 2)
again = client.TusClient("", headers=shown).uploader(
    file_stream=io.BytesIO(whole), chunk_size=CHUNK, url=first.url
)
assert again.offset >= SIZE // 2, again.offset
again.upload()
told = ask(first.url)
assert told["sha256"] == hashlib.sha256(whole).hexdigest(), told
finished = ask(f"reports/{report}/finish", b"")
assert finished["fileIds"] == [told["fileId"]], finished
print(f"tuspy: resumed at {SIZE // 2:,} of {SIZE:,} bytes, the hash is right, report finished")
