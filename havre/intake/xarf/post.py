"""The letter box: a letter becomes its provider's report, or is set aside for a person to read."""

from dataclasses import dataclass

from havre.agencies.models import Provider
from havre.audit.rules import Station
from havre.intake.jsondoor.door import document_in
from havre.intake.jsondoor.wires.tree import InvalidDocument
from havre.intake.rules.senders import PublicSender
from havre.intake.rules.submission import FileFacts
from havre.intake.xarf.actions import set_letter_aside, take_xarf
from havre.intake.xarf.reads import provider_of_address
from havre.intake.xarf.rules import LETTER, LETTER_TYPE
from havre.intake.xarf.wires.documents import Evidence, XarfReport, read_xarf
from havre.intake.xarf.wires.letters import Letter, is_vouched_for, read_letter
from havre.plumbing import clock
from havre.plumbing.apis.problems import ProblemError
from havre.plumbing.context import acting_as


@dataclass(frozen=True, slots=True)
class Posted:
    """What became of a letter. `number` is a provider's report, `reference` one set aside."""

    number: int | None = None
    reference: str = ""
    is_new: bool = True


def take_letter(source: bytes, *, vouched_by: str = "") -> Posted:
    """File a letter: as its provider's report, or set aside. Nothing is refused, nothing is lost.

    The same letter again is the same report. With `vouched_by`, only a letter whose sender that
    mail server vouches for is a provider's. Raises NoLetterError for what is no letter.
    """
    letter = read_letter(source)
    provider = _provider_of(letter, source, vouched_by)
    report = _document_in(letter) if provider else None
    if provider is None or report is None or letter.document is None:
        received = set_letter_aside(letter, source=source, by=PublicSender(letter.token))
        return Posted(reference=received.reference, is_new=received.is_first)
    whole = Evidence(FileFacts(name=LETTER, media_type=LETTER_TYPE), source)
    attached = [
        Evidence(FileFacts(name=one.name, media_type=one.media_type), one.content)
        for one in letter.attached
    ]
    number, is_new = take_xarf(
        report, source=letter.document, attached=(*attached, whole), by=provider
    )
    return Posted(number=number, is_new=is_new)


def _provider_of(letter: Letter, source: bytes, vouched_by: str) -> Provider | None:
    if vouched_by and not is_vouched_for(source, sender=letter.sender, by=vouched_by):
        return None
    with acting_as(Station.SET_UP.context):
        return provider_of_address(letter.sender, actor=Station.SET_UP)


def _document_in(letter: Letter) -> XarfReport | None:
    """The document of a letter, when it is one that we read."""
    if letter.document is None:
        return None
    try:
        return read_xarf(document_in(letter.document), source=letter.document, now=clock.now())
    except (InvalidDocument, ProblemError):
        return None
