"""Keys and sealed fields: the right key in the right place, or nothing."""

import secrets
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from havre.audit.rules import Station, UnloggedActionError
from havre.evidence.actions import destroy_keys, rewrap_keys
from havre.evidence.custody import contact_key_of, key_of
from havre.evidence.models import RecordKey
from havre.intake.actions import open_by_receipt, open_report
from havre.intake.models import Report
from havre.intake.sealed import told_in
from havre.plumbing.context import acting_as
from havre.plumbing.keys import (
    KeyRefusedError,
    derived_key,
    file_keys,
    keys,
    rotate_file_keys,
    use_keys,
)
from havre.plumbing.sealing import new_data_key, open_bytes, place, seal_bytes
from havre.referrals.actions import open_referral, refer_report
from tests.house.worlds import World, a_report, build_world

AT = place("report", "body", 1)


@pytest.fixture(scope="module")
def whole_world(lasting_block) -> World:
    return build_world()


@pytest.fixture
def world(whole_world, db) -> World:
    """The world, for a test that leaves nothing behind."""
    return whole_world


def test_a_sealed_field_opens_only_in_its_own_place():
    key = new_data_key()
    sealed = seal_bytes(key, b"He asked me to meet.", at=AT)
    assert open_bytes(key, sealed, at=AT) == b"He asked me to meet."
    for elsewhere in (
        place("report", "body", 2),
        place("report", "contact", 1),
        place("message", "body", 1),
        place("report", "body", 1, version=2),
    ):
        with pytest.raises(KeyRefusedError):
            open_bytes(key, sealed, at=elsewhere)


@pytest.mark.parametrize("sealed", [b"", b"short", bytes(12), bytes(40)])
def test_damaged_bytes_never_become_text(sealed):
    with pytest.raises(KeyRefusedError):
        open_bytes(new_data_key(), sealed, at=AT)


def test_a_data_key_is_wrapped_for_one_recipient_and_one_record(tmp_path):
    store = file_keys(tmp_path / "keys.json")
    key = new_data_key()
    kek, wrapped = store.wrap(key, recipient="intake", bound_to="r1")
    assert store.unwrap(kek, wrapped, recipient="intake", bound_to="r1") == key
    for recipient, record in (("agency:x", "r1"), ("intake", "r2")):
        with pytest.raises(KeyRefusedError):
            store.unwrap(kek, wrapped, recipient=recipient, bound_to=record)
    with pytest.raises(KeyRefusedError):
        replace(store, masters={}, path=tmp_path / "none.json").unwrap(
            kek, wrapped, recipient="intake", bound_to="r1"
        )


def test_a_new_master_key_leaves_the_old_wraps_readable(tmp_path):
    path = tmp_path / "keys.json"
    before = file_keys(path)
    kek, wrapped = before.wrap(b"k" * 32, recipient="intake", bound_to="r1")
    rotate_file_keys(path)
    after = file_keys(path)
    assert after.current != before.current
    assert after.unwrap(kek, wrapped, recipient="intake", bound_to="r1") == b"k" * 32
    assert after.pepper("identifier") == before.pepper("identifier")


def test_every_data_key_is_wrapped_again_and_every_report_still_opens(world, tmp_path):
    standing = keys()
    path = tmp_path / "keys.json"
    path.write_bytes(standing.path.read_bytes())
    try:
        fresh = rotate_file_keys(path)
        use_keys(file_keys(path))
        assert rewrap_keys(by=Station.SET_UP) > 0
        assert rewrap_keys(by=Station.SET_UP) == 0
        with acting_as(Station.SET_UP.context):
            others = RecordKey.objects.exclude(recipient="receipt")
            assert set(others.values_list("kek_id", flat=True)) == {fresh}
        # A process that began before the rotation reads the new key from the file.
        use_keys(replace(standing, path=path, masters=dict(standing.masters)))
        report = next(iter(world.given.values()))[0]
        with acting_as(Station.SET_UP.context):
            reference = Report.objects.get(pk=report).reference
        assert open_report(reference, by=world.analyst).submission.incidents
    finally:
        use_keys(standing)


def test_the_key_file_is_for_its_owner_alone(tmp_path):
    file_keys(tmp_path / "keys.json")
    assert (tmp_path / "keys.json").stat().st_mode & 0o777 == 0o600


def test_the_body_of_one_report_does_not_open_in_the_row_of_another(world):
    first, second = (a_report()[0] for _ in range(2))
    first.body = second.body

    @_as_an_action
    def look(by):
        return told_in(first, by=by)

    with pytest.raises(KeyRefusedError):
        look(by=world.analyst)


def test_nothing_is_opened_outside_an_action(world):
    report, _ = a_report()
    with acting_as(world.analyst.context), pytest.raises(UnloggedActionError):
        told_in(report, by=world.analyst)


def test_a_destroyed_key_is_the_end_of_the_report_and_of_no_other(world):
    report, holder = a_report()
    other, _ = a_report()
    wraps = destroy_keys(report.pk, authority="retention-standard", by=Station.SET_UP)
    assert wraps == 3
    with pytest.raises(KeyRefusedError):
        open_report(report.reference, by=world.analyst)
    with pytest.raises(KeyRefusedError):
        open_by_receipt(by=replace(holder, report=""))
    assert open_report(other.reference, by=world.analyst).submission.incidents


def test_an_agency_gets_the_report_and_not_the_reporter(world):
    report, _ = a_report()
    agency, detective = next(iter(world.officers.items()))
    referral = refer_report(report, to=agency, reason="Their harbor.", by=world.analyst)
    reporter = open_referral(referral.reference, by=detective).opened.submission.people[1]
    assert reporter.identifiers == ()
    at_the_desk = open_report(report.reference, by=world.analyst).submission.people[1]
    assert at_the_desk.identifiers[0].value == "robin@example.com"
    with acting_as(detective.context):
        with pytest.raises(KeyRefusedError):
            contact_key_of(report.pk, by=detective)
        assert list(RecordKey.objects.filter(recipient="contact")) == []


def test_an_agency_that_was_not_sent_a_report_has_no_key_of_it(world):
    report, _ = a_report()
    for detective in world.officers.values():
        with acting_as(detective.context), pytest.raises(KeyRefusedError):
            key_of(report.pk, by=detective)
        with pytest.raises(Report.DoesNotExist):
            open_report(report.reference, by=detective)


def test_a_stolen_receipt_key_of_another_report_opens_nothing(world):
    _, holder = a_report()
    with pytest.raises(KeyRefusedError):
        open_by_receipt(by=replace(holder, report="", key=secrets.token_bytes(32)))


def _as_an_action(function):
    from havre.audit.actions import action, record
    from havre.audit.rules import Event

    @action(Event.REPORT_OPENED)
    def run(*, by):
        result = function(by)
        record(Event.REPORT_OPENED, about_kind="test", about="x", by=by)
        return result

    return run


def test_a_key_for_one_purpose_is_what_the_standard_says():
    secret = new_data_key()
    for purpose in ("kek|intake", "exhibit|1", "pepper|wire-number"):
        theirs = HKDF(SHA256(), 32, salt=None, info=f"havre|{purpose}".encode()).derive(secret)
        assert derived_key(secret, purpose) == theirs
