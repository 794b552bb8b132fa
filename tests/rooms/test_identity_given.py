"""Who reported: an agency learns it by a grant of its own, in no package, and not for longer."""

import io
import zipfile

import pytest

from havre.agencies.rules.permits import Role
from havre.audit.models import Entry
from havre.audit.rules import Event
from havre.evidence.models import RecordKey
from havre.plumbing.context import acting_as
from havre.referrals.actions import open_referral
from havre.referrals.identity.actions import give_identity, read_identity
from havre.referrals.identity.models import IdentityGrant
from havre.referrals.identity.rules import Because, GivenAlreadyError, NobodyNamedError
from havre.referrals.packages.actions import fetch_package
from havre.referrals.rules.outcomes import ReferralStateError
from havre.referrals.rules.sending import Ending
from havre.referrals.sending.actions import cancel_referral
from tests import make
from tests.house.traces import EVERYTHING

pytestmark = pytest.mark.django_db
NAME, PHONE, WORDS = "Robin Example", "204-555-0142", "By message; only by e-mail."


@pytest.fixture
def sent():
    """A report that two agencies have; who works there, and who may give it."""
    harbor = make.directory()
    valley = make.agency("valley-police", regions=("ON",))
    supervisor = make.officer(make.agency("tipline", kind="tipline"), Role.SUPERVISOR)
    report = make.report()
    ours = make.referral(report, to=harbor, by=supervisor)
    theirs = make.referral(report, to=valley, by=supervisor)
    return ours, theirs, make.officer(harbor), make.officer(valley), supervisor


def reads(officer, referral, status=200, language="en"):
    address = {"en": "/en/referrals/{}/who-reported", "fr": "/fr/transmissions/{}/qui-signale"}
    answer = make.browser(officer).get(address[language].format(referral.reference))
    assert answer.status_code == status
    return answer.content.decode()


def given(referral, supervisor):
    return give_identity(referral.reference, because=Because.AGREES, words=WORDS, by=supervisor)


def lines(event):
    with acting_as(EVERYTHING):
        return Entry.objects.filter(event=event).count()


def test_nobody_is_told_who_reported_until_it_is_given(sent):
    ours, _, detective, _, _ = sent

    page = make.browser(detective).get(f"/en/referrals/{ours.reference}").content.decode()

    assert "where the reporter agrees or a court orders it" in page
    assert NAME not in page
    reads(detective, ours, 404)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_supervisor_gives_it_by_page_to_one_agency_alone_and_each_look_is_logged(sent, language):
    ours, theirs, detective, stranger, supervisor = sent
    address = f"/en/sent/{ours.reference}/who-reported"
    desk = make.browser(supervisor)

    assert "Nothing: it does not know who reported." in desk.get(address).content.decode()
    refused = desk.post(address, {"because": "agrees", "words": ""})
    assert refused.status_code == 422
    assert "Say how they agreed, or write the number of the order." in refused.content.decode()
    assert desk.post(address, {"because": "agrees", "words": WORDS}).status_code == 302

    page = reads(detective, ours, language=language)
    assert NAME in page
    assert PHONE in page
    assert WORDS in page
    assert lines(Event.IDENTITY_READ) == 1
    assert (
        "Read who reported"
        in make.browser(detective).get(f"/en/referrals/{ours.reference}").content.decode()
    )
    # The other agency has the same report, and neither its own nor this referral tells it.
    reads(stranger, theirs, 404)
    reads(stranger, ours, 404)
    with acting_as(stranger.context):
        assert not IdentityGrant.objects.exists()


def test_it_is_sealed_for_that_agency_so_that_the_desk_s_own_key_does_not_open_it(sent):
    ours, _, detective, _, supervisor = sent
    grant = given(ours, supervisor)

    with acting_as(EVERYTHING):
        wraps = RecordKey.objects.filter(record=grant.pk).values_list("recipient", flat=True)
        assert list(wraps) == [f"agency:{detective.agency_id}"]
        who = bytes(IdentityGrant.objects.get().identity)
    assert NAME.encode() not in who
    with pytest.raises(IdentityGrant.DoesNotExist):
        read_identity(ours.reference, by=supervisor)


def test_no_package_holds_it_given_or_not(sent):
    ours, theirs, detective, other, supervisor = sent
    given(theirs, supervisor)
    for referral, officer in ((ours, detective), (theirs, other)):
        open_referral(referral.reference, by=officer)
        package = fetch_package(referral.reference, by=officer)
        with zipfile.ZipFile(io.BytesIO(package)) as archive:
            for member in archive.namelist():
                held = archive.read(member)
                assert NAME.encode() not in held, member
                assert PHONE.encode() not in held, member


def test_the_desk_ends_it_and_then_the_key_is_gone(sent):
    ours, _, detective, _, supervisor = sent
    grant = given(ours, supervisor)
    reads(detective, ours)

    desk = make.browser(supervisor)
    assert desk.post(f"/en/sent/{ours.reference}/who-reported/end").status_code == 302

    reads(detective, ours, 404)
    with acting_as(EVERYTHING):
        assert not RecordKey.objects.filter(record=grant.pk).exists()
        assert bytes(IdentityGrant.objects.get().identity) == b""
    assert lines(Event.IDENTITY_ENDED) == 1
    # It can be given anew; ended twice, there is nothing to end.
    assert desk.post(f"/en/sent/{ours.reference}/who-reported/end").status_code == 404
    given(ours, supervisor)
    reads(detective, ours)


def test_it_ends_with_its_referral(sent):
    ours, _, detective, _, supervisor = sent
    open_referral(ours.reference, by=detective)
    grant = given(ours, supervisor)

    cancel_referral(ours.reference, because=Ending.MISTAKE, by=supervisor)

    reads(detective, ours, 404)
    with acting_as(EVERYTHING):
        assert not RecordKey.objects.filter(record=grant.pk).exists()
        assert IdentityGrant.objects.get().ended_at is not None
    with pytest.raises(ReferralStateError):
        given(ours, supervisor)


def test_it_is_not_given_twice_nor_where_nobody_is_named_nor_by_an_analyst(sent):
    ours, _, detective, _, supervisor = sent
    given(ours, supervisor)
    with pytest.raises(GivenAlreadyError):
        given(ours, supervisor)
    nameless = make.report("On the pier.", people=(make.SUSPECT,))
    referral = make.referral(nameless, to=detective.agency, by=supervisor)
    with pytest.raises(NobodyNamedError):
        given(referral, supervisor)
    page = make.browser(supervisor).get(f"/en/sent/{referral.reference}/who-reported")
    assert "gave neither name nor contact" in page.content.decode()
    address = f"/en/sent/{ours.reference}/who-reported"
    assert make.browser(make.analyst()).get(address).status_code == 404
