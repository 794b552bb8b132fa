"""Files of a package: sealed to the agency's own key, or left out with a word on why."""

import io
import json
import zipfile

import pyrage
import pytest
from pyrage import x25519

from havre.agencies.rules.permits import Role
from havre.agencies.rules.words import AgencyKind
from havre.audit.models import Entry
from havre.audit.rules import Event, Station
from havre.evidence.vault import sealed_exhibit
from havre.intake.actions import Delivery, receive_report
from havre.intake.reads import report_by_reference
from havre.intake.rules.senders import PublicSender
from havre.plumbing.context import acting_as
from havre.plumbing.ids import uuid7
from havre.plumbing.sealing import new_data_key
from havre.referrals.models import Package
from havre.referrals.packages.actions import fetch_package, register_key, withdraw_key
from havre.referrals.packages.reads import keys_of
from havre.referrals.packages.rules.archive import checked
from havre.referrals.packages.rules.exhibits import LARGEST_BYTES, Absence, absences
from havre.referrals.packages.wires.age import fingerprint_of, recipient_in
from tests import make
from tests.pages import assert_sound
from tests.rooms.test_package_summary import said_in

PICTURE = b"the harbor at noon" * 100_000
MINE = x25519.Identity.generate()
NEXT = x25519.Identity.generate()
ADDRESS = "/en/files-key"


@pytest.fixture
def harbor(db):
    return make.directory()


@pytest.fixture
def supervisor(harbor):
    return make.officer(harbor, Role.AGENCY_SUPERVISOR)


@pytest.fixture
def detective(harbor):
    return make.officer(harbor)


@pytest.fixture
def referral(harbor, settings, tmp_path):
    """A report with a picture, sent to the harbor's police."""
    settings.VAULT = tmp_path
    return make.referral(a_report_with(PICTURE), to=harbor, by=make.analyst())


def a_report_with(data: bytes):
    record, key = uuid7(), new_data_key()
    exhibit = sealed_exhibit([data], record=record, key=key)
    with acting_as(Station.PIPELINE.context):
        exhibit.save(force_insert=True)
    delivery = Delivery(
        submission=make.submission(),
        source=b"story=as+it+came",
        zone="America/Winnipeg",
        receipt=make.receipt(),
        record=record,
        key=key,
        exhibits=(exhibit,),
    )
    received = receive_report(delivery, by=PublicSender("pier"))
    with acting_as(Station.PIPELINE.context):
        return report_by_reference(received.reference, actor=Station.PIPELINE)


def members_of(container: bytes) -> dict[str, bytes]:
    assert checked(container).is_whole
    with zipfile.ZipFile(io.BytesIO(container)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def read_on(answer) -> str:
    assert_sound(answer.content)
    return answer.content.decode()


def public(identity) -> str:
    return str(identity.to_public())


def test_a_file_goes_along_sealed_to_the_key_of_the_agency(referral, supervisor, detective):
    register_key(public(MINE), by=supervisor)

    members = members_of(fetch_package(referral.reference, by=detective))

    assert pyrage.decrypt(members["exhibits/2.age"], [MINE]) == PICTURE
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(members["exhibits/2.age"], [NEXT])
    assert not any(PICTURE[:100] in data for data in members.values())
    told = json.loads(members["manifest.json"])["members"]["exhibits/2.age"]
    assert told["bytes"] == len(PICTURE)
    assert told["sealed_to"] == fingerprint_of(public(MINE))
    assert "exhibits/2.age" in said_in(members["summary.en.pdf"])


def test_the_report_as_it_came_never_goes_along(referral, supervisor, detective):
    register_key(public(MINE), by=supervisor)

    members = members_of(fetch_package(referral.reference, by=detective))

    assert [name for name in members if name.startswith("exhibits/")] == ["exhibits/2.age"]


def test_without_a_key_files_stay_out_and_follow_once_one_is_registered(
    referral, supervisor, detective
):
    first = fetch_package(referral.reference, by=detective)
    assert "registered no key" in " ".join(said_in(members_of(first)["summary.en.pdf"]).split())
    assert fetch_package(referral.reference, by=detective) == first

    register_key(public(MINE), by=supervisor)
    second = fetch_package(referral.reference, by=detective)

    assert "exhibits/2.age" in members_of(second)
    # Now it is whole: a later key changes nothing of it.
    register_key(public(NEXT), by=supervisor)
    assert fetch_package(referral.reference, by=detective) == second
    with acting_as(detective.context):
        assert Package.objects.filter(referral=referral).count() == 2


def test_a_key_is_replaced_and_withdrawn_with_a_line_each(supervisor, harbor):
    register_key(public(MINE), by=supervisor)
    register_key(f"# public key: {public(NEXT)}\n", by=supervisor)
    withdraw_key(by=supervisor)

    with acting_as(supervisor.context):
        page = keys_of(actor=supervisor)
    assert page.standing is None
    assert [row.recipient for row in page.former] == [public(NEXT), public(MINE)]
    with acting_as(Station.PIPELINE.context):
        lines = Entry.objects.filter(event__startswith="package.key-").order_by("at", "id")
        told = [(line.event, line.details["fingerprint"]) for line in lines]
    mine, after = fingerprint_of(public(MINE)), fingerprint_of(public(NEXT))
    assert told == [
        (Event.PACKAGE_KEY_ADDED, mine),
        (Event.PACKAGE_KEY_ADDED, after),
        (Event.PACKAGE_KEY_WITHDRAWN, after),
    ]


def test_a_supervisor_keeps_the_key_by_page_and_a_detective_is_told_of_it(
    referral, supervisor, detective
):
    keeper, reader = make.browser(supervisor), make.browser(detective)
    page_of = f"/en/referrals/{referral.reference}"
    assert "No key is registered" in read_on(keeper.get(ADDRESS))
    assert "Ask your supervisor to register one" in read_on(reader.get(page_of))

    done = keeper.post(ADDRESS, {"typed": public(MINE)}, follow=True)

    assert fingerprint_of(public(MINE)) in read_on(done)
    assert fingerprint_of(public(MINE)) in read_on(reader.get(page_of))
    assert "Retirer cette clé" in read_on(keeper.get("/fr/cle-des-fichiers"))
    withdrawn = keeper.post(f"{ADDRESS}/withdraw", follow=True)
    assert "withdrawn by" in read_on(withdrawn)
    assert keeper.post(f"{ADDRESS}/withdraw").status_code == 404


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "This is no public key"),
        ("age1harbor", "This is no public key"),
        (str(MINE), "This is a secret key"),
    ],
    ids=["nothing", "half a key", "a secret key"],
)
def test_what_is_no_public_key_is_refused_with_a_word_on_why(supervisor, typed, said):
    answer = make.browser(supervisor).post(ADDRESS, {"typed": typed})

    assert answer.status_code == 422
    assert said in read_on(answer)
    assert str(MINE) not in answer.content.decode()


def test_whose_work_does_not_need_a_file_is_not_given_it():
    welfare = absences([1, 2], recipient=AgencyKind.CHILD_WELFARE, has_key=True)
    assert welfare == (Absence.BEYOND_NEED, Absence.BEYOND_NEED)
    assert absences([1], recipient=AgencyKind.POLICE, has_key=False) == (Absence.NO_KEY,)
    assert absences([], recipient=AgencyKind.POLICE, has_key=True) == ()


def test_what_does_not_fit_stays_out_and_the_smaller_files_go_first():
    sizes = [LARGEST_BYTES, 5, LARGEST_BYTES - 5]

    assert absences(sizes, recipient=AgencyKind.POLICE, has_key=True) == (
        Absence.TOO_LARGE,
        None,
        None,
    )


def test_a_key_is_found_in_what_age_keygen_prints():
    assert recipient_in(f"Public key: {public(MINE)}\n") == public(MINE)
