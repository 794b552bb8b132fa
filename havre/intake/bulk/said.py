"""What the JSON door says of files of reports in its OpenAPI document."""

from dataclasses import replace

from havre.intake.bulk.asked import RowsQuery, TrialQuery
from havre.intake.bulk.rules import MOST_BYTES, MOST_ROWS
from havre.intake.bulk.wires.answers import Bulk, BulkRowsPage
from havre.plumbing.apis import openapi as api
from havre.plumbing.apis.repeats import HEADER, REPLAYED

BULK = "/api/v1/bulk"
ID = api.Parameter(
    name="bulkId",
    where="path",
    schema={"type": "string", "format": "uuid"},
    description="What we called your file of reports when it arrived.",
)
KEY = api.Parameter(
    name=HEADER,
    where="header",
    schema={"type": "string", "pattern": "^[\\x21\\x23-\\x7e]{1,200}$"},
    description="Of your choice, new for each file.",
    required=True,
)
OWN_KEY = replace(KEY, required=False, description="Of your choice, new for each request.")
REPEATED = {REPLAYED: "`true` when this very answer was given before."}
_BY_ID = {"bulkId": "$response.body#/bulkId"}
_LINKS = {
    name: {"operationId": name, "parameters": _BY_ID}
    for name in ("getBulk", "listBulkRows", "getBulkResult", "stopBulk", "resumeBulk")
}
SENDING = api.Operation(
    method="POST",
    path=BULK,
    name="sendBulk",
    summary="File many reports at once",
    description="JSON Lines, a ReportDocument on each line; or CSV in UTF-8, whose first row names"
    " its columns: names of a ReportDocument joined by dots, such as"
    f" `reporter.reportingPerson.email`. At most {MOST_BYTES} bytes and {MOST_ROWS} rows. Each row"
    " is filed by itself, whole; the very same bytes again are the same file, which goes on where"
    " it was stopped before its first report.",
    query=TrialQuery,
    parameters=(KEY,),
    body=api.Body(
        shape={"type": "string"},
        media_type="text/plain",
        example='{"incidentSummary": {}}\n',
    ),
    answers={
        200: api.Answer(
            description="It is here already, or goes on.", shape=Bulk, headers=REPEATED
        ),
        201: api.Answer(description="It waits.", shape=Bulk, headers=REPEATED, links=_LINKS),
    },
    refusals=(400, 413, 422),
)
STATE = api.Operation(
    method="GET",
    path=f"{BULK}/{{bulkId}}",
    name="getBulk",
    summary="How far a file of reports is",
    parameters=(ID,),
    answers={200: api.Answer(description="As it stands.", shape=Bulk)},
    refusals=(404,),
)
ROWS = api.Operation(
    method="GET",
    path=f"{BULK}/{{bulkId}}/rows",
    name="listBulkRows",
    summary="What came of its rows so far",
    query=RowsQuery,
    parameters=(ID,),
    answers={200: api.Answer(description="A page of them.", shape=BulkRowsPage)},
    refusals=(404, 422),
)
RESULT = api.Operation(
    method="GET",
    path=f"{BULK}/{{bulkId}}/result",
    name="getBulkResult",
    summary="What came of every row, as CSV",
    description="When the last row is done, or while the file is stopped; 409 before.",
    parameters=(ID,),
    answers={
        200: api.Answer(
            description="A row for each row.", shape={"type": "string"}, media_type="text/csv"
        )
    },
    refusals=(404, 409),
)
STOP = api.Operation(
    method="POST",
    path=f"{BULK}/{{bulkId}}/stop",
    name="stopBulk",
    summary="File no further row of a file",
    description="What is filed stays filed. The other rows are kept, sealed, for 30 days.",
    parameters=(ID, OWN_KEY),
    answers={200: api.Answer(description="As it stands.", shape=Bulk, headers=REPEATED)},
    refusals=(400, 404, 413, 422),
)
RESUME = api.Operation(
    method="POST",
    path=f"{BULK}/{{bulkId}}/resume",
    name="resumeBulk",
    summary="Go on with a file that was stopped",
    parameters=(ID, OWN_KEY),
    answers={200: api.Answer(description="As it stands.", shape=Bulk, headers=REPEATED)},
    refusals=(400, 404, 413, 422),
)
OPERATIONS = (SENDING, STATE, STOP, RESUME, ROWS, RESULT)
