"""Test people and reports, made through actions; bland and invented, all of them by a harbor."""

import secrets
from datetime import date

from django.test import Client

from havre.agencies.actions import add_officer, load_agencies
from havre.agencies.models import Agency, Officer
from havre.agencies.reads import agency_by_code, the_tipline
from havre.agencies.rules.directory import AgencyRow
from havre.agencies.rules.permits import Compartment, Role
from havre.agencies.rules.words import AgencyKind
from havre.audit.rules import Station
from havre.intake.actions import Delivery, receive_report
from havre.intake.models import Report
from havre.intake.reads import report_by_reference
from havre.intake.rules.senders import PublicSender, ReceiptHolder
from havre.intake.rules.submission import (
    Channel,
    GivenIdentifier,
    Incident,
    Person,
    PersonRole,
    Submission,
)
from havre.plumbing.context import acting_as
from havre.referrals.actions import refer_report
from havre.referrals.models import Referral
from havre.wiring.route import walk
from tests.signing_in import signed_in

PASSWORD = "tide chart lantern 42"
NARRATIVE = "I am 15. He asked me to meet on Saturday at the library in Winnipeg."
SUSPECT = Person(
    role=PersonRole.SUSPECT,
    identifiers=(GivenIdentifier(kind="email", value="dock.master@example.com"),),
)
REPORTER = Person(
    role=PersonRole.REPORTER,
    names=("Robin Example",),
    identifiers=(GivenIdentifier(kind="phone", value="204-555-0142"),),
)


def agency(
    code: str = "harbor-police",
    *,
    kind: AgencyKind = AgencyKind.POLICE,
    regions: tuple[str, ...] = (),
    is_national_centre: bool = False,
) -> Agency:
    name = code.replace("-", " ").title()
    row = AgencyRow(
        code=code,
        name_en=name,
        name_fr=f"{name} (fr)",
        kind=kind,
        legal_type="",
        regions=regions,
        languages=("en", "fr"),
        contact="",
        after_hours="",
        is_national_centre=is_national_centre,
        default_for=regions,
        source="invented",
        as_of=date(2026, 11, 1),
    )
    load_agencies([row], by=Station.SET_UP)
    return agency_by_code(code)


def directory() -> Agency:
    """A tipline, a national centre and two police forces; gives the force of Manitoba."""
    agency("tipline", kind=AgencyKind.TIPLINE)
    agency("national-centre", kind=AgencyKind.NATIONAL_CENTRE, is_national_centre=True)
    agency("valley-police", regions=("ON",))
    return agency("harbor-police", regions=("MB",))


def officer(
    of: Agency,
    role: Role = Role.DETECTIVE,
    *,
    language: str = "en",
    compartments: tuple[Compartment, ...] = (Compartment.GENERAL,),
    interprets: tuple[str, ...] = (),
) -> Officer:
    username = f"{role}-{secrets.token_hex(4)}"
    return add_officer(
        username,
        name=f"{role.title()} of {of.name_en}",
        agency=of,
        role=role,
        password=PASSWORD,
        language=language,
        compartments=compartments,
        interprets=interprets,
        by=Station.SET_UP,
    )


def interpreter(*languages: str, **options) -> Officer:
    return officer(the_tipline(), Role.INTERPRETER, interprets=languages, **options)


def analyst(**options) -> Officer:
    return officer(the_tipline(), Role.TIPLINE_ANALYST, **options)


def browser(of: Officer) -> Client:
    """A browser in which this officer has signed in."""
    return signed_in(of)


def submission(
    narrative: str = NARRATIVE, *, people: tuple[Person, ...] = (SUSPECT, REPORTER), **facts
) -> Submission:
    incident = Incident(
        narrative=narrative,
        danger_now=facts.pop("danger_now", False),
        people=tuple(range(len(people))),
    )
    facts = {"channel": Channel.PUBLIC_FORM, "language": "en"} | facts
    return Submission(incidents=(incident,), people=people, **facts)


def receipt() -> ReceiptHolder:
    return ReceiptHolder(secrets.token_hex(32), secrets.token_bytes(32))


def report(
    narrative: str = NARRATIVE,
    *,
    walks: bool = True,
    holder: ReceiptHolder | None = None,
    compartment: Compartment = Compartment.GENERAL,
    quarantined: bool = False,
    **facts,
) -> Report:
    """A report that came by the public form, and by default has walked the route."""
    delivery = Delivery(
        submission=submission(narrative, **facts),
        source=b"story=as+it+came",
        zone="America/Winnipeg",
        receipt=holder or receipt(),
        compartment=compartment,
        quarantined=quarantined,
    )
    received = receive_report(delivery, by=PublicSender(secrets.token_hex(32)))
    with acting_as(Station.PIPELINE.context):
        filed = report_by_reference(received.reference, actor=Station.PIPELINE)
    if walks:
        walk(filed.pk)
    return filed


def referral(of: Report, *, to: Agency, by: Officer, reason: str = "Their harbor.") -> Referral:
    return refer_report(of, to=to, reason=reason, by=by)
