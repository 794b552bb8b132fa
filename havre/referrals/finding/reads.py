"""Which referrals and reports tell of an identifier, or bear a number, among all one may see."""

from collections.abc import Collection
from uuid import UUID

from havre.agencies.models import Officer
from havre.identifiers.editions.reads import present_edition
from havre.identifiers.models import Mention
from havre.identifiers.reads import among_newest, token_of
from havre.identifiers.rules.find import find_in_text
from havre.identifiers.rules.normal import normalise
from havre.identifiers.rules.words import Kind
from havre.intake.models import Report
from havre.intake.rules.receipts import tidy_reference
from havre.referrals.models import Referral
from havre.referrals.pages.reads import is_given

# So many mentions are followed, so many are shown.
MOST_FOLLOWED = 2_000
MOST_FOUND = 20
# Kinds that a few typed words can be at once; the others need words around them.
TYPED_ALONE = (Kind.CRYPTO, Kind.EMAIL, Kind.FILE_HASH, Kind.IP, Kind.PHONE, Kind.URL)


def tokens_in(text: str) -> list[bytes]:
    """The tokens of the identifiers that a few words hold."""
    alone = {(kind, normal) for kind in TYPED_ALONE if (normal := normalise(kind, text))}
    inside = {(found.kind, found.value) for found in find_in_text(text, field="asked")}
    kinds = {Kind.NAME, Kind.SCHOOL}
    return [token_of(kind, value) for kind, value in alone | inside if kind not in kinds]


def referrals_telling_of(
    tokens: Collection[bytes], *, actor: Officer
) -> tuple[tuple[Referral, ...], frozenset[UUID]]:
    """The referrals to the actor's agency whose report holds one of these, newest first.

    What is held back from the agency is not found: a search must not say who reported or saw. And
    which of their reports other rules noted, who may have taken a value for somebody else's.
    """
    # The newest of each are found by their index; asked in one with what is seen, they would be
    # sought among all that the agency was ever sent.
    newest = among_newest("token", tokens, most=MOST_FOLLOWED)
    mentions = Mention.objects.visible_to(actor).filter(newest).order_by()
    mentions, now = mentions.select_related("record"), present_edition()
    reports = {one.record.report_id for one in mentions if is_given(one, actor=actor)}
    told = Referral.objects.visible_to(actor).filter(report__in=reports)
    found = tuple(told.select_related("report").order_by("-sent_at")[: MOST_FOUND + 1])
    otherwise = {one.record.report_id for one in mentions if bytes(one.record.edition) != now}
    return found, frozenset({one.report_id for one in found} & otherwise)


def reports_telling_of(tokens: Collection[bytes], *, actor: Officer) -> tuple[Report, ...]:
    """The reports that hold one of these, newest first, for the desk; one more than are shown.

    What is kept quiet for an agency ties no reports here either (docs/security.md).
    """
    if not tokens:
        return ()
    newest = among_newest("token", tokens, most=MOST_FOLLOWED)
    mentions = Mention.objects.visible_to(actor).unhushed().filter(newest).order_by()
    seen = Report.objects.visible_to(actor).filter(pk__in=mentions.values("record_id"))
    return tuple(seen.order_by("-received_at", "-pk")[: MOST_FOUND + 1])


def reports_numbered(text: str, *, actor: Officer) -> tuple[Report, ...]:
    """The report of this number, or the one that a referral of this number tells of."""
    tidy = tidy_reference(text)
    if tidy is None:
        return ()
    told = Referral.objects.visible_to(actor).filter(reference=tidy).values("report")
    seen = Report.objects.visible_to(actor)
    return tuple(seen.filter(reference=tidy).union(seen.filter(pk__in=told)))


def referrals_numbered(text: str, *, actor: Officer) -> tuple[Referral, ...]:
    """The referrals to the actor's agency of this number, or of the report of this number."""
    tidy = tidy_reference(text)
    if tidy is None:
        return ()
    seen = Referral.objects.visible_to(actor).filter(to_agency=actor.agency_id)
    by_report = seen.filter(report__reference=tidy)
    found = seen.filter(reference=tidy).union(by_report)
    return tuple(found.order_by("-sent_at")[:MOST_FOUND])
