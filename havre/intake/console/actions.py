"""What a provider's engineer does at the console. Each look leaves its line."""

from datetime import timedelta

from havre.agencies.actions import change_provider, issue_key
from havre.agencies.models import Officer, Provider, ProviderKey
from havre.agencies.reads import keys_of, provider_of
from havre.agencies.rules.providers import Reading
from havre.audit.actions import action, record
from havre.audit.rules import Detail, Event
from havre.intake.console.pasted import checked_as_pasted
from havre.intake.console.reads import (
    DutiesPage,
    OneReport,
    ReportsPage,
    Scorecard,
    duties_page,
    one_report,
    reports_page,
    scorecard,
)
from havre.intake.providers.wires.ispws_check import Check
from havre.intake.xarf.models import Sender
from havre.intake.xarf.reads import senders_of
from havre.plumbing import clock


@action(Event.CONSOLE_READ)
def read_reports(
    *, state: str = "", sought: str = "", after: str = "", by: Officer
) -> tuple[ReportsPage, Scorecard, Provider]:
    """Look at a page of the own provider's reports, and how they fared."""
    page = reports_page(state=state, sought=sought, after=after, actor=by)
    _note(by, page="reports", rows=len(page.rows))
    return page, scorecard(actor=by), provider_of(by)


@action(Event.CONSOLE_READ)
def read_report(number: int, *, by: Officer) -> OneReport:
    """Look at one report of the own provider. Raises Filing.DoesNotExist."""
    found = one_report(number, actor=by)
    _note(by, page="report", number=number)
    return found


@action(Event.CONSOLE_READ)
def read_duties(*, state: str = "", after: str = "", by: Officer) -> DutiesPage:
    """Look at the own provider's clocks of preservation."""
    page = duties_page(state=state, after=after, actor=by)
    _note(by, page="duties", rows=len(page.rows))
    return page


@action(Event.CONSOLE_READ)
def read_keys(*, by: Officer) -> tuple[Provider, list[ProviderKey]]:
    """Look at when the own provider was given keys, and when they end."""
    provider = provider_of(by)
    _note(by, page="keys")
    return provider, keys_of(provider)


@action(Event.PROVIDER_KEY_ISSUED)
def change_own_key(*, overlap: timedelta, by: Officer) -> str:
    """Make a new key for the own provider; it is given back once. Raises ValueError."""
    return issue_key(provider_of(by), overlap=overlap, by=by)


@action(Event.PROVIDER_CHANGED)
def bind_own_keys(*, certificates: list[str], networks: list[str], by: Officer) -> None:
    """Bind the own provider's keys to certificates and networks; empty lists bind to none."""
    change_provider(provider_of(by), certificates=certificates, networks=networks, by=by)


@action(Event.CONSOLE_READ)
def read_company(*, by: Officer) -> tuple[Provider, list[Sender]]:
    """Look at how the own provider is known here, and from which e-mail addresses it reports."""
    provider = provider_of(by)
    _note(by, page="company")
    return provider, senders_of(provider, actor=by)


@action(Event.PROVIDER_CHANGED)
def change_company(*, contact: str, mail_to: str, wants_quality: bool, by: Officer) -> None:
    """Say who answers at the own provider, where it hears of questions, if quality is told."""
    change_provider(
        provider_of(by), contact=contact, mail_to=mail_to, wants_quality=wants_quality, by=by
    )


@action(Event.DOCUMENT_CHECKED)
def check_document(source: bytes, *, by: Officer) -> Check:
    """Check a document as its door would, and keep nothing of it but the code of the answer."""
    is_lenient = provider_of(by).reading == Reading.LENIENT
    found = checked_as_pasted(source, now=clock.now(), lenient=is_lenient)
    record(
        Event.DOCUMENT_CHECKED,
        about_kind="provider",
        about=str(by.provider_id),
        by=by,
        code=int(found.code),
        bytes=len(source),
    )
    return found


def _note(by: Officer, **details: Detail) -> None:
    record(Event.CONSOLE_READ, about_kind="provider", about=str(by.provider_id), by=by, **details)
