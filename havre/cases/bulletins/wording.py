"""What the boards are called, in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from havre.agencies.rules.permits import Compartment

BOARDS: dict[str, Promise] = {
    Compartment.GENERAL: _("To all agencies"),
    Compartment.TRAFFICKING: _("To those who work on trafficking"),
}
