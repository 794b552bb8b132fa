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
from havre.referrals.inbox.listing import inbox_of
from havre.referrals.inbox.reads import asks_the_desk
from havre.referrals.notices.reads import is_failing

NOT_MODIFIED = 304


@door(Permit.INBOX_READ)
@require_safe
def inbox(request: OfficerRequest) -> HttpResponse:
    asked, language = InboxForm(request.GET).asked(), get_language() or "en"
    seen = request.headers.get("If-None-Match")
    if seen and seen == inbox_of(request.user, **asked, language=language).mark:
        # Nothing is shown that was not: no look, no line.
        return HttpResponse(status=NOT_MODIFIED)
    page = read_inbox(**asked, language=language, by=request.user)
    context: dict[str, object] = {
        "form": InboxForm(initial=asked),
        "page": page,
        "notifications": unread_notifications(request.user),
        "has_notifications": has_notifications(request.user),
        "keeps_rota": request.user.may(Permit.ROTA_KEEP),
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
