"""The page where an agency's supervisor keeps the keys of its record systems."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from havre.agencies.doors import OfficerRequest, door
from havre.agencies.rules.permits import Permit
from havre.referrals.records.actions import issue_system_key, read_system_keys, revoke_system_key
from havre.referrals.records.forms import SystemKeyForm

UNPROCESSABLE = 422


@door(Permit.KEYS_KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def system_keys(request: OfficerRequest) -> HttpResponse:
    page, key = read_system_keys(by=request.user), ""
    typed = request.POST if request.method == "POST" else None
    form = SystemKeyForm(typed, colleagues=page.colleagues)
    if form.is_valid():
        given = form.cleaned_data
        overlap = timedelta(days=given["days"])
        _row, key = issue_system_key(
            given["name"], officer=given["officer"], overlap=overlap, by=request.user
        )
        page = read_system_keys(by=request.user)
    context = {
        "page": page,
        "key": key,
        "form": SystemKeyForm(colleagues=page.colleagues) if key else form,
        "faulty": bool(form.errors),
        "contract": reverse("records_contract"),
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "referrals/system_keys.html", context, status=status)


@door(Permit.KEYS_KEEP)
@require_POST
def revoke_key(request: OfficerRequest, key_id: UUID) -> HttpResponse:
    key = revoke_system_key(key_id, by=request.user)
    words = _("The key of %(system)s that ends in %(ending)s opens nothing any more.")
    messages.success(request, words % {"system": key.name, "ending": key.ending})
    return redirect("system_keys")
