"""Sharing a case for a time, taking that back, and handing a case over."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from havre.agencies.models import Agency, Officer
from havre.audit.actions import action, record
from havre.audit.rules import Actor, Event, Station
from havre.cases.keeping import next_number, note_on
from havre.cases.models import KEY_COMPARTMENT, Case, Grant, Member
from havre.cases.reads import access_to, case_to_lead, is_seen_in
from havre.cases.rules import access as rules
from havre.cases.rules.access import GrantKind, Part
from havre.cases.sealed import case_key, wrap_case_key
from havre.cases.search.keeping import keep_words_anew
from havre.evidence.custody import agency_recipient
from havre.evidence.models import RecordKey
from havre.links.watches.actions import end_watches_of_case
from havre.plumbing import clock, ids
from havre.plumbing.context import acting_as
from havre.referrals.notices.rules import NewsKind
from havre.referrals.notices.telling import tell_without_referral


@action(Event.CASE_SHARED)
def share_case(
    reference: str,
    *,
    to: Agency,
    until: datetime,
    kind: GrantKind = GrantKind.SHARE,
    parts: Collection[Part] = (),
    by: Officer,
) -> Grant:
    """Let another agency read a case or some of it until a moment, or work on it together.

    What that agency had before is replaced. Raises GrantRefusedError, AlsoTheirsError,
    Case.DoesNotExist for whoever does not lead the case.
    """
    case, now = case_to_lead(reference, by=by), clock.now()
    rules.check_giver(str(to.pk), elsewhere=by.context.elsewhere.split(","))
    rules.granted(
        access_to(case),
        rules.Grant(to_agency=str(to.pk), kind=kind, parts=frozenset(parts), until=until),
        at=now,
    )
    Grant.objects.filter(case=case, to_agency=to, withdrawn_at=None).update(withdrawn_at=now)
    grant = Grant(
        id=ids.uuid7(),
        case=case,
        from_agency=case.agency,
        to_agency=to,
        kind=kind,
        parts=sorted(parts),
        since=now,
        until=until,
        by=by,
    )
    grant.save(force_insert=True)
    _give_key(case, to, by=by)
    _tell(case, to)
    note_on(case, Event.CASE_SHARED, by=by, agency=str(to.pk), kind=kind, until=until.isoformat())
    return grant


@action(Event.CASE_SHARE_ENDED)
def withdraw_grant(reference: str, grant: UUID, *, by: Officer) -> Grant:
    """End a share at once. Its agency's members leave, and its key is deleted.

    Raises Grant.DoesNotExist, Case.DoesNotExist.
    """
    case, now = case_to_lead(reference, by=by), clock.now()
    ended = Grant.objects.get(case=case, pk=grant, withdrawn_at=None)
    ended.withdrawn_at = now
    ended.save(update_fields=["withdrawn_at"])
    note_on(case, Event.CASE_SHARE_ENDED, by=by, agency=str(ended.to_agency_id))
    with acting_as(Station.PIPELINE.context):
        _tidy(case, now)
    return ended


@action(Event.CASE_HANDED_OVER)
def hand_over_case(reference: str, *, to: Agency, by: Officer) -> Case:
    """Give a case to another agency. The old owner's access ends with this transaction.

    It gets a number of its new agency; other agencies keep what they were granted. Raises
    GrantRefusedError, AlsoTheirsError, Case.DoesNotExist.
    """
    case, now = case_to_lead(reference, by=by), clock.now()
    rules.check_giver(str(to.pk), elsewhere=by.context.elsewhere.split(","))
    key = case_key(case, by=by)
    after = rules.handed_over(access_to(case), to_agency=str(to.pk), at=now)
    note_on(case, Event.CASE_HANDED_OVER, by=by, agency=str(to.pk))
    end_watches_of_case(case.pk, by=by)
    with acting_as(Station.PIPELINE.context):
        earlier = f"{case.agency.code} {case.written_number}"
        case.earlier_numbers = [*case.earlier_numbers, earlier]
        gone = Grant.objects.filter(case=case, withdrawn_at=None, to_agency=to)
        gone.update(withdrawn_at=now)
        Grant.objects.filter(case=case, withdrawn_at=None).update(from_agency=to)
        case.year = now.astimezone(clock.LEGAL_ZONE).year
        case.agency, case.number = to, next_number(to, case.year)
        case.restricted, case.changed_at = after.restricted, now
        case.save()
        wrap_case_key(case, key, agency=to.pk)
        keep_words_anew(case, key=key)
        _tidy(case, now)
        _tell(case, to)
        note_on(case, Event.CASE_HANDED_OVER, by=Station.PIPELINE, agency=str(to.pk))
    return case


@action(Event.CASE_KEYS_DROPPED)
def drop_ended_keys(*, by: Actor) -> int:
    """End the memberships and delete the keys of shares that have run out. Safe to repeat.

    They open nothing since the moment they ran out; this only tidies. Gives how many keys.
    """
    now = clock.now()
    over = Case.objects.filter(grants__until__lte=now).distinct()
    dropped = sum(_tidy(case, now) for case in over)
    record(Event.CASE_KEYS_DROPPED, about_kind="keys", about="cases", by=by, count=dropped)
    return dropped


def _tell(case: Case, to: Agency) -> None:
    """Let an agency know of a case, unless nobody there may know that it exists."""
    if is_seen_in(to, case):
        with acting_as(Station.PIPELINE.context):
            tell_without_referral(to.pk, NewsKind.CASE_GIVEN)


def _give_key(case: Case, to: Agency, *, by: Officer) -> None:
    key = case_key(case, by=by)
    # The wrap of another agency is not this officer's to see, so whether there is one is asked
    # in Havre's own name.
    with acting_as(Station.PIPELINE.context):
        wrap_case_key(case, key, agency=to.pk)


def _tidy(case: Case, now: datetime) -> int:
    """Nobody stays a member, and no key stays, of an agency that no longer sees the case."""
    access = access_to(case)
    for member in Member.objects.filter(case=case, until=None).select_related("officer"):
        if not rules.may_join(access, agency=str(member.agency_id), at=now):
            member.until = now
            member.save(update_fields=["until"])
            case.readers = [one for one in case.readers if one != member.officer.signature]
    case.save(update_fields=["readers"])
    seeing = {access.owner, *(g.to_agency for g in access.grants if g.in_force(now))}
    wraps = RecordKey.objects.filter(record=case.pk, compartment=KEY_COMPARTMENT)
    gone, _ = wraps.exclude(recipient__in=[agency_recipient(one) for one in seeing]).delete()
    return gone
