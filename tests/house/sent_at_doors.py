"""What programs of providers send to their doors."""

import json

from tests.wires.json_door import REPORT as JSON_REPORT
from tests.wires.wire import DETAILS, FORM, REPORT, form
from tests.wires.xarf import CSEM

# Doors at which a program asks about one report.
JSON_DOORS = {
    "json_file_details",
    "json_files",
    "json_finish",
    "json_report",
    "json_retract",
    "json_supplements",
    "json_uploads",
}
# What is said beside the body at doors of files in pieces.
SPOKEN = {"HTTP_TUS_RESUMABLE": "1.0.0"}
SAID_BESIDE = {
    "json_upload": {
        **SPOKEN,
        "HTTP_UPLOAD_OFFSET": "0",
        "content_type": "application/offset+octet-stream",
    },
    "json_uploads": {**SPOKEN, "HTTP_UPLOAD_LENGTH": "10"},
}


def sent_in_json(door: str) -> bytes:
    """What a provider's program would send to the JSON door."""
    about_a_file = {"json_check_details", "json_file_details"}
    if door in about_a_file:
        return b'{"fileViewedByEsp": true}'
    if door == "json_xarf":
        return json.dumps(CSEM).encode()
    if door == "json_bulk":
        return "\n".join(json.dumps(JSON_REPORT) for _ in range(2)).encode()
    if door == "json_upload":
        return b"pier"
    is_empty = door in {
        "json_bulk_resume",
        "json_bulk_stop",
        "json_finish",
        "json_retract",
        "json_uploads",
    }
    return b"" if is_empty else json.dumps(JSON_REPORT).encode()


def sent_by_wire(door: str, number: int, file: str) -> tuple[bytes, str]:
    """What a provider's client would send, and what it calls that."""
    about = ("id", str(number).encode())
    match door:
        case "wire_submit" | "wire_check":
            return REPORT, "text/xml"
        case "wire_fileinfo":
            return DETAILS.format(number=number, file=file).encode(), "text/xml"
        case "wire_supplement":
            inside = REPORT.partition(b"?>")[2]
            return b"<supplement><reportId>%d</reportId>%s</supplement>" % (number, inside), "xml"
        case "wire_upload":
            return form(about, ("file", b"The pier at noon.")), FORM
        case _:
            return form(about), FORM
