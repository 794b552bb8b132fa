"""A time-stamping authority outside the house (RFC 3161): it vouches for when, and learns a digest.

`HAVRE_TSA_URL` names it, `HAVRE_TSA_ROOT` the PEM file of the certificate it is checked against.
"""

import os
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

# A package is not held up for longer by an authority that does not answer.
WAIT_SECONDS = 5
LARGEST_ANSWER = 64 * 1024
QUERY_TYPE = "application/timestamp-query"


class NoStampError(Exception):
    """The authority gave no answer in time."""


class TimeAuthority(Protocol):
    """Whoever stamps: a name for the record, its root certificates, and an answer to a query."""

    @property
    def name(self) -> str: ...

    @property
    def roots(self) -> bytes:
        """PEM."""
        ...

    def answer(self, query: bytes) -> bytes:
        """The answer to a time-stamp query. Raises NoStampError."""
        ...


@dataclass(frozen=True, slots=True)
class WebAuthority:
    """An authority that answers over HTTP."""

    name: str
    roots: bytes

    def answer(self, query: bytes) -> bytes:
        asked = urllib.request.Request(  # noqa: S310 - the scheme was checked
            self.name, data=query, headers={"Content-Type": QUERY_TYPE}
        )
        try:
            with urllib.request.urlopen(asked, timeout=WAIT_SECONDS) as told:  # noqa: S310
                return bytes(told.read(LARGEST_ANSWER))
        except (OSError, urllib.error.URLError, ValueError) as error:
            raise NoStampError(str(error)) from error


_chosen: list[TimeAuthority] = []


def use_time_authority(authority: TimeAuthority | None) -> None:
    """Choose who stamps in this process; None leaves it to the environment."""
    _chosen[:] = [authority] if authority else []


def time_authority(environ: Mapping[str, str] = os.environ) -> TimeAuthority | None:
    """Who stamps, or None where nobody was chosen or its certificate cannot be read."""
    if _chosen:
        return _chosen[0]
    url, root = environ.get("HAVRE_TSA_URL", "").strip(), environ.get("HAVRE_TSA_ROOT", "").strip()
    if not url.startswith(("https://", "http://")) or not root:
        return None
    try:
        return WebAuthority(url, Path(root).read_bytes())
    except OSError:
        return None
