"""Doors of sign-in: allauth's views, each behind its own label, and the way to one's desk."""

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from havre.agencies.doors import OfficerRequest, View, door, entrance
from havre.agencies.rules.permits import Permit
from havre.agencies.sign_in import SecondFactorAdapter, slow_tries

# Where each kind of work begins, the first permit that is held.
DESKS = (
    (Permit.QUEUE_READ, "queue"),
    (Permit.INBOX_READ, "inbox"),
    (Permit.LOG_READ, "log"),
    (Permit.ACCOUNT_KEEP, "mfa_index"),
)


@door(Permit.ACCOUNT_KEEP)
def desk(request: OfficerRequest) -> HttpResponse:
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
    label = door(Permit.ACCOUNT_KEEP, without_second_factor=True, asked_first=slow_tries)
    return label(view)


# Nobody is signed in yet, or somebody is half-way in. Leaving is open: it also breaks that off.
sign_in = entrance(asked_first=slow_tries)(account.login)
sign_out = entrance()(account.logout)
show_second_factor = entrance(asked_first=slow_tries)(second_factor.authenticate)
sign_in_with_passkey = entrance()(passkeys.login_webauthn)

reauthenticate = _keeping(account.reauthenticate)
reauthenticate_with_code = _keeping(second_factor.reauthenticate)
reauthenticate_with_passkey = _keeping(passkeys.reauthenticate_webauthn)
change_password = _keeping(account.password_change)

second_factors = _keeping(second_factor.index)
add_totp = door(Permit.ACCOUNT_KEEP, without_second_factor=True)(totp.activate_totp)
remove_totp = _keeping(totp.deactivate_totp)
list_passkeys = _keeping(passkeys.list_webauthn)
add_passkey = _keeping(passkeys.add_webauthn)
rename_passkey = _keeping(passkeys.edit_webauthn)
remove_passkey = _keeping(RemovePasskey.as_view())
recovery_codes = _keeping(recovery.view_recovery_codes)
new_recovery_codes = _keeping(recovery.generate_recovery_codes)
download_recovery_codes = _keeping(recovery.download_recovery_codes)
