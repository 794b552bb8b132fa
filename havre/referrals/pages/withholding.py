"""What is cut out of a report's texts and of the desk's own words before an addressee has them."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace

from havre.agencies.models import Officer
from havre.agencies.rules.words import AgencyKind
from havre.identifiers.rules.words import Kind
from havre.intake.reads import OpenedReport
from havre.intake.rules.submission import LegalBasis, PersonRole
from havre.plumbing.scopes import Scope
from havre.referrals.pages.reads import values_held
from havre.referrals.pages.telling import texts_of
from havre.referrals.rules.redact import WITHHELD, Cut, Span
from havre.referrals.rules.sending import Fact, held_from
from havre.referrals.sealed import Sent
from havre.triage.enrichment.rules import Looked
from havre.triage.enrichment.sealed import OpenedNote
from havre.triage.interpreting.rules import Translated
from havre.triage.interpreting.sealed import OpenedTranslation

# The desk's own words, as a field among the report's.
REASON = "reason"
# What of a translation was written in words about the matter.
TOLD_IN_ONE = ("text", "unsure")
NO_WORDS: Mapping[str, str] = {}


def spans_held(
    opened: OpenedReport, words: Mapping[str, str] = NO_WORDS, *, actor: Officer
) -> list[Span]:
    """Where what an addressee is not given stands: in the report's texts, and in other words."""
    texts = {**texts_of(opened.submission), **words}
    return values_held(opened.report.pk, texts, actor=actor)


def _cut(words: Mapping[str, str], opened: OpenedReport, actor: Officer) -> Cut:
    """What is held, to be cut out of words of the desk's."""
    return Cut(values_held(opened.report.pk, words, actor=actor) if any(words.values()) else ())


def notes_given(
    notes: Sequence[OpenedNote], opened: OpenedReport, *, actor: Officer
) -> tuple[OpenedNote, ...]:
    """The notes that stand on a report as its addressee may read them; the tipline's are whole."""
    standing = [each for each in notes if each.is_standing]
    if actor.scope is Scope.TIPLINE:
        return tuple(standing)
    said = {
        f"note.{n}.{name}": text
        for n, each in enumerate(standing)
        if each.looked
        for name, text in asdict(each.looked).items()
    }
    # Where a suspect is seen is of no use to whoever has none for their handles.
    site = Fact(kind=Kind.URL, role=PersonRole.SUSPECT, basis=LegalBasis.PUBLIC)
    is_needed = held_from(site, recipient=AgencyKind(actor.agency.kind)) is None
    cut = _cut(said, opened, actor)

    def given(n: int, looked: Looked) -> Looked:
        address = cut(f"note.{n}.address", looked.address) if is_needed else WITHHELD
        how, found = (cut(f"note.{n}.{one}", getattr(looked, one)) for one in ("how", "found"))
        return Looked(address=address, how=how, found=found)

    return tuple(
        replace(each, looked=given(n, each.looked)) if each.looked else each
        for n, each in enumerate(standing)
    )


def translations_given(
    translations: Sequence[OpenedTranslation], opened: OpenedReport, *, actor: Officer
) -> tuple[OpenedTranslation, ...]:
    """Translations as an addressee may read them: cut as the words they are of.

    What stands in one alone is noted a moment later: meanwhile it is judged by itself.
    """
    if actor.scope is Scope.TIPLINE:
        return tuple(translations)
    said = {
        f"translation.{n}.{name}": getattr(each.told, name)
        for n, each in enumerate(translations)
        for name in TOLD_IN_ONE
    }
    is_new = any(said.values())
    cut = Cut(values_held(opened.report.pk, said, is_new=True, actor=actor) if is_new else ())

    def given(n: int, told: Translated) -> Translated:
        words = {one: cut(f"translation.{n}.{one}", getattr(told, one)) for one in TOLD_IN_ONE}
        return replace(told, **words)

    return tuple(replace(each, told=given(n, each.told)) for n, each in enumerate(translations))


def as_given(sent: Sent, opened: OpenedReport, *, actor: Officer) -> Sent:
    """The words about a referral as its addressee may read them; the tipline reads them whole."""
    if actor.scope is Scope.TIPLINE:
        return sent
    said = {f"remark.{n}": text for n, (_remark, text) in enumerate(sent.remarks)}
    cut = _cut({REASON: sent.reason, **said}, opened, actor)
    return replace(
        sent,
        reason=cut(REASON, sent.reason),
        remarks=tuple(
            (remark, cut(f"remark.{n}", text)) for n, (remark, text) in enumerate(sent.remarks)
        ),
    )
