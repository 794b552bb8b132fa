"""The page of a question. While nobody has answered it yet, it is the same for everybody.

So it is rendered once a minute for all who stand before it, and only the form's token differs.
"""

from collections.abc import Hashable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from havre.intake.form_tokens import minted_token, token_in
from havre.intake.public.drafts import Kept
from havre.intake.public.forms import QuestionForm
from havre.intake.public.pressed import pressed_page
from havre.intake.public.questions import one_more
from havre.intake.public.rules.journey import (
    Door,
    Draft,
    Page,
    Step,
    page_before,
    pages,
    partner_in,
)
from havre.intake.public.sending import town_of

TEMPLATE = "intake/public/question.html"


def question_page(
    request: HttpRequest,
    page: Page,
    kept: Kept | None,
    form: QuestionForm,
    *,
    status: int = 200,
    trouble: str = "",
) -> HttpResponse:
    """A question with what was answered before, or with what is missing."""
    draft = kept.draft if kept and not kept.draft.sent else None
    if kept and kept.draft.is_quick:
        draft = kept.draft
    shown = draft or Draft(token="")
    token = "" if draft and draft.answers else token_of_form(request)
    plain = _plain_facts(request, page, shown) | {"trouble": trouble}
    plain["until"] = kept.until.replace(second=0, microsecond=0) if kept and draft else None
    is_same_for_all = not (form.is_bound or any(form.initial.values()) or via_of(request))
    if not is_same_for_all:
        facts = {**plain, "form": form, "token": token}
        return render(request, TEMPLATE, facts, status=status)
    blanks: dict[str, str | tuple[str, ...]] = {"token": token} if token else {}
    text = pressed_page(request, TEMPLATE, plain, blanks=blanks, follows={"form": form})
    return HttpResponse(text, status=status)


def _plain_facts(request: HttpRequest, page: Page, shown: Draft) -> dict[str, Hashable]:
    """What decides how the page looks, but for the answers in its form."""
    before, asked = page_before(shown, page), pages(shown)
    more = one_more(page, shown.door)
    return {
        "page": page,
        "door": shown.door,
        "young": shown.door is Door.YOUNG,
        "via": via_of(request),
        "back": reverse("tell", args=[before]) if before else reverse("start"),
        "number": asked.index(page) + 1 if page in asked else 1,
        "count": len(asked) - 1,
        "change": bool(request.POST.get("change") or "change" in request.GET),
        "another": str(more) if more else "",
        "region": shown.of(Page(Step.DANGER)).get("region", ""),
        "town": town_of(shown),
    }


def token_of_form(request: HttpRequest) -> str:
    """The token that the form in front carries, or a new one."""
    sent = request.POST.get("token", "")
    return sent if token_in(sent) else minted_token()


def via_of(request: HttpRequest) -> str:
    """The word of the partner's link that led here."""
    return partner_in(request.POST.get("via", "") or request.GET.get("via", ""))
