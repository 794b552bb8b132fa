"""The public doors of the front desk: telling, keeping the receipt, and coming back."""

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from havre.agencies.doors import open_door
from havre.agencies.rules.directory import community_of
from havre.agencies.sign_in import address_of
from havre.intake.actions import (
    Delivery,
    open_by_receipt,
    receive_report,
    send_message,
)
from havre.intake.form_tokens import (
    FormToken,
    holder_of,
    is_from_our_own_page,
    minted_token,
    secret_in,
    ticket_for,
    token_in,
)
from havre.intake.forms import MessageForm, ReportForm, WordsForm
from havre.intake.public.doubting import is_doubtful
from havre.intake.public.pressed import pressed_page
from havre.intake.public.rules.journey import Door, partner_in
from havre.intake.public.sheets import sheet_of
from havre.intake.reads import OpenedReport, Received, delivered_before
from havre.intake.releases.wording import SAID
from havre.intake.rules.public_form import Teller, WhereAnswer, source_of, submission_of
from havre.intake.rules.receipts import words_of
from havre.intake.rules.senders import ReceiptHolder
from havre.intake.rules.stages import StageWord
from havre.intake.rules.submission import Happening
from havre.plumbing import clock
from havre.plumbing.keys import KeyRefusedError

# A field that people do not see. Whatever fills it in is not a person reading the page.
HONEYPOT = "website"
TYPED = ("story", "their_contact", "meeting", "anything_else")
# A name that tells nothing to whoever looks over a shoulder or through the downloads.
RECEIPT_FILE = "notes.txt"
by_page_or_form = require_http_methods(["GET", "HEAD", "POST"])


@open_door
@csrf_exempt
@by_page_or_form
def report(request: HttpRequest) -> HttpResponse:
    """The form. Whatever goes wrong shows it again, with the answers still there."""
    if request.method != "POST":
        return _ask(request, ReportForm())
    if not is_from_our_own_page(request):
        return _ask(request, _kept(request), status=403, trouble="foreign")
    token = token_in(request.POST.get("token", ""))
    if token is None:
        return _ask(request, _kept(request), status=422, trouble="late")
    if "other_language" in request.POST:
        return _ask(request, _kept(request))
    form = ReportForm(request.POST)
    if not form.is_valid():
        return _ask(request, form, status=422)
    received = receive_report(_delivery(request, form, token), by=token.sender)
    return _thank(request, form, token, received)


@open_door
@csrf_exempt
@require_POST
def save_words(request: HttpRequest) -> HttpResponse:
    """The receipt as a small text file: reference and words, no answer."""
    token = token_in(request.POST.get("token", ""))
    received = delivered_before(token.sender) if token and is_from_our_own_page(request) else None
    if token is None or received is None:
        return redirect("come_back")
    words = words_of(token.secret, language=_language())
    lines = (received.reference, "", *(f"{n}. {word}" for n, word in enumerate(words, start=1)))
    response = HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{RECEIPT_FILE}"'
    return response


@open_door
@csrf_exempt
@by_page_or_form
def come_back(request: HttpRequest) -> HttpResponse:
    """The way back to one's report. Words that lead nowhere look alike, whatever the reason."""
    if request.method != "POST":
        return _ask_words(request, WordsForm())
    form = WordsForm(request.POST)
    if not is_from_our_own_page(request):
        return _ask_words(request, WordsForm(initial=request.POST.dict()), status=403)
    if not form.is_valid():
        return _ask_words(request, form, status=422)
    for secret in form.cleaned_data["words"]:
        if (opened := _opened(secret)) is not None:
            message = MessageForm(initial={"message": form.cleaned_data["message"]})
            return _show_report(request, opened[0], message, secret)
    form.add_error("words", _("These words do not open a report. Please check each one."))
    return _ask_words(request, form, status=422)


@open_door
@csrf_exempt
@require_POST
def add_word(request: HttpRequest) -> HttpResponse:
    """Something to add to one's report. The same text sent twice is added once."""
    form = MessageForm(request.POST)
    secret = secret_in(request.POST.get("ticket", ""))
    found = _opened(secret) if secret and is_from_our_own_page(request) else None
    if secret is None or found is None:
        again = WordsForm(initial={"message": request.POST.get("message", "")})
        return _ask_words(request, again, status=422, trouble="late")
    opened, holder = found
    if not form.is_valid():
        return _show_report(request, opened, form, secret, status=422)
    text = form.cleaned_data["message"]
    if text not in {said.text for said in opened.messages if said.from_reporter}:
        send_message(opened.report, text, receipt_key=holder.key, by=holder)
        opened, _holder = open_by_receipt(by=holder_of(secret))
    return _show_report(request, opened, MessageForm(), secret, has_added=True)


def _ask(
    request: HttpRequest, form: ReportForm, *, status: int = 200, trouble: str = ""
) -> HttpResponse:
    sent = request.POST.get("token", "")
    token = sent if not trouble and token_in(sent) else minted_token()
    page = {"form": form, "token": token, "trouble": trouble, "honeypot": HONEYPOT}
    page["via"] = _via(request)
    return render(request, "intake/report.html", page, status=status)


def _kept(request: HttpRequest) -> ReportForm:
    return ReportForm(initial=request.POST.dict())


def _delivery(request: HttpRequest, form: ReportForm, token: FormToken) -> Delivery:
    is_odd = bool(request.POST.get(HONEYPOT))
    texts = (form.cleaned_data[name] for name in TYPED)
    return Delivery(
        submission=submission_of(form.cleaned_data, _language()),
        source=source_of(form.answers()),
        zone=clock.LEGAL_ZONE.key,
        receipt=holder_of(token.secret),
        quarantined=is_doubtful(texts, token=token, address=address_of(request), is_odd=is_odd),
        via=_via(request),
    )


def _thank(
    request: HttpRequest, form: ReportForm, token: FormToken, received: Received
) -> HttpResponse:
    region, who = form.cleaned_data["region"], form.cleaned_data["who"]
    door = Door.YOUNG if who == Teller.UNDER_18 else Door.ADULT
    happening = Happening(form.cleaned_data["happening"])
    page = {
        "is_first": received.is_first,
        "now": clock.now().replace(second=0, microsecond=0),
        "is_danger": form.cleaned_data["danger"] == "yes",
        "region": "" if region in set(WhereAnswer) else region,
        "sheet": tuple(str(line) for line in sheet_of(happening, door)),
        "town": community_of(region, form.cleaned_data["town"]),
    }
    blanks: dict[str, str | tuple[str, ...]] = {
        "reference": received.reference,
        "words": words_of(token.secret, language=_language()),
        "token": request.POST["token"],
    }
    return HttpResponse(pressed_page(request, "intake/receipt.html", page, blanks=blanks))


def _ask_words(
    request: HttpRequest, form: WordsForm, *, status: int = 200, trouble: str = ""
) -> HttpResponse:
    page = {"form": form, "trouble": trouble}
    return render(request, "intake/come_back.html", page, status=status)


def _opened(secret: bytes) -> tuple[OpenedReport, ReceiptHolder] | None:
    """The report of a secret; None where it leads nowhere or its keys were destroyed."""
    try:
        return open_by_receipt(by=holder_of(secret))
    except (ObjectDoesNotExist, KeyRefusedError):
        return None


def _show_report(
    request: HttpRequest,
    opened: OpenedReport,
    form: MessageForm,
    secret: bytes,
    *,
    status: int = 200,
    has_added: bool = False,
) -> HttpResponse:
    page = {
        "reference": opened.report.reference,
        "stages": [(stage.stage, stage.at) for stage in opened.stages],
        "is_passed_on": any(one.stage == StageWord.PASSED_ON for one in opened.stages),
        "released": [(SAID[told.word], told.since) for told in opened.released],
        "answer": opened.answer,
        "messages_said": opened.messages,
        "incidents": opened.submission.incidents,
        "form": form,
        "ticket": ticket_for(secret),
        "has_added": has_added,
    }
    return render(request, "intake/my_report.html", page, status=status)


def _via(request: HttpRequest) -> str:
    return partner_in(request.POST.get("via", "") or request.GET.get("via", ""))


def _language() -> str:
    return get_language() or "en"
