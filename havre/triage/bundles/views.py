"""The doors of bundles: the list, one bundle, and what is decided about it."""

from collections.abc import Callable
from dataclasses import asdict
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from havre.agencies.doors import OfficerRequest, door
from havre.agencies.rules.permits import Permit
from havre.triage.actions import AlreadyClaimedError
from havre.triage.bundles import actions
from havre.triage.bundles.forms import BundlesForm, CloseTogetherForm, DecideForm, PartForm
from havre.triage.bundles.rules import BundleState, ClosedTogether, NotSoError, What
from havre.triage.bundles.wording import DONE, MOVED, STATES, told_in_words
from havre.triage.closing.rules import ClosingRefusedError

DECIDE: dict[What, Callable[..., object]] = {
    What.ACCEPT: actions.accept_bundle,
    What.ASK: actions.ask_back,
    What.ASK_NO_MORE: actions.take_question_back,
    What.REFUSE: actions.refuse_bundle,
}


@door(Permit.QUEUE_READ)
@require_safe
def bundles(request: OfficerRequest) -> HttpResponse:
    asked = BundlesForm(request.GET).asked()
    page = actions.read_bundles(**asked, by=request.user)
    rows = [(row, STATES[BundleState(row.bundle.state)]) for row in page.rows]
    context = {"form": BundlesForm(initial=asked), "page": page, "rows": rows}
    return render(request, "bundles/bundles.html", context)


@door(Permit.QUEUE_READ)
@require_safe
def bundle(request: OfficerRequest, bundle_id: UUID) -> HttpResponse:
    return _bundle(request, bundle_id)


@door(Permit.REPORT_CLOSE)
@require_POST
def decide_bundle(request: OfficerRequest, bundle_id: UUID) -> HttpResponse:
    form = DecideForm(request.POST)
    if not form.is_valid():
        return _bundle(request, bundle_id, status=422)
    try:
        said = _decided(bundle_id, form.cleaned_data["what"], form.cleaned_data["report"], request)
    except NotSoError:
        said = ""
    _say(request, said)
    return redirect("bundle", bundle_id)


@door(Permit.REPORT_CLOSE)
@require_POST
def close_bundle(request: OfficerRequest, bundle_id: UUID) -> HttpResponse:
    form = CloseTogetherForm(request.POST)
    if not form.is_valid():
        return _bundle(request, bundle_id, form, status=422)
    try:
        done = actions.close_bundle(bundle_id, **form.cleaned_data, by=request.user)
    except (AlreadyClaimedError, ClosingRefusedError, NotSoError):
        _say(request, "")
        return redirect("bundle", bundle_id)
    _say_closed(request, done)
    # Who goes on finds the same reason and words in the form.
    return redirect(f"{reverse('bundle', args=[bundle_id])}{'?more=1' if done.left else ''}")


def _bundle(
    request: OfficerRequest,
    bundle_id: UUID,
    form: CloseTogetherForm | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    asked = PartForm(request.GET).asked()
    language = get_language() or "en"
    page = actions.read_bundle(bundle_id, **asked, language=language, by=request.user)
    rows = [(row, told_in_words(row.told, besides=page.common)) for row in page.rows]
    context = {
        "page": page,
        "rows": rows,
        "form": form or CloseTogetherForm(initial=asdict(page.said) if page.said else None),
        "most": actions.MOST_AT_ONCE,
        "state": STATES[BundleState(page.row.bundle.state)],
        "may_decide": request.user.may(Permit.REPORT_CLOSE),
    }
    return render(request, "bundles/bundle.html", context, status=status)


def _decided(bundle_id: UUID, what: What, report: str, request: OfficerRequest) -> str:
    """Do what a button says; gives what was done, in words."""
    by = request.user
    if what in {What.OUT, What.BACK}:
        move = actions.pull_out if what is What.OUT else actions.put_back
        move(bundle_id, report, by=by)
        return str(MOVED[what] % {"report": report})
    if what is What.REOPEN:
        _count, left = actions.reopen_bundle(bundle_id, by=by)
        return f"{DONE[what]}{_left(left)}"
    DECIDE[what](bundle_id, by=by)
    return str(DONE[what])


def _left(count: int) -> str:
    words = ngettext(
        "%(count)s is left: do it once more.", "%(count)s are left: do it once more.", count
    )
    return f" {words % {'count': count}}" if count else ""


def _say_closed(request: OfficerRequest, done: ClosedTogether) -> None:
    """How many were closed and are left, and how many stand by themselves now, if any does."""
    if done.closed:
        said = ngettext(
            "%(count)s report was closed. It can be opened again here.",
            "%(count)s reports were closed. They can be opened again here.",
            done.closed,
        ) % {"count": done.closed}
        messages.success(request, f"{said}{_left(done.left)}")
    if done.apart:
        said = ngettext(
            "%(count)s report stands by itself now: its reporter told more.",
            "%(count)s reports stand by themselves now: their reporters told more.",
            done.apart,
        ) % {"count": done.apart}
        if not done.closed:
            none = _("No report was closed.")
            said = f"{none} {said}{_left(done.left)}"
        messages.warning(request, said, extra_tags="look")


def _say(request: OfficerRequest, said: str) -> None:
    if said:
        messages.success(request, said)
    else:
        words = _(
            "Somebody was faster, it became urgent, or its reporter told more."
            " Nothing was changed: look again."
        )
        messages.warning(request, words, extra_tags="look")
