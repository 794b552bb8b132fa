"""`signing`: the key that the tipline signs packages with, and what is said of it."""

import argparse
from collections.abc import Iterator
from typing import Any

from cryptography import x509

from havre.plumbing import clock
from havre.plumbing.signing import (
    TRIAL,
    SigningKey,
    SigningRefusedError,
    fingerprint,
    signing_file,
    signing_key,
    trial_signing_pem,
    write_signing_file,
)
from havre.plumbing.timestamps import time_authority
from havre.wiring.commands.config import Finding

TRIAL_NAME = "Havre tipline"
UNSIGNED = (
    "No signing key: packages go out unsigned. Set HAVRE_SIGNING to a PEM file with a key on P-256"
    " and its certificates; `python -m havre signing try` makes one to try with."
)
UNSTAMPED = (
    "Packages go out without a time stamp: set HAVRE_TSA_URL and HAVRE_TSA_ROOT to an authority"
    " and the file of its root certificate."
)


def add_signing(command: argparse.ArgumentParser) -> None:
    """The options of `havre signing`."""
    told = "try: make a key to try with; show: print the certificate that agencies compare"
    command.add_argument("act", choices=["try", "show"], help=told)


def run_signing(told: Any) -> int:  # noqa: ANN401 - argparse's own
    """Make a key to try with, or print the certificate; never the key."""
    return make_trial_key() if told.act == "try" else _show()


def make_trial_key() -> int:
    """A key whose certificate vouches for itself. One that is there already stays."""
    path = signing_file()
    try:
        write_signing_file(path, trial_signing_pem(TRIAL_NAME, now=clock.now()))
    except FileExistsError:
        print(f"There is already a signing file: {path}. Move it away first.")
        return 1
    print(f"Made {path}: good for trying, not for court.")
    return 0


def signing_findings() -> Iterator[Finding]:
    """Whether packages are signed and stamped, and by whom. Neither holds up a report."""
    try:
        key = signing_key()
    except SigningRefusedError as error:
        yield Finding(
            holds=False, sentence=f"The signing file {signing_file()} is no use: {error}."
        )
        return
    if key is None:
        yield Finding(holds=True, sentence=UNSIGNED)
    else:
        yield _signer(key)
    authority = time_authority()
    stamped = f"Time stamps come from {authority.name}." if authority else UNSTAMPED
    yield Finding(holds=True, sentence=stamped)


def _signer(key: SigningKey) -> Finding:
    own = x509.load_pem_x509_certificates(key.certificates)[0]
    who, until = own.subject.rfc4514_string(), own.not_valid_after_utc
    if until <= clock.now():
        sentence = f"The signing certificate of {who} ran out on {until.date()}: renew it."
        return Finding(holds=False, sentence=sentence)
    trial = ", which vouches for itself: good for trying, not for court" if TRIAL in who else ""
    return Finding(
        holds=True, sentence=f"Packages are signed by {who}{trial}, until {until.date()}."
    )


def _show() -> int:
    key = signing_key()
    if key is None:
        print(UNSIGNED)
        return 1
    print(key.certificates.decode(), end="")
    print(fingerprint(x509.load_pem_x509_certificates(key.certificates)[0]))
    return 0
