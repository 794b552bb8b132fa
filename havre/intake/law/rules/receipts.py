"""The statutory receipt: what it says (SOR/2011-292, s. 3(c)), and the bytes that are signed."""

from dataclasses import dataclass
from datetime import UTC, datetime

import rfc8785


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What a provider is given for a report under section 2, and may show to anybody."""

    incident_number: str
    provider_name: str
    provider_identifier: str
    received_at: datetime

    def said(self) -> dict[str, str]:
        """The receipt as plain JSON values."""
        at = self.received_at.astimezone(UTC).isoformat(timespec="microseconds")
        return {
            "incident_number": self.incident_number,
            "provider_identifier": self.provider_identifier,
            "provider_name": self.provider_name,
            "received_at": at.replace("+00:00", "Z"),
        }

    def signed_bytes(self) -> bytes:
        """The one byte form that is signed (RFC 8785)."""
        return rfc8785.dumps(self.said())
