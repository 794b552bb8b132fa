"""A document is filed like any other report; who may send one by e-mail."""

from collections.abc import Iterable

from havre.agencies.models import Provider
from havre.audit.actions import action, record
from havre.audit.rules import Event, Station
from havre.evidence.vault import sealed_exhibit
from havre.intake.actions import Delivery, receive_report
from havre.intake.providers.filings import finish_filing, keep_file, open_filing
from havre.intake.providers.reads import filing_to_fill
from havre.intake.reads import Received, delivered_before
from havre.intake.rules.senders import PublicSender
from havre.intake.rules.submission import (
    Channel,
    FileFacts,
    GivenIdentifier,
    Incident,
    Person,
    PersonRole,
    Submission,
)
from havre.intake.xarf.models import Sender, Taken
from havre.intake.xarf.reads import number_taken
from havre.intake.xarf.rules import address_of, token_of
from havre.intake.xarf.wires.documents import Evidence, XarfReport
from havre.intake.xarf.wires.letters import Attached, Letter
from havre.plumbing import clock, ids
from havre.plumbing.pipes import one_after_the_other
from havre.plumbing.sealing import new_data_key


@action(Event.XARF_TAKEN)
def take_xarf(
    report: XarfReport, *, source: bytes, attached: Iterable[Evidence] = (), by: Provider
) -> tuple[int, bool]:
    """File a document whole, with what came inside of it; gives its number, and whether it is new.

    The same document again is the same report, for ever. Raises WireRefusal.
    """
    token = token_of(report.report_id, source)
    one_after_the_other(f"xarf/{by.pk}/{token}")
    number = number_taken(token, actor=by)
    is_new = number is None
    if number is None:
        number = open_filing(report.document, source=source, by=by).number
        for one in (*report.evidence, *attached):
            found = filing_to_fill(number, by=by)
            exhibit = sealed_exhibit([one.payload], record=found.pk, key=found.key)
            keep_file(found, exhibit, facts=one.facts, by=by)
        finish_filing(number, by=by)
        Taken(provider=by, token=token, number=number).save(force_insert=True)
    record(
        Event.XARF_TAKEN,
        about_kind="provider",
        about=by.pk,
        by=by,
        number=number,
        is_repeat=not is_new,
    )
    return number, is_new


@action(Event.LETTER_SET_ASIDE)
def set_letter_aside(letter: Letter, *, source: bytes, by: PublicSender) -> Received:
    """Keep a letter as a report of somebody unknown: behind the others, and read by a person.

    What is attached is sealed unseen. The same letter again is the same report.
    """
    received = delivered_before(by) or _received(letter, source, by)
    record(
        Event.LETTER_SET_ASIDE,
        about_kind="letter",
        about=letter.token,
        by=by,
        reference=received.reference,
        is_repeat=not received.is_first,
    )
    return received


@action(Event.SENDER_ADDED)
def add_sender(provider: Provider, *, address: str, by: Station) -> Sender:
    """Let a provider report from an e-mail address. Raises ValueError."""
    bare = address_of(address)
    earlier = Sender.objects.visible_to(by).select_related("provider").filter(address=bare).first()
    if earlier is not None and earlier.provider_id != provider.pk:
        msg = f"{bare} reports for {earlier.provider.code}; take it from there first"
        raise ValueError(msg)
    found = earlier or Sender(provider=provider, address=bare)
    if earlier is None:
        found.save(force_insert=True)
    record(
        Event.SENDER_ADDED, about_kind="provider", about=provider.pk, by=by, sender=str(found.pk)
    )
    return found


@action(Event.SENDER_REMOVED)
def remove_sender(provider: Provider, *, address: str, by: Station) -> int:
    """From now on what comes from this address is no longer this provider's word."""
    own = Sender.objects.visible_to(by).filter(provider=provider)
    count, _ = own.filter(address=address_of(address)).delete()
    record(Event.SENDER_REMOVED, about_kind="provider", about=provider.pk, by=by, senders=count)
    return count


def _received(letter: Letter, source: bytes, by: PublicSender) -> Received:
    report, key = ids.uuid7(), new_data_key()
    parts = list(letter.attached)
    if letter.document is not None:
        parts.insert(0, Attached("xarf.json", "application/json", letter.document))
    exhibits = [sealed_exhibit([part.content], record=report, key=key) for part in parts]
    for exhibit in exhibits:
        exhibit.save(force_insert=True)
    files = tuple(
        FileFacts(
            exhibit=str(exhibit.pk), name=part.name, media_type=part.media_type, size=exhibit.size
        )
        for part, exhibit in zip(parts, exhibits, strict=True)
    )
    return receive_report(
        Delivery(
            submission=_told_by(letter, files),
            source=source,
            zone=clock.LEGAL_ZONE.key,
            record=report,
            key=key,
            exhibits=tuple(exhibits),
            quarantined=True,
        ),
        by=by,
    )


def _told_by(letter: Letter, files: tuple[FileFacts, ...]) -> Submission:
    given = (GivenIdentifier(kind="email", value=letter.sender),) if letter.sender else ()
    told = "\n\n".join(said for said in (letter.subject, letter.text) if said.strip())
    return Submission(
        channel=Channel.MAIL,
        language="en",
        incidents=(Incident(narrative=told, people=(0,), files=tuple(range(len(files)))),),
        people=(Person(role=PersonRole.REPORTER, identifiers=given),),
        files=files,
    )
