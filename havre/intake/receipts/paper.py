"""A statutory receipt on paper (SOR/2011-292, s. 3(c)): what it says, and how anybody checks it."""

import base64

from django.utils.translation import gettext as _
from django.utils.translation import override

from havre.intake.law.models import AddressReport
from havre.intake.law.reads import receipt_of
from havre.intake.law.signing import public_key
from havre.plumbing import clock
from havre.plumbing.typeset import DOCUMENT, typeset

# The same in both languages.
SIGNED_BY = "Ed25519, JSON (RFC 8785)"
LINE_CHARACTERS = 48


def facts_of(row: AddressReport) -> list[tuple[str, str]]:
    """What a receipt says, in order: a label and what stands beside it."""
    receipt = receipt_of(row)
    at = receipt.received_at.astimezone(clock.LEGAL_ZONE)
    return [
        (_("Incident number"), receipt.incident_number),
        (_("Provider"), receipt.provider_name),
        (_("Unique identifier of the provider"), receipt.provider_identifier),
        (_("Received"), at.strftime("%Y-%m-%d %H:%M:%S %Z")),
    ]


def proof_of(row: AddressReport) -> list[tuple[str, str]]:
    """By what a receipt is checked: the bytes that were signed, the signature, the key."""
    return [
        (_("Signed text"), receipt_of(row).signed_bytes().decode()),
        (_("Signature (base 64)"), base64.b64encode(row.signature).decode()),
        (_("Public key (base 64)"), public_key()),
        (_("By"), SIGNED_BY),
    ]


def paper_of(row: AddressReport, *, language: str) -> bytes:
    """The receipt as a PDF/A in one language; the same receipt gives the same bytes."""
    with override(language):
        proof = [[label, _broken(text)] for label, text in proof_of(row)]
        document = {
            "title": _("Receipt for a report under section 2"),
            "kicker": row.incident_number,
            "foot": _("S.C. 2011, c. 4, s. 2; SOR/2011-292. It says nothing of the addresses."),
            "sections": [
                {"parts": [{"kind": "facts", "rows": [[*one] for one in facts_of(row)]}]},
                {"heading": _("How to check it"), "parts": [{"kind": "facts", "rows": proof}]},
            ],
        }
    return typeset(DOCUMENT, document, language=language, at=row.received_at)


def _broken(text: str) -> str:
    """A long text in lines, every sign of it kept."""
    lines = range(0, len(text), LINE_CHARACTERS)
    return "\n".join(text[at : at + LINE_CHARACTERS] for at in lines)
