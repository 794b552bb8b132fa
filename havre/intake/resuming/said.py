"""What the JSON door says of uploads that resume in its OpenAPI document."""

from havre.intake.jsondoor.wires.answers import ReportId, Said
from havre.intake.resuming.rules import EXTENSIONS, VERSION
from havre.plumbing.apis import openapi as api

ROOT = "/api/v1"


class UploadTold(Said, frozen=True, kw_only=True):
    """How far an upload is. When it is whole it says which file it is, and how that hashes."""

    report_id: ReportId
    offset: int
    length: int
    file_id: str = ""
    md5: str = ""
    sha1: str = ""
    sha256: str = ""


UPLOAD_ID = api.Parameter(
    name="uploadId",
    where="path",
    schema={"type": "string", "format": "uuid"},
    description="From the `Location` of the answer that began it.",
)
NUMBER = api.Parameter(
    name="reportId", where="path", schema=ReportId, description="The number of your report."
)
SPOKEN = api.Parameter(
    name="Tus-Resumable",
    where="header",
    schema={"const": VERSION},
    description="The version of tus that you speak.",
    required=True,
)


def _number(name: str, words: str) -> api.Parameter:
    schema = {"type": "string", "pattern": "^[0-9]{1,19}$"}
    return api.Parameter(name=name, where="header", schema=schema, description=words, required=True)


STANDS = {
    "Upload-Offset": "So many bytes are here.",
    "Tus-Resumable": "The version of tus that is spoken here.",
}
BEGIN = api.Operation(
    method="POST",
    path=f"{ROOT}/reports/{{reportId}}/uploads",
    name="beginUpload",
    summary="Begin a file that may come in pieces (tus 1.0.0)",
    description="For large files and poor lines: what arrived is kept when the line breaks or a"
    " server starts anew. Any client of tus 1.0.0 does the rest. The report's end waits for it: an"
    " hour after the last piece. A report that is finished drops what is not whole by then.",
    parameters=(
        NUMBER,
        SPOKEN,
        _number("Upload-Length", "The size of the whole file, in bytes."),
        api.Parameter(
            name="Upload-Metadata",
            where="header",
            schema={"type": "string", "pattern": "^(filename [A-Za-z0-9+/]{4,400})?$"},
            description="`filename` and `filetype`, each with its value in Base64.",
        ),
    ),
    answers={
        201: api.Answer(
            description="It waits for the first byte.",
            headers={"Location": "Where the pieces go.", "Tus-Resumable": STANDS["Tus-Resumable"]},
        )
    },
    refusals=(400, 404, 409, 412, 413, 422),
)
SPEAKS = api.Operation(
    method="OPTIONS",
    path=f"{ROOT}/reports/{{reportId}}/uploads",
    name="askOfUploads",
    summary="What of tus is spoken here",
    parameters=(NUMBER,),
    answers={
        204: api.Answer(
            description="That.",
            headers={"Tus-Extension": EXTENSIONS, "Tus-Max-Size": "In bytes.", **STANDS},
        )
    },
    refusals=(404, 409),
)
GO_ON = api.Operation(
    method="PATCH",
    path=f"{ROOT}/uploads/{{uploadId}}",
    name="goOnWithUpload",
    summary="Send the next bytes of an upload",
    parameters=(
        UPLOAD_ID,
        SPOKEN,
        _number("Upload-Offset", "Where they begin in the file: where the upload stands."),
    ),
    body=api.Body(
        shape={"type": "string", "format": "binary"},
        media_type="application/offset+octet-stream",
        required=False,
    ),
    answers={204: api.Answer(description="They are kept.", headers=STANDS)},
    refusals=(400, 404, 409, 412, 413, 415, 422),
)
WHERE = api.Operation(
    method="GET",
    path=f"{ROOT}/uploads/{{uploadId}}",
    name="getUpload",
    summary="How far an upload is, and which file it became; HEAD tells it in headers alone",
    parameters=(UPLOAD_ID,),
    answers={200: api.Answer(description="So far.", shape=UploadTold, headers=STANDS)},
    refusals=(404, 409),
)
DROP = api.Operation(
    method="DELETE",
    path=f"{ROOT}/uploads/{{uploadId}}",
    name="dropUpload",
    summary="Drop an upload; a file that it became already stays",
    parameters=(UPLOAD_ID, SPOKEN),
    answers={204: api.Answer(description="Nothing of it is kept.")},
    refusals=(400, 404, 409, 412, 413),
)
OPERATIONS = (BEGIN, SPEAKS, GO_ON, WHERE, DROP)
