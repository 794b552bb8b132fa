"""The end of the journey: a draft becomes a report, once, however often it is sent."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace

import rfc8785

from havre.agencies.rules.directory import community_of
from havre.intake.actions import Delivery, open_by_receipt, receive_report, send_message
from havre.intake.form_tokens import FormToken, holder_of, token_in
from havre.intake.public.doubting import is_doubtful
from havre.intake.public.questions import as_text
from havre.intake.public.rules.journey import QUICK, Answers, Draft, Page, Step
from havre.intake.public.rules.telling import source_of, submission_of, texts_of
from havre.intake.rules.submission import Channel
from havre.plumbing import clock

# What the last page needs to know; everything else is forgotten once it is filed.
STILL_NEEDED = frozenset({"danger", "happening", "readers", "region"})
STILL_NEEDED_OF = (Step.DANGER, Step.READERS, Step.WHAT)
# Of the quick page only a mark is left, so that the same answers again are known.
MARK = "filed"


def file_draft(
    draft: Draft,
    *,
    language: str,
    address: str,
    is_odd: bool = False,
    channel: Channel = Channel.PUBLIC_FORM,
) -> Draft:
    """File what a draft tells, and give the draft of what comes after: its answers forgotten.

    The same draft again gives the same reference. Raises ValueError when its token is too old.
    """
    token = token_of(draft)
    delivery = Delivery(
        submission=submission_of(draft, language, channel),
        source=source_of(draft),
        zone=clock.LEGAL_ZONE.key,
        receipt=holder_of(token.secret),
        quarantined=is_doubtful(texts_of(draft), token=token, address=address, is_odd=is_odd),
        via=draft.via,
    )
    received = receive_report(delivery, by=token.sender)
    return replace(draft, sent=received.reference, answers=_left_of(draft))


def add_draft(draft: Draft) -> Draft:
    """Add what was answered after the report had been filed, as a word of its reporter. Once.

    Raises Receipt.DoesNotExist when the report was taken back meanwhile.
    """
    secret = token_of(draft).secret
    text = as_text(draft)
    opened, holder = open_by_receipt(by=holder_of(secret))
    said = {one.text for one in opened.messages if one.from_reporter}
    if text and text not in said:
        send_message(opened.report, text, receipt_key=holder.key, by=holder)
    return replace(draft, added=True, answers=_left_of(draft))


def is_filed_already(draft: Draft, answers: Answers) -> bool:
    """Whether these are the answers of the quick page that were sent before: a second press."""
    return draft.of(QUICK).get(MARK) == _mark_of(answers)


def token_of(draft: Draft) -> FormToken:
    """The token of the draft's first form. Raises ValueError when it is too old."""
    token = token_in(draft.token)
    if token is None:
        msg = "the token of this draft is too old"
        raise ValueError(msg)
    return token


def town_of(draft: Draft) -> str:
    """The community where the child is, if it has a number of its own: a name from our data."""
    danger = draft.of(Page(Step.DANGER))
    typed = (draft.of(page).get("town", "") for page in (QUICK, Page(Step.CHILD)))
    told = danger.get("town") or next(filter(None, typed), "")
    return community_of(danger.get("region", ""), told)


def _left_of(draft: Draft) -> Mapping[str, Answers]:
    """What is kept of a draft once its answers are filed."""
    left: dict[str, Answers] = {
        step.value: {name: said for name, said in told.items() if name in STILL_NEEDED}
        for step in STILL_NEEDED_OF
        if (told := draft.answers.get(step.value)) is not None
    }
    if draft.is_danger:
        # Where the child is, for the number to call; gone with the rest within the hour.
        left["danger"] = {**left.get("danger", {}), "town": town_of(draft)}
    if draft.is_quick:
        quick = draft.of(QUICK)
        left[QUICK.key] = {MARK: quick.get(MARK) or _mark_of(quick)}
    return left


def _mark_of(answers: Answers) -> str:
    return hashlib.sha256(rfc8785.dumps(dict(answers))).hexdigest()
