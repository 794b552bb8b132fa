"""What the summary of a package says, in the agency's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from havre.intake.rules.submission import LegalBasis
from havre.referrals.packages.rules.exhibits import Absence
from havre.referrals.rules.sending import Held

Words = dict[str, Promise]

LEGAL_BASES: Words = {
    LegalBasis.ORDER: _("under an order"),
    LegalBasis.PUBLIC: _("open to everybody"),
    LegalBasis.STATUTORY_REPORT: _("in a report that a statute requires"),
    LegalBasis.VOLUNTARY: _("freely, by whoever reported"),
}
# What is withheld, why, and what to do where it is needed.
WITHHELD: Words = {
    Held.REPORTER: _(
        "Who reported: name, contact, and what of theirs stood in the texts. Whoever informs is"
        " protected by law. The tipline keeps it under a key of its own; a question to them goes"
        " through the tipline."
    ),
    Held.THIRD_PARTY: _(
        "What witnesses gave of themselves. They are not accused of anything. Ask the tipline where"
        " you need to reach one."
    ),
    Held.ADDRESS_NEEDS_ORDER: _(
        "IP addresses that were given without a basis your work may use. An address attracts"
        " a reasonable expectation of privacy (R v Bykovets, 2024 SCC 6). Ask the tipline with the"
        " number of your order."
    ),
    Held.BEYOND_NEED: _(
        "What your work does not need. Ask the tipline, with your reason, where it does."
    ),
}
VIEWED: dict[bool | None, Promise] = {
    True: _("yes"),
    False: _("no"),
    None: _("not said"),
}
NOT_KNOWN = _("not known")
NOT_HERE = _("no: the tipline was told of it and does not have it")
ABSENCES: dict[str, Promise] = {
    Absence.BEYOND_NEED: _("no: your work does not need it"),
    Absence.NO_KEY: _(
        "no: your agency has registered no key. A supervisor registers one on the page “Files key”;"
        " then take the package again."
    ),
    Absence.TOO_LARGE: _("no: it is too large for the archive. Ask the tipline for it."),
}
NOT_A_KEY = _("This is no public key. Paste the line that begins with age1.")
SECRET_KEY = _(
    "This is a secret key. Nothing was kept, but it left your hands: make a new pair and register"
    " its public line."
)
LEFT_OUT = _("[withheld]")
TAKEN_TO_BE = _("What the tipline takes it to be")
TITLE = _("Referral %(referral)s")
FOOT = _("Report %(report)s. Copies only as the handling notes allow.")
HANDLING = _("This is intelligence for your inquiry. Nothing in it is proved.")
NO_CAVEAT = _("No special note. Store and share it as your own files on children.")
NO_IDENTIFIER = _("No identifier came in a field of its own. The texts above may hold some.")
LOOKED_AT = _("What the tipline looked at in the open")
LOOKED_AT_IS = _(
    "Written down by people of the tipline. An address is text: nothing was fetched by a program."
)
TRANSLATED_IS = _("By a person, from the words above. What counts is what was written.")
NOTHING_LOOKED_AT = _("Nothing was looked up.")
NO_FILE = _("No file came with it.")
NOT_SCORED = _("It was not scored when it was sent: a person read it.")
VERIFY = (
    _(
        "The archive this page came in is checked without us and without a network:"
        " python -m havre package verify FILE"
    ),
    _(
        "Or by hand: the SHA-256 of each member is in manifest.json. The tipline keeps the same"
        " archive, byte for byte, and gives it again."
    ),
    _(
        "Conformance to PDF/A is declared by the program that wrote this page; no outside"
        " validator has confirmed it."
    ),
    _(
        "A sign that this page cannot show stands as its Unicode number, such as ⟨U+1403⟩."
        " police.json has every text in full."
    ),
)
OUTCOME = (
    _(
        "Say what came of it on the page of the referral in Havre, in two clicks, and say what was"
        " missing. It goes to the analyst and makes the next referral better."
    ),
    _(
        "What whoever reported may learn of it is yours to release, later and as a class only."
        " Nothing is told without you."
    ),
    _("Not yours? Send it back on the same page and name a better place: its clock goes on."),
)
