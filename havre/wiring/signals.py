"""The libraries' signals, heard in one place (decision 29).

Django and allauth change sign-ins and second factors themselves; here each change gets its line
in the log. Rows of second factors are watched by their own saving and deleting, so that the line
is written in the same transaction, whichever way they are changed.
"""

from dataclasses import dataclass
from typing import Any

from allauth.account.signals import authentication_step_completed, password_changed
from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed, authenticator_used
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.http import HttpRequest

from havre.agencies import actions, sessions
from havre.agencies.models import Officer
from havre.agencies.rules.sessions import SessionEnd
from havre.agencies.rules.slowing import SignInStep
from havre.agencies.tries import account_digest, forgive, give_back
from havre.audit.rules import Actor, Station
from havre.plumbing.context import present_context
from havre.plumbing.scopes import Context

# What libraries hand over beside what we ask for.
Rest = Any


@dataclass(frozen=True)
class Present:
    """Whoever acts right now."""

    context: Context

    @property
    def signature(self) -> str:
        return self.context.actor


def who_acts(otherwise: Officer) -> Actor:
    """Whoever acts right now, or this officer when nobody was named."""
    present = present_context()
    return Present(present) if present else otherwise


@receiver(user_logged_in)
def signed_in(request: HttpRequest, user: Officer, **_rest: Rest) -> None:
    sessions.begin_session(request)
    if hasattr(request, "sign_in_try"):
        forgive(request.sign_in_try)
    actions.note_signed_in(user, by=user)


@receiver(user_logged_out)
def signed_out(request: HttpRequest, user: Officer | None, **_rest: Rest) -> None:
    if user is not None:
        why = getattr(request, "sign_out_reason", SessionEnd.ASKED)
        actions.note_signed_out(user, why=why, by=user)


@receiver(user_login_failed)
def password_failed(credentials: dict[str, str], **_rest: Rest) -> None:
    digest = account_digest(credentials.get("username", ""))
    actions.note_failed_sign_in(digest, step=SignInStep.PASSWORD, by=Station.SIGN_IN)


@receiver(authentication_failed)
def second_factor_failed(user: Officer, authenticator: Authenticator, **_rest: Rest) -> None:
    is_passkey = authenticator.type == Authenticator.Type.WEBAUTHN
    step = SignInStep.PASSKEY if is_passkey else SignInStep.CODE
    actions.note_failed_sign_in(account_digest(user.username), step=step, by=Station.SIGN_IN)


@receiver(authentication_step_completed)
def step_completed(request: HttpRequest, **_rest: Rest) -> None:
    """A password or a code was right. Only a whole sign-in forgives the failures before it."""
    if hasattr(request, "sign_in_try"):
        give_back(request.sign_in_try)


@receiver(authenticator_used)
def second_factor_shown(request: HttpRequest, user: Officer, **_rest: Rest) -> None:
    sessions.note_second_factor(request, user)


@receiver(password_changed)
def new_password(user: Officer, **_rest: Rest) -> None:
    actions.note_password_changed(user, by=who_acts(user))


@receiver(post_save, sender=Authenticator)
def authenticator_saved(instance: Authenticator, created: bool, **_rest: Rest) -> None:  # noqa: FBT001
    if not created:
        return
    by = who_acts(instance.user)
    actions.note_authenticator_added(instance.user, kind=str(instance.type), by=by)
    request = context.request
    if request is not None and request.user == instance.user:
        sessions.note_second_factor(request, instance.user)


@receiver(post_delete, sender=Authenticator)
def authenticator_deleted(instance: Authenticator, **_rest: Rest) -> None:
    by = who_acts(instance.user)
    actions.note_authenticator_removed(instance.user, kind=str(instance.type), by=by)
