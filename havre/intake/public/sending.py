"""The end of the journey: a draft becomes a report, once, however often it is sent."""

from dataclasses import replace

from havre.intake.actions import Delivery, open_by_receipt, receive_report, send_message
from havre.intake.form_tokens import FormToken, holder_of, token_in
from havre.intake.public.questions import as_text
from havre.intake.public.rules.doubts import looks_made_by_a_machine
from havre.intake.public.rules.journey import Draft, Page, Step
from havre.intake.public.rules.telling import source_of, submission_of, texts_of
from havre.intake.rules.submission import Channel
from havre.plumbing import clock

# What the last page needs to know; everything else is forgotten once it is filed.
STILL_NEEDED = frozenset({"danger", "happening", "readers", "region"})


def file_draft(
    draft: Draft, *, language: str, is_odd: bool = False, channel: Channel = Channel.PUBLIC_FORM
) -> Draft:
    """File what a draft tells, and give the draft of what comes after: its answers forgotten.

    The same draft again gives the same reference. Raises ValueError when its token is too old.
    """
    token = token_of(draft)
    is_machine_made = any(map(looks_made_by_a_machine, texts_of(draft)))
    delivery = Delivery(
        submission=submission_of(draft, language, channel),
        source=source_of(draft),
        zone=clock.LEGAL_ZONE.key,
        receipt=holder_of(token.secret),
        quarantined=is_odd or token.is_hasty(clock.now()) or is_machine_made,
    )
    received = receive_report(delivery, by=token.sender)
    kept = {
        key: {name: value for name, value in told.items() if name in STILL_NEEDED}
        for key, told in draft.answers.items()
        if key == Page(Step.QUICK).key or set(told) & STILL_NEEDED
    }
    return replace(draft, sent=received.reference, answers=kept)


def add_draft(draft: Draft) -> Draft:
    """Add what was answered after the report had been filed, as a word of its reporter. Once."""
    secret = token_of(draft).secret
    text = as_text(draft)
    opened, holder = open_by_receipt(by=holder_of(secret))
    said = {one.text for one in opened.messages if one.from_reporter}
    if text and text not in said:
        send_message(opened.report, text, receipt_key=holder.key, by=holder)
    kept = {key: told for key, told in draft.answers.items() if set(told) <= STILL_NEEDED}
    return replace(draft, added=True, answers=kept)


def token_of(draft: Draft) -> FormToken:
    """The token of the draft's first form. Raises ValueError when it is too old."""
    token = token_in(draft.token)
    if token is None:
        msg = "the token of this draft is too old"
        raise ValueError(msg)
    return token
