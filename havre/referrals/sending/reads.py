"""What the desk weighs before it sends a report: who else, who not, and what goes along."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from havre.agencies.models import Agency, Officer
from havre.agencies.reads import every_agency
from havre.agencies.rules.words import AgencyKind
from havre.audit.rules import Actor
from havre.identifiers.models import Mention
from havre.identifiers.rules.words import Kind
from havre.intake.providers.reads import tied_by_wire
from havre.intake.rules.submission import LegalBasis, PersonRole
from havre.links.reads import Linked, linked_to
from havre.links.rules.explaining import Strength, Tie
from havre.plumbing.values.written import written_once
from havre.referrals.models import Referral
from havre.referrals.reads import conflicts_of, sent_whole
from havre.referrals.rules.guards import COUNTRY, Candidate, instead_of, named_in
from havre.referrals.rules.sending import Fact, Held, handed_over
from havre.referrals.rules.states import OVER
from havre.triage.reads import Suggested, suggested_for


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldBy:
    """An agency that has the same person already, from another report, and since when."""

    agency: Agency
    reference: str
    report: str
    since: datetime
    # The one incident of a split report that it has; None where it has the report whole.
    part: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictRow:
    """An agency that must not have a report, who can take it, and who oversees that agency."""

    agency: Agency
    instead: tuple[Agency, ...]
    oversight: tuple[Agency, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """What goes along to a kind of recipient and what is withheld, counted."""

    recipient: AgencyKind
    goes: dict[PersonRole, int]
    stays: dict[Held, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighing:
    """Everything the desk weighs before it sends a report."""

    conflicts: tuple[ConflictRow, ...]
    # Police whose names stand in the text: perhaps somebody reported works there.
    named: tuple[Agency, ...]
    parallel: tuple[Agency, ...]
    held: tuple[HeldBy, ...]
    # The report that this one adds to by wire, "" for none; and those that add to this one.
    adds_to: str
    added: tuple[str, ...]
    handovers: tuple[Handover, ...]


def weighing_of(
    report: UUID,
    linked: Iterable[Linked],
    *,
    suggested: Iterable[Suggested],
    texts: Iterable[str],
    actor: Officer,
) -> Weighing:
    """What the desk weighs before it sends a report, and which other reports it is tied to.

    `texts` is what the report tells, `suggested` who was found to be able to act on it.
    """
    directory = every_agency()
    candidates = [_candidate(agency) for agency in directory]
    by_code = {agency.code: agency for agency in directory}
    conflicts = conflicts_of(report)
    noted = {agency.code for agency in conflicts}
    found = named_in(texts, directory=candidates)
    first, added = tied_by_wire(report, actor=actor)
    facts = _facts(report, actor)
    held = {one.reference: one for one in held_of(linked, actor=actor)}
    if first:
        held |= {one.reference: one for one in _held_rows({first.pk: first.reference}, actor)}
    return Weighing(
        conflicts=tuple(_conflict(agency, candidates, by_code) for agency in conflicts),
        named=tuple(by_code[code] for code in found if code not in noted),
        parallel=tuple(_parallel(suggested, directory, besides=noted)),
        held=tuple(held.values()),
        adds_to=first.reference if first else "",
        added=tuple(one.reference for one in added),
        handovers=tuple(
            handover(facts, recipient=recipient)
            for recipient in (AgencyKind.POLICE, AgencyKind.CHILD_WELFARE)
        ),
    )


def parallel_to(report: UUID, *, language: str) -> list[Agency]:
    """Who may act beside the first: the others suggested, child welfare there, the centre."""
    noted = {agency.code for agency in conflicts_of(report)}
    suggested = suggested_for(report, language=language)
    return _parallel(suggested, every_agency(), besides=noted)


def held_elsewhere(report: UUID, *, actor: Actor) -> list[HeldBy]:
    """The agencies that have the same suspect already, by a strong link to another report."""
    return held_of(linked_to(report, actor=actor), actor=actor)


def held_of(links: Iterable[Linked], *, actor: Actor) -> list[HeldBy]:
    """The same, of the reports that one is known to be tied to."""
    linked = {
        each.report: each.reference
        for each in links
        if each.explanation.tie is Tie.SUSPECT and each.explanation.strength is Strength.STRONG
    }
    first: dict[UUID, HeldBy] = {}
    for row in _held_rows(linked, actor):
        known = first.setdefault(row.agency.pk, row)
        if row.part is None and known.part is not None:
            first[row.agency.pk] = row
    return list(first.values())


def _held_rows(reports: Mapping[UUID, str], actor: Actor) -> list[HeldBy]:
    """The standing referrals of these reports, by id with their references, oldest first."""
    standing = (
        Referral.objects.visible_to(actor)
        .filter(report__in=reports)
        .exclude(state__in=OVER)
        .select_related("to_agency", "incident")
        .order_by("sent_at")
    )
    whole = set(sent_whole(standing, actor=actor).values_list("pk", flat=True))
    return [
        HeldBy(
            agency=referral.to_agency,
            reference=referral.reference,
            report=reports[referral.report_id],
            since=referral.sent_at,
            part=None if referral.pk in whole else referral.incident.number,
        )
        for referral in standing
    ]


def _facts(report: UUID, actor: Actor) -> list[Fact]:
    return [
        Fact(kind=Kind(kind), role=PersonRole(role), basis=LegalBasis(basis))
        for kind, role, basis in _told(report, actor)
    ]


@written_once
def _told(report: UUID, actor: Actor) -> QuerySet[Mention, tuple[str, str, str]]:
    mentions = Mention.objects.visible_to(actor).filter(record=report)
    return mentions.values_list("kind", "role", "legal_basis")


def handover(facts: Iterable[Fact], *, recipient: AgencyKind) -> Handover:
    """How much of a report goes along to a kind of recipient, and how much is withheld."""
    goes, stays = handed_over(facts, recipient=recipient)
    return Handover(recipient=recipient, goes=goes, stays=stays)


def report_of_referral(reference: str, *, actor: Actor) -> str:
    """The reference of the report that a referral carries. Raises Referral.DoesNotExist."""
    visible = Referral.objects.visible_to(actor)
    return str(visible.select_related("report").get(reference=reference).report.reference)


def _parallel(
    suggested: Iterable[Suggested], directory: list[Agency], *, besides: Collection[str]
) -> list[Agency]:
    """Who may act beside the first, but for the agencies of these codes."""
    found = [each.agency for each in suggested]
    regions = {region for agency in found for region in agency.regions} - {COUNTRY}
    welfare = [
        agency
        for agency in directory
        if agency.kind == AgencyKind.CHILD_WELFARE
        and agency.legal_type.endswith("department")
        and regions & set(agency.regions)
    ]
    centres = [agency for agency in directory if agency.is_national_centre]
    every = dict.fromkeys([*found, *welfare, *centres])
    return [agency for agency in every if agency.code not in besides]


def _candidate(agency: Agency) -> Candidate:
    return Candidate(
        code=agency.code,
        kind=AgencyKind(agency.kind),
        regions=frozenset(agency.regions),
        names=(agency.name_en, agency.name_fr),
        is_default=bool(agency.default_for),
    )


def _conflict(
    agency: Agency, candidates: list[Candidate], by_code: dict[str, Agency]
) -> ConflictRow:
    instead = instead_of(agency.code, directory=candidates)
    return ConflictRow(
        agency=agency,
        instead=tuple(by_code[code] for code in instead.agencies),
        oversight=tuple(by_code[code] for code in instead.oversight),
    )
