"""The doors of whoever keeps the partners, and what anybody may put on a page of their own."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from havre.agencies.doors import OfficerRequest, door, open_door
from havre.agencies.rules.permits import Permit
from havre.intake.partners.actions import (
    add_partner,
    change_partner,
    close_partner,
    read_partner,
    read_partners,
)
from havre.intake.partners.forms import NewPartnerForm, PartnerForm, PeriodForm
from havre.intake.partners.links import links_of
from havre.intake.public.rules.journey import partner_in

LANGUAGES = ("en", "fr")
KEPT_SECONDS = 24 * 60 * 60
by_page_or_form = require_http_methods(["GET", "HEAD", "POST"])


@door(Permit.PARTNERS_KEEP)
@by_page_or_form
def partners(request: OfficerRequest) -> HttpResponse:
    form = NewPartnerForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        partner = add_partner(**form.cleaned_data, by=request.user)
        messages.success(request, _("Added. Its links are ready to be copied."))
        return redirect("partner", partner.code)
    days = PeriodForm(request.GET).asked()
    context = {
        "form": form,
        "period": PeriodForm(initial={"days": days}),
        "sources": read_partners(days=days, by=request.user),
    }
    status = 422 if form.errors else 200
    return render(request, "intake/partners/partners.html", context, status=status)


@door(Permit.PARTNERS_KEEP)
@by_page_or_form
def partner(request: OfficerRequest, code: str) -> HttpResponse:
    found = read_partner(code, by=request.user)
    is_sent = request.method == "POST"
    named = {"name_en": found.name_en, "name_fr": found.name_fr, "site": found.site}
    form = PartnerForm(request.POST) if is_sent else PartnerForm(initial=named)
    if is_sent and form.is_valid():
        change_partner(code, **form.cleaned_data, by=request.user)
        messages.success(request, _("The partner is saved."))
        return redirect("partner", code)
    links = [links_of(request, via=code, language=language) for language in LANGUAGES]
    context = {"form": form, "partner": found, "links": links}
    status = 422 if form.errors else 200
    return render(request, "intake/partners/partner.html", context, status=status)


@door(Permit.PARTNERS_KEEP)
@require_POST
def close(request: OfficerRequest, code: str) -> HttpResponse:
    """Close a partner, or open it again."""
    close_partner(code, is_open=request.POST.get("open") == "1", by=request.user)
    messages.success(request, _("Saved. Its links go on working."))
    return redirect("partner", code)


@open_door
@require_safe
def link_to_us(request: HttpRequest) -> HttpResponse:
    """What anybody may put on their own page: plain links, no script, nothing that counts."""
    via = partner_in(request.GET.get("via", ""))
    links = [links_of(request, via=via, language=language) for language in LANGUAGES]
    return render(request, "intake/partners/link_to_us.html", {"links": links})


@open_door
@require_safe
def badge(request: HttpRequest) -> HttpResponse:
    """The badge as a picture. It sets nothing, and is kept for a day."""
    response = render(request, "intake/partners/picture.html", content_type="image/svg+xml")
    response["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    return response
