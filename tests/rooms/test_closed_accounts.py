"""A provider whose account is closed here files no file of reports at its console; it reads on."""

from django.test import Client

from havre.agencies.actions import change_provider
from havre.audit.rules import Station
from havre.intake.bulk.actions import stop_upload
from havre.intake.bulk.models import Upload
from havre.intake.bulk.rules import BulkState
from havre.plumbing.context import acting_as
from tests.rooms.test_bulk import EVERYTHING, lines, sent, whole, wire
from tests.rooms.test_console import an_engineer
from tests.signing_in import signed_in
from tests.wires.json_door import a_report

__all__ = ["whole", "wire"]  # fixtures

SAID = "This account is closed here, and files nothing. Ask whoever gave you its key."


def states() -> list[str]:
    with acting_as(EVERYTHING):
        return list(Upload.objects.values_list("state", flat=True))


def test_it_sends_no_file_and_goes_on_with_none(wire):
    upload = sent(wire, lines(a_report()))
    stop_upload(upload.pk, by=wire.wire.provider)
    engineer = an_engineer(wire.wire, "p.roy")
    browser = signed_in(engineer, Client(HTTP_HOST="localhost"))
    change_provider(wire.wire.provider, is_active=False, by=Station.SET_UP)

    source = lines(a_report(), a_report()).decode()
    answer = browser.post("/en/many-at-once", {"pasted": source})
    file = f"/en/many-at-once/{upload.pk}"
    again = browser.post(f"{file}/change", {"what": "go-on"}, follow=True)

    assert (answer.status_code, again.status_code) == (422, 200)
    assert SAID in answer.content.decode()
    assert SAID in again.content.decode()
    french = browser.post("/fr/envoi-groupe", {"pasted": source}).content.decode()
    assert "Ce compte est fermé ici et ne dépose rien." in french
    assert states() == [BulkState.STOPPED]
