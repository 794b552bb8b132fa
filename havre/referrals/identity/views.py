"""The doors to who reported: the desk's, which gives and ends it, and the agency's, which reads."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from havre.agencies.doors import OfficerRequest, door
from havre.agencies.rules.permits import Permit
from havre.referrals.identity.actions import (
    end_identity,
    give_identity,
    look_at_grants,
    read_identity,
)
from havre.referrals.identity.forms import GiveIdentityForm
from havre.referrals.identity.rules import Because, GivenAlreadyError, NobodyNamedError
from havre.referrals.identity.wording import BECAUSE, NOT_GIVEN
from havre.referrals.rules.guards import RiskNotAssessedError
from havre.referrals.rules.outcomes import ReferralStateError
from havre.referrals.wording import KINDS

UNPROCESSABLE = 422


@door(Permit.IDENTITY_GIVE)
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: OfficerRequest, reference: str) -> HttpResponse:
    form = GiveIdentityForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            give_identity(reference, **form.cleaned_data, by=request.user)
        except (GivenAlreadyError, NobodyNamedError, RiskNotAssessedError) as error:
            form.add_error("because", str(NOT_GIVEN[type(error)]))
        except ReferralStateError:
            form.add_error("because", _("The agency has the referral no more. Nothing was given."))
        else:
            messages.success(request, _("Given. The agency is told that something was added."))
            return redirect("give_identity", reference)
    opened = look_at_grants(reference, by=request.user)
    context = {
        "opened": opened,
        "agency": opened.referral.to_agency.name(get_language() or "en"),
        "rows": [(grant, BECAUSE[Because(grant.because)], words) for grant, words in opened.grants],
        "form": form,
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "identity/give.html", context, status=status)


@door(Permit.IDENTITY_GIVE)
@require_POST
def end(request: OfficerRequest, reference: str) -> HttpResponse:
    end_identity(reference, by=request.user)
    messages.success(request, _("Ended. The agency reads it no more; what it noted, it has."))
    return redirect("give_identity", reference)


@door(Permit.IDENTITY_READ)
@require_safe
def identity(request: OfficerRequest, reference: str) -> HttpResponse:
    opened = read_identity(reference, by=request.user)
    people = [
        (one.names, [(KINDS.get(kind, kind), value) for kind, value in one.contacts])
        for one in opened.who
    ]
    context = {
        "reference": reference,
        "grant": opened.grant,
        "because": BECAUSE[Because(opened.grant.because)],
        "words": opened.words,
        "people": people,
    }
    return render(request, "identity/identity.html", context)
