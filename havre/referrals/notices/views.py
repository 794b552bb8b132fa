"""The page where an agency's supervisor says where notices go."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from havre.agencies.doors import OfficerRequest, door
from havre.agencies.rules.permits import Permit
from havre.referrals.notices import actions
from havre.referrals.notices.forms import NoticesForm
from havre.referrals.notices.rules import APART
from havre.referrals.notices.wording import STATES

UNPROCESSABLE = 422


@door(Permit.NOTICE_KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def notices(request: OfficerRequest) -> HttpResponse:
    page = actions.read_notices(by=request.user)
    typed = request.POST if request.method == "POST" else None
    form = NoticesForm(typed, initial={"email": page.bell.email, "is_on": page.bell.is_on})
    if typed is not None and form.is_valid():
        actions.set_notices(**form.cleaned_data, by=request.user)
        messages.success(request, _("Kept. Send a test, and see whether it arrives."))
        return redirect("notices")
    context = {
        "page": page,
        "form": form,
        "rows": [(one, STATES[one.state]) for one in page.notices],
        "minutes": int(APART.total_seconds() // 60),
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "notices/notices.html", context, status=status)


@door(Permit.NOTICE_KEEP)
@require_POST
def try_notice(request: OfficerRequest) -> HttpResponse:
    try:
        actions.write_test(by=request.user)
    except actions.NowhereError:
        said = _("No address is set yet. Write one, keep it, then send a test.")
        messages.warning(request, said, extra_tags="look")
    except actions.TooSoonError:
        said = _("A test went out a moment ago. Wait a minute before the next.")
        messages.warning(request, said, extra_tags="look")
    else:
        messages.success(request, _("A test is going out. What became of it stands below."))
    return redirect("notices")
