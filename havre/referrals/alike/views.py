"""The doors of reports that say nearly the same: the group, and what is decided once."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from havre.agencies.doors import OfficerRequest, door
from havre.agencies.rules.permits import Permit
from havre.referrals.alike.actions import attach_alike
from havre.referrals.alike.forms import AlikeForm, AttachForm, ChosenForm
from havre.referrals.alike.page import alike_page
from havre.triage.alike.actions import (
    close_alike,
    part_alike,
    read_alike,
    rejoin_alike,
    reopen_alike,
)
from havre.triage.alike.rules.standing import NothingChosenError, NothingSentError
from havre.triage.closing.rules import DuplicateOfNothingError

UNPROCESSABLE = 422


@door(Permit.REPORT_CLOSE)
@require_safe
def alike(request: OfficerRequest, reference: str) -> HttpResponse:
    return _page(request, reference)


@door(Permit.REPORT_CLOSE)
@require_POST
def close_group(request: OfficerRequest, reference: str) -> HttpResponse:
    form = AlikeForm(request.POST)
    if not form.is_valid():
        return _page(request, reference, close=form, faulty=form)
    chosen, said, decision = form.chosen(), form.said(), form.going_on
    try:
        decided = close_alike(
            reference, chosen=chosen, said=said, decision=decision, by=request.user
        )
    except NothingChosenError:
        form.add_error(None, _nothing())
        return _page(request, reference, close=form, faulty=form)
    except DuplicateOfNothingError:
        form.add_error("duplicate_of", _("No report with this number stands for itself."))
        return _page(request, reference, close=form, faulty=form)
    done = ngettext(
        "%(closed)d report is closed. You can open it again here.",
        "%(closed)d reports are closed. You can open them all again here.",
        len(decided.closed),
    )
    messages.success(request, done % {"closed": len(decided.closed)})
    _say_kept(request, decided.kept)
    if decided.left:
        return _page(request, decided.closed[0], close=form.gone_on_with(decided.decision))
    return redirect("alike", decided.closed[0])


@door(Permit.REPORT_CLOSE)
@require_POST
def reopen_group(request: OfficerRequest, reference: str) -> HttpResponse:
    opened = reopen_alike(reference, note=_("Opened again together."), by=request.user)
    done = ngettext(
        "%(opened)d report waits again, with its first clock.",
        "%(opened)d reports wait again, each with its first clock.",
        opened,
    )
    messages.success(request, done % {"opened": opened})
    return redirect("alike", reference)


@door(Permit.REPORT_REFER)
@require_POST
def attach_group(request: OfficerRequest, reference: str) -> HttpResponse:
    form = AttachForm(request.POST)
    if not form.is_valid():
        return _page(request, reference, attach=form, faulty=form)
    chosen, earlier, because = form.chosen(), *form.errand()
    try:
        attached = attach_alike(
            reference, chosen=chosen, earlier=earlier, reason=because, by=request.user
        )
    except NothingChosenError:
        form.add_error(None, _nothing())
        return _page(request, reference, attach=form, faulty=form)
    except NothingSentError:
        form.add_error(None, _("Refer one of them first. Nothing was changed."))
        return _page(request, reference, attach=form, faulty=form)
    done = ngettext(
        "%(sent)d report was added to what the agency has.",
        "%(sent)d reports were added to what the agency has.",
        len(attached.sent),
    )
    messages.success(request, done % {"sent": len(attached.sent)})
    _say_kept(request, attached.kept)
    if attached.left:
        return _page(request, reference, attach=form)
    return redirect("alike", reference)


@door(Permit.REPORT_CLOSE)
@require_POST
def part(request: OfficerRequest, reference: str) -> HttpResponse:
    form = ChosenForm(request.POST)
    try:
        parted = part_alike(reference, chosen=form.chosen().references, by=request.user)
    except NothingChosenError:
        form.add_error(None, _nothing())
        return _page(request, reference, faulty=form)
    done = ngettext(
        "%(parted)d report stands by itself from now on. Its own page here puts it back.",
        "%(parted)d reports stand by themselves from now on. Their own pages here put them back.",
        parted,
    )
    messages.success(request, done % {"parted": parted})
    return redirect("alike", reference)


@door(Permit.REPORT_CLOSE)
@require_POST
def rejoin(request: OfficerRequest, reference: str) -> HttpResponse:
    if rejoin_alike(reference, by=request.user):
        messages.success(request, _("It stands with the others again."))
    return redirect("alike", reference)


def _nothing() -> str:
    return _(
        "Nothing was changed. Tick the reports that it is true of; where their reporter told more,"
        " or a colleague has them, decide on their own page."
    )


def _say_kept(request: OfficerRequest, kept: tuple[str, ...]) -> None:
    if kept:
        left = _(
            "Left as they are: a colleague has them, their reporter told more, or they may not go"
            " there: %(reports)s."
        )
        messages.warning(request, left % {"reports": ", ".join(kept)}, extra_tags="look")


def _page(
    request: OfficerRequest,
    reference: str,
    *,
    close: AlikeForm | None = None,
    attach: AttachForm | None = None,
    faulty: ChosenForm | None = None,
) -> HttpResponse:
    group = read_alike(reference, language=get_language() or "en", by=request.user)
    page = alike_page(group, close=close, attach=attach, reader=request.user)
    context = {"page": page, "group": group, "form": faulty or ChosenForm()}
    status = UNPROCESSABLE if faulty else 200
    return render(request, "referrals/alike.html", context, status=status)
