"""Doors of sign-in: allauth's views, each behind its own label, and the way to one's desk."""

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from havre.agencies import sessions
from havre.agencies.doors import Asked, OfficerRequest, View, door, entrance
from havre.agencies.reads import places_of
from havre.agencies.rules.permits import Permit
from havre.agencies.sign_in import SecondFactorAdapter, slow_tries

# Where each kind of work begins, the first permit that is held.
DESKS = (
    (Permit.QUEUE_READ, "queue"),
    (Permit.INBOX_READ, "inbox"),
    (Permit.LOG_READ, "log"),
    (Permit.OFFICERS_KEEP, "officers"),
    (Permit.PROVIDERS_KEEP, "providers"),
    (Permit.CONSOLE_USE, "console"),
    (Permit.DISPATCH_READ, "dispatches"),
    (Permit.SHEET_READ, "sheets"),
    (Permit.ACCOUNT_KEEP, "mfa_index"),
)


# Django's own class-based views take PUT for POST, and delete by DELETE without asking the form.
by_page_or_form = require_http_methods(["GET", "HEAD", "POST"])


@door(Permit.ACCOUNT_KEEP)
@require_safe
def desk(request: OfficerRequest) -> HttpResponse:
    if not sessions.has_chosen(request) and places_of(request.user):
        return redirect("act_for")
    return redirect(next(name for permit, name in DESKS if request.user.may(permit)))


class RemovePasskey(passkeys.RemoveWebAuthnView):  # type: ignore[misc]
    """allauth asks whether the last TOTP may go, but not whether the last passkey may."""

    def form_valid(self, form: object) -> HttpResponse:
        adapter = SecondFactorAdapter()
        if adapter.can_delete_authenticator(self.object):
            response: HttpResponse = super().form_valid(form)
            return response
        messages.warning(self.request, adapter.error_messages["cannot_delete_authenticator"])
        return redirect(self.success_url)


def _keeping(view: View) -> View:
    """For who keeps an account; without a second factor yet, to set one up."""
    label = door(
        Permit.ACCOUNT_KEEP, without_second_factor=True, as_oneself=True, asked_first=slow_tries
    )
    return label(by_page_or_form(view))


def _entering(view: View, asked_first: Asked | None = None) -> View:
    return entrance(asked_first)(by_page_or_form(view))


# Nobody is signed in yet, or somebody is half-way in. Leaving is open: it also breaks that off.
sign_in = _entering(account.login, slow_tries)
sign_out = _entering(account.logout)
show_second_factor = _entering(second_factor.authenticate, slow_tries)
sign_in_with_passkey = _entering(passkeys.login_webauthn)

reauthenticate = _keeping(account.reauthenticate)
reauthenticate_with_code = _keeping(second_factor.reauthenticate)
reauthenticate_with_passkey = _keeping(passkeys.reauthenticate_webauthn)
change_password = door(
    Permit.ACCOUNT_KEEP,
    without_second_factor=True,
    with_one_time_password=True,
    as_oneself=True,
    asked_first=slow_tries,
)(by_page_or_form(account.password_change))

second_factors = _keeping(require_safe(second_factor.index))
add_totp = door(Permit.ACCOUNT_KEEP, without_second_factor=True, as_oneself=True)(
    by_page_or_form(totp.activate_totp)
)
remove_totp = _keeping(totp.deactivate_totp)
list_passkeys = _keeping(require_safe(passkeys.list_webauthn))
add_passkey = _keeping(passkeys.add_webauthn)
rename_passkey = _keeping(passkeys.edit_webauthn)
remove_passkey = _keeping(RemovePasskey.as_view())
recovery_codes = _keeping(require_safe(recovery.view_recovery_codes))
new_recovery_codes = _keeping(recovery.generate_recovery_codes)
download_recovery_codes = _keeping(require_safe(recovery.download_recovery_codes))
