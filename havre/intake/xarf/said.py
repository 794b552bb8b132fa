"""What the JSON door says of XARF in its OpenAPI document."""

from havre.intake.jsondoor.wires.answers import Report
from havre.intake.xarf.wires.documents import MOST_XARF_BYTES, NEEDED
from havre.plumbing.apis import openapi as api
from havre.plumbing.apis.repeats import HEADER, REPLAYED

REPEATED = {REPLAYED: "`true` when this very answer was given before."}
SHAPE = {
    "type": "object",
    "properties": {
        "xarf_version": {"type": "string", "pattern": r"^4\.[0-9]{1,4}\.[0-9]{1,4}$"},
        "report_id": {"type": "string", "format": "uuid"},
        "timestamp": {"type": "string", "format": "date-time"},
        "category": {"const": "content"},
        "type": {"enum": ["csam", "csem"]},
    },
    "required": list(NEEDED),
}
OPERATION = api.Operation(
    method="POST",
    path="/api/v1/xarf",
    name="fileXarf",
    summary="File a report in XARF v4 (content: csam, csem)",
    description="Filed whole, what came inside as evidence sealed unseen. The same document again"
    f" is the same report, for ever. At most {MOST_XARF_BYTES} bytes.",
    parameters=(
        api.Parameter(
            name=HEADER,
            where="header",
            schema={"type": "string", "pattern": "^[\\x21\\x23-\\x7e]{1,200}$"},
            description="May be left out: the document itself says when it is the same one.",
        ),
    ),
    body=api.Body(shape=SHAPE),
    answers={
        200: api.Answer(description="It is here already.", shape=Report, headers=REPEATED),
        201: api.Answer(description="Filed.", shape=Report, headers=REPEATED),
    },
    refusals=(400, 409, 413, 422),
)
