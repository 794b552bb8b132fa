"""One report of the demo world tells of three people in three provinces, and is split."""

from datetime import datetime, timedelta

from havre.audit.rules import Station
from havre.intake.actions import Delivery, receive_report
from havre.intake.reads import report_by_reference
from havre.intake.rules.senders import PublicSender, ReceiptHolder
from havre.intake.rules.submission import (
    AgeClass,
    Channel,
    GivenIdentifier,
    Happening,
    Incident,
    Person,
    PersonRole,
    Submission,
)
from havre.intake.splits.rules import Draft
from havre.plumbing import clock, ids
from havre.plumbing.context import acting_as
from havre.referrals.actions import refer_report
from havre.triage.closing.actions import close_report
from havre.triage.closing.rules import ClosingReason
from havre.triage.splitting.actions import read_split, split_report
from havre.triage.splitting.reads import incidents_of
from havre.wiring.country.duty import call_in_the_demo
from havre.wiring.country.life import Calendar
from havre.wiring.country.people import Country
from havre.wiring.country.texts import dice
from havre.wiring.route import walk

SECRET_BYTES = 32
# What each of the three is, how it is told, and under which name.
MATTERS = (
    (
        Happening.MEETING,
        "On a forum, tern.skipper asked my daughter, 13, to meet him at the pier in Halifax.",
        "tern.skipper",
    ),
    (
        Happening.PICTURES,
        "Weeks later, reef.lantern in Winnipeg asked her for pictures of herself.",
        "reef.lantern",
    ),
    (
        Happening.OTHER,
        "And gale.ledger, who says that he is in Victoria, only sells old boat parts.",
        "gale.ledger",
    ),
)
HEARD, SPLIT, DECIDED = timedelta(hours=30), timedelta(hours=29), timedelta(hours=28)


class SplitReport:
    """A parent's report of three people who have nothing to do with each other."""

    def __init__(self, country: Country, calendar: Calendar) -> None:
        self.calendar = calendar
        self.analyst = country.analyst("en", dice("split", 0))
        self.reference = ""

    def expect(self, now: datetime) -> None:
        """Let it come in, be split, and its first and last matter be decided."""
        self.calendar.put(now - HEARD, self._receive)
        self.calendar.put(now - SPLIT, self._split)
        self.calendar.put(now - DECIDED, self._decide)

    def _receive(self) -> None:
        holder = ReceiptHolder(ids.random_bytes(SECRET_BYTES).hex(), ids.random_bytes(SECRET_BYTES))
        told = " ".join(said for _happening, said, _name in MATTERS)
        delivery = Delivery(
            submission=_submission(told),
            source=told.encode(),
            zone=clock.LEGAL_ZONE.key,
            receipt=holder,
        )
        sender = PublicSender(ids.random_bytes(SECRET_BYTES).hex())
        self.reference = receive_report(delivery, by=sender).reference
        with acting_as(Station.PIPELINE.context):
            walk(report_by_reference(self.reference, actor=Station.PIPELINE).pk)
            call_in_the_demo()

    def _split(self) -> None:
        """Each passage and each person to their own matter."""
        pieces = read_split(self.reference, by=self.analyst).pieces
        drafts = [
            Draft(
                happening=happening,
                pieces=frozenset(
                    one.name for one in pieces if one.said == said or one.name == f"people.{number}"
                ),
            )
            for number, (happening, said, _name) in enumerate(MATTERS)
        ]
        split_report(self.reference, drafts, by=self.analyst)

    def _decide(self) -> None:
        """The first goes where it should, the last is closed; the second waits."""
        with acting_as(self.analyst.context):
            report = report_by_reference(self.reference, actor=self.analyst)
            first, _second, last = incidents_of(report.pk, language="en", actor=self.analyst)
            reason = "He wants to meet the child at their pier. It is one of three matters."
            agency, _share = first.suggested[0]
            refer_report(report, to=agency, reason=reason, incident=first.number, by=self.analyst)
            close_report(
                self.reference,
                reason=ClosingReason.NO_OFFENCE,
                note="Boat parts, and nothing else.",
                incident=last.number,
                by=self.analyst,
            )


def _submission(told: str) -> Submission:
    suspects = tuple(
        Person(
            role=PersonRole.SUSPECT,
            identifiers=(GivenIdentifier(kind="handle", value=name, platform="Harbour Talk"),),
        )
        for _happening, _said, name in MATTERS
    )
    reporter = Person(role=PersonRole.REPORTER, age_class=AgeClass.ADULT)
    incident = Incident(happening=Happening.OTHER, narrative=told, people=(0, 1, 2, 3))
    return Submission(
        channel=Channel.PUBLIC_FORM,
        language="en",
        incidents=(incident,),
        people=(*suspects, reporter),
    )
