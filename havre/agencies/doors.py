"""The gate. A door without a label stays shut, so forgetting one fails closed."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import SimpleTemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from havre.agencies import sessions
from havre.agencies.models import Officer
from havre.agencies.reads import has_second_factor
from havre.agencies.rules.permits import Permit
from havre.agencies.rules.sessions import SessionEnd
from havre.plumbing.context import acting_as

View = Callable[..., HttpResponse]
# Asked before a door opens, outside of its transaction: an answer keeps the door shut.
Asked = Callable[[HttpRequest], HttpResponse | None]

# Says for whom a page was opened that asks for a part of itself again.
OPENED_FOR = "X-Havre-Opened-For"
NAMELESS_HOSTS = frozenset({"127.0.0.1", "[::1]"})


class OfficerRequest(HttpRequest):
    """A request that has passed the gate."""

    # As whom the request acts; `acts_as` is the same, but at the doors of one's own account, where
    # the user is always the person.
    user: Officer
    acts_as: Officer


def door(
    *permits: Permit,
    without_second_factor: bool = False,
    with_one_time_password: bool = False,
    as_oneself: bool = False,
    asked_first: Asked | None = None,
) -> Callable[[View], View]:
    """Say which permits a view asks for, all of them; it runs as the officer, in one transaction.

    Only setting up a second factor goes without one, and a one-time password opens only the page
    where it is exchanged for one's own. Whoever acts from a place in another agency comes to their
    own account as themselves, and everywhere else from that place.
    """

    def label(view: View) -> View:
        @wraps(view)
        def run(request: OfficerRequest, *args: object, **kwargs: object) -> HttpResponse:
            with acting_as(request.user.context):
                return rendered(view(request, *args, **kwargs))

        labelled = cast("Any", run)
        labelled.permits = permits
        labelled.without_second_factor = without_second_factor
        labelled.with_one_time_password = with_one_time_password
        labelled.as_oneself = as_oneself
        labelled.asked_first = asked_first
        return run

    return label


def open_door(view: View) -> View:
    """Say that a view is for everyone: the public pages, the wire with its own key."""
    cast("Any", view).is_open = True
    return view


def entrance(asked_first: Asked | None = None) -> Callable[[View], View]:
    """Say that a view is for officers who are not signed in yet."""

    def label(view: View) -> View:
        @wraps(view)
        def run(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            return view(request, *args, **kwargs)

        labelled = cast("Any", run)
        labelled.is_open = labelled.is_entrance = True
        labelled.asked_first = asked_first
        return run

    return label


def rendered(response: HttpResponse) -> HttpResponse:
    """A page that is rendered late is rendered now, while its officer still acts."""
    if isinstance(response, SimpleTemplateResponse) and not response.is_rendered:
        return response.render()
    return response


class Gate:
    """Middleware: asks who comes, and whether this door is theirs.

    A stranger is sent to sign in. Whoever lacks the permit gets the same 404 as for a thing that
    does not exist. The view itself is run by Django, so that every middleware sees its errors.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: View,
        args: tuple[object, ...],  # noqa: ARG002 - Django hands it over
        kwargs: dict[str, object],  # noqa: ARG002
    ) -> HttpResponse | None:
        """Let somebody through with None, or answer in the door's place."""
        is_open = getattr(view, "is_open", False)
        if not is_open and not getattr(view, "permits", ()):
            raise Http404
        answer = None
        if not is_open or getattr(view, "is_entrance", False):
            answer = to_named_host(request)
        if answer is None and not is_open:
            answer = turn_away(request, view)
        asked_first: Asked | None = getattr(view, "asked_first", None)
        if answer is None and asked_first is not None:
            answer = asked_first(request)
        return answer

    def process_exception(self, request: HttpRequest, error: Exception) -> None:  # noqa: ARG002
        """What does not exist is a 404, behind every door."""
        if isinstance(error, ObjectDoesNotExist):
            raise Http404 from error


def turn_away(request: HttpRequest, view: View) -> HttpResponse | None:
    """The answer to somebody whom this door is not for, or None."""
    officer = request.user
    if not isinstance(officer, Officer):
        return to_sign_in(request)
    over = sessions.why_over(request, officer)
    if over is not None:
        return to_sign_in_again(request, officer, over)
    acts_as = sessions.who_acts(request, officer)
    if acts_as is None:
        return back_home(request)
    # Before anything is refused: every refusal is one page.
    request.acts_as = acts_as  # type: ignore[attr-defined]
    label = cast("Any", view)
    caller = officer if label.as_oneself else acts_as
    if not all(caller.may(permit) for permit in label.permits):
        raise Http404
    answer = something_first(request, officer, label)
    if answer is None and is_of_another_agency(request, acts_as):
        answer = to_desk(request)
    if answer is None:
        sessions.note_seen(request)
        request.user = caller
    return answer


def something_first(
    request: HttpRequest,
    officer: Officer,
    label: Any,  # noqa: ANN401 - a view with its label
) -> HttpResponse | None:
    """What an officer has to do before this door opens: show or set up a factor, or None."""
    is_set_up = settings.DEMO or has_second_factor(officer)
    has_shown = settings.DEMO or sessions.has_shown_second_factor(request, officer)
    if is_set_up and not has_shown:
        # Signed in with the password alone before the second factor was set up elsewhere.
        return to_sign_in_again(request, officer, SessionEnd.SECOND_FACTOR_NEWER)
    if officer.one_time_until and not label.with_one_time_password:
        return redirect("account_change_password")
    if not is_set_up and not label.without_second_factor:
        return redirect("mfa_index")
    return None


def is_of_another_agency(request: HttpRequest, acts_as: Officer) -> bool:
    """Whether a part of a page is asked for by a page that was opened for another agency."""
    opened_for = request.headers.get(OPENED_FOR)
    return opened_for is not None and opened_for != str(acts_as.pk)


def back_home(request: HttpRequest) -> HttpResponse:
    """The place is over: from here on its person acts for the own agency.

    What was asked is not done there.
    """
    sessions.act_from(request, None)
    messages.info(
        request, _("Your time in the other agency is over. You act for your own agency again.")
    )
    return to_desk(request)


def to_desk(request: HttpRequest) -> HttpResponse:
    """Send the whole page to the desk of whoever acts now."""
    if "HX-Request" in request.headers:
        return HttpResponse(status=200, headers={"HX-Redirect": reverse("desk")})
    return redirect("desk")


def to_named_host(request: HttpRequest) -> HttpResponse | None:
    """Staff pages stand at a name: browsers keep no passkey for a bare address (decision 4)."""
    name, colon, port = request.get_host().rpartition(":")
    if not colon or not port.isdecimal():
        name, colon, port = request.get_host(), "", ""
    if settings.PUBLIC_HOST != "localhost" or name not in NAMELESS_HOSTS:
        return None
    return redirect(f"{request.scheme}://localhost{colon}{port}{request.get_full_path()}")


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send somebody to sign in and back here; a part of a page sends the whole page."""
    address = f"{reverse('account_login')}?{urlencode({'next': request.get_full_path()})}"
    if "HX-Request" in request.headers:
        address = reverse("account_login")
        return HttpResponse(status=200, headers={"HX-Redirect": address})
    return redirect(address)


def to_sign_in_again(request: HttpRequest, officer: Officer, why: SessionEnd) -> HttpResponse:
    """End a sign-in that has run out, and say why on the sign-in page."""
    sentences = {
        SessionEnd.BY_KEEPER: _("Your sign-in was ended for you. Please sign in again."),
        SessionEnd.IDLE: _("You were signed out after 30 minutes without a click."),
        SessionEnd.SECOND_FACTOR_NEWER: _("Please sign in again, with your second factor."),
        SessionEnd.TOO_LONG: _("You were signed out: a sign-in lasts 8 hours at most."),
    }
    sessions.end_session(request, officer, why)
    messages.info(request, sentences[why])
    return to_sign_in(request)
