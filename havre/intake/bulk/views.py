"""The pages on which a provider's engineer sends many reports at once and sees the result."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from havre.agencies.doors import OfficerRequest, door
from havre.agencies.rules.permits import Permit
from havre.intake.bulk.actions import go_on, read_progress, read_uploads, stop_upload, take_upload
from havre.intake.bulk.asked import too_many_said, written_results
from havre.intake.bulk.forms import BulkForm, ChangeForm, HeldFile
from havre.intake.bulk.rules import (
    BulkState,
    ClosedAccountError,
    Outcome,
    Told,
    TooManyWaitingError,
    UnreadableFileError,
)
from havre.intake.bulk.wires.columns import ENOUGH
from havre.intake.bulk.wording import all_said

SHOWN = 100
# What is said of a file that its provider stopped or went on with, as it stands then.
CHANGED: dict[str, str] = {
    BulkState.DONE: gettext_noop("Every row was done already. Nothing has changed."),
    BulkState.STOPPED: gettext_noop("It is stopped. What was filed stays filed."),
    BulkState.WAITING: gettext_noop("It goes on."),
}
CLOSED = gettext_noop(
    "This account is closed here, and files nothing. Ask whoever gave you its key."
)


def holding_a_file(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Read this view's form with its file in memory; its token is asked for inside."""

    @wraps(view)
    def run(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        request.upload_handlers = [HeldFile(request)]
        return view(request, *args, **kwargs)

    return csrf_exempt(run)


@holding_a_file
@csrf_protect
@door(Permit.CONSOLE_USE)
@require_http_methods(["GET", "HEAD", "POST"])
def bulk(request: OfficerRequest) -> HttpResponse:
    form = BulkForm(request.POST or None, request.FILES or None)
    faults: list[Told] = []
    if request.method == "POST":
        form = BulkForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                found, is_repeat = take_upload(**form.asked(), by=request.user)
            except UnreadableFileError as error:
                faults = all_said(error.faults)
                form.add_error("sheet", _("This file cannot be read. Nothing of it was kept."))
            except ClosedAccountError:
                form.add_error("sheet", _(CLOSED))
            except TooManyWaitingError as error:
                form.add_error("sheet", too_many_said(error))
            else:
                if found.is_resumed:
                    messages.success(request, _("You had stopped this file. It goes on."))
                elif is_repeat:
                    words = _("You sent these very bytes before. Nothing was filed twice.")
                    messages.warning(request, words, extra_tags="look")
                return redirect("console_bulk_file", bulk_id=found.upload.pk)
    page = read_uploads(after=request.GET.get("after", ""), by=request.user)
    context = {"form": form, "faults": faults, "page": page, "columns": ",".join(ENOUGH)}
    return render(request, "intake/bulk/bulk.html", context, status=422 if form.errors else 200)


@door(Permit.CONSOLE_USE)
@require_safe
def file(request: OfficerRequest, bulk_id: UUID) -> HttpResponse:
    found, refused = read_progress(bulk_id, outcome=Outcome.REFUSED, most=SHOWN, by=request.user)
    rows = [(row, all_said(row.faults)) for row in refused]
    context = {"found": found, "rows": rows}
    return render(request, "intake/bulk/file.html", context)


@door(Permit.CONSOLE_USE)
@require_POST
def change_file(request: OfficerRequest, bulk_id: UUID) -> HttpResponse:
    form = ChangeForm(request.POST)
    what = form.cleaned_data["what"] if form.is_valid() else ""
    if what:
        try:
            found = (stop_upload if what == "stop" else go_on)(bulk_id, by=request.user)
        except ClosedAccountError:
            messages.warning(request, _(CLOSED), extra_tags="look")
        except TooManyWaitingError as error:
            messages.warning(request, too_many_said(error), extra_tags="look")
        else:
            messages.success(request, _(CHANGED[found.upload.state]))
    return redirect("console_bulk_file", bulk_id=bulk_id)


@door(Permit.CONSOLE_USE)
@require_safe
def result(request: OfficerRequest, bulk_id: UUID) -> HttpResponse:
    found, told = read_progress(bulk_id, most=None, by=request.user)
    return written_results(found, told)
