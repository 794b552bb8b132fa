"""What the pages of webhooks say of each delivery, in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from havre.referrals.webhooks.rules import DeliveryState

STATES: dict[str, Promise] = {
    DeliveryState.FAILED: _("not taken, tried again"),
    DeliveryState.GIVEN_UP: _("not taken, given up"),
    DeliveryState.SENT: _("arrived"),
    DeliveryState.WAITING: _("on its way"),
}
