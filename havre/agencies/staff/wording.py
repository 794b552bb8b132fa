"""Why an account is not kept like that, and what is asked first, in the reader's language."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from havre.agencies.staff.rules import Refusal

REFUSALS: dict[str, Promise] = {
    Refusal.ABOVE_YOU: _("Only a platform administrator may do this with this account."),
    Refusal.COMPARTMENT_NEEDS_DESK: _(
        "This role holds no other compartment than the general one; interpreters, coordinators,"
        " detectives and their supervisors may hold trafficking."
    ),
    Refusal.COMPARTMENT_NOT_YOURS: _("Only a platform administrator opens or closes compartments."),
    Refusal.LAST_ADMIN: _(
        "This is the last platform administrator. Add another one first, or nobody could keep"
        " accounts."
    ),
    Refusal.NAME_TAKEN: _("Somebody signs in by this name already. Choose another one."),
    Refusal.ONESELF: _("Nobody does this with their own account. Ask another administrator."),
    Refusal.ROLE_NOT_YOURS: _("Only a platform administrator gives this role."),
    Refusal.STATE: _("This account was closed or opened meanwhile. Nothing was changed."),
    Refusal.WRONG_PLACE: _("There is no such role in this agency. Choose another one."),
}


@dataclass(frozen=True, slots=True)
class Sure:
    """An act to be confirmed: its headline, what follows from it, and what the button says."""

    headline: Promise
    follows: Promise
    button: Promise


SURE: dict[str, Sure] = {
    "close": Sure(
        _("Close the account of %(name)s?"),
        _(
            "Every sign-in ends at once, and nobody signs in with this account any more. What was"
            " done with it stays in the log. It can be opened again."
        ),
        _("Close the account"),
    ),
    "password": Sure(
        _("Make a one-time password for %(name)s?"),
        _(
            "The present password stops working and every sign-in ends at once. You are shown a"
            " one-time password. Hand it over in person, or by telephone to somebody whose voice"
            " you know. The second factor stays as it is."
        ),
        _("Make a one-time password"),
    ),
    "reopen": Sure(
        _("Open the account of %(name)s again?"),
        _(
            "It opens with the password and the second factor it had. Where these may be known to"
            " somebody else, reset both."
        ),
        _("Open the account again"),
    ),
    "second-factor": Sure(
        _("Reset the second factor of %(name)s?"),
        _(
            "Every app, passkey and recovery code of this account stops working, and every sign-in"
            " ends at once. Until a new one is set up, the password alone leads to that page: be"
            " sure with whom you speak, and make a one-time password too where the old one may be"
            " known."
        ),
        _("Reset the second factor"),
    ),
}
