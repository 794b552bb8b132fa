"""What of a report is held back from an addressee, by the law of its kind of work."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol
from uuid import UUID

from havre.agencies.models import Officer
from havre.agencies.rules.words import AgencyKind
from havre.audit.rules import Actor, Station
from havre.identifiers.editions.reads import is_noted, present_edition
from havre.identifiers.models import Mention
from havre.identifiers.people.reads import spans_of
from havre.identifiers.reads import in_part, token_of
from havre.identifiers.rules.words import Found, Kind
from havre.intake.rules.submission import LegalBasis, PersonRole
from havre.intake.splits.reads import numbers_given
from havre.plumbing.context import acting_as
from havre.plumbing.scopes import Scope
from havre.referrals.rules.sending import Fact, Held, held_from


class NotNotedError(Exception):
    """A report's identifiers were not noted by the present rules: nothing of it may be given.

    `fault` is the kind of fault at which a try failed just now; "" where nothing was tried.
    """

    def __init__(self, report: UUID, *, fault: str = "") -> None:
        super().__init__("not noted")
        self.report, self.fault = report, fault


def held_mentions(report: UUID, *, part: int | None = None, actor: Officer) -> dict[UUID, Held]:
    """The identifiers of a report that this officer's agency is not given, and why.

    With `part`, those that stand in one incident of a split report.
    """
    mentions = Mention.objects.visible_to(actor).filter(record=report)
    return held_among(in_part(mentions, part), report=report, actor=actor)


def held_among(mentions: Sequence[Mention], *, report: UUID, actor: Officer) -> dict[UUID, Held]:
    """Which of a report's identifiers this officer's agency is not given, and why."""
    return {} if actor.scope is Scope.TIPLINE else _why_held(report, mentions, actor)


def is_held(mention: UUID, *, actor: Officer) -> bool:
    """Whether an identifier is held back. Raises Mention.DoesNotExist.

    So it does of what other rules noted, who may have taken it for somebody else's.
    """
    noted = Mention.objects.visible_to(actor).filter(record__edition=present_edition())
    found = noted.select_related("record").get(pk=mention)
    return bool(_why_held(found.record.report_id, [found], actor))


def _why_held(report: UUID | None, mentions: Sequence[Mention], actor: Officer) -> dict[UUID, Held]:
    """Which of these identifiers are held back, and why.

    What is nobody's in one incident of a split report may be a witness's in another: it is held in
    both, as it is cut from the texts of both.
    """
    held = {mention.pk: why for mention in mentions if (why := _held(mention, actor))}
    unowned = [
        mention
        for mention in mentions
        if mention.parts is not None and mention.role == PersonRole.UNKNOWN
    ]
    if unowned:
        tokens = [bytes(mention.token) for mention in unowned]
        with acting_as(Station.PIPELINE.context):
            alike = Mention.objects.filter(record=report, token__in=tokens)
            why_of = {bytes(one.token): why for one in alike if (why := _held(one, actor))}
        held |= {one.pk: why_of[bytes(one.token)] for one in unowned if bytes(one.token) in why_of}
    return held


def values_held(
    report: UUID, texts: Mapping[str, str], *, is_new: bool = False, actor: Officer
) -> list[tuple[str, int, int]]:
    """Where what is held back stands in a report's texts: field, start, end.

    The reporter's own, a witness's, an address without a basis, what a recipient does not need; and
    the names of those whose names are held. What is to be cut is known of the whole report, also by
    identifiers of which this officer finds no row. By the rules by which the texts are read here:
    raises NotNotedError where others noted the report. Texts that may be newer than what is noted,
    `is_new`, are judged by what they show themselves, too.
    """
    is_whole = numbers_given(report, agency=actor.agency_id) is None
    asker: Actor = actor if is_whole else Station.PIPELINE
    with acting_as(asker.context):
        if not is_noted(report, actor=asker):
            raise NotNotedError(report)
        mentions = list(Mention.objects.visible_to(asker).filter(record=report))
    # The reporter's own is cut whatever the recipient is.
    held = [one for one in mentions if one.role == PersonRole.REPORTER or _held(one, actor)]
    noted = {bytes(one.token) for one in mentions}

    def is_held_by_itself(found: Found) -> bool:
        is_unknown = token_of(found.kind, found.value) not in noted
        return is_unknown and _held(found, actor) is not None

    told = [(one.kind, bytes(one.token)) for one in held]
    return spans_of(told, texts, also=is_held_by_itself if is_new else None)


class Based(Protocol):
    """An identifier of which is known what it is, whose, and by what right it is here."""

    @property
    def kind(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def legal_basis(self) -> str: ...


def is_given(mention: Based, *, actor: Officer) -> bool:
    """Whether an identifier goes along to this officer's agency; the tipline has them all."""
    return actor.scope is Scope.TIPLINE or _held(mention, actor) is None


def given_to(actor: Officer) -> Callable[[Based], bool]:
    """The same for very many identifiers: asked once for all that are alike."""
    if actor.scope is Scope.TIPLINE:
        return lambda _: True
    known: dict[tuple[str, str, str], bool] = {}

    def may_tell(mention: Based) -> bool:
        alike = mention.kind, mention.role, mention.legal_basis
        if alike not in known:
            known[alike] = is_given(mention, actor=actor)
        return known[alike]

    return may_tell


def _held(mention: Based, actor: Officer) -> Held | None:
    fact = Fact(
        kind=Kind(mention.kind),
        role=PersonRole(mention.role),
        basis=LegalBasis(mention.legal_basis),
    )
    return held_from(fact, recipient=AgencyKind(actor.agency.kind))
