"""What the page of notices says of each, in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from havre.referrals.notices.rules import NoticeState

STATES: dict[str, Promise] = {
    NoticeState.FAILED: _("did not go out, tried again"),
    NoticeState.GIVEN_UP: _("given up for good"),
    NoticeState.SENT: _("went out"),
    NoticeState.WAITING: _("goes out now"),
}
