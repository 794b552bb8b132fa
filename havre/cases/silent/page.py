"""What the pages of silent watches show, in the reader's language."""

from dataclasses import dataclass

from django.utils.functional import Promise

from havre.agencies.models import Officer, is_same_person
from havre.cases.silent.actions import OpenedSilent
from havre.cases.silent.forms import DecideForm, LongerForm
from havre.cases.silent.wording import REFUSALS, STATES
from havre.cases.watches.wording import AUTHORITIES
from havre.links.silent.models import SilentAlert, SilentWatch
from havre.links.silent.rules import SilentState
from havre.links.watches.rules import REMIND
from havre.plumbing import clock
from havre.referrals.wording import KINDS


@dataclass(frozen=True, slots=True, kw_only=True)
class SilentRow:
    """A silent watch in words, with its alerts and the forms that change it.

    An alert comes with its report's reference, where the reader was sent that report.
    """

    watch: SilentWatch
    agency: str
    kind: Promise
    value: str
    reason: str
    authority: Promise
    state: Promise
    refusal: Promise | None
    is_in_force: bool
    ends_soon: bool
    may_end: bool
    may_decide: bool
    alerts: tuple[tuple[SilentAlert, str], ...]
    longer: LongerForm
    decide: DecideForm


def silent_rows(opened: OpenedSilent, *, language: str, reader: Officer) -> list[SilentRow]:
    """The silent watches of a page."""
    soon = clock.now() + REMIND
    return [
        SilentRow(
            watch=watch,
            agency=watch.agency.name(language),
            kind=KINDS[watch.kind],
            value=opened.said.get(watch.pk, ("", ""))[0],
            reason=opened.said.get(watch.pk, ("", ""))[1],
            authority=AUTHORITIES[watch.authority],
            state=STATES[watch.state],
            refusal=REFUSALS.get(watch.refusal),
            is_in_force=watch.state is SilentState.IN_FORCE,
            ends_soon=bool(watch.until and clock.now() < watch.until <= soon),
            may_end=watch.state in {SilentState.ASKED, SilentState.IN_FORCE},
            may_decide=watch.wanted_until is not None
            and not is_same_person(watch.asked_by, reader),
            alerts=tuple(
                (alert, opened.page.opened.get(alert.report_id, ""))
                for alert in opened.page.alerts.get(watch.pk, ())
            ),
            longer=LongerForm(watch=watch.reference),
            decide=DecideForm(watch=watch.reference),
        )
        for watch in opened.page.watches
    ]
