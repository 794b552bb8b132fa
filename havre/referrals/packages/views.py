"""The doors where an agency takes a package away, and says which key its files are sealed to."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from havre.agencies.doors import OfficerRequest, door
from havre.agencies.rules.permits import Permit
from havre.referrals.packages.actions import fetch_package, read_keys, register_key, withdraw_key
from havre.referrals.packages.forms import KeyForm, NumberForm
from havre.referrals.packages.rules.archive import file_name

UNPROCESSABLE = 422


@door(Permit.REFERRAL_ANSWER)
@require_POST
def package(request: OfficerRequest, reference: str) -> HttpResponse:
    form = NumberForm(request.POST)
    if not form.is_valid():
        raise Http404
    number = form.cleaned_data["number"]
    container = fetch_package(reference, number=number, by=request.user)
    answer = HttpResponse(container, content_type="application/zip")
    name = file_name(reference, number)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@door(Permit.KEYS_KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def agency_key(request: OfficerRequest) -> HttpResponse:
    form = KeyForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        register_key(**form.cleaned_data, by=request.user)
        messages.success(request, _("Registered. Compare the fingerprint with whoever made it."))
        return redirect("agency_key")
    context = {"form": form, "page": read_keys(by=request.user), "faulty": form.is_bound}
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "referrals/agency_key.html", context, status=status)


@door(Permit.KEYS_KEEP)
@require_POST
def withdraw_agency_key(request: OfficerRequest) -> HttpResponse:
    withdraw_key(by=request.user)
    messages.success(request, _("Withdrawn. Files stay out of packages until a key stands again."))
    return redirect("agency_key")
