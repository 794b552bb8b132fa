"""What analysts looked at in the open: kept as seen, corrected beside, given or kept back."""

import io
import socket
import zipfile
from datetime import timedelta

import pypdf
import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.urls import reverse
from django.utils.translation import override

from havre.agencies.rules.words import AgencyKind
from havre.audit.models import Entry
from havre.audit.rules import Event, Station
from havre.intake.models import Report
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.referrals.actions import open_referral
from havre.referrals.packages.actions import fetch_package
from havre.triage.enrichment.actions import read_notes, write_note
from havre.triage.enrichment.models import Note
from havre.triage.enrichment.rules import (
    CorrectedAlreadyError,
    KeptBack,
    Looked,
    NotYetError,
    Source,
)
from tests import make
from tests.pages import assert_sound

ADDRESS = "https://boats.example.com/dock_master"
LOOKED = Looked(address=ADDRESS, how="Without an account.", found="A page about boats.")


@pytest.fixture
def harbor(db):
    return make.directory()


@pytest.fixture
def analyst(harbor):
    return make.analyst()


def write(report: Report, *, looked: Looked = LOOKED, by, **more) -> Note:
    told = {"source": Source.PROFILE, "looked_at": clock.now(), **more}
    return write_note(report.reference, looked=looked, by=by, **told)


def lines(event: Event) -> list[Entry]:
    with acting_as(Station.PIPELINE.context):
        return list(Entry.objects.filter(event=event).order_by("id"))


def given(referral, *, by) -> list[Looked | None]:
    return [each.looked for each in open_referral(referral.reference, by=by).notes]


def test_a_note_is_sealed_and_the_log_holds_none_of_its_words(analyst):
    report = make.report()

    note = write(report, by=analyst)

    (told,) = read_notes(report.reference, by=analyst).notes
    assert told.looked == LOOKED
    assert told.note.role == analyst.role
    with acting_as(analyst.context), connection.cursor() as cursor:
        cursor.execute("SELECT body FROM enrichment_notetext WHERE note_id = %s", [note.pk])
        assert b"boats" not in bytes(cursor.fetchone()[0])
    (line,) = lines(Event.ENRICHMENT_WRITTEN)
    assert line.details["source"] == "profile"
    assert "boats" not in str(line.details)


def test_a_correction_stands_beside_and_nobody_alters_or_deletes_a_note(analyst):
    report = make.report()
    first = write(report, by=analyst)
    right = Looked(address=ADDRESS, how="Without an account.", found="Two pages about boats.")

    second = write(report, looked=right, corrects=first.pk, by=make.analyst())

    told = read_notes(report.reference, by=analyst).notes
    assert [(each.note, each.looked, each.is_standing) for each in told] == [
        (second, right, True),
        (first, LOOKED, False),
    ]
    with pytest.raises(CorrectedAlreadyError):
        write(report, corrects=first.pk, by=analyst)
    with pytest.raises(Note.DoesNotExist):
        write(make.report(), corrects=second.pk, by=analyst)
    for table in ("enrichment_note", "enrichment_notetext"):
        with acting_as(analyst.context), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table}")
            assert cursor.rowcount == 0
    with acting_as(analyst.context), connection.cursor() as cursor:
        cursor.execute("UPDATE enrichment_notetext SET body = ''")
        assert cursor.rowcount == 0


def test_nobody_looked_later_than_now(analyst):
    with pytest.raises(NotYetError):
        write(make.report(), looked_at=clock.now() + timedelta(minutes=1), by=analyst)


def test_an_addressee_is_given_what_stands_and_goes_along(analyst, harbor):
    report, detective = make.report(), make.officer(harbor)
    wrong = Looked(address=ADDRESS, how="In a hurry.", found="A page about trains.")
    first = write(report, looked=wrong, by=analyst)
    write(report, corrects=first.pk, by=analyst)
    write(report, looked=wrong, kept_back=KeptBack.NAMES_OTHERS, by=analyst)
    referral = make.referral(report, to=harbor, by=analyst)

    assert given(referral, by=detective) == [LOOKED, None]
    with acting_as(detective.context), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM enrichment_notetext")
        assert cursor.fetchone() == (1,)
    with (
        acting_as(detective.context),
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("INSERT INTO enrichment_notetext VALUES (%s, '')", [first.pk])


def test_what_a_report_withholds_is_cut_out_of_the_notes_on_it(analyst, harbor):
    report, detective = make.report(), make.officer(harbor)
    names = Looked(address=ADDRESS, how="Without an account.", found="Call 204-555-0142 there.")
    write(report, looked=names, by=analyst)
    referral = make.referral(report, to=harbor, by=analyst)

    (told,) = given(referral, by=detective)

    assert "204-555-0142" not in told.found
    assert told.address == ADDRESS


def test_a_child_welfare_worker_reads_what_was_found_and_not_where(analyst):
    service = make.agency("shore-welfare", kind=AgencyKind.CHILD_WELFARE)
    report, worker = make.report(), make.officer(service)
    write(report, by=analyst)
    referral = make.referral(report, to=service, by=analyst)

    (told,) = given(referral, by=worker)

    assert told.found == LOOKED.found
    assert "boats.example.com" not in told.address


def test_the_package_holds_the_notes_with_role_and_time_or_why_they_are_kept_back(analyst, harbor):
    report, detective = make.report(), make.officer(harbor)
    secret = Looked(address=ADDRESS, how="Carefully.", found="Something about trains.")
    write(report, by=analyst)
    write(report, looked=secret, kept_back=KeptBack.SOURCE_AT_RISK, by=analyst)
    referral = make.referral(report, to=harbor, by=analyst)

    archive = zipfile.ZipFile(io.BytesIO(fetch_package(referral.reference, by=detective)))

    pages = pypdf.PdfReader(io.BytesIO(archive.read("summary.en.pdf"))).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert "What the tipline looked at in the open" in text
    assert "A page about boats." in text
    assert "Tipline analyst" in text
    assert "It would show how the source is looked at" in text
    assert "trains" not in text
    assert analyst.display_name not in text


def test_the_desk_writes_and_reads_notes_while_the_network_is_cut(analyst, harbor, monkeypatch):
    report = make.report()
    desk, police = make.browser(analyst), make.browser(make.officer(harbor))
    here = f"/en/reports/{report.reference}"
    typed = {"source": "site", "address": ADDRESS, "how": "Slowly.", "found": "Boats at a pier."}

    def cut(*_args: object, **_more: object) -> None:
        pytest.fail("something was asked of the network")

    for name in ("create_connection", "getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, cut)
    monkeypatch.setattr(socket.socket, "connect", cut)

    empty = desk.get(f"{here}/notes")
    assert_sound(empty.content)
    assert "Nobody has looked anything up" in empty.content.decode()
    faulty = desk.post(f"{here}/notes", {**typed, "looked_at": "2999-01-01T10:00"})
    assert faulty.status_code == 422
    assert "later than now" in faulty.content.decode()
    done = desk.post(f"{here}/notes", {**typed, "looked_at": "2026-11-01T10:00"}, follow=True)
    text = done.content.decode()
    assert "Boats at a pier." in text
    assert f'href="{ADDRESS}' not in text
    (note,) = read_notes(report.reference, by=analyst).notes
    again = desk.get(f"{here}/notes?corrects={note.note.pk}").content.decode()
    assert "Boats at a pier." in again
    referral = make.referral(report, to=harbor, by=analyst)
    with override("fr"):
        theirs = police.get(reverse("referral", args=[referral.reference])).content.decode()
    assert "Boats at a pier." in theirs
    assert f'href="{ADDRESS}' not in theirs
