"""What passes between the international desk and partners abroad, and hangs on the boards."""

from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from havre.agencies.models import Officer
from havre.agencies.rules.permits import Compartment, Role
from havre.cases.abroad.actions import file_exchange, move_exchange, note_copy
from havre.cases.abroad.dispatches.actions import ask_the_desk, reply_to_desk
from havre.cases.abroad.dispatches.handing import Limits
from havre.cases.abroad.dispatches.rules import TheirStep
from havre.cases.abroad.enclosures.actions import send_enclosures
from havre.cases.abroad.enclosures.rules import Document
from havre.cases.abroad.keeping import Terms
from havre.cases.abroad.passing.actions import fetch_passed, pass_documents
from havre.cases.abroad.risks.actions import assess_exchange, decide_exchange
from havre.cases.abroad.rules.mistreatment import Act, Decision, Risk
from havre.cases.abroad.rules.states import (
    Caveat,
    Closing,
    Direction,
    ExchangeKind,
    Handling,
    Reliability,
    Step,
)
from havre.cases.abroad.sealed import ExchangeWords
from havre.cases.bulletins.actions import post_notice, read_notice
from havre.cases.bulletins.rules import NoticeWords
from havre.plumbing import clock
from havre.wiring.country.life import Calendar
from havre.wiring.country.people import Country
from havre.wiring.country.texts import abroad

if TYPE_CHECKING:
    from havre.cases.abroad.models import Assessment

THEIRS = "their-"
Row = dict[str, Any]


class DeskAbroad:
    """Lets the exchanges and notices of the data file happen, each step in its moment."""

    def __init__(self, country: Country, calendar: Calendar) -> None:
        self.country = country
        self.calendar = calendar
        self.first, self.second = [
            one for one in country.officers if one.role == Role.NATIONAL_COORDINATOR
        ]
        # The last assessment of an exchange, for whoever decides on it.
        self.assessed: dict[str, Assessment] = {}
        # The documents of an exchange that came so far.
        self.sent: dict[str, list[UUID]] = {}

    def expect(self, now: datetime) -> None:
        """Let everything begin when its time is there."""
        for row in abroad()["exchange"]:
            begins = now - timedelta(hours=row["hours_ago"])
            self.calendar.put(begins, partial(self._begin, row))
        for row in abroad()["notice"]:
            begins = now - timedelta(hours=row["hours_ago"])
            self.calendar.put(begins, partial(self._hang, row))

    def _begin(self, row: Row) -> None:
        words = ExchangeWords(
            title=row["title"],
            narrative=row["narrative"],
            caveat=row.get("caveat", ""),
            their_reference=row.get("their_reference", ""),
        )
        terms = Terms(
            kind=ExchangeKind(row["kind"]),
            handling=Handling(row["handling"]),
            caveats=[Caveat(one) for one in row["caveats"]],
            reliability=Reliability(row["reliability"]),
        )
        if row.get("from_clerk"):
            reference = ask_the_desk(words, terms=terms, by=self._clerk(row)).reference
        else:
            reference = file_exchange(
                words,
                direction=Direction(row["direction"]),
                partner=self.country.agencies[row["partner"]],
                terms=terms,
                by=self.first,
            ).reference
        for then in row["then"]:
            moment = clock.now() + timedelta(hours=then["after"])
            self.calendar.put(moment, partial(self._go_on, reference, row, then))

    def _go_on(self, reference: str, row: Row, then: Row) -> None:
        act, words = then["act"], then["words"]
        limits = Limits(handling=Handling(then["handling"])) if "handling" in then else Limits()
        if act == "assess":
            self._assess(reference, then)
        elif act == "decide":
            decision = Decision(then["decision"])
            made = self.assessed[reference].pk
            decide_exchange(reference, made, decision=decision, because=words, by=self.second)
        elif act == "copy":
            note_copy(reference, words, by=self.first)
        elif act == "their-documents":
            self._send(reference, row, then, limits)
        elif act == "pass-on":
            self._pass_on(reference, then)
        elif act.startswith(THEIRS):
            step = TheirStep(act.removeprefix(THEIRS))
            reply_to_desk(reference, step, words=words, limits=limits, by=self._clerk(row))
        else:
            because = Closing(then["because"]) if "because" in then else None
            told = {"words": words, "because": because, "limits": limits}
            move_exchange(reference, Step(act), **told, by=self.first)

    def _assess(self, reference: str, then: Row) -> None:
        made = assess_exchange(
            reference,
            acts=[Act(one) for one in then["acts"]],
            risk=Risk(then["risk"]),
            grounds=then["words"],
            is_escalated=then.get("is_escalated", False),
            by=self.second if then.get("by_second") else self.first,
        )
        self.assessed[reference] = made

    def _send(self, reference: str, row: Row, then: Row, limits: Limits) -> None:
        documents = [
            Document(name=one["name"], content=one["says"].encode()) for one in then["documents"]
        ]
        clerk = self._clerk(row)
        sent = send_enclosures(reference, documents, words=then["words"], limits=limits, by=clerk)
        self.sent.setdefault(reference, []).extend(one.pk for one in sent)

    def _pass_on(self, reference: str, then: Row) -> None:
        """The desk passes on what came so far; somebody there fetches the first of it."""
        reader = self._named(then["read_by"])
        passed = pass_documents(
            reference, self.sent[reference], to=reader.agency, words=then["words"], by=self.first
        )
        moment = clock.now() + timedelta(hours=then["read_after"])
        self.calendar.put(moment, partial(_fetch, passed[0].pk, reader))

    def _hang(self, row: Row) -> None:
        words = NoticeWords(
            **{name: row[name] for name in ("title_en", "body_en", "title_fr", "body_fr")}
        )
        until = clock.now() + timedelta(days=row["days"])
        by = self._named(row["by"])
        notice = post_notice(words, compartment=Compartment.GENERAL, expires_at=until, by=by)
        for hours, username in enumerate(row["read_by"], start=1):
            reader = self._named(username)
            moment = clock.now() + timedelta(hours=hours)
            self.calendar.put(moment, partial(_read, notice.reference, reader))

    def _clerk(self, row: Row) -> Officer:
        there = self.country.agencies[row["partner"]].pk
        clerks = (one for one in self.country.officers if one.role == Role.FOREIGN_CLERK)
        return next(one for one in clerks if one.agency_id == there)

    def _named(self, username: str) -> Officer:
        return next(one for one in self.country.officers if one.username == username)


def _fetch(document: UUID, reader: Officer) -> None:
    fetch_passed(document, by=reader)


def _read(reference: str, reader: Officer) -> None:
    read_notice(reference, by=reader)
