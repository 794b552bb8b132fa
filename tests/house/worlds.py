"""A small world in which every table holds rows of one agency, of another, of both, of neither."""

import secrets
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from pyrage import x25519

from havre.agencies.actions import add_officer, add_provider
from havre.agencies.models import Agency, Officer, Provider
from havre.agencies.rules.permits import Compartment, Role
from havre.agencies.rules.words import AgencyKind
from havre.audit.rules import Station
from havre.cases.actions import open_case
from havre.cases.contents.actions import (
    add_identifier,
    add_note,
    add_person,
    link_report,
    read_case,
    set_task,
    take_exhibit,
)
from havre.cases.operations.actions import add_target, invite_partner, plan_operation
from havre.cases.requests.actions import draft_request
from havre.cases.requests.rules.kinds import RequestKind
from havre.cases.rules.access import GrantKind, Part
from havre.cases.sharing.actions import share_case
from havre.evidence.custody import INTAKE, provider_recipient, wrapped_key
from havre.evidence.vault import sealed_exhibit
from havre.identifiers.rules.words import Kind
from havre.intake.actions import Delivery, receive_report, send_message
from havre.intake.jsondoor.once import done_once
from havre.intake.models import Filing, FilingFile, Report
from havre.intake.notifications.actions import notify_police, open_notification
from havre.intake.notifications.models import Notification
from havre.intake.notifications.rules import Contents, Offence
from havre.intake.partners.actions import add_partner
from havre.intake.questions.models import KeepUp, Question
from havre.intake.questions.rules import QuestionKind
from havre.intake.releases.rules.words import ReleaseWord
from havre.intake.rules.senders import PublicSender, ReceiptHolder
from havre.intake.rules.submission import (
    Channel,
    GivenIdentifier,
    Incident,
    Person,
    PersonRole,
    Submission,
)
from havre.links.watches.actions import Terms, add_watch
from havre.links.watches.models import Watch
from havre.links.watches.rules import Authority, Purpose, Tells
from havre.plumbing import clock, ids
from havre.plumbing.context import acting_as
from havre.plumbing.sealing import new_data_key
from havre.referrals.actions import accept_referral, open_referral, record_outcome, refer_report
from havre.referrals.inbox.actions import raise_alarm
from havre.referrals.inbox.reads import DueAlarm
from havre.referrals.packages.actions import fetch_package, register_key
from havre.referrals.records.actions import issue_system_key
from havre.referrals.records.models import Repeat
from havre.referrals.releases.actions import release_outcome
from havre.referrals.rules.outcomes import Disposition
from havre.referrals.rules.states import Alarm, ClockName, Level
from havre.referrals.sending.actions import add_to_referral, note_conflict, undo_referral
from havre.triage.closing.actions import close_report
from havre.triage.closing.rules import ClosingReason
from havre.triage.overrides.actions import set_lane
from havre.triage.overrides.rules import OverrideReason
from havre.triage.rules.words import Band
from havre.wiring.route import walk
from tests import make
from tests.bundling import a_bundle
from tests.house.abroad_at_doors import some_exchanges
from tests.house.alike_at_doors import some_filters
from tests.house.bulk_at_doors import sent_in_other_ways
from tests.house.dispatches_at_doors import some_partners
from tests.house.duties_at_doors import some_duties
from tests.house.links_at_doors import some_judgements, some_likeness
from tests.house.notices_at_doors import some_notices
from tests.house.policies_at_doors import some_policies
from tests.house.reviews_at_doors import some_reviews
from tests.house.rota_at_doors import some_calls
from tests.house.secondments_at_doors import some_secondments
from tests.house.sheets_at_doors import some_sheets
from tests.house.silent_at_doors import some_silent_watches
from tests.house.splits_at_doors import KEPT_BACK, decide_on_some, split_between

BOTH = (Compartment.GENERAL, Compartment.TRAFFICKING)


@dataclass
class World:
    """Who is in it, and which reports each agency was given."""

    officers: dict[Agency, Officer] = field(default_factory=dict)
    given: dict[Agency, list[UUID]] = field(default_factory=dict)
    analyst: Officer = None
    holder: Officer = None
    closed_report: UUID = None
    shut_report: UUID = None
    apart: tuple[UUID, ...] = ()
    proposal: UUID = None
    cases: dict[Agency, str] = field(default_factory=dict)
    provider: Provider = None
    watches: dict[Agency, str] = field(default_factory=dict)
    bundles: dict[Compartment, UUID] = field(default_factory=dict)
    clerks: dict[Agency, Officer] = field(default_factory=dict)
    reviews: dict[str, UUID] = field(default_factory=dict)
    interpreters: list[Officer] = field(default_factory=list)

    def reports_of(self, agency: Agency) -> list[UUID]:
        return self.given[agency]


def an_agency(code: str, kind: AgencyKind, *, is_national_centre: bool = False) -> Agency:
    agency = Agency(
        code=code,
        name_en=code.title(),
        name_fr=code.title(),
        kind=kind,
        regions=["MB"],
        default_for=["MB"] if kind is AgencyKind.POLICE else [],
        is_national_centre=is_national_centre,
        source="invented",
        as_of=date(2026, 11, 1),
    )
    agency.save(force_insert=True)
    return agency


def an_officer(
    agency: Agency, role: Role, compartments: tuple[Compartment, ...] = (Compartment.GENERAL,)
) -> Officer:
    return add_officer(
        f"{agency.code}-{role}-{secrets.token_hex(2)}",
        name="A. Roy",
        agency=agency,
        role=role,
        password=secrets.token_hex(8),
        compartments=compartments,
        by=Station.SET_UP,
    )


def a_report(
    compartment: Compartment = Compartment.GENERAL, *, danger_now: bool = False
) -> tuple[Report, ReceiptHolder]:
    """A public report with a suspect, a reporter and a message."""
    suspect = Person(
        role=PersonRole.SUSPECT,
        identifiers=(GivenIdentifier(kind="email", value="dock.master@example.com"),),
    )
    reporter = Person(
        role=PersonRole.REPORTER,
        identifiers=(GivenIdentifier(kind="email", value="robin@example.com"),),
    )
    submission = Submission(
        channel=Channel.PUBLIC_FORM,
        language="en",
        incidents=(
            Incident(
                narrative="He asked me to meet on Saturday.", people=(0, 1), danger_now=danger_now
            ),
        ),
        people=(suspect, reporter),
    )
    holder = ReceiptHolder(secrets.token_hex(32), secrets.token_bytes(32))
    received = receive_report(
        Delivery(
            submission=submission,
            source=b"what=meeting",
            zone="America/Toronto",
            receipt=holder,
            compartment=compartment,
        ),
        by=PublicSender(secrets.token_hex(32)),
    )
    with acting_as(Station.PIPELINE.context):
        report = Report.objects.get(reference=received.reference)
    walk(report.pk)
    holder = holder.of(str(report.pk))
    send_message(report, "One thing more.", receipt_key=holder.key, by=holder)
    return report, holder


def a_filing() -> None:
    """A provider's filing that is still open, with a file."""
    provider = add_provider(
        f"example-chat-{secrets.token_hex(2)}",
        name="Example Chat",
        password=secrets.token_hex(16),
        by=Station.SET_UP,
    )
    filing, key = ids.uuid7(), new_data_key()
    done_once("ab" * 32, "cd" * 32, lambda: (201, {}), by=provider)
    with acting_as(provider.context):
        for recipient in (INTAKE, provider_recipient(provider.pk)):
            wrapped_key(filing, key, recipient=recipient, compartment="general").save()
        source, file = (sealed_exhibit([b"x"], record=filing, key=key) for _ in range(2))
        source.save(force_insert=True)
        file.save(force_insert=True)
        row = Filing(
            id=filing, number=secrets.randbits(40), provider=provider, body=b"", source=source
        )
        row.save(force_insert=True)
        FilingFile(exhibit=file, filing=row, file_id=secrets.token_hex(16)).save(force_insert=True)
    sent_in_other_ways(provider)


def a_notification(provider: Provider, to: Agency) -> Notification:
    """What a provider tells a police service itself."""
    contents = Contents(
        offences=(Offence.DISTRIBUTION,),
        material="A picture in a channel about boats.",
        material_format="JPEG",
        circumstances="A person of ours looked at it.",
        discovered_at=clock.now() - timedelta(hours=2),
        other_evidence="The account harbor.bell.",
        representative="Pat Roy",
        contact="204-555-0142",
    )
    return notify_police(contents, to=to.code, token="", by=provider)


def some_notifications(world: World) -> None:
    """A provider told each of the two agencies something, and each has read it."""
    provider = add_provider(
        "quay-chat", name="Quay Chat", password=secrets.token_hex(16), by=Station.SET_UP
    )
    some_duties(provider, world.holder)
    for agency, officer in world.officers.items():
        told = a_notification(provider, agency)
        open_notification(told.reference, by=officer)


def build_world() -> World:
    """Two agencies; a report for each, for both, for neither; one in a closed compartment."""
    world = World()
    tipline = an_agency("lighthouse", AgencyKind.TIPLINE)
    national = an_agency("national", AgencyKind.NATIONAL_CENTRE, is_national_centre=True)
    world.analyst = an_officer(tipline, Role.TIPLINE_ANALYST)
    world.holder = an_officer(tipline, Role.SUPERVISOR, BOTH)
    harbor, valley = (
        an_agency(code, AgencyKind.POLICE) for code in ("harbor-police", "valley-sheriff")
    )
    world.provider = add_provider(
        "isle-chat", name="Isle Chat", password=secrets.token_hex(16), by=Station.SET_UP
    )
    for agency in (harbor, valley):
        world.officers[agency] = an_officer(agency, Role.DETECTIVE)
        world.given[agency] = []
    reports, told = [], []
    for given_to in ((harbor,), (valley,), (harbor, valley), ()):
        # What waits is immediate, so that lowering it takes two.
        report, receipt = a_report(danger_now=not given_to)
        told += [(report, receipt)] if given_to else []
        reports.append(report.reference)
        for agency in given_to:
            refer(report, agency, world)
    apart, waiting, calm = a_report()[0], a_report()[0], make.report("Boats.", people=())
    split_between(apart, world.officers, by=world.analyst)
    split_between(waiting, (), by=world.analyst)
    world.apart, somebody = (
        (apart.pk, waiting.pk, calm.pk),
        an_officer(tipline, Role.TIPLINE_ANALYST),
    )
    world.given = {agency: [*known, apart.pk] for agency, known in world.given.items()}
    some_likeness(reports[0], reports[3])
    some_judgements(reports, world.analyst)
    set_lane(report.reference, to=Band.C, reason=OverrideReason.CONTEXT, note="-", by=somebody)
    world.reviews = some_reviews(calm.reference, by=somebody, reader=world.holder)
    closed, _ = a_report(Compartment.TRAFFICKING)
    world.closed_report = closed.pk
    note_conflict(closed, agency=harbor, by=world.holder)
    taken_back = refer_report(closed, to=valley, reason="By mistake.", by=world.holder)
    undo_referral(taken_back.reference, by=world.holder)
    walk(closed.pk, was_returned=True)
    shut = make.report("Boats.")
    close_report(shut.reference, reason=ClosingReason.NO_OFFENCE, note="Boats.", by=somebody)
    world.shut_report = shut.pk
    add_partner("harbor-school", name_en="Harbor School", name_fr="École du port", by=world.holder)
    a_filing()
    some_notifications(world)
    some_calls((world.analyst, *world.officers.values()), world.holder, world.closed_report)
    world.bundles = {one: a_bundle(world.provider, world.holder, one).pk for one in BOTH}
    some_notices(world.officers, world.analyst)
    some_cases(world)
    some_watches(world)
    some_filters(world.analyst, world.holder)
    some_policies(world, an_officer(tipline, Role.SUPERVISOR))
    desk = [an_officer(national, Role.NATIONAL_COORDINATOR, BOTH) for _ in range(2)]
    some_silent_watches(world.officers.values(), desk[0])
    some_exchanges(an_agency("far-police", AgencyKind.FOREIGN), *desk, *world.officers.values())
    world.clerks = some_partners(an_agency, an_officer, desk[1], *world.officers.values())
    world.interpreters = some_sheets(world, an_officer)
    some_secondments(*world.officers)
    some_later_words(world, told)
    return world


def some_later_words(world: World, told: list[tuple[Report, ReceiptHolder]]) -> None:
    """Of two that came, one is kept back; whom it tells of, both agencies watch."""
    decide_on_some(told, by=world.analyst)
    for officer in world.officers.values():
        watch_for(f"{KEPT_BACK}@example.com", by=officer)


def some_watches(world: World) -> None:
    """Each of the two agencies watches whom reports name, and the tipline is told by whom."""
    for agency, officer in world.officers.items():
        world.watches[agency] = watch_for("dock.master@example.com", by=officer).reference


def watch_for(value: str, *, by: Officer) -> Watch:
    """The agency of an officer watches this address."""
    until = (clock.now() + timedelta(days=90)).date()
    why = {"purpose": Purpose.INVESTIGATION, "authority": Authority.DUTY}
    terms = Terms(until=until, tells=Tells.AGENCY, **why)
    return add_watch(value, kind=Kind.EMAIL, terms=terms, by=by)


def some_cases(world: World) -> None:
    """A full case of each of three agencies; the second works on the first's with it."""
    first, second = world.officers
    third = an_agency("shore-police", AgencyKind.POLICE)
    leads = {**world.officers, third: an_officer(third, Role.DETECTIVE)}
    with acting_as(world.analyst.context):
        report = Report.objects.get(pk=world.given[second][0])
    refer_report(report, to=third, reason="Their shore.", by=world.analyst)
    for agency, officer in leads.items():
        case = open_case("The pier", by=officer)
        given = world.given.get(agency, [report.pk])[0]
        with acting_as(officer.context):
            reference = Report.objects.get(pk=given).reference
        a_full_case(case.reference, reference, officer)
        world.cases[agency] = case.reference
    some_operations(world, leads)
    until = clock.now() + timedelta(days=30)
    share_case(world.cases[first], to=second, until=until, kind=GrantKind.JOINT, by=leads[first])
    share_case(
        world.cases[third],
        to=an_agency("isle-police", AgencyKind.POLICE),
        until=until,
        parts=list(Part),
        by=leads[third],
    )


def some_operations(world: World, leads: dict[Agency, Officer]) -> None:
    """One that the first leads with the second, one that the third leads with neither."""
    first, second, third = leads
    operation = plan_operation("Lighthouse", "Harbor Chat", by=leads[first])
    invite_partner(operation.reference, to=second, by=leads[first])
    other = plan_operation("Fog", "Valley Chat", by=leads[third])
    invite_partner(other.reference, to=Agency.objects.get(code="national"), by=leads[third])
    for agency, its in ((first, operation), (second, operation), (third, other)):
        add_target(its.reference, world.cases[agency], by=leads[agency])


def a_full_case(case: str, report: str, officer: Officer) -> None:
    """A case with one of everything."""
    add_note(case, "He was seen at the pier.", by=officer)
    set_task(case, "Ask for the ferry list.", by=officer)
    person = add_person(case, "Robin Example", role=PersonRole.VICTIM, by=officer)
    add_identifier(case, person.pk, "robin@example.com", kind=Kind.EMAIL, by=officer)
    link_report(case, report, by=officer)
    draft_request(
        case,
        kind=RequestKind.PRESERVATION_DEMAND,
        sought="The account.",
        provider="bell",
        by=officer,
    )
    for exhibit in read_case(case, by=officer).takeable:
        take_exhibit(case, exhibit.pk, by=officer)


def refer(report: Report, agency: Agency, world: World) -> None:
    referral = refer_report(report, to=agency, reason="Their harbor.", by=world.analyst)
    ringing = Alarm(ClockName.ANSWER, Level.REMINDER, referral.answer_by)
    raise_alarm(DueAlarm(referral=referral, alarm=ringing), by=Station.PIPELINE)
    add_to_referral(referral.reference, text="It was at noon.", by=world.analyst)
    world.given[agency].append(report.pk)
    detective = world.officers[agency]
    open_referral(referral.reference, by=detective)
    register_key(str(x25519.Identity.generate().to_public()), by=detective)
    fetch_package(referral.reference, by=detective)
    accept_referral(referral.reference, by=detective)
    record_outcome(referral.reference, disposition=Disposition.UNDER_INVESTIGATION, by=detective)
    release_outcome(referral.reference, word=ReleaseWord.IN_HAND, by=detective)
    with acting_as(detective.context):
        of = {"report": report, "provider": world.provider, "agency": agency}
        Question(**of, kind=QuestionKind.FILE_VIEWED, due_at=clock.now()).save(force_insert=True)
        KeepUp(**of).save(force_insert=True)
        told = {"referral": referral.reference}
        Repeat(agency=agency, key=secrets.token_hex(32), answer=told).save(force_insert=True)
    issue_system_key("Records", officer=detective.username, by=detective)
