"""Many reports that are one: empty forms in bulk, one file that went round, and nothing lost."""

import hashlib
from collections import Counter
from contextlib import suppress
from itertools import count
from random import Random

import pytest

from havre.agencies.actions import add_officer
from havre.agencies.reads import the_tipline
from havre.agencies.rules.permits import Compartment, Role
from havre.audit.rules import Station
from havre.intake.models import Report
from havre.intake.rules.submission import (
    Channel,
    FileFacts,
    GivenIdentifier,
    Incident,
    Person,
    PersonRole,
    Submission,
)
from havre.intake.thin.reads import InBulk, in_bulk
from havre.plumbing.context import acting_as
from havre.triage.actions import claim_report, read_queue, release_report
from havre.triage.bundles.actions import (
    accept_bundle,
    ask_back,
    close_bundle,
    pull_out,
    put_back,
    read_bundle,
    refuse_bundle,
    reopen_bundle,
    take_question_back,
)
from havre.triage.bundles.models import Bundle
from havre.triage.bundles.rules import BundleState, ClosedTogether, NotSoError
from havre.triage.closing.actions import reopen_report
from havre.triage.closing.rules import ClosingReason
from havre.triage.models import Closing, QueueItem
from havre.triage.overrides.actions import set_lane
from havre.triage.overrides.rules import OverrideReason
from havre.triage.rules.words import Band
from tests import make
from tests.bundling import empty, sent, steps
from tests.wires.wire import a_provider

# In the house, ten.
FEWEST = 4
FILE = hashlib.sha256(b"the file that went round").hexdigest()
_numbers = count(1)


def with_file(provider, *, text: str = "The same file again.", people=(), **facts) -> Report:
    number = next(_numbers)
    account = GivenIdentifier(kind="account", value=f"9{number:07}", platform="Harbor Chat")
    suspect = Person(role=PersonRole.SUSPECT, identifiers=(account,))
    people = (suspect, *people)
    incident = Incident(narrative=text, people=tuple(range(len(people))), files=(0,), **facts)
    file = FileFacts(name="boat.jpg", hashes=(("sha256", FILE),), classification="B2")
    told = Submission(
        channel=Channel.ISPWS, language="en", incidents=(incident,), people=people, files=(file,)
    )
    return sent(provider, told)


@pytest.fixture
def harbor(db, monkeypatch):
    monkeypatch.setattr("havre.triage.bundles.settling.FEWEST", FEWEST)
    return make.directory()


@pytest.fixture
def analyst(harbor):
    return make.analyst()


@pytest.fixture
def provider(harbor):
    return a_provider("pier-chat").provider


def item_of(report) -> QueueItem:
    with acting_as(Station.PIPELINE.context):
        return QueueItem.objects.get(report=report)


def the_bundle() -> Bundle:
    with acting_as(Station.PIPELINE.context):
        return Bundle.objects.get()


def bundle_of(report) -> Bundle | None:
    """The bundle in which a report stands, as the queue sees it."""
    with acting_as(Station.PIPELINE.context):
        item = QueueItem.objects.bundled().filter(report=report).select_related("bundle").first()
        return item.bundle if item else None


def references(reports) -> set[str]:
    return {report.reference for report in reports}


def rows_of(bundle, analyst, part: str = "") -> set[str]:
    return references(row.report for row in read_bundle(bundle.pk, part=part, by=analyst).rows)


def singly(analyst) -> set[str]:
    return references(row.report for row in read_queue(by=analyst).rows)


def test_so_many_empty_forms_stand_as_one_and_nothing_else_does(analyst, provider):
    other = a_provider("quay-chat").provider
    forms = [empty(provider) for _ in range(FEWEST - 1)]
    different = [empty(provider, "A room was closed, number {n}."), empty(other)]
    assert singly(analyst) == references([*forms, *different]), "one by one, until there are ten"

    forms.append(empty(provider))

    (row,) = read_queue(by=analyst).bundles
    assert (row.reports, row.senders, row.bundle.state) == (FEWEST, 1, BundleState.STANDING)
    assert row.since == min(report.received_at for report in forms)
    assert singly(analyst) == references(different)
    assert rows_of(row.bundle, analyst) == references(forms)
    late = empty(provider)
    assert bundle_of(late) == row.bundle
    queue = make.browser(analyst).get("/en/queue").content.decode()
    assert "5 reports of Pier-Chat without anything to act on" in " ".join(queue.split())


def test_one_is_taken_out_all_are_closed_and_all_come_back(analyst, provider):
    forms = [empty(provider) for _ in range(FEWEST)]
    bundle = the_bundle()
    out = forms[3]
    pull_out(bundle.pk, out.reference, by=analyst)
    steps(out)
    assert bundle_of(out) is None, "the route does not put it back"
    with pytest.raises(NotSoError):
        pull_out(bundle.pk, out.reference, by=analyst)

    given = {"reason": ClosingReason.INSUFFICIENT, "note": "Empty forms."}
    done = ClosedTogether(closed=FEWEST - 1, apart=0, left=0)
    assert close_bundle(bundle.pk, **given, by=analyst) == done

    assert singly(analyst) == {out.reference}
    assert rows_of(bundle, analyst, "closed") == references(forms) - {out.reference}
    assert read_queue(by=analyst).bundles == ()
    with pytest.raises(NotSoError):
        close_bundle(bundle.pk, **given, by=analyst)
    late = empty(provider)
    assert bundle_of(late) == bundle, "the form is known: it waits with its like, and is not closed"

    assert reopen_bundle(bundle.pk, by=analyst) == (FEWEST - 1, 0)
    for report in forms:
        steps(report)
    put_back(bundle.pk, out.reference, by=analyst)
    assert rows_of(bundle, analyst) == references([*forms, late])
    refuse_bundle(bundle.pk, by=analyst)
    assert singly(analyst) == references([*forms, late])
    with pytest.raises(NotSoError):
        refuse_bundle(bundle.pk, by=analyst)
    assert bundle_of(empty(provider)) is None, "what a person took apart stays apart"
    accept_bundle(bundle.pk, by=analyst)
    assert singly(analyst) == set()


def test_what_is_closed_together_and_opened_alone_stays_alone(analyst, provider):
    forms = [empty(provider) for _ in range(FEWEST)]
    bundle = the_bundle()
    close_bundle(bundle.pk, reason=ClosingReason.INSUFFICIENT, note="Empty.", by=analyst)
    reopen_report(forms[0].reference, note="Let me see.", by=analyst)
    steps(forms[0])
    assert singly(analyst) == {forms[0].reference}


def test_what_becomes_urgent_stands_by_itself_at_once(analyst, provider):
    forms = [empty(provider) for _ in range(FEWEST)]
    lane = {"to": Band.B, "reason": OverrideReason.CONTEXT, "note": "They called."}
    set_lane(forms[0].reference, **lane, by=analyst)
    claim_report(forms[1].reference, by=analyst)
    with acting_as(Station.PIPELINE.context):
        QueueItem.objects.filter(report=forms[2].pk).update(strong_links=1)
    assert singly(analyst) == references(forms[:3])
    release_report(forms[1].reference, by=analyst)
    assert singly(analyst) == {forms[0].reference, forms[2].reference}


def seen_by(provider) -> InBulk:
    with acting_as(provider.context):
        return in_bulk(actor=provider)


def test_the_provider_reads_how_many_stood_in_bulk_and_what_is_asked(analyst, provider):
    for _ in range(FEWEST):
        empty(provider)
    bundle = the_bundle()
    fields = ask_back(bundle.pk, by=analyst)
    assert fields[:2] == ["ipCaptureEvent", "ipCaptureEvent/dateTime"]
    told = seen_by(provider)
    assert told.reports == FEWEST
    assert told.missing[0] == ("ipCaptureEvent", FEWEST)
    (asked,) = told.asked
    assert (asked.fields, asked.reports) == (fields, FEWEST)
    stranger = a_provider("quay-chat").provider
    assert seen_by(stranger).reports == 0
    assert seen_by(stranger).asked == ()
    take_question_back(bundle.pk, by=analyst)
    assert seen_by(provider).asked == ()
    with pytest.raises(NotSoError):
        take_question_back(bundle.pk, by=analyst)


THIN = b"""<?xml version="1.0" encoding="UTF-8"?>
<report><incidentSummary>
<incidentType>Misleading Words or Digital Images on the Internet</incidentType>
<incidentDateTime>2026-11-01T10:00:00-05:00</incidentDateTime></incidentSummary>
<reporter><reportingPerson><firstName>Pat</firstName><email>desk@example.com</email>
</reportingPerson></reporter>
<additionalInfo>A file was flagged, case %d.</additionalInfo></report>"""


def test_a_thin_report_by_wire_stands_in_bulk_until_its_provider_adds_to_it(analyst):
    wire, numbers, reports = a_provider("pier-chat"), [], []

    def arrived() -> Report:
        with acting_as(Station.PIPELINE.context):
            report = Report.objects.order_by("-id").first()
        steps(report)
        return report

    for n in range(FEWEST):
        numbers.append(wire.submit(THIN % n))
        wire.finish(numbers[-1])
        reports.append(arrived())
    assert rows_of(the_bundle(), analyst) == references(reports)
    page = one_of(wire.provider).get("/en/my-reports").content.decode()
    assert f"{FEWEST} of your reports stood in bulk" in page
    assert "state=in-bulk" in page

    inside = THIN.partition(b"?>")[2] % 9
    more = b"<supplement><reportId>%d</reportId>%s</supplement>" % (numbers[0], inside)
    added = wire.post("supplement", more)
    assert wire.finish(added.report).code == 0
    supplement = arrived()

    assert bundle_of(reports[0]) is None, "what was added to is read by itself"
    assert rows_of(the_bundle(), analyst) >= references(reports[1:])
    assert supplement not in reports


def one_of(provider):
    """The browser of a person of a provider."""
    house = the_tipline()
    engineer = add_officer(
        "p.roy",
        name="Pat Roy",
        agency=house,
        role=Role.PROVIDER_ENGINEER,
        password=make.PASSWORD,
        provider=provider,
        by=Station.SET_UP,
    )
    return make.browser(engineer)


def test_one_file_is_suggested_and_hides_nothing_until_a_person_agrees(analyst, provider):
    other = a_provider("quay-chat").provider
    same = [with_file(each) for each in (provider, other) for _ in range(FEWEST // 2)]
    (row,) = read_queue(by=analyst).bundles
    assert (row.reports, row.senders, row.bundle.state) == (FEWEST, 2, BundleState.SUGGESTED)
    assert singly(analyst) == references(same)
    child = with_file(provider, people=(Person(role=PersonRole.VICTIM, age=9),))
    words = with_file(provider, text="He said that the boat leaves the pier.")

    assert accept_bundle(row.bundle.pk, by=analyst) == FEWEST

    assert singly(analyst) == references([child, words]), "what tells more stays by itself"
    assert rows_of(row.bundle, analyst, "apart") == references([child, words])
    assert bundle_of(with_file(other)) == row.bundle
    assert bundle_of(with_file(other, escalation="A child is with him now, look.")) is None
    page = make.browser(analyst).get(f"/en/bundles/{row.bundle.pk}").content.decode()
    assert "the same file in 5 reports of 2 providers" in " ".join(page.split())


def test_a_refused_suggestion_is_not_made_again(analyst, provider):
    same = [with_file(provider) for _ in range(FEWEST)]
    refuse_bundle(the_bundle().pk, by=analyst)
    same.append(with_file(provider))
    assert read_queue(by=analyst).bundles == ()
    assert singly(analyst) == references(same)
    assert the_bundle().state == BundleState.REFUSED


def test_another_compartment_sees_and_decides_nothing(analyst, provider):
    forms = [empty(provider) for _ in range(FEWEST)]
    elsewhere = make.analyst(compartments=(Compartment.TRAFFICKING,))
    assert read_queue(by=elsewhere).bundles == ()
    for decide in (refuse_bundle, ask_back, reopen_bundle):
        with pytest.raises(Bundle.DoesNotExist):
            decide(the_bundle().pk, by=elsewhere)
    assert bundle_of(forms[0])


class Desk:
    """A desk at which anything may happen next, and what must hold whatever did."""

    def __init__(self, seed: int, analyst, provider) -> None:
        self.dice, self.analyst, self.provider = Random(seed), analyst, provider
        self.sent: list[Report] = []
        self.moves = [
            *([self.comes] * 6),
            *(self.agrees, self.takes_apart, self.takes_out, self.puts_back),
            *(self.closes, self.opens, self.claims, self.releases, self.walks_again),
        ]

    def any_bundle(self) -> Bundle | None:
        with acting_as(Station.PIPELINE.context):
            found = list(Bundle.objects.order_by("id"))
        return self.dice.choice(found) if found else None

    def comes(self) -> None:
        kind = self.dice.choice([empty, empty, with_file, with_file, self.urgent])
        self.sent.append(kind(self.provider))

    @staticmethod
    def urgent(provider) -> Report:
        return with_file(provider, danger_now=True)

    def decide(self, action, **given) -> None:
        bundle = self.any_bundle()
        if bundle:
            with suppress(NotSoError):
                action(bundle.pk, **given, by=self.analyst)

    def agrees(self) -> None:
        self.decide(accept_bundle)

    def takes_apart(self) -> None:
        self.decide(refuse_bundle)

    def takes_out(self) -> None:
        if self.sent:
            self.decide(pull_out, reference=self.dice.choice(self.sent).reference)

    def puts_back(self) -> None:
        if self.sent:
            self.decide(put_back, reference=self.dice.choice(self.sent).reference)

    def closes(self) -> None:
        self.decide(close_bundle, reason=ClosingReason.INSUFFICIENT, note="Seen.")

    def opens(self) -> None:
        self.decide(reopen_bundle)

    def claims(self) -> None:
        if self.sent:
            with suppress(QueueItem.DoesNotExist):
                claim_report(self.dice.choice(self.sent).reference, by=self.analyst)

    def releases(self) -> None:
        if self.sent:
            with suppress(QueueItem.DoesNotExist):
                release_report(self.dice.choice(self.sent).reference, by=self.analyst)

    def walks_again(self) -> None:
        waiting = sorted(singly(self.analyst))
        for report in self.sent:
            if report.reference in waiting[:1]:
                steps(report)

    def places(self) -> Counter:
        """In how many lists each report stands."""
        found = Counter(singly(self.analyst))
        with acting_as(Station.PIPELINE.context):
            standing = list(Bundle.objects.filter(state=BundleState.STANDING))
            shut = Closing.objects.filter(reopened_at=None)
            found.update(shut.values_list("report__reference", flat=True))
        for bundle in standing:
            found.update(rows_of(bundle, self.analyst))
        return found


@pytest.mark.parametrize("seed", [1])
def test_whatever_happens_every_report_stands_in_exactly_one_place(seed, analyst, provider):
    desk = Desk(seed, analyst, provider)
    done = Counter()
    for _ in range(24):
        move = desk.dice.choice(desk.moves)
        move()
        done[move.__name__] += 1
        assert desk.places() == Counter(references(desk.sent)), done
        with acting_as(Station.PIPELINE.context):
            urgent = QueueItem.objects.filter(band=Band.A)
            assert set(urgent.values_list("report__reference", flat=True)) <= singly(analyst)
