"""The doors of a provider's engineer: the own provider's reports, duties and keys."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from havre.agencies.doors import OfficerRequest, door
from havre.agencies.rules.permits import Permit
from havre.intake.console.actions import (
    bind_own_keys,
    change_company,
    change_own_key,
    check_document,
    read_company,
    read_duties,
    read_keys,
    read_report,
    read_reports,
)
from havre.intake.console.forms import CheckForm, CompanyForm, DutiesForm, ReportsForm
from havre.intake.console.pasted import in_words
from havre.intake.console.wording import LAWS, READ, REPORTS_GO, STATES, why
from havre.intake.providers.forms import KeyForm, TrustForm
from havre.intake.providers.page import key_rows, preserve_days_of, trust_of
from havre.intake.questions.actions import answer_police, read_question, read_questions
from havre.intake.questions.forms import AnswerForm, ListForm
from havre.intake.questions.rules import AnsweredAlreadyError, QuestionKind
from havre.intake.questions.wording import ANSWERED, ASKED
from havre.intake.releases.wording import SAID
from havre.plumbing import clock

by_page_or_form = require_http_methods(["GET", "HEAD", "POST"])


@door(Permit.CONSOLE_USE)
@require_safe
def console(request: OfficerRequest) -> HttpResponse:
    asked = ReportsForm(request.GET).asked()
    page, card, provider = read_reports(**asked, by=request.user)
    rows = [
        (row, STATES[row.filing.state], [SAID[one.word] for one in row.released])
        for row in page.rows
    ]
    context = {
        "form": ReportsForm(initial=asked),
        "page": page,
        "rows": rows,
        "card": card,
        "counts": [(STATES[state], count) for state, count in card.counts.items()],
        "fields": [(one, why(one.field)) for one in card.fields],
        "preserve_days": preserve_days_of(provider),
    }
    return render(request, "intake/console/reports.html", context)


@door(Permit.CONSOLE_USE)
@require_safe
def report(request: OfficerRequest, number: int) -> HttpResponse:
    found = read_report(number, by=request.user)
    context = {
        "found": found,
        "state": STATES[found.state.state],
        "missing": [(field, why(field)) for field in found.state.missing],
        "released": [(SAID[one.word], one.since) for one in found.released],
        "asked": [(one, ASKED[one.kind], ANSWERED.get(one.answer)) for one in found.asked],
    }
    return render(request, "intake/console/report.html", context)


@door(Permit.CONSOLE_USE)
@require_safe
def duties(request: OfficerRequest) -> HttpResponse:
    asked = DutiesForm(request.GET).asked()
    page = read_duties(**asked, by=request.user)
    rows = [(row, LAWS.get(row.regime, row.regime), row.pk in page.kept_up) for row in page.rows]
    context = {"form": DutiesForm(initial=asked), "page": page, "rows": rows, "asked": asked}
    return render(request, "intake/console/duties.html", context)


@door(Permit.CONSOLE_USE)
@by_page_or_form
def check(request: OfficerRequest) -> HttpResponse:
    form = CheckForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        status = 422 if form.errors else 200
        return render(request, "intake/console/check.html", {"form": form}, status=status)
    found = in_words(check_document(form.cleaned_data["document"].encode(), by=request.user))
    missing = [(field, why(field)) for field in found.quality.missing] if found.quality else []
    context = {"form": form, "found": found, "missing": missing}
    return render(request, "intake/console/check.html", context)


@door(Permit.CONSOLE_USE)
@by_page_or_form
def keys(request: OfficerRequest) -> HttpResponse:
    form, key = KeyForm(request.POST if request.method == "POST" else None), ""
    if form.is_valid():
        key = change_own_key(overlap=timedelta(days=form.cleaned_data["days"]), by=request.user)
    provider, given = read_keys(by=request.user)
    context = {
        "provider": provider,
        "keys": key_rows(given),
        "key": key,
        "keying": KeyForm() if key else form,
    }
    return render(request, "intake/console/keys.html", context, status=422 if form.errors else 200)


@door(Permit.CONSOLE_USE)
@by_page_or_form
def company(request: OfficerRequest) -> HttpResponse:
    """How the own provider is known here; who answers there day and night."""
    provider, senders = read_company(by=request.user)
    known = {name: getattr(provider, name) for name in CompanyForm.base_fields}
    form = CompanyForm(request.POST if request.method == "POST" else None, initial=known)
    if form.is_valid():
        change_company(**form.cleaned_data, by=request.user)
        messages.success(request, _("It is saved. Police and the tipline read it from now on."))
        return redirect("console_company")
    context = {
        "form": form,
        "provider": provider,
        "senders": senders,
        "reports_go": REPORTS_GO[provider.environment],
        "read": READ[provider.reading],
        "law": LAWS.get(provider.regime, provider.regime),
    }
    status = 422 if form.errors else 200
    return render(request, "intake/console/company.html", context, status=status)


@door(Permit.CONSOLE_USE)
@by_page_or_form
def trust(request: OfficerRequest) -> HttpResponse:
    provider, _given = read_keys(by=request.user)
    typed = request.POST if request.method == "POST" else None
    form = TrustForm(typed, initial=trust_of(provider))
    if form.is_valid():
        bind_own_keys(**form.cleaned_data, by=request.user)
        messages.success(request, _("It holds from the next request on."))
        return redirect("console_trust")
    context = {"form": form, "provider": provider}
    status = 422 if form.errors else 200
    return render(request, "intake/console/trust.html", context, status=status)


@door(Permit.CONSOLE_USE)
@require_safe
def questions(request: OfficerRequest) -> HttpResponse:
    form = ListForm(request.GET)
    page = read_questions(**form.asked(), by=request.user)
    rows = [(row, ASKED[row.question.kind], ANSWERED.get(row.question.answer)) for row in page.rows]
    context = {"form": ListForm(initial=form.cleaned_data), "page": page, "rows": rows}
    return render(request, "intake/console/questions.html", context)


@door(Permit.CONSOLE_USE)
@by_page_or_form
def question(request: OfficerRequest, question_id: UUID) -> HttpResponse:
    """One question of police: read it, answer it."""
    asked, row = read_question(question_id, by=request.user)
    form = AnswerForm(
        request.POST if request.method == "POST" else None,
        kind=QuestionKind(asked.kind),
        today=clock.now().astimezone(clock.LEGAL_ZONE).date(),
    )
    if form.is_valid():
        try:
            answer_police(question_id, **form.cleaned_data, by=request.user)
        except AnsweredAlreadyError:
            words = _("It was answered already. Nothing was changed.")
            messages.warning(request, words, extra_tags="look")
        else:
            messages.success(request, _("Your answer is with whoever asked."))
        return redirect("console_questions")
    context = {
        "asked": asked,
        "row": row,
        "says": ASKED[asked.kind],
        "answer": ANSWERED.get(asked.answer),
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "intake/console/question.html", context, status=status)
