"""What was passed on, by either wall: for the desk and its receiver, as far as its sender said."""

import pytest
from django.db import IntegrityError, connection
from django.db.utils import ProgrammingError

from havre.agencies.rules.permits import Compartment, Role
from havre.agencies.rules.words import AgencyKind
from havre.audit.rules import Station
from havre.cases.abroad.dispatches.actions import ask_the_desk, reply_to_desk
from havre.cases.abroad.dispatches.handing import Limits
from havre.cases.abroad.dispatches.rules import TheirStep
from havre.cases.abroad.enclosures.rules import Document
from havre.cases.abroad.passing.actions import (
    fetch_passed,
    read_passed,
)
from havre.cases.abroad.passing.models import PassedDocument
from havre.cases.abroad.passing.rules import RECEIVERS, Refusal
from havre.cases.abroad.rules.mistreatment import MistreatmentRiskError, NotAssessedError, Risk
from havre.cases.abroad.rules.states import Caveat, Handling
from havre.evidence.models import RecordKey
from havre.plumbing.context import acting_as
from havre.referrals.sending.actions import note_conflict
from tests import make
from tests.lending import a_place_of
from tests.passing import (
    BOTH,
    FREE,
    LETTER,
    ORDER,
    WORDS,
    WORK,
    a_row,
    a_scene,
    assess,
    insert,
    pass_on,
    passed_rows,
    refusal_of,
    send,
    terms,
    tie,
)


@pytest.fixture
def scene(db):
    return a_scene()


def test_the_agency_gets_no_other_row_or_key_of_the_exchange(scene):
    (passed,) = pass_on(scene.asked, scene.sent[0], to=scene.harbor, by=scene.desk)
    with acting_as(scene.detective.context), connection.cursor() as cursor:
        for table in (
            *("abroad_exchange", "dispatches_dispatch", "dispatches_passage"),
            *("enclosures_enclosure", "abroad_assessment", "abroad_letter"),
        ):
            assert cursor.execute(f"SELECT * FROM {table}").fetchall() == [], table
        records = cursor.execute("SELECT record FROM evidence_recordkey").fetchall()
        assert records == [(passed.pk,)]
        assert cursor.execute("SELECT record FROM evidence_exhibit").fetchall() == [(passed.pk,)]


def test_another_agency_finds_nothing_by_either_wall(scene):
    (passed, _) = pass_on(scene.asked, *scene.sent, to=scene.harbor, by=scene.desk)
    other = make.officer(make.agency_by_code("valley-police"))
    assert read_passed(by=other)[0] == ()
    with pytest.raises(PassedDocument.DoesNotExist):
        fetch_passed(passed.pk, by=other)
    with acting_as(WORK):
        assert not PassedDocument.objects.visible_to(other).exists()
    with acting_as(other.context):
        assert not PassedDocument.objects.exists()
        assert not RecordKey.objects.filter(record=passed.pk).exists()


def test_a_closed_compartment_is_opened_to_those_alone_who_hold_it(scene):
    desk = make.officer(
        make.agency_by_code("national-centre"), Role.NATIONAL_COORDINATOR, compartments=BOTH
    )
    far = make.agency("far-police", kind=AgencyKind.FOREIGN)
    clerk = make.officer(far, Role.FOREIGN_CLERK, compartments=BOTH)
    held = {"terms": terms(), "compartment": Compartment.TRAFFICKING}
    asked = ask_the_desk(WORDS, **held, by=clerk).reference
    (order,) = send(asked, ORDER, desk=desk, by=clerk)
    (passed,) = pass_on(asked, order, to=scene.harbor, by=desk)
    assert read_passed(by=scene.detective)[0] == ()
    with acting_as(scene.detective.context):
        assert not PassedDocument.objects.exists()
        assert not RecordKey.objects.filter(record=passed.pk).exists()
    with acting_as(WORK):
        assert not PassedDocument.objects.visible_to(scene.detective).exists()
    knows_both = make.officer(scene.harbor, compartments=BOTH)
    assert fetch_passed(passed.pk, by=knows_both).content == ORDER.content


def test_what_its_sender_keeps_is_refused_by_every_wall(scene):
    kept = send(scene.asked, ORDER, desk=scene.desk, by=scene.clerk, limits=Limits())[0]
    free = send(scene.asked, LETTER, desk=scene.desk, by=scene.clerk)[0]
    assert (
        refusal_of(pass_on, scene.asked, free, kept, to=scene.harbor, by=scene.desk)
        is Refusal.ASK_FIRST
    )
    assert passed_rows() == []
    asking = Limits(handling=Handling.H0, caveats=(Caveat.ASK_BEFORE_PASSING_ON,))
    other = Document(name="map.txt", content=b"The pier is at the end.")
    (first,) = send(scene.asked, other, desk=scene.desk, by=scene.clerk, limits=asking)
    for one, changed, refused in (
        (kept, {}, IntegrityError),
        (first, {}, IntegrityError),
        (free, {"handling": "h0"}, ProgrammingError),
        (free, {"caveats": []}, ProgrammingError),
        (free, {"enclosure": kept}, ProgrammingError),
        (free, {"by": scene.detective}, ProgrammingError),
    ):
        row = a_row(one, scene.harbor, by=scene.desk)
        for name, value in changed.items():
            setattr(row, name, value)
        with pytest.raises(refused):
            insert(row, by=scene.desk)
    insert(a_row(free, scene.harbor, by=scene.desk), by=scene.desk)


@pytest.mark.parametrize("kind", [one for one in AgencyKind if one not in RECEIVERS])
def test_the_second_wall_lets_it_go_to_who_does_police_work_alone(scene, kind):
    other = make.agency(f"other-{kind}", kind=kind)
    with pytest.raises(ProgrammingError):
        insert(a_row(scene.sent[0], other, by=scene.desk), by=scene.desk)
    border = make.agency("border-post", kind=AgencyKind.BORDER)
    insert(a_row(scene.sent[0], border, by=scene.desk), by=scene.desk)


def test_what_names_somebody_of_the_agency_neither_goes_nor_stays_there(scene):
    report = make.report()
    analyst = make.officer(make.agency_by_code("tipline"), Role.SUPERVISOR)
    (passed,) = pass_on(scene.asked, scene.sent[0], to=scene.harbor, by=scene.desk)
    tie(scene.asked, report, scene.desk)
    row = a_row(scene.sent[1], scene.harbor, by=scene.desk)
    note_conflict(report, agency=scene.harbor, by=analyst)
    assert (
        refusal_of(pass_on, scene.asked, scene.sent[1], to=scene.harbor, by=scene.desk)
        is Refusal.KEPT_FROM_THEM
    )
    with pytest.raises(ProgrammingError):
        insert(row, by=scene.desk)
    with pytest.raises(PassedDocument.DoesNotExist):
        fetch_passed(passed.pk, by=scene.detective)
    with acting_as(WORK):
        assert not PassedDocument.objects.visible_to(scene.detective).exists()
    with acting_as(scene.detective.context), connection.cursor() as cursor:
        for table in ("passing_passeddocument", "evidence_recordkey"):
            assert cursor.execute(f"SELECT 1 FROM {table}").fetchall() == [], table


def test_whoever_is_lent_passes_nothing_on_to_their_own_agency(scene):
    guest = a_place_of(scene.detective, scene.desk.agency, Role.NATIONAL_COORDINATOR)
    assert (
        refusal_of(pass_on, scene.asked, *scene.sent, to=scene.harbor, by=guest)
        is Refusal.ALSO_YOURS
    )
    pass_on(scene.asked, *scene.sent, to=make.agency_by_code("valley-police"), by=guest)


def test_whoever_is_lent_to_the_agency_finds_nothing_of_what_names_a_colleague(scene):
    valley = make.agency_by_code("valley-police")
    pass_on(scene.asked, scene.sent[0], to=valley, by=scene.desk)
    report = make.report()
    tie(scene.asked, report, scene.desk)
    guest = a_place_of(scene.detective, valley, Role.DETECTIVE)
    assert len(read_passed(by=guest)[0]) == 1
    analyst = make.officer(make.agency_by_code("tipline"), Role.SUPERVISOR)
    note_conflict(report, agency=scene.harbor, by=analyst)
    assert read_passed(by=guest)[0] == ()
    with acting_as(guest.context):
        assert not PassedDocument.objects.exists()
    with acting_as(WORK):
        assert not PassedDocument.objects.visible_to(guest).exists()
    # Who belongs there alone goes on.
    assert len(read_passed(by=make.officer(valley))[0]) == 1


def test_neither_names_nor_words_nor_bytes_lie_in_clear(scene):
    pass_on(scene.asked, *scene.sent, to=scene.harbor, by=scene.desk)
    with acting_as(Station.SET_UP.context), connection.cursor() as cursor:
        for table in ("passing_passeddocument", "evidence_exhibit", "audit_entry"):
            told = str(cursor.execute(f"SELECT t::text FROM {table} t").fetchall())
            for clear in ("order.pdf", "Please search it.", "The pier"):
                assert clear not in told
                assert clear.encode().hex() not in told


def test_it_is_a_use_that_is_assessed_before(scene):
    reply_to_desk(scene.asked, TheirStep.ADD, words="One more.", limits=FREE, by=scene.clerk)
    row = a_row(scene.sent[0], scene.harbor, by=scene.desk)
    with pytest.raises(NotAssessedError):
        pass_on(scene.asked, scene.sent[0], to=scene.harbor, by=scene.desk)
    with pytest.raises(ProgrammingError):
        insert(row, by=scene.desk)
    assess(scene.asked, Risk.SUBSTANTIAL, by=scene.desk)
    with pytest.raises(MistreatmentRiskError):
        pass_on(scene.asked, scene.sent[0], to=scene.harbor, by=scene.desk)
    with pytest.raises(ProgrammingError):
        insert(row, by=scene.desk)
