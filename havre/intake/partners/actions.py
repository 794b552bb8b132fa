"""Keeping the list of partners."""

from havre.agencies.models import Officer
from havre.audit.actions import action, record
from havre.audit.rules import Event
from havre.intake.partners.models import Partner
from havre.intake.partners.reads import Source, partner_by_code, sources
from havre.plumbing import clock, ids


@action(Event.PARTNERS_READ)
def read_partners(*, days: int, by: Officer) -> tuple[Source, ...]:
    """Look at what came by each partner's links."""
    found = sources(days=days, actor=by)
    record(Event.PARTNERS_READ, about_kind="partners", about="all", by=by, rows=len(found))
    return found


@action(Event.PARTNERS_READ)
def read_partner(code: str, *, by: Officer) -> Partner:
    """Look at one partner and its links. Raises Partner.DoesNotExist."""
    partner = partner_by_code(code)
    record(Event.PARTNERS_READ, about_kind="partner", about=partner.pk, by=by, rows=1)
    return partner


@action(Event.PARTNER_ADDED)
def add_partner(code: str, *, name_en: str, name_fr: str, site: str = "", by: Officer) -> Partner:
    """Add a partner; from now on its links count as its own, those of before too."""
    partner = Partner(
        id=ids.uuid7(),
        code=code,
        name_en=name_en,
        name_fr=name_fr,
        site=site,
        added_at=clock.now(),
        added_by=by,
    )
    partner.save(force_insert=True)
    record(Event.PARTNER_ADDED, about_kind="partner", about=partner.pk, by=by, code=code)
    return partner


@action(Event.PARTNER_CHANGED)
def change_partner(code: str, *, name_en: str, name_fr: str, site: str, by: Officer) -> Partner:
    """Change what a partner is called, never the word in its links. Raises DoesNotExist."""
    partner = partner_by_code(code)
    partner.name_en, partner.name_fr, partner.site = name_en, name_fr, site
    partner.save(update_fields=["name_en", "name_fr", "site"])
    record(Event.PARTNER_CHANGED, about_kind="partner", about=partner.pk, by=by, is_open=None)
    return partner


@action(Event.PARTNER_CHANGED)
def close_partner(code: str, *, is_open: bool, by: Officer) -> Partner:
    """Close a partner, or open it again; its links go on working. Raises DoesNotExist."""
    partner = partner_by_code(code)
    partner.closed_at = None if is_open else partner.closed_at or clock.now()
    partner.save(update_fields=["closed_at"])
    record(Event.PARTNER_CHANGED, about_kind="partner", about=partner.pk, by=by, is_open=is_open)
    return partner
