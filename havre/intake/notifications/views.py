"""The doors of notifications: a provider writes and sees the delivery, a police service reads."""

from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from havre.agencies.doors import OfficerRequest, door
from havre.agencies.reads import provider_of
from havre.agencies.rules.permits import Permit
from havre.intake.notifications.actions import (
    NoRealAccountError,
    NoSuchServiceError,
    NotificationRefusedError,
    TokenUsedError,
    notify_police,
    open_notification,
    read_notifications,
    read_sent,
)
from havre.intake.notifications.forms import ListForm, NotificationForm
from havre.intake.notifications.paper import notification_context, paper_of
from havre.intake.notifications.reads import police_services, version_for

UNPROCESSABLE = 422
by_page_or_form = require_http_methods(["GET", "HEAD", "POST"])


@door(Permit.NOTIFICATION_WRITE)
@require_safe
def sent(request: OfficerRequest) -> HttpResponse:
    page = read_sent(after=ListForm(request.GET).asked()["after"], by=request.user)
    rows = [(row, row.agency.name(_language())) for row in page.rows]
    return render(request, "intake/notifications/sent.html", {"page": page, "rows": rows})


@door(Permit.NOTIFICATION_WRITE)
@by_page_or_form
def new(request: OfficerRequest) -> HttpResponse:
    provider = provider_of(request.user)
    services = police_services(provider)
    version = version_for(provider)
    form = NotificationForm(
        request.POST if request.method == "POST" else None,
        services=[(one.code, one.name(_language())) for one in services],
        asks_transmission=version is not None and version.needs_transmission_data,
    )
    if form.is_valid() and _notified(request, form):
        return redirect("console_notifications")
    context = {
        "form": form,
        "services": services,
        "provider": provider,
        "version": version,
        "token": form.next_token or form["token"].value() or str(uuid4()),
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "intake/notifications/new.html", context, status=status)


@door(Permit.NOTIFICATION_READ)
@require_safe
def received(request: OfficerRequest) -> HttpResponse:
    asked = ListForm(request.GET).asked()
    page = read_notifications(**asked, by=request.user)
    context = {"form": ListForm(initial=asked), "page": page}
    return render(request, "intake/notifications/received.html", context)


@door(Permit.NOTIFICATION_READ)
@require_safe
def notification(request: OfficerRequest, reference: str) -> HttpResponse:
    opened = open_notification(reference, by=request.user)
    context = notification_context(opened)
    return render(request, "intake/notifications/notification.html", context)


@door(Permit.NOTIFICATION_READ)
@require_safe
def paper(request: OfficerRequest, reference: str) -> HttpResponse:
    opened = open_notification(reference, as_paper=True, by=request.user)
    answer = HttpResponse(paper_of(opened, language=_language()), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{opened.notification.reference}.pdf"'
    return answer


def _notified(request: OfficerRequest, form: NotificationForm) -> bool:
    """Send what was typed; say so, or say in the form why not."""
    given = form.cleaned_data
    try:
        row = notify_police(form.contents(), to=given["to"], token=given["token"], by=request.user)
    except NotificationRefusedError as refusal:
        form.refuse(refusal.faults)
        return False
    except NoSuchServiceError:
        form.add_error("to", _("Choose a police service from the list."))
        return False
    except TokenUsedError as refused:
        form.next_token = str(uuid4())
        said = _(
            "This form was delivered before, as %(reference)s. What stands here now differs and was"
            " not sent. Send it once more, and it goes as a notification of its own."
        )
        form.add_error(None, said % {"reference": refused.reference})
        return False
    except NoRealAccountError:
        form.add_error(None, _("This is a test account. It notifies no police; nothing was sent."))
        return False
    told = {"agency": row.agency.name(_language()), "reference": row.reference}
    messages.success(request, _("%(reference)s was delivered to %(agency)s.") % told)
    return True


def _language() -> str:
    return get_language() or "en"
