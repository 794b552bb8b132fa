"""Making the package of a referral, once, and serving it again."""

import json
from collections import Counter
from datetime import datetime
from importlib.resources import files

from havre.agencies.models import Officer
from havre.agencies.rules.words import AgencyKind
from havre.audit.actions import action
from havre.audit.rules import Event
from havre.evidence.custody import key_of
from havre.intake.actions import open_report
from havre.intake.reads import OpenedReport
from havre.plumbing import clock, ids
from havre.plumbing.sealing import open_bytes, place, seal_bytes
from havre.plumbing.signing import signing_key
from havre.plumbing.timestamps import time_authority
from havre.referrals.models import Package, Referral
from havre.referrals.packages.proving import proven
from havre.referrals.packages.rules.archive import checked
from havre.referrals.packages.rules.case import case_graph
from havre.referrals.packages.rules.identifiers import identifier_list
from havre.referrals.packages.rules.police import About, police_report
from havre.referrals.packages.summary import Told, summaries
from havre.referrals.pages.reads import held_mentions, values_held
from havre.referrals.pages.telling import texts_of
from havre.referrals.rules.redact import Cut, redacted
from havre.referrals.rules.states import OVER
from havre.referrals.sealed import held_by, opened_words, write_line

SCHEMA = "police.schema.json"
# The desk's own words, as a field among the report's.
REASON = "reason"


@action(Event.PACKAGE_FETCHED)
def fetch_package(reference: str, *, by: Officer) -> bytes:
    """The package of a referral to this officer's agency: made at the first call, kept sealed.

    From then on it is the same, byte for byte. Raises Referral.DoesNotExist, and KeyRefusedError
    once the report's key is gone.
    """
    referral = held_by(by, reference)
    if referral.state in OVER:
        raise Referral.DoesNotExist
    key = key_of(referral.report_id, by=by)
    package = Package.objects.filter(referral=referral).first()
    if package is None:
        package = Package(id=ids.uuid7(), referral=referral, made_by=by, made_at=clock.now())
        container = _made(referral, at=package.made_at, by=by)
        package.sha256 = checked(container).sha256
        at = place("package", "sealed", package.pk)
        package.sealed = seal_bytes(key, container, at=at)
        package.save(force_insert=True)
    container = open_bytes(key, bytes(package.sealed), at=place("package", "sealed", package.pk))
    write_line(Event.PACKAGE_FETCHED, referral, by=by, sha256=package.sha256)
    return container


def _made(referral: Referral, *, at: datetime, by: Officer) -> bytes:
    opened = open_report(referral.report.reference, by=by)
    reason = opened_words(referral, by=by).reason
    texts = {**texts_of(opened.submission), REASON: reason}
    held = values_held(opened.report.pk, texts, actor=by)
    recipient = AgencyKind(referral.to_agency.kind)
    given = redacted(opened.submission, recipient=recipient, held=held)
    about = _about(referral, opened)
    told = Told(
        submission=given,
        exhibits=opened.exhibits,
        withheld=Counter(held_mentions(opened.report.pk, actor=by).values()),
        reason=Cut(held)(REASON, reason),
        made_at=at,
    )
    members = {
        "case.jsonld": _written(case_graph(given, about)),
        "identifiers.csv": identifier_list(given),
        "police.json": _written(police_report(given, about)),
        SCHEMA: (files("havre.referrals.packages") / "data" / SCHEMA).read_bytes(),
        **summaries(referral, told),
    }
    return proven(
        members,
        about=referral.reference,
        made_at=at,
        key=signing_key(),
        authority=time_authority(),
    )


def _about(referral: Referral, opened: OpenedReport) -> About:
    provider = opened.report.provider
    return About(
        referral=referral.reference,
        report=opened.report.reference,
        received_at=opened.report.received_at,
        sent_at=referral.sent_at,
        agency=referral.to_agency.name_en,
        provider=provider.name if provider else "",
    )


def _written(tree: object) -> bytes:
    return (json.dumps(tree, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
