"""The doors of whoever keeps the list of providers and their keys."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from havre.agencies.actions import (
    add_provider,
    change_provider,
    issue_key,
    read_providers,
    revoke_keys,
)
from havre.agencies.doors import OfficerRequest, door
from havre.agencies.reads import provider_by_code
from havre.agencies.rules.permits import Permit
from havre.agencies.staff.actions import add_engineer
from havre.agencies.staff.rules import OfficerRefusedError
from havre.agencies.wire_keys import new_wire_key
from havre.intake.providers.forms import EngineerForm, KeyForm, NewProviderForm
from havre.intake.providers.page import profile_form, provider_context

by_page_or_form = require_http_methods(["GET", "HEAD", "POST"])


@door(Permit.PROVIDERS_KEEP)
@by_page_or_form
def providers(request: OfficerRequest) -> HttpResponse:
    form = NewProviderForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        context = {"form": form, "providers": read_providers(by=request.user)}
        return render(request, "intake/providers.html", context, status=422 if form.errors else 200)
    key, asked = new_wire_key(), form.cleaned_data
    provider = add_provider(
        asked["provider"],
        name=asked["name"],
        password=key,
        environment=asked["environment"],
        by=request.user,
    )
    return render(request, "intake/provider.html", provider_context(provider, key=key))


@door(Permit.PROVIDERS_KEEP)
@by_page_or_form
def provider_page(request: OfficerRequest, provider: str) -> HttpResponse:
    (found,) = read_providers(provider, by=request.user)
    form = profile_form(found, request.POST if request.method == "POST" else None)
    if not form.is_valid():
        context = provider_context(found, profile=form)
        return render(request, "intake/provider.html", context, status=422 if form.errors else 200)
    change_provider(found, by=request.user, **form.cleaned_data)
    messages.success(request, _("The profile is saved."))
    return redirect("provider_page", provider=provider)


@door(Permit.PROVIDERS_KEEP)
@require_POST
def issue_provider_key(request: OfficerRequest, provider: str) -> HttpResponse:
    found, form = provider_by_code(provider), KeyForm(request.POST)
    if not form.is_valid():
        context = provider_context(found, keying=form)
        return render(request, "intake/provider.html", context, status=422)
    key = issue_key(found, overlap=timedelta(days=form.cleaned_data["days"]), by=request.user)
    return render(request, "intake/provider.html", provider_context(found, key=key))


@door(Permit.PROVIDERS_KEEP)
@require_POST
def revoke_provider_keys(request: OfficerRequest, provider: str) -> HttpResponse:
    revoke_keys(provider_by_code(provider), by=request.user)
    messages.success(request, _("Its keys open nothing any more. A new one can be issued."))
    return redirect("provider_page", provider=provider)


@door(Permit.PROVIDERS_KEEP)
@require_POST
def add_provider_engineer(request: OfficerRequest, provider: str) -> HttpResponse:
    found, form = provider_by_code(provider), EngineerForm(request.POST)
    if form.is_valid():
        try:
            made = add_engineer(found, **form.cleaned_data, by=request.user)
        except OfficerRefusedError as error:
            form.refuse(error.refusal)
        else:
            return render(request, "intake/provider.html", provider_context(found, made=made))
    return render(
        request, "intake/provider.html", provider_context(found, joining=form), status=422
    )
