"""The doors of the inbox and of the clocks that ring."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from havre.agencies.doors import OfficerRequest, door
from havre.agencies.rules.permits import Permit
from havre.identifiers.editions.reads import unnoted
from havre.intake.notifications.reads import has_notifications, unread_notifications
from havre.links.watches.reads import alerts_waiting, watches_ending
from havre.referrals.actions import read_inbox
from havre.referrals.inbox.actions import read_alarms
from havre.referrals.inbox.forms import InboxForm
from havre.referrals.inbox.reads import asks_the_desk
from havre.referrals.notices.reads import is_failing


@door(Permit.INBOX_READ)
@require_safe
def inbox(request: OfficerRequest) -> HttpResponse:
    asked = InboxForm(request.GET).asked()
    page = read_inbox(**asked, language=get_language() or "en", by=request.user)
    context: dict[str, object] = {
        "form": InboxForm(initial=asked),
        "page": page,
        "notifications": unread_notifications(request.user),
        "has_notifications": has_notifications(request.user),
    }
    if request.user.may(Permit.WATCH_KEEP):
        context["alerts"] = alerts_waiting(actor=request.user)
        context["ending"] = watches_ending(actor=request.user)
    if request.user.may(Permit.NOTICE_KEEP):
        context["is_failing"] = is_failing(request.user)
    return render(request, "referrals/inbox.html", context)


@door(Permit.ALARM_READ)
@require_safe
def alarms(request: OfficerRequest) -> HttpResponse:
    context = {"rows": read_alarms(language=get_language() or "en", by=request.user)}
    asking, failed = asks_the_desk(request.user), unnoted(actor=request.user)
    return render(
        request, "referrals/alarms.html", {**context, "asking": asking, "unnoted": failed}
    )
