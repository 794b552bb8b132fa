"""`havre package verify FILE`: check a package without a server, a database or a network."""

import argparse
import importlib
import logging
from pathlib import Path
from typing import Any

from cryptography import x509

from havre.plumbing.signing import fingerprint


def add_package(command: argparse.ArgumentParser) -> None:
    """The options of `havre package`."""
    command.add_argument("act", choices=["verify"], help="what to do with it")
    command.add_argument("file", type=Path, help="the archive, as it was taken away")
    command.add_argument(
        "--certificate", type=Path, help="the tipline's certificate (PEM), had by another way"
    )
    command.add_argument(
        "--time-root", type=Path, help="the root certificate (PEM) of the time-stamping authority"
    )


def run_package(told: Any) -> int:  # noqa: ANN401 - argparse's own
    """Say what a package is about, who signed it, whether a byte was changed; 1 when one was."""
    # What the libraries would say of a bad signature is said below, in one line.
    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
    logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)
    proving = importlib.import_module("havre.referrals.packages.proving")
    try:
        checked = proving.checked_package(
            told.file.read_bytes(),
            certificates=told.certificate.read_bytes() if told.certificate else b"",
            time_roots=told.time_root.read_bytes() if told.time_root else b"",
        )
    except OSError as error:
        print(f"{error.filename}: {error.strerror}")
        return 1
    verdict = checked.verdict
    print(f"sha256 {verdict.sha256}")
    if not verdict.is_whole:
        for name in verdict.faults:
            print(f"CHANGED: {name}")
        return 1
    print(f"{verdict.about}: {len(verdict.found)} members, every byte as it was packed")
    print(_signed(checked))
    print(_stamped(checked))
    return 0


def _signed(checked: Any) -> str:  # noqa: ANN401 - loaded only when it is used
    if not checked.signer:
        return "not signed: this installation had no signing key"
    certificate = x509.load_pem_x509_certificates(checked.signer)[0]
    who = f"signed by {certificate.subject.rfc4514_string()}, {fingerprint(certificate)}"
    if checked.vouched:
        return f"{who}: the certificate you gave"
    return f"{who}: compare it with what the tipline tells you, or give --certificate"


def _stamped(checked: Any) -> str:  # noqa: ANN401 - loaded only when it is used
    if not checked.verdict.stamped_by:
        return "no time stamp: no authority is set up, or it did not answer"
    if checked.stamped_at:
        return f"time stamp of {checked.verdict.stamped_by}: {checked.stamped_at.isoformat()}"
    return f"time stamp of {checked.verdict.stamped_by}: to check it, give --time-root"
