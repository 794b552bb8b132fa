"""The pages where an agency's supervisor keeps the webhooks of its record systems."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from havre.agencies.doors import OfficerRequest, door
from havre.agencies.rules.permits import Permit
from havre.referrals.webhooks import actions
from havre.referrals.webhooks.forms import ChangeForm, EndpointForm
from havre.referrals.webhooks.rules import RETRIES
from havre.referrals.webhooks.wording import STATES

UNPROCESSABLE = 422


@door(Permit.KEYS_KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def webhooks(request: OfficerRequest) -> HttpResponse:
    typed = request.POST if request.method == "POST" else None
    form = EndpointForm(typed, is_own_house=settings.PUBLIC_HOST == "localhost")
    if typed is not None and form.is_valid():
        try:
            endpoint, secret = actions.add_endpoint(form.cleaned_data["url"], by=request.user)
        except actions.TooManyEndpointsError:
            form.add_error("url", _("Your agency has five already. Change one of them."))
        else:
            return _one(request, endpoint.pk, secret=secret)
    rows = actions.read_endpoints(by=request.user)
    status = UNPROCESSABLE if form.errors else 200
    context = {"rows": rows, "form": form}
    return render(request, "webhooks/webhooks.html", context, status=status)


@door(Permit.KEYS_KEEP)
@require_safe
def webhook(request: OfficerRequest, endpoint_id: UUID) -> HttpResponse:
    return _one(request, endpoint_id)


@door(Permit.KEYS_KEEP)
@require_POST
def change_webhook(request: OfficerRequest, endpoint_id: UUID) -> HttpResponse:
    form, by = ChangeForm(request.POST), request.user
    if not form.is_valid():
        return _one(request, endpoint_id, form=form)
    what, days = form.cleaned_data["what"], form.cleaned_data["days"] or 0
    if what == "rotate":
        overlap = timedelta(days=days)
        _endpoint, secret = actions.rotate_secret(endpoint_id, overlap=overlap, by=by)
        return _one(request, endpoint_id, secret=secret)
    if what == "test":
        actions.send_test(endpoint_id, by=by)
        messages.success(request, _("A test is on its way. What became of it stands below."))
    else:
        actions.switch_endpoint(endpoint_id, is_on=what == "on", by=by)
        messages.success(request, _("The webhook was changed."))
    return redirect("webhook", endpoint_id)


@door(Permit.KEYS_KEEP)
@require_POST
def send_again(request: OfficerRequest, delivery_id: UUID) -> HttpResponse:
    delivery = actions.send_again(delivery_id, by=request.user)
    messages.success(request, _("It is sent once more, with the same webhook-id."))
    return redirect("webhook", delivery.endpoint_id)


def _one(
    request: OfficerRequest, pk: UUID, *, secret: str = "", form: ChangeForm | None = None
) -> HttpResponse:
    page = actions.read_deliveries(pk, after=request.GET.get("after", ""), by=request.user)
    context = {
        "page": page,
        "rows": [(one, STATES[one.state]) for one in page.deliveries],
        "secret": secret,
        "form": form or ChangeForm(),
        "tries": len(RETRIES) + 1,
    }
    status = UNPROCESSABLE if form else 200
    return render(request, "webhooks/webhook.html", context, status=status)
