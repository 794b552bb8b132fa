"""The doors to the words of a report in a third language."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from havre.agencies.doors import OfficerRequest, door
from havre.agencies.rules.permits import Permit
from havre.triage.interpreting.actions import (
    ask_interpreter,
    let_interpreter_go,
    open_words,
    write_translation,
)
from havre.triage.interpreting.forms import AskForm, TranslationForm
from havre.triage.interpreting.rules import NothingWaitsError
from havre.triage.interpreting.wording import language_name

UNPROCESSABLE = 422


@door(Permit.REPORT_TRANSLATE)
@require_http_methods(["GET", "HEAD", "POST"])
def translation(request: OfficerRequest, reference: str) -> HttpResponse:
    form = TranslationForm(request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid():
        write_translation(reference, **form.told(), by=request.user)
        messages.success(request, _("Kept. The report is scored anew on what it says."))
        return redirect("report_page", reference)
    return _words(request, reference, writing=form)


@door(Permit.REPORT_TRANSLATE)
@require_POST
def ask(request: OfficerRequest, reference: str) -> HttpResponse:
    """Ask for an interpreter of a language, or say that none is needed."""
    if request.POST.get("what") == "none":
        try:
            let_interpreter_go(reference, by=request.user)
        except NothingWaitsError:
            words = _("It waits for no interpreter. Nothing was changed.")
            messages.warning(request, words, extra_tags="look")
        else:
            messages.success(request, _("It waits for no interpreter any more."))
        return redirect("report_page", reference)
    form = AskForm(request.POST)
    if not form.is_valid():
        return _words(request, reference, asking=form)
    ask_interpreter(reference, **form.cleaned_data, by=request.user)
    messages.success(request, _("It waits for an interpreter, and keeps its place in the queue."))
    return redirect("report_page", reference)


def _words(
    request: OfficerRequest,
    reference: str,
    *,
    writing: TranslationForm | None = None,
    asking: AskForm | None = None,
) -> HttpResponse:
    opened = open_words(reference, by=request.user)
    language = opened.wanted.language if opened.wanted else ""
    context = {
        "opened": opened,
        "language_of": language_name(language),
        "rows": [
            (each, language_name(each.translation.from_language)) for each in opened.translations
        ],
        "form": writing or TranslationForm(language=language, to=get_language() or "en"),
        "asking": asking or AskForm(language=language),
        "faulty": writing or asking,
    }
    status = UNPROCESSABLE if context["faulty"] else 200
    return render(request, "interpreting/translation.html", context, status=status)
