"""What goes into a package: the members, the files sealed to the agency, the proofs."""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files

from havre.agencies.models import Officer
from havre.agencies.rules.words import AgencyKind
from havre.evidence.custody import key_of
from havre.evidence.models import Exhibit
from havre.evidence.vault import opened_exhibit
from havre.intake.actions import open_report
from havre.intake.reads import OpenedReport
from havre.plumbing.signing import usable_signing_key
from havre.plumbing.timestamps import time_authority
from havre.referrals.models import Referral
from havre.referrals.packages.proving import proven
from havre.referrals.packages.reads import standing_key
from havre.referrals.packages.rules.archive import SEALED, SealedFile
from havre.referrals.packages.rules.case import case_graph
from havre.referrals.packages.rules.exhibits import Absence, absences
from havre.referrals.packages.rules.identifiers import identifier_list
from havre.referrals.packages.rules.police import About, Json, police_report
from havre.referrals.packages.summary import Told, summaries
from havre.referrals.packages.wires.age import fingerprint_of, sealed_for
from havre.referrals.pages.reads import held_mentions
from havre.referrals.pages.withholding import REASON, notes_given, spans_held, translations_given
from havre.referrals.reads import part_sent
from havre.referrals.rules.redact import Cut, redacted
from havre.referrals.sealed import opened_words
from havre.triage.enrichment.reads import note_rows
from havre.triage.enrichment.sealed import opened_notes
from havre.triage.interpreting.sealed import OpenedTranslation, translations_to_read

SCHEMA = "police.schema.json"
# Beside the police JSON, whose fields are fixed: what the words say in another language.
TRANSLATIONS = "translations.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """An archive, and whether it lacks files for want of a key."""

    container: bytes
    lacks_key: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """The files of a report in a package: those that go in sealed, and why others do not.

    `places` says of each exhibit, in its order, the member it is or why it is none.
    """

    members: dict[str, bytes]
    sealed: dict[str, SealedFile]
    places: tuple[str | Absence, ...]


def made_of(referral: Referral, *, at: datetime, by: Officer) -> Made:
    """The archive of a referral as it is now."""
    part = part_sent(referral, actor=by)
    opened = open_report(referral.report.reference, incident=part, by=by)
    going = _files(opened.exhibits, referral, by=by)
    reason = opened_words(referral, by=by).reason
    held = spans_held(opened, {REASON: reason}, actor=by)
    recipient = AgencyKind(referral.to_agency.kind)
    looked = opened_notes(opened.report, by=by) if part is None else ()
    translated = translations_to_read(opened.report, by=by) if part is None else ()
    notes = notes_given(looked, opened, actor=by)
    told = Told(
        submission=redacted(opened.submission, recipient=recipient, held=held),
        exhibits=opened.exhibits,
        places=going.places,
        withheld=Counter(held_mentions(opened.report.pk, part=part, actor=by).values()),
        reason=Cut(held)(REASON, reason),
        looked=note_rows(notes),
        translations=translations_given(translated, opened, actor=by),
        made_at=at,
    )
    container = proven(
        {**_told_in_forms(referral, opened, told), **going.members},
        about=referral.reference,
        made_at=at,
        key=usable_signing_key(),
        authority=time_authority(),
        sealed=going.sealed,
    )
    return Made(container=container, lacks_key=Absence.NO_KEY in going.places)


def police_and_reason(
    referral: Referral, opened: OpenedReport, reason: str, *, by: Officer
) -> tuple[Json, str]:
    """The police JSON that a package of a referral carries, and the desk's reason without names."""
    held = spans_held(opened, {REASON: reason}, actor=by)
    recipient = AgencyKind(referral.to_agency.kind)
    given = redacted(opened.submission, recipient=recipient, held=held)
    return police_report(given, _about(referral, opened)), Cut(held)(REASON, reason)


def _told_in_forms(referral: Referral, opened: OpenedReport, told: Told) -> dict[str, bytes]:
    about = _about(referral, opened)
    return {
        "case.jsonld": _written(case_graph(told.submission, about)),
        "identifiers.csv": identifier_list(told.submission),
        "police.json": _written(police_report(told.submission, about)),
        SCHEMA: (files("havre.referrals.packages") / "data" / SCHEMA).read_bytes(),
        **(
            {TRANSLATIONS: _written([_told(one) for one in told.translations])}
            if told.translations
            else {}
        ),
        **summaries(referral, told),
    }


def _translations(translations: Sequence[OpenedTranslation]) -> dict[str, bytes]:
    """The member that holds what words say in another language, where somebody translated them."""
    if not translations:
        return {}
    return {TRANSLATIONS: _written([_told(one) for one in translations])}


def _told(one: OpenedTranslation) -> Json:
    row = one.translation
    return {
        "from": row.from_language,
        "to": row.to_language,
        "translated_by": one.told.who,
        "translated_at": row.at.astimezone(UTC).isoformat(timespec="seconds"),
        "text": one.told.text,
        "not_sure_of": one.told.unsure,
    }


def _files(exhibits: Sequence[Exhibit], referral: Referral, *, by: Officer) -> Files:
    """Every file but the first, which is the report as it came: it names its reporter."""
    key = standing_key(actor=by)
    out = absences(
        [exhibit.size for exhibit in exhibits[1:]],
        recipient=AgencyKind(referral.to_agency.kind),
        has_key=key is not None,
    )
    going = Files(members={}, sealed={}, places=("", *(why or "" for why in out)))
    if key is None:
        return going
    places: list[str | Absence] = [*going.places]
    opens = key_of(referral.report_id, by=by)
    for place, (exhibit, why) in enumerate(zip(exhibits[1:], out, strict=True), start=1):
        if why is not None:
            continue
        # By number: a file's own name may tell who sent it.
        name = f"exhibits/{place + 1}{SEALED}"
        data = b"".join(opened_exhibit(exhibit, key=opens))
        going.members[name] = sealed_for(key.recipient, data)
        going.sealed[name] = SealedFile(
            size=len(data),
            sha256=hashlib.sha256(data).hexdigest(),
            sealed_to=fingerprint_of(key.recipient),
        )
        places[place] = name
    return Files(members=going.members, sealed=going.sealed, places=tuple(places))


def _about(referral: Referral, opened: OpenedReport) -> About:
    provider = opened.report.provider
    return About(
        referral=referral.reference,
        report=opened.report.reference,
        received_at=opened.report.received_at,
        sent_at=referral.sent_at,
        agency=referral.to_agency.name_en,
        provider=provider.name if provider else "",
        classified_as=referral.classified_as,
    )


def _written(tree: object) -> bytes:
    return (json.dumps(tree, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
