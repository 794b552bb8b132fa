"""Everybody who may come to a door of the house, and what each of them could ask for there."""

import base64
import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from http.cookies import SimpleCookie
from types import SimpleNamespace
from uuid import UUID, uuid4

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.webauthn.internal.auth import WebAuthn
from cryptography.hazmat.primitives.asymmetric import ec
from django.core.cache import cache
from django.test import Client
from django.test.client import ClientHandler
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

from havre.agencies.actions import add_officer
from havre.agencies.models import Agency, Officer
from havre.agencies.rules.permits import Compartment, Role
from havre.agencies.staff.actions import close_officer
from havre.audit.rules import Station
from havre.intake.form_tokens import FormToken, minted_token, token_in
from havre.intake.law.actions import report_addresses
from havre.intake.models import Report
from havre.intake.questions.models import KeepUp, Question
from havre.plumbing.context import acting_as
from havre.referrals.actions import refer_report
from havre.triage.duty.models import Shift
from tests.database import rolled_back
from tests.house.alike_at_doors import some_filters
from tests.house.bulk_at_doors import uploads_of
from tests.house.cases_at_doors import Parts, cases_by_whose
from tests.house.dispatches_at_doors import clerks_at_doors
from tests.house.duties_at_doors import duties_by_whose
from tests.house.notices_at_doors import webhooks_by_whose
from tests.house.pages_at_doors import pages_by_whose
from tests.house.policies_at_doors import drafts_of
from tests.house.questions_at_doors import (
    asked_of,
    judgements_of,
    mention_in,
    referral_of,
    rows_about,
    systems_of,
)
from tests.house.secondments_at_doors import seconded_at_doors
from tests.house.sheets_at_doors import interpreters_at_doors
from tests.house.traces import EVERYTHING, Digest, digest
from tests.house.watches_at_doors import Watches, watches_by_whose
from tests.house.worlds import World, a_notification, a_report, build_world
from tests.signing_in import PASSWORD, signed_in
from tests.wires.wire import Wire, a_provider

STORY = {"happening": "meeting", "story": "He asked me to meet on Saturday."}
OTHER_ROLES = (
    Role.MISSING_CHILDREN_OFFICER,
    Role.OUTREACH_OFFICER,
    Role.RESEARCHER,
    Role.WELFARE_OFFICER,
)


@lru_cache
def house(*, enforce_csrf_checks: bool) -> ClientHandler:
    """One house for every browser: to set it up anew takes longer than most answers."""
    return ClientHandler(enforce_csrf_checks=enforce_csrf_checks)


@dataclass
class Caller:
    """Somebody at a door: cookies, headers, and what they have in hand."""

    name: str
    officer: Officer | None = None
    cookies: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    token: FormToken | None = None
    signed_token: str = ""
    passkey: int | None = None

    def browser(self, *, enforce_csrf_checks: bool = False, **headers: str) -> Client:
        """A browser as it was when this person last left it."""
        client = Client(**self.headers, **headers)
        client.handler = house(enforce_csrf_checks=enforce_csrf_checks)
        client.cookies = SimpleCookie(self.cookies)
        return client


@dataclass
class Street:
    """The callers by the columns of the table, and the things they ask for by name."""

    world: World
    callers: dict[str, list[Caller]]
    reports: dict[str, str]
    referrals: dict[str, str]
    new_referrals: dict[str, str]
    mentions: dict[str, UUID]
    # What was said of each report and the shared one; of the shared one and A's own.
    judgements: dict[str, UUID]
    filings: dict[str, int]
    files: dict[str, str]
    # Accounts to be kept: of an officer of A, of B and of the tipline ("desk"); open, and closed.
    accounts: dict[str, UUID]
    closed_accounts: dict[str, UUID]
    cases: dict[str, Parts]
    receipts: dict[str, str]
    notifications: dict[str, str]
    duties: dict[str, dict[str, object]]
    shifts: dict[str, UUID]
    # What the agency of each report asked its provider, and its wish to keep the account up.
    questions: dict[str, UUID]
    marks: dict[str, UUID]
    # What the police asked each of the two providers at the doors.
    asked: dict[str, UUID]
    watches: Watches
    # A file of reports that each of the two providers sent.
    uploads: dict[str, UUID]
    # A key of the record system of A, and of B.
    keys: dict[str, UUID]
    pages: dict[str, UUID]
    webhooks: dict[str, dict[str, UUID]]
    policies: dict[str, UUID]
    # A bundle in the compartment of most, and one in another.
    bundles: dict[str, UUID]
    filters: dict[str, UUID] = field(default_factory=dict)
    drafts: dict[UUID, UUID] = field(default_factory=dict)
    digest: Digest = field(default_factory=dict)
    # What each officer is shown where nothing is.
    nothing: dict[UUID, object] = field(default_factory=dict)

    def everybody(self) -> list[Caller]:
        return [caller for several in self.callers.values() for caller in several]


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written inside was never written, nor is a spent code remembered."""
    with rolled_back():
        yield
    cache.clear()


def build_street() -> Street:
    """The small world of the second wall, with people at its doors."""
    world = build_world()
    harbor, valley = world.officers
    reports = _reports(world, harbor, valley)
    referrals = {
        "own": referral_of(reports["own"], harbor),
        "shared": referral_of(reports["shared"], harbor),
        "other": referral_of(reports["other"], valley),
        "national": _new_referral(world, Agency.objects.get(code="national")),
    }
    new_referrals = {
        "own": _new_referral(world, harbor),
        "shared": _new_referral(world, harbor, valley),
        "other": _new_referral(world, valley),
    }
    wires = [a_provider("harbor-chat"), a_provider("valley-chat")]
    filings = {"own": wires[0].submit(), "other": wires[1].submit()}
    files = {
        whose: wire.upload(filings[whose]).file for whose, wire in zip(filings, wires, strict=True)
    }
    receipts = {
        whose: report_addresses(("https://example.com/pier",), by=wire.provider).incident_number
        for whose, wire in zip(filings, wires, strict=True)
    }
    systems, keys = systems_of(world)
    street = Street(
        world=world,
        callers=_outside(wires)
        | _officers(world, harbor, valley)
        | _engineers(world, wires)
        | clerks_at_doors(world.clerks, _officer)
        | interpreters_at_doors(world.analyst.agency, _officer)
        | seconded_at_doors(harbor, valley, _officer)
        | {name: [Caller(name, headers=shown)] for name, shown in systems.items()},
        keys={**keys, "missing": uuid4()},
        reports={**reports, "missing": "R-0000-0000"},
        referrals={**referrals, "missing": "R-0000-0000"},
        new_referrals={**new_referrals, "missing": "R-0000-0000"},
        mentions={name: mention_in(reference) for name, reference in reports.items()},
        judgements=judgements_of(reports),
        filings={**filings, "missing": filings["own"] + 1},
        files={**files, "missing": "ab" * 16},
        cases=cases_by_whose(world, reports),
        accounts=_accounts(world, harbor, valley),
        closed_accounts=_accounts(world, harbor, valley, closed=True),
        receipts={**receipts, "missing": "S-0000-0000"},
        notifications=_notifications(wires, harbor, valley),
        duties=duties_by_whose(world.holder, [wire.provider for wire in wires], receipts),
        shifts=_shifts(harbor, valley, world.analyst.agency),
        questions=rows_about(Question, reports, harbor, valley),
        marks=rows_about(KeepUp, reports, harbor, valley),
        asked={**asked_of(wires, by=world.analyst), "missing": uuid4()},
        watches=watches_by_whose(world, harbor, valley),
        uploads={**uploads_of(wires), "missing": uuid4()},
        policies={"own": world.proposal, "missing": uuid4()},
        pages=pages_by_whose(reports),
        bundles={
            "own": world.bundles[Compartment.GENERAL],
            "closed": world.bundles[Compartment.TRAFFICKING],
            "missing": uuid4(),
        },
        webhooks=webhooks_by_whose(harbor, valley),
    )
    street.mentions["missing"] = uuid4()
    street.drafts = drafts_of(street.callers)
    desk = (street.callers[who][0].officer for who in ("analyst", "supervisor"))
    street.filters = some_filters(*desk, "Of today")
    street.digest = digest()
    return street


def _reports(world: World, harbor: Agency, valley: Agency) -> dict[str, str]:
    given_a, given_b = (set(world.reports_of(agency)) for agency in (harbor, valley))
    with acting_as(EVERYTHING):
        # What providers sent stands apart: it was referred to nobody.
        told = Report.objects.filter(provider=None)
        references = dict(told.values_list("pk", "reference"))
    kept_apart = {world.closed_report, world.shut_report, *world.apart}
    given_a, given_b = given_a - kept_apart, given_b - kept_apart
    (unsent,) = references.keys() - given_a - given_b - kept_apart
    ((own,), (shared,), (other,)) = given_a - given_b, given_a & given_b, given_b - given_a
    named = {
        "own": own,
        "shared": shared,
        "other": other,
        "unsent": unsent,
        "closed": world.closed_report,
        "shut": world.shut_report,
        "split": world.apart[1],
    }
    return {name: references[pk] for name, pk in named.items()}


def _accounts(
    world: World, harbor: Agency, valley: Agency, *, closed: bool = False
) -> dict[str, UUID]:
    """An officer each of A, of B and of the tipline, who never come to a door themselves."""
    found = {"missing": uuid4()}
    places = {"own": harbor, "other": valley, "desk": world.analyst.agency}
    for whose, agency in places.items():
        officer = add_officer(
            f"{whose}-{secrets.token_hex(4)}",
            name="A. Roy",
            agency=agency,
            role=Role.RESEARCHER,
            password=None,
            by=Station.SET_UP,
        )
        if closed:
            close_officer(officer.pk, by=Station.SET_UP)
        found[whose] = officer.pk
    return found


def _notifications(wires: list[Wire], *services: Agency) -> dict[str, str]:
    """What each provider told a police service itself; one told the national centre."""
    national = Agency.objects.get(code="national")
    _officer(national, Role.DETECTIVE)
    told = zip(("own", "other", "national"), (*wires, wires[0]), (*services, national), strict=True)
    return {
        **{whose: a_notification(wire.provider, to).reference for whose, wire, to in told},
        "missing": "N-0000-0000",
    }


def _shifts(harbor: Agency, valley: Agency, tipline: Agency) -> dict[str, UUID]:
    """A shift at A, at B and at the tipline, each somebody's who never comes to a door."""
    with acting_as(EVERYTHING):
        of = {one.agency_id: one.pk for one in Shift.objects.all()}
    return {
        "own": of[harbor.pk],
        "other": of[valley.pk],
        "desk": of[tipline.pk],
        "missing": uuid4(),
    }


def _new_referral(world: World, *agencies: Agency) -> str:
    """A referral to the first of these that nobody has answered yet; gives its reference."""
    report, _ = a_report()
    sent = [
        refer_report(report, to=agency, reason="Their harbor.", by=world.analyst)
        for agency in agencies
    ]
    return sent[0].reference


def _outside(wires: list[Wire]) -> dict[str, list[Caller]]:
    """A stranger, a reporter who holds the receipt of a report, and two providers."""
    stranger, reporter = (Caller(name, signed_token=minted_token()) for name in ("s", "r"))
    filed = Client().post("/en/report", {**STORY, "token": reporter.signed_token})
    assert filed.status_code == 200
    for caller in (stranger, reporter):
        caller.token = token_in(caller.signed_token)
    providers = [Caller(w.provider.code, headers={"HTTP_AUTHORIZATION": w.basic}) for w in wires]
    return {
        "stranger": [stranger],
        "reporter": [reporter],
        "provider": [providers[0]],
        "other provider": [providers[1]],
    }


def _officers(world: World, harbor: Agency, valley: Agency) -> dict[str, list[Caller]]:
    tipline, national = world.analyst.agency, Agency.objects.get(code="national")
    elsewhere = (Compartment.TRAFFICKING,)
    return {
        "analyst": [_officer(tipline, Role.TIPLINE_ANALYST)],
        "supervisor": [_officer(tipline, Role.SUPERVISOR)],
        "analyst elsewhere": [_officer(tipline, Role.TIPLINE_ANALYST, elsewhere)],
        "detective A": [_officer(harbor, Role.DETECTIVE)],
        "newcomer A": [_officer(harbor, Role.DETECTIVE, has_second_factor=False)],
        "supervisor A": [_officer(harbor, Role.AGENCY_SUPERVISOR)],
        "welfare A": [_officer(harbor, Role.CHILD_WELFARE_WORKER)],
        "Crown A": [_officer(harbor, Role.CROWN_LIAISON)],
        "detective B": [_officer(valley, Role.DETECTIVE)],
        "coordinator": [_officer(national, Role.NATIONAL_COORDINATOR)],
        "auditor": [_officer(tipline, Role.AUDITOR)],
        "privacy": [_officer(tipline, Role.PRIVACY_OFFICER)],
        "admin": [_officer(tipline, Role.PLATFORM_ADMIN)],
        "other roles": [_officer(harbor, role) for role in OTHER_ROLES],
    }


def _engineers(world: World, wires: list[Wire]) -> dict[str, list[Caller]]:
    """A person each of the two providers, who signs in to the console."""
    house, role = world.analyst.agency, Role.PROVIDER_ENGINEER
    own, other = ([_officer(house, role, provider=wire.provider)] for wire in wires)
    return {"engineer": own, "other engineer": other}


def _officer(
    agency: Agency,
    role: Role,
    compartments: tuple[Compartment, ...] = (Compartment.GENERAL,),
    *,
    has_second_factor: bool = True,
    **more: object,
) -> Caller:
    """An officer who signed in and confirmed it a moment ago, as the account's pages ask."""
    officer = add_officer(
        f"{role}-{secrets.token_hex(4)}",
        name="A. Roy",
        agency=agency,
        role=role,
        password=PASSWORD,
        compartments=compartments,
        **more,
        by=Station.SET_UP,
    )
    client, passkey = Client(), None
    if has_second_factor:
        signed_in(officer, client)
        RecoveryCodes.activate(officer)
        passkey = WebAuthn.add(officer, "Desk key", _credential()).instance.pk
    else:
        client.force_login(officer)
    session = client.session
    confirming = SimpleNamespace(session=session)
    record_authentication(confirming, officer, method="password", reauthenticated=True)
    session.save()
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    return Caller(str(role), officer=officer, cookies=cookies, passkey=passkey)


def _credential() -> dict:
    """What a new passkey tells a site, in the form that allauth keeps."""
    public_key = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    identity = secrets.token_bytes(16)
    data = AuthenticatorData.create(
        hashlib.sha256(b"localhost").digest(),
        AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.AT,
        0,
        AttestedCredentialData.create(bytes(16), identity, public_key),
    )
    told = base64.b64encode(b'{"type":"webauthn.create","challenge":"","origin":""}').decode()
    return {
        "id": websafe_encode(identity),
        "rawId": websafe_encode(identity),
        "type": "public-key",
        "clientExtensionResults": {},
        "response": {
            "clientDataJSON": told.rstrip("="),
            "attestationObject": websafe_encode(AttestationObject.create("none", data, {})),
        },
    }
