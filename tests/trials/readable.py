"""Opens every file that providers ever uploaded, as a program in a house under trial.

python -m tests.trials.readable: prints, by the id of the file, the SHA-256 of what it opens to,
"broken" where it does not, or "closed" where its report is still the provider's own. Then two
files of the vault are spoilt and made good again: it says how many more were broken meanwhile.
"""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from havre.wiring.cli import start_django


def main() -> None:
    start_django("work")
    from django.conf import settings

    from havre.audit.rules import Station
    from havre.evidence.custody import key_of
    from havre.evidence.rules import SealBrokenError
    from havre.evidence.vault import opened_exhibit
    from havre.intake.models import FilingFile
    from havre.plumbing.context import acting_as
    from havre.plumbing.keys import KeyRefusedError

    def digest_of(file: FilingFile) -> str:
        digest = hashlib.sha256()
        try:
            key = key_of(file.filing_id, by=Station.PIPELINE)
        except KeyRefusedError:
            return "closed"
        try:
            for part in opened_exhibit(file.exhibit, key=key):
                digest.update(part)
        except (KeyRefusedError, OSError, SealBrokenError):
            return "broken"
        return digest.hexdigest()

    with acting_as(Station.PIPELINE.context):
        files = list(FilingFile.objects.select_related("exhibit"))
        whole = {file.file_id: digest_of(file) for file in files}
        outside = [one for one in files if one.exhibit.location and len(whole[one.file_id]) == 64]
        with spoilt([Path(settings.VAULT, one.exhibit.location) for one in outside[-2:]]):
            seen = sum(digest_of(one) == "broken" for one in outside[-2:])
    print(json.dumps({"files": whole, "seen": seen}))


@contextmanager
def spoilt(files: list[Path]) -> Iterator[None]:
    """The first of the files is gone, the others are cut short, inside the block."""
    kept = [one.read_bytes() for one in files]
    try:
        for at, (file, content) in enumerate(zip(files, kept, strict=True)):
            file.write_bytes(content[:-20]) if at else file.unlink()
        yield
    finally:
        for file, content in zip(files, kept, strict=True):
            file.write_bytes(content)


if __name__ == "__main__":
    main()
