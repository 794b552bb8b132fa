"""The gate. A door without a label stays shut, so forgetting one fails closed."""

from collections.abc import Callable
from typing import TypeVar
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from havre.agencies.models import Officer
from havre.agencies.reads import has_second_factor
from havre.agencies.rules.permits import Permit
from havre.plumbing.context import acting_as

View = TypeVar("View", bound=Callable[..., HttpResponse])


class OfficerRequest(HttpRequest):
    """A request that has passed the gate."""

    user: Officer  # type: ignore[assignment]


def door(permit: Permit, *, without_second_factor: bool = False) -> Callable[[View], View]:
    """Say which permit a view asks for. Only setting up a second factor goes without one."""

    def label(view: View) -> View:
        view.permit = permit  # type: ignore[attr-defined]
        view.without_second_factor = without_second_factor  # type: ignore[attr-defined]
        return view

    return label


def open_door(view: View) -> View:
    """Say that a view is for everyone: the public pages, sign-in, the wire with its own key."""
    view.is_open = True  # type: ignore[attr-defined]
    return view


class Gate:
    """Middleware: asks who comes, and runs the view as that officer, in one transaction.

    A stranger is sent to sign in. Whoever lacks the permit gets the same 404 as for a thing that
    does not exist.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        args: tuple[object, ...],
        kwargs: dict[str, object],
    ) -> HttpResponse | None:
        """Open the door, or answer in its place."""
        if getattr(view, "is_open", False):
            return None
        permit = getattr(view, "permit", None)
        if permit is None:
            raise Http404
        officer = request.user
        if not isinstance(officer, Officer):
            return self._to_sign_in(request)
        if not officer.may(permit):
            raise Http404
        if not (view.without_second_factor or settings.DEMO):  # type: ignore[attr-defined]
            with acting_as(officer.context):
                is_ready = has_second_factor(officer)
            if not is_ready:
                return redirect("mfa_index")
        try:
            with acting_as(officer.context):
                return view(request, *args, **kwargs)
        except ObjectDoesNotExist as error:
            raise Http404 from error

    def process_exception(self, _request: HttpRequest, error: Exception) -> None:
        """For open doors too: what does not exist is a 404."""
        if isinstance(error, ObjectDoesNotExist):
            raise Http404 from error

    def _to_sign_in(self, request: HttpRequest) -> HttpResponse:
        back = urlencode({"next": request.get_full_path()})
        return redirect(f"{reverse('account_login')}?{back}")
