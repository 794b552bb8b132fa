"""A file that arrives in pieces, as clients of tus 1.0.0 send it, at the provider's JSON door."""

import hashlib
from base64 import b64encode
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import override_settings

from havre.audit.models import Entry
from havre.audit.rules import Event, Station
from havre.evidence.models import Exhibit
from havre.evidence.vault import opened_exhibit
from havre.intake.models import Filing, FilingFile
from havre.intake.providers.reads import filing_to_fill
from havre.intake.resuming import taking
from havre.intake.resuming.models import Piece, Upload
from havre.intake.resuming.rules import metadata_of
from havre.plumbing import clock
from havre.plumbing.body import BodyCutShortError
from havre.plumbing.context import acting_as
from havre.plumbing.scopes import Context, Scope
from havre.wiring.sweeps.forgetting import drop_what_was_left_behind
from tests.wires.json_door import JsonWire
from tests.wires.test_json_door import is_problem
from tests.wires.wire import a_provider

EVERYTHING = Context(actor="station:test", scope=Scope.WORK)
TUS = {"HTTP_TUS_RESUMABLE": "1.0.0"}
PIECE = "application/offset+octet-stream"
SMALL = 100_000
PIER = bytes(range(256)) * 1_200  # three pieces and a rest, of 100,000 bytes each


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch):
    monkeypatch.setattr(taking, "PIECE_BYTES", SMALL)


@pytest.fixture
def vault(settings, tmp_path):
    settings.VAULT = tmp_path
    return tmp_path


@pytest.fixture
def wire(db, vault):
    return JsonWire(a_provider())


def begun(wire, number, length, **headers) -> str:
    said = wire.post(
        f"reports/{number}/uploads", b"", HTTP_UPLOAD_LENGTH=str(length), **TUS, **headers
    )
    assert said.status_code == 201, said.content
    assert said["Tus-Resumable"] == "1.0.0"
    return said["Location"].partition("/api/v1/")[2]


def sent(wire, upload, start, body, **headers):
    told = {"CONTENT_TYPE": PIECE, "HTTP_UPLOAD_OFFSET": str(start), **TUS, **headers}
    return wire.ask("PATCH", upload, body, **told)


def offset(wire, upload) -> int:
    said = wire.ask("HEAD", upload, **TUS)
    assert (said.status_code, said["Cache-Control"]) == (200, "no-store")
    return int(said["Upload-Offset"])


def pieces() -> list[tuple[int, int]]:
    with acting_as(EVERYTHING):
        return list(Piece.objects.values_list("start", "size"))


def lying(vault: Path) -> int:
    return sum(1 for file in vault.rglob("*") if file.is_file())


def names(text: str) -> str:
    return f"filename {b64encode(text.encode()).decode()},filetype dGV4dC9wbGFpbg==,partial"


def test_a_file_in_pieces_is_one_file_of_its_report_with_its_name_and_hashes(wire, vault):
    number = wire.open()
    upload = begun(wire, number, len(PIER), HTTP_UPLOAD_METADATA=names("jetée.txt"))
    assert offset(wire, upload) == 0
    half = len(PIER) // 2
    said = sent(wire, upload, 0, PIER[:half])
    assert (said.status_code, said["Upload-Offset"]) == (204, str(half))
    assert offset(wire, upload) == half == sum(size for _, size in pieces())
    assert wire.get(upload).json() == {"reportId": number, "offset": half, "length": len(PIER)}
    assert sent(wire, upload, half, PIER[half:])["Upload-Offset"] == str(len(PIER))
    told = wire.get(upload).json()
    assert told["sha256"] == hashlib.sha256(PIER).hexdigest()
    assert told["md5"] == hashlib.md5(PIER, usedforsecurity=False).hexdigest()
    assert told["sha1"] == hashlib.sha1(PIER, usedforsecurity=False).hexdigest()
    assert (pieces(), lying(vault)) == ([], 1)
    found = filing_to_fill(number, by=wire.wire.provider)
    with acting_as(EVERYTHING):
        file = FilingFile.objects.get(filing=found.pk)
        exhibit = Exhibit.objects.get(pk=file.exhibit_id)
    assert file.file_id == told["fileId"]
    assert b"".join(opened_exhibit(exhibit, key=found.key)) == PIER
    finished = wire.post(f"reports/{number}/finish").json()
    assert finished["fileIds"] == [told["fileId"]]
    assert offset(wire, upload) == len(PIER)


def test_what_is_here_of_a_file_lies_sealed_and_its_name_too(wire, vault):
    upload = begun(wire, wire.open(), len(PIER), HTTP_UPLOAD_METADATA=names("pier.txt"))
    sent(wire, upload, 0, PIER[:150_000])
    for file in filter(Path.is_file, vault.rglob("*")):
        assert PIER[:64] not in file.read_bytes()
    with acting_as(EVERYTHING):
        row = Upload.objects.get()
        kept = [bytes(piece.sealed or b"") for piece in Piece.objects.all()]
    assert b"pier" not in bytes(row.said)
    assert not any(PIER[:64] in each for each in kept)


def test_a_body_that_breaks_off_keeps_what_came_and_goes_on_from_there(wire):
    number = wire.open()
    upload = begun(wire, number, len(PIER))
    with acting_as(EVERYTHING):
        row = Upload.objects.get()

    def broken():
        yield PIER[:250_000]
        raise BodyCutShortError

    found = filing_to_fill(number, by=wire.wire.provider)
    with pytest.raises(BodyCutShortError):
        taking.take_in(row, broken(), found, start=0, by=wire.wire.provider)
    assert offset(wire, upload) == 250_000
    assert sent(wire, upload, 250_000, PIER[250_000:]).status_code == 204
    assert wire.get(upload).json()["sha256"] == hashlib.sha256(PIER).hexdigest()


def test_a_piece_that_begins_elsewhere_is_told_where_the_upload_stands(wire):
    upload = begun(wire, wire.open(), len(PIER))
    sent(wire, upload, 0, PIER[:10])
    for start in (0, 11):
        told = sent(wire, upload, start, b"pier")
        is_problem(told, 409, "conflict")
        assert told["Upload-Offset"] == "10"
    assert pieces() == [(0, 10)]


def test_two_who_send_the_same_place_at_once_keep_one_piece(wire, vault):
    number = wire.open()
    upload_id = begun(wire, number, len(PIER)).rpartition("/")[2]
    found = filing_to_fill(number, by=wire.wire.provider)
    with acting_as(EVERYTHING):
        upload = Upload.objects.get(pk=upload_id)
    by = wire.wire.provider
    assert taking.take_in(upload, [PIER[:SMALL]], found, start=0, by=by) == SMALL
    here = lying(vault)
    with pytest.raises(taking.OffsetError):
        taking.take_in(upload, [PIER[:SMALL]], found, start=0, by=by)
    assert (pieces(), lying(vault)) == ([(0, SMALL)], here)


def test_more_than_was_announced_is_refused_and_nothing_of_it_kept(wire):
    upload = begun(wire, wire.open(), 10)
    is_problem(sent(wire, upload, 0, b"eleven byte"), 413, "too-large")
    assert offset(wire, upload) == 0
    with override_settings(UPLOAD_MOST_BYTES=9):
        said = wire.post(f"reports/{wire.open()}/uploads", b"", HTTP_UPLOAD_LENGTH="10", **TUS)
    is_problem(said, 413, "too-large")


@pytest.mark.parametrize(
    ("headers", "status", "header"),
    [
        ({"HTTP_TUS_RESUMABLE": "0.2.2"}, 412, "Tus-Resumable"),
        ({"HTTP_UPLOAD_LENGTH": "ten"}, 422, "Upload-Length"),
        ({"HTTP_UPLOAD_METADATA": "filename pier"}, 422, "Upload-Metadata"),
        ({"HTTP_UPLOAD_METADATA": "filename cGllcg==,filename cGllcg=="}, 422, "Upload-Metadata"),
    ],
)
def test_what_an_upload_says_wrong_of_itself_is_named(wire, headers, status, header):
    said = wire.post(
        f"reports/{wire.open()}/uploads", b"", **{"HTTP_UPLOAD_LENGTH": "10", **TUS, **headers}
    )
    told = is_problem(said, status, "invalid")
    assert [each["header"] for each in told["errors"]] == [header]
    with acting_as(EVERYTHING):
        assert not Upload.objects.exists()


def test_a_piece_must_say_that_it_is_one_and_where_it_begins(wire):
    upload = begun(wire, wire.open(), 10)
    is_problem(sent(wire, upload, 0, b"pier", CONTENT_TYPE="text/plain"), 415, "invalid")
    is_problem(wire.ask("PATCH", upload, b"pier", CONTENT_TYPE=PIECE, **TUS), 422, "invalid")
    is_problem(sent(wire, upload, 0, b"pier", HTTP_TUS_RESUMABLE=""), 412, "invalid")
    assert offset(wire, upload) == 0


def test_refusals_are_said_in_french_to_who_asks_in_french(wire):
    upload = begun(wire, wire.open(), 10)
    told = is_problem(sent(wire, upload, 3, b"pier", HTTP_ACCEPT_LANGUAGE="fr"), 409, "conflict")
    assert told["detail"].startswith("Cet envoi en est à ")


def test_an_empty_file_is_whole_at_once(wire):
    upload = begun(wire, wire.open(), 0)
    assert wire.get(upload).json()["sha256"] == hashlib.sha256(b"").hexdigest()


def test_what_of_tus_is_spoken_is_told_to_who_asks(wire):
    said = wire.ask("OPTIONS", f"reports/{wire.open()}/uploads")
    assert (said.status_code, said["Tus-Version"]) == (204, "1.0.0")
    assert said["Tus-Extension"] == "creation,termination"
    assert int(said["Tus-Max-Size"]) > 0


def test_another_providers_upload_looks_like_none(wire):
    upload, other = begun(wire, wire.open(), 10), JsonWire(a_provider("harbor-mail"))
    missing = f"uploads/{clock.now():%Y%m%d}-0000-7000-8000-000000000000"
    for where in (upload, missing):
        told = [
            other.get(where),
            other.ask("HEAD", where, **TUS),
            sent(other, where, 0, b"pier"),
            other.ask("DELETE", where, **TUS),
        ]
        assert [said.status_code for said in told] == [404] * 4
    assert offset(wire, upload) == 0


def test_a_dropped_upload_leaves_nothing(wire, vault):
    upload = begun(wire, wire.open(), len(PIER))
    sent(wire, upload, 0, PIER[:250_000])
    assert lying(vault) > 0
    assert wire.ask("DELETE", upload, **TUS).status_code == 204
    assert (pieces(), lying(vault)) == ([], 0)
    assert wire.get(upload).status_code == 404


@pytest.mark.parametrize("end", ["finish", "retract"])
def test_what_is_not_whole_when_its_report_ends_takes_no_more_and_is_dropped(wire, vault, end):
    number = wire.open()
    upload, open_one = begun(wire, number, len(PIER)), begun(wire, wire.open(), 10)
    sent(wire, upload, 0, PIER[:250_000])
    assert wire.post(f"reports/{number}/{end}").status_code == 200
    is_problem(sent(wire, upload, 250_000, PIER[250_000:]), 409, "conflict")
    is_problem(sent(wire, upload, 250_000, PIER[250_000:260_000]), 409, "conflict")
    assert sum(size for _, size in pieces()) == 250_000
    drop_what_was_left_behind()
    assert (pieces(), lying(vault)) == ([], 0)
    assert wire.get(upload).status_code == 404
    assert offset(wire, open_one) == 0


def test_a_report_ends_no_sooner_than_an_hour_after_the_last_piece(wire, monkeypatch):
    number = wire.open()
    upload = begun(wire, number, len(PIER))
    later = clock.now() + timedelta(hours=23, minutes=50)
    with monkeypatch.context() as patched:
        patched.setattr(clock, "now", lambda: later)
        sent(wire, upload, 0, PIER[:100])
    with acting_as(EVERYTHING):
        assert Filing.objects.get(number=number).changed_at == later


def test_each_step_of_an_upload_is_in_the_log(wire):
    upload = begun(wire, wire.open(), 300)
    sent(wire, upload, 0, PIER[:100])
    sent(wire, upload, 100, PIER[100:300])
    other = begun(wire, wire.open(), 300)
    wire.ask("DELETE", other, **TUS)
    steps = (Event.UPLOAD_BEGUN, Event.UPLOAD_GONE_ON, Event.UPLOAD_ENDED, Event.UPLOAD_DROPPED)
    with acting_as(Station.SET_UP.context):
        told = Entry.objects.filter(event__in=steps).order_by("pk")
        assert [entry.event for entry in told] == [
            Event.UPLOAD_BEGUN, Event.UPLOAD_GONE_ON, Event.UPLOAD_ENDED,
            Event.UPLOAD_BEGUN, Event.UPLOAD_DROPPED,
        ]  # fmt: skip


def test_metadata_is_names_with_base64_or_alone():
    assert metadata_of("") == {}
    assert metadata_of("filename cGllcg==, is_public") == {"filename": "pier", "is_public": ""}
    assert metadata_of("filename /w==") is None
