"""What the JSON door says of itself: its OpenAPI document, made once."""

from functools import cache

from havre.intake.bulk.said import OPERATIONS as BULK
from havre.intake.jsondoor.asked import FileQuery, FilingQuery, ListQuery
from havre.intake.jsondoor.once import Answer, answer_of
from havre.intake.jsondoor.wires import answers, schema
from havre.intake.resuming.said import OPERATIONS as UPLOADS
from havre.intake.xarf.said import OPERATION as XARF
from havre.plumbing.apis import openapi as api
from havre.plumbing.apis.repeats import HEADER, REPLAYED

ROOT = "/api/v1"
NUMBER = api.Parameter(
    name="reportId", where="path", schema=answers.ReportId, description="The number of your report."
)
FILE_ID = api.Parameter(
    name="fileId",
    where="path",
    schema={"type": "string", "pattern": "^[A-Za-z0-9]{1,64}$"},
    description="What we called a file when it arrived.",
)
KEY = api.Parameter(
    name=HEADER,
    where="header",
    schema={"type": "string", "pattern": "^[\\x21\\x23-\\x7e]{1,200}$"},
    description="Of your choice, new for each request. The same key with the same bytes is answered"
    " as it was before, for seven days; with other bytes it is refused.",
)
REPEATED = {REPLAYED: "`true` when this very answer was given before."}
DESCRIPTION = """\
Report to Havre in JSON. What is filed here is the same report as on the XML wire (`/ispws`), under
the same rules, and either door finishes what the other opened. Refusals are problem documents
(RFC 9457) that name every fault at once, in English or French by `Accept-Language`.

A report to Havre does not discharge a duty under United States law (18 U.S.C. § 2258A)."""
EXAMPLE = {
    "incidentSummary": {
        "incidentType": "Online Enticement of Children for Sexual Acts",
        "platform": "Example Chat",
        "incidentDateTime": "2026-01-15T14:30:00-05:00",
    },
    "internetDetails": [{"chatImIncident": {"content": "He asked me to meet on Saturday."}}],
    "reporter": {"reportingPerson": {"firstName": "Pat", "email": ["desk@example.com"]}},
    "personOrUserReported": [{"screenName": "dock_master"}],
}
DETAILS_EXAMPLE = {"originalFileName": "pier.txt", "fileViewedByEsp": True}


def _named(name: str) -> dict[str, str]:
    return {"$ref": schema.REF + name}


def _or_anything(name: str) -> dict[str, object]:
    """To be checked, it may be anything: what is wrong with it is the answer."""
    return {"anyOf": [_named(name), {}]}


_A_REPORT = api.Body(shape=_named("ReportDocument"), example=EXAMPLE)
_DETAILS = api.Body(shape=_named("FileDetails"), example=DETAILS_EXAMPLE)
_ANY_REPORT = api.Body(shape=_or_anything("ReportDocument"), example=EXAMPLE)
_ANY_DETAILS = api.Body(shape=_or_anything("FileDetails"), example=DETAILS_EXAMPLE)
_BY_ID = {"reportId": "$response.body#/reportId"}
_LINKS = {
    name: {"operationId": name, "parameters": _BY_ID}
    for name in ("getReport", "addFile", "finishReport", "retractReport", "addSupplement")
}
OPENING = api.Operation(
    method="POST",
    path=f"{ROOT}/reports",
    name="fileReport",
    summary="Open a report, or file it whole",
    description="With `finish=true` it is filed whole in this call, which needs an Idempotency-Key."
    " Otherwise it is open: nobody at the desk sees it before it is finished, and it ends by itself"
    " 24 hours after it was opened or one hour after its last file.",
    query=FilingQuery,
    parameters=(KEY,),
    body=_A_REPORT,
    answers={
        201: api.Answer(
            description="It is there.", shape=answers.Report, headers=REPEATED, links=_LINKS
        )
    },
    refusals=(400, 413, 422),
)
LISTING = api.Operation(
    method="GET",
    path=f"{ROOT}/reports",
    name="listReports",
    summary="Your reports, the latest first",
    query=ListQuery,
    answers={200: api.Answer(description="A page of them.", shape=answers.ReportsPage)},
    refusals=(422,),
)
STATE = api.Operation(
    method="GET",
    path=f"{ROOT}/reports/{{reportId}}",
    name="getReport",
    summary="How a report of yours stands",
    parameters=(NUMBER,),
    answers={200: api.Answer(description="As it stands.", shape=answers.Report)},
    refusals=(404,),
)
SUPPLEMENT = api.Operation(
    method="POST",
    path=f"{ROOT}/reports/{{reportId}}/supplements",
    name="addSupplement",
    summary="Add to a finished report",
    description="A supplement is a report of its own: add files to it and finish it likewise.",
    query=FilingQuery,
    parameters=(NUMBER, KEY),
    body=_A_REPORT,
    answers={201: api.Answer(description="It is there.", shape=answers.Report, headers=REPEATED)},
    refusals=(400, 404, 409, 413, 422),
)
FILE = api.Operation(
    method="POST",
    path=f"{ROOT}/reports/{{reportId}}/files",
    name="addFile",
    summary="Add a file to an open report",
    description="The body is the file, with a length or in chunks. It is sealed as it arrives;"
    " compare the hashes.",
    query=FileQuery,
    parameters=(NUMBER, KEY),
    body=api.Body(
        shape={"type": "string", "format": "binary"},
        media_type="application/octet-stream",
        required=False,
    ),
    answers={201: api.Answer(description="It is sealed.", shape=answers.File, headers=REPEATED)},
    refusals=(400, 404, 409, 413, 422),
)
DETAILS = api.Operation(
    method="POST",
    path=f"{ROOT}/reports/{{reportId}}/files/{{fileId}}/details",
    name="describeFile",
    summary="Say what you know of a file, once for each",
    parameters=(NUMBER, FILE_ID, KEY),
    body=_DETAILS,
    answers={201: api.Answer(description="Kept.", shape=answers.Described, headers=REPEATED)},
    refusals=(400, 404, 409, 413, 422),
)
FINISH = api.Operation(
    method="POST",
    path=f"{ROOT}/reports/{{reportId}}/finish",
    name="finishReport",
    summary="Finish a report: only now it stands before the desk",
    parameters=(NUMBER, KEY),
    answers={200: api.Answer(description="Filed.", shape=answers.Report, headers=REPEATED)},
    refusals=(400, 404, 409, 413, 422),
)
RETRACT = api.Operation(
    method="POST",
    path=f"{ROOT}/reports/{{reportId}}/retract",
    name="retractReport",
    summary="Take back a report that is not finished; nobody can read it again",
    parameters=(NUMBER, KEY),
    answers={200: api.Answer(description="Gone.", shape=answers.Report, headers=REPEATED)},
    refusals=(400, 404, 409, 413, 422),
)
CHECK = api.Operation(
    method="POST",
    path=f"{ROOT}/checks/report",
    name="checkReport",
    summary="Check a report and file nothing",
    body=_ANY_REPORT,
    answers={200: api.Answer(description="What came of it.", shape=answers.Check)},
    refusals=(400, 413, 422),
)
CHECK_DETAILS = api.Operation(
    method="POST",
    path=f"{ROOT}/checks/details",
    name="checkDetails",
    summary="Check what you would say of a file",
    body=_ANY_DETAILS,
    answers={200: api.Answer(description="What came of it.", shape=answers.Check)},
    refusals=(400, 413, 422),
)
NOTICES = api.Operation(
    method="GET",
    path=f"{ROOT}/notices",
    name="listNotices",
    summary="Which of your duties to preserve end soon, and which have ended",
    answers={200: api.Answer(description="All of them.", shape=answers.Notices)},
)
STATUS = api.Operation(
    method="GET",
    path=f"{ROOT}/status",
    name="getStatus",
    summary="Who you are here",
    answers={200: api.Answer(description="You.", shape=answers.Status)},
)
SELF = api.Operation(
    method="GET",
    path=f"{ROOT}/openapi.json",
    name="getOpenapi",
    summary="This document",
    answers={200: api.Answer(description="OpenAPI 3.1.", shape={"type": "object"})},
    is_open=True,
)
OPERATIONS = (
    STATUS,
    OPENING,
    LISTING,
    STATE,
    FILE,
    *UPLOADS,
    DETAILS,
    FINISH,
    RETRACT,
    SUPPLEMENT,
    CHECK,
    CHECK_DETAILS,
    *BULK,
    XARF,
    NOTICES,
    SELF,
)


@cache
def openapi() -> Answer:
    """The OpenAPI document of the JSON door."""
    return answer_of(
        200,
        api.document_of(
            api.Api(
                title="Havre for providers",
                version="1",
                description=DESCRIPTION,
                security={
                    "key": {
                        "type": "http",
                        "scheme": "basic",
                        "description": "The user name and key of the XML wire.",
                    }
                },
                operations=OPERATIONS,
                everywhere=(401, 403, 405, 429, 500, 503),
                schemas=schema.schemas(),
            )
        ),
    )
