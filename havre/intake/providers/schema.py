"""The schema of the wire, as it is served."""

from functools import cache
from pathlib import Path

SCHEMA = Path(__file__).parent / "data" / "ispws.xsd"


@cache
def schema() -> bytes:
    """Our own XSD of the provider wire, written from its public documentation."""
    return SCHEMA.read_bytes()
