"""Exchanges and notices at the doors: one each of the general compartment, one that is held."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from havre.agencies.models import Agency, Officer
from havre.agencies.rules.permits import Compartment
from havre.cases.abroad.actions import file_exchange, note_exchange
from havre.cases.abroad.keeping import Terms
from havre.cases.abroad.models import Assessment, Exchange, Link
from havre.cases.abroad.risks.actions import assess_exchange, link_exchange
from havre.cases.abroad.rules.mistreatment import Act, Risk
from havre.cases.abroad.rules.states import Direction, ExchangeKind, Handling, Reliability
from havre.cases.abroad.sealed import ExchangeWords
from havre.cases.actions import open_case
from havre.cases.bulletins.actions import post_notice, read_notice
from havre.cases.bulletins.models import Notice
from havre.cases.bulletins.rules import NoticeWords
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from tests.house.dispatches_at_doors import of_an_enclosure, typed_to_the_desk
from tests.house.passing_at_doors import PASSING_DOORS, typed_to_pass
from tests.house.traces import EVERYTHING

BULLETIN_DOORS = {"bulletin", "withdraw_bulletin"}
EXCHANGE_DOORS = {
    *("assess_exchange", "change_exchange", "copy_exchange", "decide_exchange", "exchange"),
    *("link_exchange", "move_exchange", "note_exchange", "unlink_exchange"),
}
HELD = {"own": Compartment.GENERAL, "other": Compartment.TRAFFICKING}
NOTICE = {
    "board": "general",
    "title_en": "The pier",
    "body_en": "A man in a grey coat.",
    "title_fr": "",
    "body_fr": "",
    "until": (clock.now() + timedelta(days=10)).date().isoformat(),
}
TERMS = {
    "kind": "information",
    "title": "The man at the pier",
    "narrative": "Who holds dock_master, of the 764 group?",
    "their_reference": "",
    "reliability": "likely",
    "handling": "h1",
    "caveats": ["no-arrest"],
    "caveat": "",
    "answer_by": "2199-07-01T12:00",
    "group_is_named": "",
}


def some_exchanges(partner: Agency, lead: Officer, desk: Officer, *readers: Officer) -> None:
    """A draft of each compartment, assessed as low and as high; a notice on each board."""
    some_bulletins(desk, readers)
    case = open_case("The lighthouse", by=desk).reference
    words = ExchangeWords(title=TERMS["title"], narrative=TERMS["narrative"])
    terms = Terms(
        kind=ExchangeKind.INFORMATION,
        handling=Handling.H1,
        caveats=(),
        reliability=Reliability.LIKELY,
    )
    for compartment, by in ((Compartment.GENERAL, lead), (Compartment.TRAFFICKING, desk)):
        one = file_exchange(
            words,
            direction=Direction.OUT,
            partner=partner,
            terms=terms,
            compartment=compartment,
            by=by,
        ).reference
        both, use = (Act.DISCLOSURE, Act.REQUEST), (Act.USE,)
        assess_exchange(one, acts=both, risk=Risk.NOT_SUBSTANTIAL, grounds="Courts.", by=desk)
        assess_exchange(
            one, acts=use, risk=Risk.SUBSTANTIAL, grounds="Beaten.", is_escalated=True, by=desk
        )
        link_exchange(one, case, by=desk)
        note_exchange(one, "By the secure line.", by=desk)


def some_bulletins(desk: Officer, readers: Iterable[Officer]) -> None:
    """A notice on each board; every agency has read what it may."""
    words = NoticeWords(title_en="The pier", body_en="A man in a grey coat asks for pictures.")
    until = clock.now() + timedelta(days=30)
    for board in HELD.values():
        notice = post_notice(words, compartment=board, expires_at=until, by=desk)
        for officer in readers if board is Compartment.GENERAL else ():
            read_notice(notice.reference, by=officer)


def of_an_exchange(row: Any) -> dict[str, object]:
    """Where an exchange or a notice stands; nothing for the doors of others."""
    if row.door in BULLETIN_DOORS:
        if row.whose == "missing":
            return {"reference": "B-0000-0000"}
        with acting_as(EVERYTHING):
            return {"reference": Notice.objects.get(compartment=HELD[row.whose]).reference}
    if row.door not in EXCHANGE_DOORS:
        return of_an_enclosure(row)
    if row.whose == "missing":
        return {"reference": "F-0000-0000"}
    with acting_as(EVERYTHING):
        return {
            "reference": Exchange.objects.get(compartment=HELD[row.whose], state="draft").reference
        }


def typed_abroad(row: Any) -> dict[str, dict[str, object]]:
    """What somebody who may would send to each door."""
    if row.door in PASSING_DOORS:
        return typed_to_pass(row)
    if row.door == "new_bulletin":
        return {row.door: NOTICE}
    if row.door not in EXCHANGE_DOORS | {"new_exchange"}:
        return typed_to_the_desk()
    with acting_as(EVERYTHING):
        held = HELD.get(row.whose, Compartment.GENERAL)
        risk = Assessment.objects.get(exchange__compartment=held, is_escalated=True).pk
        tie = Link.objects.select_related("case").get(exchange__compartment=held)
    if row.whose == "missing":
        risk = uuid4()
    whom = {"direction": "in", "partner": "far-police", "compartment": "general"}
    return {
        "assess_exchange": {
            "acts": ["use"],
            "risk": "undetermined",
            "measures": [],
            "grounds": "No court.",
            "escalate": "on",
        },
        "change_exchange": {**TERMS, "narrative": "Who is it?"},
        "copy_exchange": {"words": "By hand."},
        "decide_exchange": {
            "assessment": risk,
            "decision": "allow",
            "measures": ["assurance"],
            "because": "They promised.",
        },
        "link_exchange": {"called": tie.case.reference},
        "move_exchange": {
            "step": "send",
            "because": "",
            "words": "By the secure line.",
            "handling": "",
        },
        "new_exchange": {**TERMS, **whom},
        "note_exchange": {"words": "She called."},
        "unlink_exchange": {"link": tie.pk},
    }
