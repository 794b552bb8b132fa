"""Questions about secondments: what stands between two agencies, and what one may do with it."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import get_language

from havre.agencies.models import Agency, Officer
from havre.agencies.reads import places_of, the_tipline
from havre.agencies.rules.permits import Role
from havre.agencies.rules.words import AgencyKind
from havre.agencies.secondments.models import Secondment, SecondmentQuerySet
from havre.agencies.secondments.rules import (
    OPEN_STATES,
    STANDING,
    Decision,
    Side,
    Speaker,
    State,
    is_near_its_end,
    refusal_to_agree,
    refusal_to_renew,
    speaks_for,
    terms_in_force,
)
from havre.agencies.secondments.wording import REASONS, STATES
from havre.agencies.staff.reads import DoneLine, lines_about
from havre.agencies.wording import ROLES
from havre.audit.rules import Actor
from havre.plumbing import clock

ROWS = 50
NEVER_LENT = [str(role) for role in terms_in_force().never_lent]
NEVER_IN = [str(kind) for kind in terms_in_force().never_in]


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondmentRow:
    """One secondment as a page shows it, in the reader's language."""

    secondment: Secondment
    state: State
    state_word: Promise
    role: Promise
    reason: Promise
    name: str
    home: str
    host: str
    waits_for_me: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondmentsPage:
    """What stands between one's own agency and others; the latest first."""

    rows: tuple[SecondmentRow, ...]
    next: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondmentPage:
    """One secondment, who asked and agreed, and what the one who looks may do with it."""

    row: SecondmentRow
    asked_by: str
    decided_by: str
    ended_by: str
    may_decide: bool
    may_withdraw: bool
    may_end: bool
    may_let_in: bool
    may_renew: bool
    is_of_host: bool
    renewal: Secondment | None
    done: tuple[DoneLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place to act from, for the page where one chooses; None stands for the own agency."""

    officer: Officer | None
    agency: str
    role: Promise
    until: date | None
    is_chosen: bool


def speaker_of(by: Officer) -> Speaker:
    """Somebody who asks or agrees, as the rules see them."""
    home = by.person.agency_id if by.person else by.agency_id
    return Speaker(id=by.person_pk, agency=by.agency_id, home=home, role=Role(by.role))


def speaks_at(by: Officer, secondment: Secondment, side: Side) -> bool:
    """Whether somebody speaks for a side of a secondment."""
    agency = secondment.agency_of(side)
    return speaks_for(speaker_of(by), agency.pk, AgencyKind(agency.kind))


def secondment_by_id(pk: UUID, *, actor: Officer) -> Secondment:
    """A secondment that somebody speaks for. Raises Secondment.DoesNotExist for every other."""
    found = _whole(actor).get(pk=pk)
    if not any(speaks_at(actor, found, side) for side in Side):
        raise Secondment.DoesNotExist
    return found


def page_of_secondments(*, after: str = "", actor: Officer) -> SecondmentsPage:
    """The secondments that somebody speaks for; `after` is what the page before gave as `next`."""
    found = _spoken_for(_whole(actor), actor)
    with suppress(ValueError):
        found = found.filter(pk__lt=UUID(after)) if after else found
    rows = list(found[: ROWS + 1])
    return SecondmentsPage(
        rows=tuple(secondment_row(one, actor) for one in rows[:ROWS]),
        next=str(rows[ROWS - 1].pk) if len(rows) > ROWS else "",
    )


def page_of_secondment(secondment: Secondment, *, actor: Officer) -> SecondmentPage:
    """A secondment with what may be done and what was done, as far as the one who looks may see."""
    state = secondment.state
    speaks = [side for side in Side if speaks_at(actor, secondment, side)]
    renewal = Secondment.objects.visible_to(actor).filter(renews=secondment).first()
    return SecondmentPage(
        row=secondment_row(secondment, actor),
        asked_by=secondment.asked_by.display_name,
        decided_by=secondment.decided_by.display_name if secondment.decided_by else "",
        ended_by=secondment.ended_by.display_name if secondment.ended_by else "",
        may_decide=state is State.ASKED and may_decide(secondment, actor),
        may_withdraw=state is State.ASKED and secondment.asked_side in speaks,
        may_end=state in STANDING,
        may_let_in=is_kept_out(secondment) and may_let_in(secondment, actor),
        may_renew=not refusal_to_renew(
            state, renewals=secondment.renewals, is_renewed=_is_renewed(renewal)
        ),
        is_of_host=Side.HOST in speaks,
        renewal=renewal,
        done=lines_about(secondment.pk),
    )


def may_decide(secondment: Secondment, by: Officer) -> bool:
    """Whether somebody may agree to what was asked, or refuse it."""
    return speaks_at(by, secondment, secondment.other_side) and not refusal_to_agree(
        asker=speaker_of(secondment.asked_by),
        decider=speaker_of(by),
        person=secondment.person_id,
        role=Role(secondment.role),
    )


def may_let_in(secondment: Secondment, by: Officer) -> bool:
    """Whether somebody may let the officer in again: for the host, and no guest of it from home."""
    is_from_home = speaker_of(by).home == secondment.home_id
    return speaks_at(by, secondment, Side.HOST) and not is_from_home


def is_kept_out(secondment: Secondment) -> bool:
    """Whether a place waits to be opened again while the account at home is open."""
    return secondment.state is State.HELD and secondment.person.is_active


def renewal_of(secondment: Secondment, *, actor: Officer) -> Secondment | None:
    """What was asked for to follow on a secondment, unless it came to nothing."""
    found = Secondment.objects.visible_to(actor).filter(renews=secondment).first()
    return found if _is_renewed(found) else None


def who_may_be_lent(by: Officer) -> list[Officer]:
    """The officers that somebody may lend: the own agency's, or those they speak for."""
    found = Officer.objects.who_sign_in().filter(is_active=True).select_related("agency")
    found = found.exclude(role__in=NEVER_LENT).exclude(pk=by.person_pk)
    agencies = [one.pk for one in agencies_spoken_for(by)]
    return list(found.filter(agency__in=agencies).order_by("display_name", "pk"))


def agencies_spoken_for(by: Officer) -> list[Agency]:
    """The agencies that somebody may lend officers of."""
    if by.role == Role.PLATFORM_ADMIN:
        kinds = [str(kind) for kind in terms_in_force().admin_speaks_for]
        return list(Agency.objects.filter(kind__in=kinds))
    return list(Agency.objects.filter(pk=by.agency_id).exclude(kind__in=NEVER_IN))


def agencies_that_receive(by: Officer) -> list[Agency]:
    """The agencies where somebody could agree to receive an officer."""
    kinds = [str(kind) for kind in terms_in_force().admin_speaks_for]
    keepers = [Role.AGENCY_SUPERVISOR, Role.SUPERVISOR]
    led = Officer.objects.who_sign_in().filter(is_active=True, role__in=keepers).values("agency")
    found = Agency.objects.filter(Q(pk__in=led) | Q(kind__in=kinds)).exclude(kind__in=NEVER_IN)
    return list(found.exclude(pk=by.agency_id))


def who_speaks_for_both(home: Agency, host: Agency) -> Agency | None:
    """The tipline, where one of its administrators may speak for one of two agencies."""
    kinds = terms_in_force().admin_speaks_for
    return the_tipline() if {home.kind, host.kind} & kinds else None


def stands_between(person: Officer, host: Agency, *, actor: Officer) -> list[Secondment]:
    """What was asked or agreed for a person and a host, and is not over."""
    found = Secondment.objects.visible_to(actor).filter(person=person, host=host, ended_at=None)
    rows = found.filter(ends_at__gt=clock.now()).select_related("place")
    return [one for one in rows if one.state in OPEN_STATES]


def places_to_act_from(person: Officer, chosen: str) -> list[Place]:
    """For whom a person may act now: the own agency first. `chosen` is a place's id, or ""."""
    language = get_language() or "en"
    own = Place(
        officer=None,
        agency=person.agency.name(language),
        role=ROLES[person.role],
        until=None,
        is_chosen=not chosen,
    )
    return [own, *(_place(one, language, chosen) for one in places_of(person))]


def secondments_over(*, actor: Actor) -> list[Secondment]:
    """What ran out and was not noted as ended yet."""
    standing = Secondment.objects.visible_to(actor).filter(decision=Decision.AGREED, ended_at=None)
    return list(standing.filter(ends_at__lte=clock.now()).select_related("place")[:ROWS])


def secondments_near_end(*, actor: Actor) -> list[Secondment]:
    """What ends soon, is not renewed, and of which the agencies were not told yet."""
    now, terms = clock.now(), terms_in_force()
    standing = Secondment.objects.visible_to(actor).filter(decision=Decision.AGREED, ended_at=None)
    near = standing.filter(ends_at__lte=now + terms.notice, ends_at__gt=now, told_at=None)
    rows = near.exclude(renewal__decision=Decision.AGREED)[:ROWS]
    return [one for one in rows if is_near_its_end(one.ends_at, now=now)]


def _whole(actor: Officer) -> SecondmentQuerySet:
    return Secondment.objects.visible_to(actor).select_related(
        "person", "home", "host", "asked_by", "decided_by", "ended_by", "place"
    )


def _spoken_for(found: SecondmentQuerySet, by: Officer) -> SecondmentQuerySet:
    if by.role == Role.PLATFORM_ADMIN:
        kinds = [str(kind) for kind in terms_in_force().admin_speaks_for]
        return found.filter(Q(home__kind__in=kinds) | Q(host__kind__in=kinds))
    return found.filter(Q(home=by.agency_id) | Q(host=by.agency_id))


def secondment_row(one: Secondment, actor: Officer) -> SecondmentRow:
    language, state = get_language() or "en", one.state
    return SecondmentRow(
        secondment=one,
        state=state,
        state_word=STATES[state],
        role=ROLES[one.role],
        reason=REASONS[one.reason],
        name=one.person.display_name,
        home=one.home.name(language),
        host=one.host.name(language),
        waits_for_me=state is State.ASKED and may_decide(one, actor),
    )


def _place(one: Officer, language: str, chosen: str) -> Place:
    last = one.ends.astimezone(clock.LEGAL_ZONE)
    return Place(
        officer=one,
        agency=one.agency.name(language),
        role=ROLES[one.role],
        until=last_day_of(last.date()),
        is_chosen=chosen == str(one.pk),
    )


def last_day_of(end: date) -> date:
    """The last whole day before a place is over."""
    return date.fromordinal(end.toordinal() - 1)


def _is_renewed(renewal: Secondment | None) -> bool:
    return renewal is not None and renewal.decision in {"", Decision.AGREED}
