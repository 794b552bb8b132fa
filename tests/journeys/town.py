"""A small demo country behind a running server, for whoever looks at every page of it.

Nothing here waits for a job: what the pages show was made, and walked the route, before.
"""

from dataclasses import dataclass, field
from types import SimpleNamespace
from uuid import UUID

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from playwright.sync_api import BrowserContext, Page

from havre.agencies.models import Officer
from havre.agencies.reads import agency_by_code
from havre.agencies.sessions import begin_session
from havre.audit.rules import Station
from havre.intake.actions import open_by_receipt, send_message
from havre.intake.form_tokens import FormToken
from havre.intake.law.actions import report_addresses
from havre.intake.mirrors.actions import begin_call, note_answer, set_mirror
from havre.intake.mirrors.models import Copy
from havre.intake.mirrors.rules import Told
from havre.intake.notifications.actions import notify_police
from havre.intake.notifications.rules import Contents, Offence, TransmissionData
from havre.intake.providers.reads import report_state
from havre.intake.questions.rules import QuestionKind
from havre.intake.rules.receipts import words_of
from havre.intake.rules.senders import ReceiptHolder
from havre.intake.rules.submission import GivenIdentifier, Person, PersonRole
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.referrals.asking.actions import ask_provider_for_desk
from havre.wiring import demo
from havre.wiring.country.reports import shown_token
from havre.wiring.country.texts import people
from tests import make
from tests.bundling import a_bundle
from tests.house.links_at_doors import some_likeness
from tests.house.reviews_at_doors import some_reviews
from tests.journeys.test_sign_in_browser import plug_in_passkey
from tests.signing_in import signed_in, with_totp
from tests.wires.wire import Wire

REPORTS = 24
LANGUAGES = ("en", "fr")
POLICE = "toronto-police"
ANALYST, DETECTIVE, AUDITOR = "demo-analyst", "demo-detective", "demo-auditor"
# Officers at the beginning and at the end of setting up their sign-in.
NEWCOMER, KEEPER = "demo-privacy", "demo-outreach"
SUPERVISOR, ADMIN, AGENCY_SUPERVISOR = "demo-supervisor", "demo-admin", "demo-chief"
ENGINEER, COORDINATOR = "demo-engineer", "demo-coordinator"
# Who mistypes: one for each page, so that nobody waits for another's slips.
CLUMSY = ("demo-missing", "demo-wellbeing", "demo-researcher", "demo-admin")
REASON = "The child lives there, and the meeting is there."
# One referral each for who looks at it in English, then in French; two tell of one person.
STORIES = (
    ("He asked me to meet on Saturday at the library in Toronto.", "pier.nine@example.com"),
    ("He waits outside my school in Toronto every day.", "grey.ferry@example.com"),
    ("She wants my cousin to come to her house tonight, in Toronto.", "buoy.two@example.com"),
    ("Il veut me voir samedi à la bibliothèque, à Toronto.", "pier.nine@example.com"),
    ("Il attend devant mon école, à Toronto, chaque jour.", "north.quay@example.com"),
    ("Elle veut que ma cousine vienne chez elle ce soir, à Toronto.", "ebb.tide@example.com"),
)


@dataclass(slots=True)
class Town:
    """The address of the server, who works there, and what lies ready for them."""

    url: str
    demo_password: str = ""
    officers: dict[str, Officer] = field(default_factory=dict)
    # What a session of each holds who has signed in before.
    sessions: dict[str, dict] = field(default_factory=dict)
    referrals: list[str] = field(default_factory=list)
    reports: list[str] = field(default_factory=list)
    # Empty forms of one provider, which stand in the queue as one.
    bundle: str = ""
    # Reports that wait and tell of two matters, for each language one to be split and one that
    # never is; decisions drawn by lot.
    told_more: str = ""
    two_matters: dict[str, str] = field(default_factory=dict)
    whole_matters: dict[str, str] = field(default_factory=dict)
    reviews: dict[str, UUID] = field(default_factory=dict)

    def at(self, name: str, language: str, **parts: object) -> str:
        """The address of a page in a language."""
        with override(language):
            return self.url + reverse(name, kwargs=parts or None)

    def words(self, language: str) -> str:
        """The receipt of the one report whose words are known, in a language."""
        return " ".join(words_of(FormToken(shown_token(), clock.now()).secret, language=language))

    def sign_in(self, username: str, context: BrowserContext) -> None:
        """This officer signs in, just now, in a browser; without a name it is a stranger's."""
        context.clear_cookies()
        if not username:
            return
        officer = self.officers[username]
        if username not in self.sessions:
            client = Client()
            if username == NEWCOMER:
                client.force_login(officer)
            else:
                signed_in(officer, client)
            self.sessions[username] = dict(client.session.items())
        # A session of its own, that begins now; in one statement where a sign-in makes twelve.
        just_now = SimpleNamespace(session=SessionStore())
        just_now.session.update(self.sessions[username])
        begin_session(just_now)
        record_authentication(just_now, officer, "password", reauthenticated=True)
        just_now.session.create()
        key = just_now.session.session_key
        context.add_cookies([{"name": "havre", "value": key, "url": self.url}])


def told_to_police() -> Contents:
    """What a provider tells a police service itself."""
    return Contents(
        offences=(Offence.DISTRIBUTION,),
        material="A picture in a channel about boats.",
        material_format="JPEG",
        circumstances="A person of ours looked at it.",
        discovered_at=clock.now(),
        other_evidence="The account harbor.bell.",
        representative="Pat Roy",
        contact="204-555-0142",
        is_manifest=True,
        transmission=TransmissionData(origin="192.0.2.7", protocol="HTTPS"),
    )


def a_mirror(engineer: Officer) -> None:
    """A second address of a provider, which does not answer."""
    set_mirror("https://127.0.0.1:9/ispws", username="pier", password="x", by=engineer)


def copy_that_waits(number: int) -> None:
    """The other side was called about a report, and had no time for it."""
    by = Station.PIPELINE
    with acting_as(by.context):
        copy = Copy.objects.get(number=number).pk
    call = begin_call(copy, by=by)
    assert call
    note_answer(call, Told(status=503, request="far-1"), by=by)


def suspect(contact: str) -> Person:
    """Who is told of in a report, by an e-mail address."""
    address = GivenIdentifier(kind="email", value=contact)
    return Person(role=PersonRole.SUSPECT, identifiers=(address,))


def tell_more(receipt: ReceiptHolder) -> None:
    """Its reporter comes back to a report and adds two sentences."""
    opened, holder = open_by_receipt(by=receipt)
    more = "He wrote again today. The boats are red."
    send_message(opened.report, more, receipt_key=holder.key, by=holder)


def settle(url: str, *, reports: int = REPORTS) -> Town:
    """Fill the empty database behind a server with a small demo country."""
    demo.make_world(lambda _done, _all: None, reports=reports)
    town = Town(url, people()["password"])
    with acting_as(Station.SET_UP.context):
        town.officers = {one.username: one for one in Officer.objects.select_related("agency")}
    for username in (KEEPER, *CLUMSY):
        with_totp(town.officers[username])
    RecoveryCodes.activate(town.officers[KEEPER])
    told_by = people()["provider"][0]
    wire = Wire.of(told_by["code"], told_by["key"])
    a_mirror(town.officers[ENGINEER])
    number = wire.submit()
    wire.finish(number)
    copy_that_waits(number)
    report_addresses(("https://example.com/pier",), by=wire.provider)
    notify_police(told_to_police(), to=POLICE, token="", by=wire.provider)
    analyst, police = town.officers[ANALYST], agency_by_code(POLICE)
    ask_provider_for_desk(
        report_state(number, actor=wire.provider).reference,
        kind=QuestionKind.SOURCE_PORT,
        by=analyst,
    )
    town.bundle = str(a_bundle(wire.provider, analyst).pk)
    for story, contact in STORIES:
        told = make.report(story, danger_now=True, people=(suspect(contact),))
        sent = make.referral(told, to=police, by=analyst, reason=REASON)
        town.referrals.append(sent.reference)
        town.reports.append(told.reference)
    some_likeness(town.reports[0], town.reports[2])
    for language in LANGUAGES:
        for kept in (town.two_matters, town.whole_matters):
            receipt = make.receipt()
            told = make.report("He asked me to meet. Somebody else sells boats.", holder=receipt)
            kept[language] = told.reference
            tell_more(receipt)
    receipt = make.receipt()
    told = make.report("Somebody wrote to me about boats.", holder=receipt)
    make.referral(told, to=police, by=analyst, reason=REASON)
    tell_more(receipt)
    town.told_more = told.reference
    calm, reader = make.report("Old boats.", people=()), town.officers[SUPERVISOR]
    town.reviews = some_reviews(calm.reference, by=analyst, reader=reader)
    return town


def add_passkey(town: Town, page: Page) -> None:
    """Give the officer in front of this page a passkey, as a person does it."""
    plug_in_passkey(page)
    page.goto(town.at("mfa_add_webauthn", "en"))
    page.locator("main [data-passkey-button]").click()
    page.locator("[role=status]").first.wait_for()
