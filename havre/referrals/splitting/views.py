"""The doors to what belongs to which incident of a report: split it, and merge it back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from havre.agencies.doors import OfficerRequest, door
from havre.agencies.rules.permits import Permit
from havre.referrals.rules.guards import RiskNotAssessedError
from havre.referrals.splitting.actions import ToSplit, place_words, read_split
from havre.referrals.splitting.forms import HowManyForm, LaterForm, SplitForm
from havre.referrals.splitting.page import held_rows, later_rows, piece_rows
from havre.referrals.wording import RISK_NOT_ASSESSED
from havre.triage.splitting.actions import merge_report, split_report
from havre.triage.splitting.rules import (
    AlreadySplitError,
    NothingToPlaceError,
    SplittingRefusedError,
)
from havre.triage.splitting.wording import REFUSED

UNPROCESSABLE = 422


@door(Permit.REPORT_SPLIT)
@require_http_methods(["GET", "HEAD", "POST"])
def split(request: OfficerRequest, reference: str) -> HttpResponse:
    is_typed = request.method == "POST"
    to_split = read_split(reference, by=request.user)
    if to_split.parts and is_typed and "read" not in request.POST:
        return _refused(request, AlreadySplitError(), reference)
    if to_split.parts and (is_typed or to_split.later):
        return _place(request, to_split)
    typed = request.POST if is_typed else request.GET
    how_many = HowManyForm({"incidents": typed.get("incidents", "2")})
    form = SplitForm(
        request.POST if is_typed else None,
        rows=piece_rows(to_split),
        incidents=how_many.chosen(),
    )
    if is_typed and form.is_valid():
        try:
            split_report(reference, form.drafts(), by=request.user)
        except SplittingRefusedError as error:
            return _refused(request, error, reference)
        messages.success(request, _("It was split. Each incident is decided by itself."))
        return redirect("report_page", reference)
    context = {
        "report": to_split.report,
        "parts": to_split.parts,
        "held": held_rows(to_split),
        "form": form,
        "how_many": how_many,
    }
    status = UNPROCESSABLE if is_typed else 200
    return render(request, "referrals/split.html", context, status=status)


def _place(request: OfficerRequest, to_split: ToSplit) -> HttpResponse:
    """What was told later waits to be put to the incidents of a split report."""
    is_typed, reference = request.method == "POST", to_split.report.reference
    # What came since the page was read is not decided by it.
    read = set(request.POST.getlist("read"))
    messages_read = [one for one in to_split.messages if not is_typed or str(one) in read]
    # What was ticked goes by the order of what was read.
    if is_typed and read != {str(one) for one in messages_read}:
        return _refused(request, NothingToPlaceError(), reference)
    form = LaterForm(
        request.POST if is_typed else None,
        rows=later_rows(to_split, messages_read),
        numbers=[part.number for part in to_split.parts],
        messages=messages_read,
    )
    if is_typed and form.is_valid():
        anew = form.cleaned_data.get("anew")
        try:
            told = place_words(
                reference, form.names(), messages=messages_read, anew=anew, by=request.user
            )
        except SplittingRefusedError as error:
            return _refused(request, error, reference)
        except RiskNotAssessedError:
            messages.warning(request, str(RISK_NOT_ASSESSED), extra_tags="look")
            return redirect("report_page", reference)
        said = ngettext("%(count)s agency was told.", "%(count)s agencies were told.", len(told))
        done = _("It belongs to its incidents now.")
        messages.success(request, f"{done} {said % {'count': len(told)}}")
        return redirect("report_page", reference)
    context = {
        "report": to_split.report,
        "parts": to_split.parts,
        "held": held_rows(to_split),
        "form": form,
    }
    status = UNPROCESSABLE if is_typed else 200
    return render(request, "referrals/split.html", context, status=status)


def _refused(request: OfficerRequest, error: SplittingRefusedError, reference: str) -> HttpResponse:
    messages.warning(request, str(REFUSED[type(error)]), extra_tags="look")
    return redirect("report_page", reference)


@door(Permit.REPORT_SPLIT)
@require_POST
def merge(request: OfficerRequest, reference: str) -> HttpResponse:
    try:
        merge_report(reference, by=request.user)
    except SplittingRefusedError as error:
        messages.warning(request, str(REFUSED[type(error)]), extra_tags="look")
        return redirect("split", reference)
    messages.success(request, _("It is one report again."))
    return redirect("report_page", reference)
