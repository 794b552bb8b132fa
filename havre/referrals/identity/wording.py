"""The words of giving who reported."""

from django.utils.translation import gettext_lazy as _

from havre.referrals.identity.rules import Because, GivenAlreadyError, NobodyNamedError
from havre.referrals.rules.guards import RiskNotAssessedError
from havre.referrals.wording import RISK_NOT_ASSESSED

BECAUSE = {
    Because.AGREES: _("The reporter agrees, and said so"),
    Because.ORDERED: _("A court orders it"),
}
NOT_GIVEN = {
    GivenAlreadyError: _("The agency has it already. End that first to give it anew."),
    NobodyNamedError: _("The reporter gave neither name nor contact. Ask them in a message."),
    RiskNotAssessedError: RISK_NOT_ASSESSED,
}
