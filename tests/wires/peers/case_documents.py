"""Writes CASE documents of every kind of report into a folder, for an outside validator to read."""

import json
import os
import sys
from dataclasses import replace
from pathlib import Path
from random import Random

import django

HOW_MANY = 20


def write_documents(folder: Path) -> None:
    """The same documents each time, one referral each."""
    from havre.agencies.rules.words import AgencyKind
    from havre.referrals.packages.rules.case import case_graph
    from havre.referrals.rules.redact import redacted
    from tests.rooms.test_packages import ABOUT, submission

    folder.mkdir(parents=True, exist_ok=True)
    dice = Random(1_5)
    for number in range(HOW_MANY):
        told = redacted(submission(dice), recipient=AgencyKind.POLICE)
        about = replace(ABOUT, referral=f"R-CASE-{number:04}")
        (folder / f"{number:02}.jsonld").write_text(json.dumps(case_graph(told, about), indent=1))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "havre.wiring.settings")
    django.setup()
    write_documents(Path(sys.argv[1]))
