"""Why a provider was not asked, and whether it was told of a question, in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from havre.intake.questions.rules import AskedAlreadyError, MailState, NoProviderError

NOT_ASKED: dict[type[ValueError], Promise] = {
    AskedAlreadyError: _("That question waits for the provider already. Nothing was changed."),
    NoProviderError: _("No provider reported this, so there is nobody to ask."),
}
# What became of the e-mail that tells the provider of a question.
MAIL: dict[MailState, Promise] = {
    MailState.FAILED: _("The e-mail to the provider did not go out. It is tried again."),
    MailState.GIVEN_UP: _("The e-mail to the provider did not go out. Call the provider."),
    MailState.HELD: _("No e-mail goes to the provider while the account is kept up. Call it."),
    MailState.NOWHERE: _("The provider named no e-mail address for questions. Call it."),
    MailState.SENT: _("The provider was told by e-mail."),
    MailState.WAITING: _("No e-mail went to the provider yet."),
}
