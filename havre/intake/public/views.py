"""The doors of the journey: one question on each page, the check, the receipt."""

from contextlib import suppress
from dataclasses import replace

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from havre.agencies.doors import OfficerRequest, door, open_door
from havre.agencies.rules.permits import Permit
from havre.agencies.sign_in import address_of
from havre.intake.actions import Delivery
from havre.intake.form_tokens import (
    holder_of,
    is_from_our_own_page,
    minted_token,
    secret_in,
    token_in,
)
from havre.intake.forms import region_choices
from havre.intake.public.actions import take_report, withdraw_report
from havre.intake.public.asking import question_page, token_of_form, via_of
from havre.intake.public.clerk import ClerkForm
from havre.intake.public.drafts import (
    COOKIE,
    KEPT_FOR,
    Kept,
    draft_of,
    forget_draft,
    has_cookie,
    keep_draft,
)
from havre.intake.public.duties import DutyRow, duties_on
from havre.intake.public.forms import QuestionForm
from havre.intake.public.questions import form_of, parts
from havre.intake.public.rules.journey import (
    CHECK,
    DONE,
    FIRST,
    QUICK,
    Door,
    Draft,
    Page,
    Step,
    first_open,
    may_open,
    next_page,
    page_before,
    pages,
)
from havre.intake.public.sending import add_draft, file_draft, is_filed_already, token_of, town_of
from havre.intake.public.sheets import sheet_of
from havre.intake.rules.public_form import WhereAnswer, source_of, submission_of
from havre.intake.rules.receipts import words_of
from havre.intake.rules.submission import Channel, Happening
from havre.plumbing import clock
from havre.plumbing.keys import KeyRefusedError

# A field that people do not see. Whatever fills it in is not a person reading the page.
HONEYPOT = "website"
NOT_KEPT = "not-kept"
by_page_or_form = require_http_methods(["GET", "HEAD", "POST"])


@open_door
@csrf_exempt
@by_page_or_form
def tell(request: HttpRequest, page: Page) -> HttpResponse:
    """One page of the journey. Nobody stands where their answers do not lead."""
    kept = draft_of(request)
    if page == DONE:
        return _done(request, kept)
    if request.method != "POST":
        return _look(request, page, kept)
    if not is_from_our_own_page(request):
        return question_page(
            request, page, kept, _again(request, page, kept), status=403, trouble="foreign"
        )
    if kept is None or kept.draft.sent or "begin" in request.POST:
        kept = _begun(request, page) or kept
    if kept is None:
        return _to_the_first(request)
    if page == CHECK:
        return _check(request, kept)
    return _answer(request, page, kept)


@open_door
@require_safe
def young(request: HttpRequest) -> HttpResponse:
    """The door for people under 18."""
    return _door(request, Door.YOUNG)


@open_door
@require_safe
def parents(request: HttpRequest) -> HttpResponse:
    """The door for parents and carers."""
    return _door(request, Door.PARENT)


@open_door
@require_safe
def my_picture(request: HttpRequest) -> HttpResponse:
    """The door for whoever is seen in a picture, at any age."""
    return _door(request, Door.SURVIVOR)


@open_door
@require_safe
def duty(request: HttpRequest) -> HttpResponse:
    """The door for whoever must report, with the law of each province."""
    return _door(request, Door.DUTY)


def _door(request: HttpRequest, door: Door) -> HttpResponse:
    """What to know before the first question, and the button that begins."""
    page = {
        "door": door,
        "young": door is Door.YOUNG,
        "token": minted_token(),
        "via": via_of(request),
        "duties": _duties() if door is Door.DUTY else (),
    }
    return render(request, "intake/public/door.html", page)


@open_door
@csrf_exempt
@require_POST
def withdraw(request: HttpRequest) -> HttpResponse:
    """Take one's report back. The page says the same whether or not there was one."""
    secret = secret_in(request.POST.get("ticket", ""))
    if secret is not None and is_from_our_own_page(request):
        with suppress(ObjectDoesNotExist, KeyRefusedError):
            withdraw_report(_("I take this report back."), by=holder_of(secret))
        return render(request, "intake/public/withdrawn.html")
    return redirect("come_back")


@door(Permit.REPORT_TAKE)
@by_page_or_form
def take(request: OfficerRequest) -> HttpResponse:
    """Take down a report for somebody: one page, and the words to read out to them."""
    is_sent = request.method == "POST"
    form = ClerkForm(request.POST) if is_sent else ClerkForm(initial={"channel": Channel.PHONE})
    if not is_sent or not form.is_valid():
        page = {"form": form, "token": token_of_form(request)}
        status = 422 if form.errors else 200
        return render(request, "intake/public/take.html", page, status=status)
    token = token_in(request.POST.get("token", ""))
    if token is None:
        page = {"form": form, "token": minted_token(), "trouble": "late"}
        return render(request, "intake/public/take.html", page, status=422)
    told = submission_of(form.cleaned_data, _language())
    channel = Channel(form.cleaned_data["channel"])
    delivery = Delivery(
        submission=replace(told, channel=channel, extra=(*told.extra, *form.on_paper())),
        source=source_of(form.answers()),
        zone=clock.LEGAL_ZONE.key,
        receipt=holder_of(token.secret),
    )
    received = take_report(delivery, sender=token.sender, by=request.user)
    words = words_of(token.secret, language=_language())
    page = {"reference": received.reference, "words": words, "channel": channel}
    return render(request, "intake/public/taken.html", page)


def _duties() -> tuple[DutyRow, ...]:
    names = dict(region_choices())
    return duties_on(clock.now().date(), _language(), names=names)


def _look(request: HttpRequest, page: Page, kept: Kept | None) -> HttpResponse:
    """The page itself, or the one where this person stands."""
    if kept is None or (kept.draft.sent and page == FIRST):
        if page != FIRST:
            return _to_the_first(request)
        happening = request.GET.get("what", "")
        form = form_of(FIRST, Door.ADULT)(initial={"happening": happening})
        return question_page(
            request,
            FIRST,
            None,
            form,
            trouble=_why_at_the_first(request, kept),
        )
    draft = kept.draft
    if not draft.takes_more:
        return redirect("tell", DONE)
    if not may_open(draft, page):
        return redirect("tell", first_open(draft))
    if page == CHECK:
        return _ask_to_check(request, kept)
    return question_page(
        request, page, kept, form_of(page, draft.door)(initial=dict(draft.of(page)))
    )


def _answer(request: HttpRequest, page: Page, kept: Kept) -> HttpResponse:
    """Keep the answers of a page and go on, or show it again with what is missing."""
    draft = kept.draft
    if "begin" in request.POST:
        return _on(request, first_open(draft), draft, anew=True)
    if page not in pages(draft) or not may_open(draft, page):
        return redirect("tell", first_open(draft))
    if "other_language" in request.POST:
        return question_page(request, page, kept, _again(request, page, kept))
    form = form_of(page, draft.door)(request.POST)
    if not form.is_valid():
        return question_page(request, page, kept, form, status=422)
    return _go_on(request, page, draft, form)


def _go_on(request: HttpRequest, page: Page, draft: Draft, form: QuestionForm) -> HttpResponse:
    """Keep answers that are whole; the quick page is sent at once, before a report and after."""
    answered = draft.with_answers(page, form.given())
    if "another" in request.POST:
        answered = draft.with_answers(page, {**form.given(), "another": "1"})
    anew = not draft.answers
    if page == QUICK:
        if is_filed_already(draft, form.given()):
            return redirect("tell", DONE)
        return _send(request, answered, anew=anew)
    further = next_page(answered, page)
    if "change" in request.POST and "another" not in request.POST:
        further = CHECK if may_open(answered, CHECK) else first_open(answered)
    return _on(request, further, answered, anew=anew)


def _check(request: HttpRequest, kept: Kept) -> HttpResponse:
    """Send the report, take out one of several people, or look again."""
    draft = kept.draft
    if not may_open(draft, CHECK):
        return redirect("tell", first_open(draft))
    for part in parts(draft):
        if part.spare and request.POST.get("remove") == part.page.key:
            return _on(request, CHECK, draft.without(part.page))
    return _send(request, draft, is_odd=bool(request.POST.get(HONEYPOT)))


def _send(
    request: HttpRequest, draft: Draft, *, is_odd: bool = False, anew: bool = False
) -> HttpResponse:
    """File what was answered, or add it to what is filed; then the receipt."""
    if draft.sent:
        return _on(request, DONE, add_draft(draft), anew=anew)
    filed = file_draft(draft, language=_language(), address=address_of(request), is_odd=is_odd)
    return _on(request, DONE, filed, anew=anew)


def _done(request: HttpRequest, kept: Kept | None) -> HttpResponse:
    """The receipt, for as long as the draft's hour lasts; or the end of it, when asked."""
    if request.method == "POST" and is_from_our_own_page(request):
        forget_draft(request)
        response = redirect("start")
        response.delete_cookie(COOKIE)
        return response
    if kept is None:
        return redirect("come_back")
    draft = kept.draft
    if not draft.sent:
        return redirect("tell", first_open(draft))
    danger = draft.of(Page(Step.DANGER))
    region = danger.get("region", "")
    happening = draft.of(FIRST).get("happening", Happening.OTHER)
    page = {
        "young": draft.door is Door.YOUNG,
        "reference": draft.sent,
        "words": words_of(token_of(draft).secret, language=_language()),
        "token": draft.token,
        "now": kept.until - KEPT_FOR,
        "is_danger": draft.is_danger,
        "region": "" if region in set(WhereAnswer) else region,
        "town": town_of(draft),
        "further": first_open(draft) if draft.takes_more else None,
        "added": draft.added,
        "is_shared": draft.of(Page(Step.READERS)).get("readers", "no") != "no",
        "sheet": sheet_of(Happening(happening), draft.door),
        "until": kept.until,
    }
    return render(request, "intake/public/done.html", page)


def _ask_to_check(request: HttpRequest, kept: Kept) -> HttpResponse:
    draft = kept.draft
    before = page_before(draft, CHECK)
    page = {
        "parts": list(parts(draft)),
        "young": draft.door is Door.YOUNG,
        "back": reverse("tell", args=[before]) if before else reverse("start"),
        "honeypot": HONEYPOT,
        "is_more": bool(draft.sent),
        "until": kept.until,
    }
    return render(request, "intake/public/check.html", page)


def _on(request: HttpRequest, page: Page, draft: Draft, *, anew: bool = False) -> HttpResponse:
    """Keep the draft and go to a page: 303, so that a reload sends nothing again."""
    response = HttpResponseRedirect(reverse("tell", args=[page]))
    response.status_code = 303
    keep_draft(request, response, draft, anew=anew)
    return response


def _to_the_first(request: HttpRequest) -> HttpResponse:
    """Nothing is known of this browser: begin, and say if that is because it keeps no cookie."""
    first = reverse("tell", args=[FIRST])
    return redirect(first if has_cookie(request) else f"{first}?{NOT_KEPT}")


def _why_at_the_first(request: HttpRequest, kept: Kept | None) -> str:
    if kept is None and has_cookie(request):
        return "gone"
    return "cookies" if NOT_KEPT in request.GET and not has_cookie(request) else ""


def _begun(request: HttpRequest, page: Page) -> Kept | None:
    """A new draft, when this is the answer to the first page and its token is ours."""
    token = request.POST.get("token", "")
    if page != FIRST or token_in(token) is None:
        return None
    door = request.POST.get("door", Door.ADULT)
    known = Door(door) if door in set(Door) else Door.ADULT
    return Kept(Draft(token=token, door=known, via=via_of(request)), clock.now() + KEPT_FOR)


def _again(request: HttpRequest, page: Page, kept: Kept | None) -> QuestionForm:
    """The form of a page with what was typed, and no word of what is missing."""
    door = kept.draft.door if kept else Door.ADULT
    return form_of(page if page not in (CHECK, DONE) else FIRST, door)(initial=request.POST.dict())


def _language() -> str:
    return get_language() or "en"
