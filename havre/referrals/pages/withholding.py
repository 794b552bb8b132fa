"""What is cut out of a report's texts and of the desk's own words before an addressee has them."""

from collections.abc import Mapping
from dataclasses import replace

from havre.agencies.models import Officer
from havre.intake.reads import OpenedReport
from havre.plumbing.scopes import Scope
from havre.referrals.pages.reads import values_held
from havre.referrals.pages.telling import texts_of
from havre.referrals.rules.redact import Cut, Span
from havre.referrals.sealed import Sent

# The desk's own words, as a field among the report's.
REASON = "reason"
NO_WORDS: Mapping[str, str] = {}


def spans_held(
    opened: OpenedReport, words: Mapping[str, str] = NO_WORDS, *, actor: Officer
) -> list[Span]:
    """Where what an addressee is not given stands: in the report's texts, and in other words."""
    texts = {**texts_of(opened.submission), **words}
    return values_held(opened.report.pk, texts, actor=actor)


def as_given(sent: Sent, opened: OpenedReport, *, actor: Officer) -> Sent:
    """The words about a referral as its addressee may read them; the tipline reads them whole."""
    if actor.scope is Scope.TIPLINE:
        return sent
    said = {f"remark.{n}": text for n, (_remark, text) in enumerate(sent.remarks)}
    cut = Cut(spans_held(opened, {REASON: sent.reason, **said}, actor=actor))
    return replace(
        sent,
        reason=cut(REASON, sent.reason),
        remarks=tuple(
            (remark, cut(f"remark.{n}", text)) for n, (remark, text) in enumerate(sent.remarks)
        ),
    )
