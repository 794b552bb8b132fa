"""What a released word says to whoever sent the report."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from havre.intake.releases.rules.words import ReleaseWord

SAID: dict[str, Promise] = {
    ReleaseWord.IN_HAND: _("A service works with what you told us."),
    ReleaseWord.CHILD_HELPED: _("A child was helped."),
    ReleaseWord.KNOWN: _("The service has what you told us. It needs nothing more for now."),
    ReleaseWord.NOT_ENOUGH: _("There was not enough to go on. If you know more, add it."),
    ReleaseWord.NO_STEP: _("The service looked at it, and takes no step for now."),
    ReleaseWord.ELSEWHERE: _("Another service has it now."),
}
