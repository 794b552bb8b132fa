"""Why a provider was not asked, in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from havre.intake.questions.rules import AskedAlreadyError, NoProviderError

NOT_ASKED: dict[type[ValueError], Promise] = {
    AskedAlreadyError: _("That question waits for the provider already. Nothing was changed."),
    NoProviderError: _("No provider reported this, so there is nobody to ask."),
}
