"""The doors to decisions that were drawn: the list, one of them, and what followed from it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from havre.agencies.doors import OfficerRequest, door
from havre.agencies.rules.permits import Permit
from havre.referrals.reviewing.actions import open_review
from havre.referrals.reviewing.forms import FollowForm, ReviewsForm, VerdictForm
from havre.referrals.reviewing.page import review_page
from havre.triage.reviews.actions import follow_review, read_reviews, write_review
from havre.triage.reviews.rules.reading import NotDrawnError
from havre.triage.reviews.rules.sampling import DecisionKind
from havre.triage.reviews.wording import KINDS, VERDICTS

UNPROCESSABLE = 422


@door(Permit.DECISION_REVIEW)
@require_safe
def reviews(request: OfficerRequest) -> HttpResponse:
    asked = ReviewsForm(request.GET).asked()
    page = read_reviews(**asked, by=request.user)
    rows = [(row, KINDS[row.kind], VERDICTS.get(row.verdict)) for row in page.rows]
    context = {"form": ReviewsForm(initial=asked), "page": page, "rows": rows}
    return render(request, "referrals/reviews.html", context)


@door(Permit.DECISION_REVIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: OfficerRequest, review_id: UUID) -> HttpResponse:
    opened = open_review(review_id, by=request.user)
    kind = DecisionKind(opened.review.kind)
    typed = request.POST if request.method == "POST" else None
    form = VerdictForm(typed, kind=kind, language=get_language() or "en")
    if form.is_valid():
        try:
            write_review(review_id, **form.cleaned_data, by=request.user)
        except NotDrawnError:
            words = _("Somebody has read it. Nothing was changed.")
            messages.warning(request, words, extra_tags="look")
            return redirect("review", review_id)
        messages.success(request, _("Kept. Nothing was changed by it."))
        return redirect("review", review_id)
    return _page(request, opened, form=form, follow=FollowForm(), is_faulty=form.is_bound)


@door(Permit.DECISION_REVIEW)
@require_POST
def follow(request: OfficerRequest, review_id: UUID) -> HttpResponse:
    opened = open_review(review_id, by=request.user)
    form = FollowForm(request.POST)
    if not form.is_valid():
        kind = DecisionKind(opened.review.kind)
        fresh = VerdictForm(kind=kind, language=get_language() or "en")
        return _page(request, opened, form=fresh, follow=form, is_faulty=True)
    try:
        follow_review(review_id, **form.cleaned_data, by=request.user)
    except NotDrawnError:
        words = _("Nobody disagreed with it. Nothing was changed.")
        messages.warning(request, words, extra_tags="look")
        return redirect("review", review_id)
    messages.success(request, _("Noted what was done."))
    return redirect("review", review_id)


def _page(
    request: OfficerRequest,
    opened: Any,  # noqa: ANN401 - what `open_review` gives
    *,
    form: VerdictForm,
    follow: FollowForm,
    is_faulty: bool,
) -> HttpResponse:
    page = review_page(opened, language=get_language() or "en")
    faulty = (follow if follow.is_bound else form) if is_faulty else None
    context = {"page": page, "form": form, "follow": follow, "faulty": faulty}
    status = UNPROCESSABLE if is_faulty else 200
    return render(request, "referrals/review.html", context, status=status)
