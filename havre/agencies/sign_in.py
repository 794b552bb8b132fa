"""Sign-in: who may, with what, and how failed tries slow the next one."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest


class SlowingBackend(AuthenticationBackend):  # type: ignore[misc]
    """allauth's backend."""


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up: officers are added by an action."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors."""
