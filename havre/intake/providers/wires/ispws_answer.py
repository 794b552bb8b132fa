"""What we say back on the provider wire: response codes, and the XML they travel in."""

import re
from collections.abc import Sequence
from enum import IntEnum
from html import escape

FILE_ID_BYTES = 16

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
UNPRINTABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Code(IntEnum):
    """A response code of the wire."""

    SUCCESS = 0
    SERVER_ERROR = 1000
    SAVE_FAILED = 1100
    UPLOAD_FAILED = 1110
    FILE_UPLOAD_FAILED = 1111
    RESOURCE_NOT_FOUND = 1210
    UPDATE_FAILED = 1300
    AUTHENTICATION_REQUIRED = 2000
    NOT_AUTHORIZED = 3000
    NOT_AUTHORIZED_TO_SUBMIT = 3100
    NOT_AUTHORIZED_TO_UPDATE = 3300
    INVALID_REQUEST = 4000
    VALIDATION_FAILED = 4100
    MALFORMED_XML = 4110
    MALFORMED_FILE = 4200
    REPORT_DOES_NOT_EXIST = 5001
    FILE_DOES_NOT_EXIST = 5002
    ALREADY_RETRACTED = 5101
    ALREADY_FINISHED = 5102


DESCRIPTIONS: dict[Code, str] = {
    Code.SUCCESS: "Success",
    Code.SERVER_ERROR: "Server error",
    Code.SAVE_FAILED: "Save failed",
    Code.UPLOAD_FAILED: "Upload failed",
    Code.FILE_UPLOAD_FAILED: "File upload failed",
    Code.RESOURCE_NOT_FOUND: "Resource not found",
    Code.UPDATE_FAILED: "Update failed",
    Code.AUTHENTICATION_REQUIRED: "Authentication required",
    Code.NOT_AUTHORIZED: "User is not authorized to perform this action",
    Code.NOT_AUTHORIZED_TO_SUBMIT: "User is not authorized to make submissions",
    Code.NOT_AUTHORIZED_TO_UPDATE: "User is not authorized to make updates",
    Code.INVALID_REQUEST: "Invalid request",
    Code.VALIDATION_FAILED: "Validation failed",
    Code.MALFORMED_XML: "Malformed XML submittal",
    Code.MALFORMED_FILE: "Malformed file submittal",
    Code.REPORT_DOES_NOT_EXIST: "Report does not exist",
    Code.FILE_DOES_NOT_EXIST: "File does not exist",
    Code.ALREADY_RETRACTED: "Report already retracted",
    Code.ALREADY_FINISHED: "Report already finished",
}

_NOT_FOUND = {Code.RESOURCE_NOT_FOUND, Code.REPORT_DOES_NOT_EXIST, Code.FILE_DOES_NOT_EXIST}
_NOT_FOUND_STATUS = 404
# A failed finish is documented as HTTP 400 with code 4100; the rest follows the thousands.
_STATUS_BY_THOUSAND = {0: 200, 1: 500, 2: 401, 3: 403, 4: 400, 5: 409}


def http_status(code: Code) -> int:
    """The HTTP status that goes with a response code."""
    if code in _NOT_FOUND:
        return _NOT_FOUND_STATUS
    return _STATUS_BY_THOUSAND[code // 1000]


def answer(
    code: Code,
    *,
    report: int | None = None,
    file_id: str | None = None,
    hash: str | None = None,  # noqa: A002 - the wire's own word for the MD5 of a file
    description: str | None = None,
    files: Sequence[str] | None = None,
    done: bool = False,
) -> bytes:
    """An answer as XML bytes. With `done` it is the answer to a finish, with the files' ids."""
    said = [element("responseCode", str(int(code)))]
    if not done:
        said.append(element("responseDescription", description or DESCRIPTIONS[code]))
    if report is not None:
        said.append(element("reportId", str(report)))
    if file_id is not None:
        said.append(element("fileId", file_id))
    if hash is not None:
        said.append(element("hash", hash))
    if done:
        listed = "".join(element("fileId", one) for one in files or ())
        said.append(f"<files>{listed}</files>" if listed else "<files/>")
    root = "reportDoneResponse" if done else "reportResponse"
    return f"{DECLARATION}\n<{root}>{''.join(said)}</{root}>".encode()


def new_file_id(random_bytes: bytes) -> str:
    """A file id of 32 hex digits that no client can take for a number such as 123 or 1e5."""
    if len(random_bytes) < FILE_ID_BYTES:
        msg = f"a file id needs {FILE_ID_BYTES} random bytes"
        raise ValueError(msg)
    digits = random_bytes[:FILE_ID_BYTES].hex()
    if any(letter in digits for letter in "abcdf"):
        return digits
    return "abcdf"[random_bytes[0] % 5] + digits[1:]


def element(name: str, text: str) -> str:
    """One element with its text. A carriage return would be lost as a character of its own."""
    plain = escape(UNPRINTABLE.sub("\ufffd", text), quote=False).replace("\r", "&#13;")
    return f"<{name}>{plain}</{name}>"
