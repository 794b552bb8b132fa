"""What the desk and an addressee call what was looked at in the open."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from havre.triage.enrichment.rules import KeptBack, Source

Words = dict[str, Promise]

SOURCES: Words = {
    Source.PROFILE: _("A public profile or channel"),
    Source.SITE: _("A public page or site"),
    Source.SEARCH: _("A search engine"),
    Source.ARCHIVE: _("An archive of pages"),
    Source.REGISTER: _("A public register"),
    Source.MAP: _("A map or picture of streets"),
    Source.ARTICLE: _("A newspaper or broadcast"),
    Source.OTHER: _("Another open source"),
}
KEPT_BACK: Words = {
    KeptBack.NOT_CERTAIN: _("It is not certain that it is about the same person"),
    KeptBack.NAMES_OTHERS: _("It names people who are not accused of anything"),
    KeptBack.BEYOND_NEED: _("The work of an addressee does not need it"),
    KeptBack.SOURCE_AT_RISK: _("It would show how the source is looked at"),
}
