"""Sign-in with allauth: who may, with what, and how failed tries slow the next one.

The words of the adapters are ours, so that they stand in our catalogue. What allauth calls a
rate limit is switched off in the settings; `slow_tries` stands in front of the doors instead.
"""

import base64
from typing import Any, ClassVar
from uuid import UUID

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.stagekit import get_pending_stage
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from havre.agencies.models import Officer
from havre.agencies.reads import officers_with_agency, second_factors_of
from havre.agencies.rules.sessions import SessionEnd, one_time_holds
from havre.agencies.tries import begin_try
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.plumbing.keys import keys

# What is typed that could be guessed. A passkey cannot be, so it is never slowed.
SECRETS = ("password", "code", "oldpassword")
BOUND_TO = "mfa_authenticator|data"
RECIPIENT = "sign-in"


def slow_tries(request: HttpRequest) -> HttpResponse | None:
    """Count a try before it is checked; or answer 429 with the seconds to wait. Never a lock."""
    if request.method != "POST" or not any(request.POST.get(name) for name in SECRETS):
        return None
    account = account_tried(request)
    if not account:
        return None
    outcome = begin_try(account, address_of(request))
    if not isinstance(outcome, int):
        request.sign_in_try = outcome  # type: ignore[attr-defined]
        return None
    page = {"seconds": outcome, "back": request.get_full_path()}
    response = render(request, "agencies/wait.html", page, status=429)
    response["Retry-After"] = str(outcome)
    return response


def account_tried(request: HttpRequest) -> str:
    """The account a try is for: of who is signed in, of who is half-way in, or the one typed."""
    if isinstance(request.user, Officer):
        return request.user.username
    if "login" in request.POST:
        return request.POST["login"]
    stage = get_pending_stage(request)
    return str(stage.login.user.username) if stage and stage.login.user else ""


def address_of(request: HttpRequest) -> str:
    """Where a request came from: the last hop our own proxy saw, or the other end of the line."""
    if settings.SECURE:
        forwarded = request.headers.get("X-Forwarded-For", "")
        if forwarded:
            return forwarded.rpartition(",")[2].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


class SlowingBackend(AuthenticationBackend):  # type: ignore[misc]
    """A password is right or wrong; an account that was closed answers like one never opened.

    So do a one-time password whose time is up, and a place that somebody holds elsewhere.
    """

    def authenticate(
        self,
        request: HttpRequest | None,
        **credentials: Any,  # noqa: ANN401 - allauth's own
    ) -> Officer | None:
        officer: Officer | None = super().authenticate(request, **credentials)
        if officer and officer.person_id:
            officer = None
        if officer and not one_time_holds(officer.one_time_until, clock.now()):
            officer = None
        if officer is None:
            # allauth remembers a closed account whose password was right. We do not tell.
            self.unstash_authenticated_user()
        return officer

    def get_user(self, user_id: UUID) -> Officer | None:
        """Whose session this is, while the account is open; with the agency that each page asks."""
        found = officers_with_agency(user_id)
        return next(filter(self.user_can_authenticate, found), None)


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up: officers are added by an action. Sign-in and its line commit together."""

    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        "enter_current_password": _("This is not your present password."),
        "incorrect_code": _("This code is not right, or was used before."),
        "incorrect_password": _("This password is not right."),
        "username_password_mismatch": _("The sign-in name or the password is not right."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's own
        return False

    def login(self, request: HttpRequest, user: Officer) -> None:
        with acting_as(user.context):
            super().login(request, user)

    def logout(self, request: HttpRequest) -> None:
        request.sign_out_reason = SessionEnd.ASKED  # type: ignore[attr-defined]
        if not isinstance(request.user, Officer):
            super().logout(request)
            return
        with acting_as(request.user.context):
            super().logout(request)

    def set_password(self, user: Officer, password: str) -> None:
        """The password is the officer's own now. What a keeper changed meanwhile stays as it is."""
        user.set_password(password)
        user.one_time_until = None
        user.save(update_fields=["password", "one_time_until"])

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The officer's desk, in the officer's language."""
        language = getattr(request.user, "language", settings.LANGUAGE_CODE)
        with override(language):
            return reverse("desk")

    def get_logout_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        return reverse("account_login")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        return reverse("mfa_index")

    def respond_user_inactive(
        self,
        request: HttpRequest,
        user: Officer,  # noqa: ARG002 - allauth's own
    ) -> HttpResponse:
        """A closed account that comes with its passkey hears what a wrong password hears."""
        messages.error(request, self.error_messages["username_password_mismatch"])
        return redirect("account_login")


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """TOTP, passkeys and recovery codes. Their secrets are stored wrapped by the key provider."""

    error_messages: ClassVar = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _(
            "This is your only second factor. Set up another one before you remove it."
        ),
        "incorrect_code": Adapter.error_messages["incorrect_code"],
    }

    def encrypt(self, text: str) -> str:
        kek_id, wrapped = keys().wrap(text.encode(), recipient=RECIPIENT, bound_to=BOUND_TO)
        return f"{kek_id}.{base64.b64encode(wrapped).decode()}"

    def decrypt(self, encrypted_text: str) -> str:
        kek_id, _dot, wrapped = encrypted_text.partition(".")
        sealed = base64.b64decode(wrapped)
        return keys().unwrap(kek_id, sealed, recipient=RECIPIENT, bound_to=BOUND_TO).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """The last second factor stays, or the next sign-in would need the password alone."""
        others = [one for one in second_factors_of(authenticator.user.pk) if one != authenticator]
        return settings.DEMO or bool(others)

    def get_totp_label(self, user: Officer) -> str:
        return user.username

    def build_totp_svg(self, url: str) -> str:
        """Black on white whatever the theme: a camera must read it."""
        drawing: str = super().build_totp_svg(url)
        ground = '<rect width="100%" height="100%" fill="#fff"/>'
        return drawing.replace("<path", f"{ground}<path", 1)

    def generate_authenticator_name(
        self,
        user: Officer,
        type: Authenticator.Type,  # noqa: A002 - allauth's own
    ) -> str:
        count = Authenticator.objects.filter(user=user, type=type).count()
        return gettext("Passkey %(number)s") % {"number": count + 1}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Passkeys belong to the one public name (decision 4)."""
        return {"id": settings.PUBLIC_HOST, "name": "Havre"}

    def get_public_key_credential_user_entity(self, user: Officer) -> dict[str, Any]:
        entity: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        return {**entity, "name": user.username, "display_name": user.display_name}
