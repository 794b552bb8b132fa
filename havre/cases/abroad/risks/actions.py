"""Assessing the risk of mistreatment, deciding on it, and tying an exchange to what it is about."""

from collections.abc import Sequence
from uuid import UUID

from havre.agencies.models import Officer
from havre.audit.actions import action
from havre.audit.rules import Event
from havre.cases.abroad.keeping import held_exchange, note_on
from havre.cases.abroad.models import Assessment, Exchange, Link
from havre.cases.abroad.reads import assessments_of, links_seen, thing_called
from havre.cases.abroad.rules.mistreatment import (
    Act,
    Decision,
    Measure,
    Risk,
    check_cleared,
    check_decision,
    must_escalate,
)
from havre.cases.abroad.rules.states import ExchangeState, ExchangeStateError, has_told_us
from havre.cases.abroad.sealed import exchange_key, seal_part
from havre.cases.models import Case
from havre.intake.models import Report
from havre.plumbing import clock, ids
from havre.referrals.models import Referral


@action(Event.EXCHANGE_ASSESSED)
def assess_exchange(
    reference: str,
    *,
    acts: Sequence[Act],
    risk: Risk,
    measures: Sequence[Measure] = (),
    grounds: str,
    is_escalated: bool = False,
    by: Officer,
) -> Assessment:
    """Say what the risk of mistreatment is, for what stands in the exchange now.

    A risk that is not low is refused by this, unless it is escalated: then a second person
    decides. So does one for a low risk where it was seen otherwise before. Raises
    ExchangeStateError for a closed one.
    """
    exchange = _open(reference, by=by)
    made = Assessment(
        id=ids.uuid7(),
        exchange=exchange,
        acts=sorted(set(acts)),
        risk=risk,
        measures=sorted(set(measures)),
        revision=exchange.revision,
        at=clock.now(),
        by=by,
    )
    earlier = [one.assessed for one in assessments_of(exchange)]
    asks_above = is_escalated and risk is not Risk.NOT_SUBSTANTIAL
    made.is_escalated = asks_above or must_escalate(risk, acts, earlier)
    key = exchange_key(exchange, by=by)
    made.grounds = seal_part(exchange, grounds, key=key, column="grounds", row=made.pk)
    made.save(force_insert=True)
    note_on(exchange, Event.EXCHANGE_ASSESSED, by=by, risk=risk, escalated=made.is_escalated)
    return made


@action(Event.EXCHANGE_DECIDED)
def decide_exchange(
    reference: str,
    assessment: UUID,
    *,
    decision: Decision,
    measures: Sequence[Measure] = (),
    because: str,
    by: Officer,
) -> Assessment:
    """Decide, as the second person, on a risk that was escalated.

    Raises Assessment.DoesNotExist, NothingToDecideError, SamePersonError, NoMeasureError,
    ExchangeStateError.
    """
    exchange = _open(reference, by=by)
    made = Assessment.objects.get(exchange=exchange, pk=assessment)
    lessened = sorted({*made.measures, *measures})
    check_decision(
        made.assessed, decision, by=str(by.person_pk), measures=[Measure(one) for one in lessened]
    )
    made.decision, made.measures = decision, lessened
    made.decided_at, made.decided_by = clock.now(), by
    key = exchange_key(exchange, by=by)
    made.decided_because = seal_part(exchange, because, key=key, column="because", row=made.pk)
    made.save()
    note_on(exchange, Event.EXCHANGE_DECIDED, by=by, decision=decision)
    return made


@action(Event.EXCHANGE_LINKED)
def link_exchange(reference: str, called: str, *, by: Officer) -> Link:
    """Tie an exchange to a report, referral or case that one may see. Safe to repeat.

    What they told us is used by that: not before it was assessed. Raises ObjectDoesNotExist,
    ExchangeStateError, and the kinds of RiskRefusedError.
    """
    exchange = _open(reference, by=by)
    if has_told_us(exchange.life):
        made = [one.assessed for one in assessments_of(exchange)]
        check_cleared([Act.USE], made, revision=exchange.revision)
    link = _link_to(thing_called(called, actor=by), exchange, by=by)
    known = links_seen(exchange, actor=by).links
    first = next((one for one in known if _end(one) == _end(link)), None)
    if first is None:
        link.save(force_insert=True)
    note_on(exchange, Event.EXCHANGE_LINKED, by=by, link=str((first or link).pk))
    return first or link


@action(Event.EXCHANGE_UNLINKED)
def unlink_exchange(reference: str, link: UUID, *, by: Officer) -> Link:
    """Take such a tie away. Raises Link.DoesNotExist, also where one does not see what it is."""
    exchange = _open(reference, by=by)
    tied = {one.pk: one for one in links_seen(exchange, actor=by).links}
    if link not in tied:
        raise Link.DoesNotExist
    tied[link].ended_at = clock.now()
    tied[link].save(update_fields=["ended_at"])
    note_on(exchange, Event.EXCHANGE_UNLINKED, by=by, link=str(link))
    return tied[link]


def _open(reference: str, *, by: Officer) -> Exchange:
    exchange = held_exchange(reference, by=by)
    if exchange.state == ExchangeState.CLOSED:
        raise ExchangeStateError(exchange.state)
    return exchange


def _link_to(thing: Report | Referral | Case, exchange: Exchange, *, by: Officer) -> Link:
    link = Link(id=ids.uuid7(), exchange=exchange, made_at=clock.now(), by=by)
    if isinstance(thing, Case):
        link.case, link.called = thing, thing.written_number
    elif isinstance(thing, Report):
        link.report, link.called = thing, thing.reference
    else:
        link.referral, link.called = thing, thing.reference
    return link


def _end(link: Link) -> tuple[UUID | None, UUID | None, UUID | None]:
    return link.report_id, link.referral_id, link.case_id
