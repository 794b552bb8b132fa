"""What becomes of a report in the demo world: read, referred, taken on, answered, over weeks."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from heapq import heappop, heappush
from itertools import count

from havre.agencies.models import Agency, Officer
from havre.agencies.rules.words import AgencyKind
from havre.audit.rules import Station
from havre.intake.actions import open_report, receive_report, send_message
from havre.intake.models import Report
from havre.intake.reads import report_by_reference
from havre.intake.rules.senders import ReceiptHolder
from havre.intake.rules.submission import Happening
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.referrals.actions import (
    accept_referral,
    open_referral,
    record_outcome,
    refer_report,
    return_report,
)
from havre.referrals.models import Referral
from havre.referrals.reads import RECEIVING_KINDS
from havre.referrals.rules.outcomes import COUNTED, Disposition, Insufficiency, MissingField
from havre.triage.actions import claim_report
from havre.triage.closing.actions import close_report, confirm_closing
from havre.triage.closing.rules import ClosingReason, ClosingState
from havre.triage.reads import suggested_for
from havre.triage.steps.actions import park_report
from havre.wiring.country.duty import call_in_the_demo, take_page
from havre.wiring.country.people import Country
from havre.wiring.country.plan import Mark, Plan
from havre.wiring.country.reports import Deliverer
from havre.wiring.country.texts import dice, said, suspects
from havre.wiring.route import walk

CLAIMED_OF_URGENT, RETURNED, HEARD_AGAIN = 0.3, 0.05, 0.5
# So many of the calm reports dealt with were closed; so many of those to read twice are read.
CLOSED_OF_CALM, READ_TWICE = 0.6, 0.7
# How often each word is the first that comes back.
FIRST_WORDS = {
    Disposition.UNDER_INVESTIGATION: 34,
    Disposition.NO_OFFENCE: 14,
    Disposition.INSUFFICIENT: 14,
    Disposition.CHILD_SAFEGUARDED: 9,
    Disposition.REFERRED_ONWARD: 8,
    Disposition.UNFOUNDED: 6,
    Disposition.VICTIM_IDENTIFIED: 6,
    Disposition.WARRANT_EXECUTED: 5,
    Disposition.ARREST: 4,
}
LATER_WORDS = (Disposition.CHARGED, Disposition.NO_OFFENCE, Disposition.CHILD_SAFEGUARDED)
# In which region a report of harm at home also goes to whom.
CHILD_WELFARE = {"ON": "on-child-welfare", "QC": "qc-child-welfare"}


class Calendar:
    """Things that happen, each in its moment, in order of time. What lies ahead of now is left."""

    def __init__(self, until: datetime) -> None:
        self.until = until
        self._order = count()
        self._acts: list[tuple[datetime, int, Callable[[], None]]] = []

    def put(self, moment: datetime, act: Callable[[], None]) -> None:
        """Note what is to happen, if its moment has come by the end."""
        if moment <= self.until:
            heappush(self._acts, (moment, next(self._order), act))

    def run(self) -> None:
        """Let everything happen, the clock set to its moment."""
        while self._acts:
            moment, _, act = heappop(self._acts)
            with clock.clock_set_to(moment):
                act()


@dataclass(slots=True)
class Told:
    """A report that has come in, with the plan it came by."""

    plan: Plan
    report: Report
    happening: Happening
    holder: ReceiptHolder | None


class Life:
    """Lets planned reports come in and people work on them."""

    def __init__(self, country: Country, calendar: Calendar, arrived: Callable[[], None]) -> None:
        self.country = country
        self.calendar = calendar
        self.arrived = arrived
        self.deliverer = Deliverer(list(country.providers))

    def expect(self, plan: Plan) -> None:
        """Let a planned report come in when its time is there."""
        self.calendar.put(plan.at, partial(self._receive, plan))

    def _receive(self, plan: Plan) -> None:
        delivery, by = self.deliverer.delivery_of(plan)
        received = receive_report(delivery, by=by)
        report = report_by_reference(received.reference, actor=Station.SET_UP)
        holder = delivery.receipt.of(str(report.pk)) if delivery.receipt else None
        told = Told(plan, report, delivery.submission.incidents[0].happening, holder)
        self._after(milliseconds=400, act=partial(_walk, report))
        self._after(minutes=3, act=partial(self._take_page, told))
        if Mark.PARKED in plan.marks:
            self._after(minutes=3, act=partial(self._park, told))
        if Mark.ANSWERED in plan.marks:
            self._after(minutes=50, act=partial(self._ask, told))
            self._after(minutes=200, act=partial(self._answer, told, "answers"))
            self._after(minutes=3_000, act=partial(self._answer, told, "afterwords"))
        chance = dice("claim", plan.number)
        if plan.dealt_with_at:
            is_closed = plan.band == "D" and not plan.marks and chance.random() < CLOSED_OF_CALM
            act = partial(self._close, told) if is_closed else partial(self._refer, told, None)
            self.calendar.put(plan.dealt_with_at, act)
            if plan.band == "A":
                self._after(minutes=3, act=partial(self._claim, told))
        elif plan.band in "AB" and chance.random() < CLAIMED_OF_URGENT:
            self._after(minutes=chance.uniform(1, 5), act=partial(self._claim, told))
        self.arrived()

    def _after(self, *, minutes: float = 0, milliseconds: int = 0, act: Callable[[], None]) -> None:
        wait = timedelta(minutes=minutes, milliseconds=milliseconds)
        self.calendar.put(clock.now() + wait, act)

    def _analyst(self, told: Told) -> Officer:
        chance = dice("analyst", told.plan.number)
        return self.country.analyst(told.plan.language, chance)

    def _take_page(self, told: Told) -> None:
        take_page(told.report.pk, by=self._analyst(told))

    def _claim(self, told: Told) -> None:
        claim_report(told.report.reference, by=self._analyst(told))

    def _park(self, told: Told) -> None:
        park_report(told.report.pk, step="agencies", by=Station.PIPELINE)

    def _ask(self, told: Told) -> None:
        chance = dice("question", told.plan.number)
        text = said("questions", language=told.plan.language, chance=chance)
        send_message(told.report, text, by=self._analyst(told))

    def _answer(self, told: Told, what: str) -> None:
        if told.holder is None:
            return
        chance = dice(what, told.plan.number)
        text = said(what, language=told.plan.language, chance=chance, city=told.plan.spot.city)
        send_message(told.report, text, receipt_key=told.holder.key, by=told.holder)

    def _close(self, told: Told) -> None:
        """Close it without referral; somebody else reads the closing, if it is to be read."""
        chance, analyst = dice("close", told.plan.number), self._analyst(told)
        reason = chance.choice([r for r in ClosingReason if r is not ClosingReason.DUPLICATE])
        note = said("looked_at", language=analyst.language, chance=chance)
        closing = close_report(told.report.reference, reason=reason, note=note, by=analyst)
        if closing.state is ClosingState.TO_READ and chance.random() < READ_TWICE:
            second = self.country.second_reader(analyst, chance)
            read = partial(_confirm, told, second)
            self._after(minutes=chance.uniform(60, 600), act=read)

    def _refer(self, told: Told, to: Agency | None) -> None:
        """Send it to the agency named, else to the first one suggested."""
        analyst = self._analyst(told)
        with acting_as(analyst.context):
            report = open_report(told.report.reference, by=analyst).report
            agency = to or self._suggested(told, analyst)
            self._send(told, report, agency, analyst)
            welfare = CHILD_WELFARE.get(told.plan.spot.region)
            if told.happening is Happening.FAMILY_OR_KNOWN and welfare and to is None:
                self._send(told, report, self.country.agencies[welfare], analyst)

    def _send(self, told: Told, report: Report, to: Agency, analyst: Officer) -> None:
        chance = dice("reason", told.plan.number, to.code)
        reason = said("reasons", language=analyst.language, chance=chance)
        referral = refer_report(report, to=to, reason=reason, by=analyst)
        self._after(milliseconds=400, act=call_in_the_demo)
        self._expect_answer(told, referral, to)

    def _suggested(self, told: Told, analyst: Officer) -> Agency:
        found = suggested_for(told.report.pk, language=analyst.language)
        able = [each.agency for each in found if each.agency.kind in RECEIVING_KINDS]
        return able[0] if able else self.country.national_centre

    def _expect_answer(self, told: Told, referral: Referral, agency: Agency) -> None:
        chance = dice("agency", told.plan.number, agency.code)
        officer = self.country.who_answers_at(agency, chance)
        if officer is None:
            return
        opened = chance.uniform(8, 50) if told.plan.band == "A" else chance.uniform(30, 2_400)
        taken = opened + chance.uniform(3, 90)
        self._after(minutes=opened, act=partial(_look, referral, officer))
        # Police may say that it is another's; and what two must take on is not sent back.
        may_return = agency.kind == AgencyKind.POLICE and told.plan.suspect is not suspects()[0]
        is_returned = may_return and chance.random() < RETURNED
        answer = self._return if is_returned else self._accept
        self._after(minutes=taken, act=partial(answer, told, referral, officer))

    def _accept(self, told: Told, referral: Referral, officer: Officer) -> None:
        accept_referral(referral.reference, by=officer)
        chance = dice("outcome", told.plan.number, officer.agency.code)
        word = chance.choices(list(FIRST_WORDS), weights=list(FIRST_WORDS.values()))[0]
        if Mark.VIRAL in told.plan.marks:
            word = Disposition.DUPLICATE
        heard = chance.uniform(1_500, 34_000)
        self._after(minutes=heard, act=partial(self._hear, told, referral, word, officer))
        if word is Disposition.UNDER_INVESTIGATION and chance.random() < HEARD_AGAIN:
            later = heard + chance.uniform(6_000, 40_000)
            second = chance.choice(LATER_WORDS)
            self._after(minutes=later, act=partial(self._hear, told, referral, second, officer))

    def _hear(self, told: Told, referral: Referral, word: Disposition, officer: Officer) -> None:
        chance = dice("word", told.plan.number, officer.agency.code, word)
        lacking = word is Disposition.INSUFFICIENT
        record_outcome(
            referral.reference,
            disposition=word,
            insufficiency=chance.choice(list(Insufficiency)) if lacking else None,
            count=1 if word in COUNTED else None,
            usefulness=chance.randint(1, 3) if lacking else chance.randint(2, 5),
            missing_fields=chance.sample(list(MissingField), 2) if lacking else (),
            note=said("notes", language=officer.language, chance=chance),
            by=officer,
        )

    def _return(self, told: Told, referral: Referral, officer: Officer) -> None:
        """Send it back; it walks the route once more, and goes to the national centre."""
        chance = dice("return", told.plan.number, officer.agency.code)
        other = self.country.national_centre
        note = said("returns", language=officer.language, chance=chance)
        return_report(referral.reference, note=note, suggested_agency=other, by=officer)
        _walk(told.report, was_returned=True)
        self._after(minutes=chance.uniform(60, 600), act=partial(self._refer, told, other))


def _walk(report: Report, *, was_returned: bool = False) -> None:
    """All steps in one block: they need no savepoints of their own."""
    with acting_as(Station.PIPELINE.context):
        walk(report.pk, was_returned=was_returned)
        call_in_the_demo()


def _look(referral: Referral, officer: Officer) -> None:
    open_referral(referral.reference, by=officer)


def _confirm(told: Told, second: Officer) -> None:
    confirm_closing(told.report.reference, by=second)
