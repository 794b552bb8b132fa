"""Questions about providers' filings, before they are reports."""

from havre.audit.rules import Actor
from havre.evidence.custody import key_of
from havre.intake.models import Filing, FilingFile
from havre.intake.providers.wires.ispws_answer import Code
from havre.intake.providers.wires.refusals import WireRefusal
from havre.intake.rules.stages import FilingState
from havre.intake.rules.submission import Submission, from_tree
from havre.plumbing.context import acting_as
from havre.plumbing.sealing import open_json, place

CLOSED = {
    FilingState.FINISHED: Code.ALREADY_FINISHED,
    FilingState.RETRACTED: Code.ALREADY_RETRACTED,
}


def open_filing_of(number: int, *, actor: Actor, to_change: bool = False) -> Filing:
    """The open filing of a number. Locks its row when it is `to_change`.

    Raises WireRefusal: 5001 alike for a number never given and another provider's, 5101 and 5102
    for a filing that is closed.
    """
    filings = Filing.objects.visible_to(actor)
    if to_change:
        filings = filings.select_for_update()
    filing = filings.filter(number=number).first()
    if filing is None:
        raise WireRefusal(Code.REPORT_DOES_NOT_EXIST)
    if filing.state in CLOSED:
        raise WireRefusal(CLOSED[FilingState(filing.state)])
    return filing


def filing_and_key(number: int, *, actor: Actor) -> tuple[Filing, bytes]:
    """An open filing with its data key, read in a moment of its own. Raises as above."""
    with acting_as(actor.context):
        filing = open_filing_of(number, actor=actor)
        return filing, key_of(filing.pk, by=actor)


def files_of(filing: Filing) -> list[FilingFile]:
    """The files of a filing, oldest first."""
    return list(FilingFile.objects.filter(filing=filing).select_related("exhibit"))


def file_of(filing: Filing, file_id: str) -> FilingFile:
    """One file of a filing. Raises WireRefusal 5002."""
    found = FilingFile.objects.filter(filing=filing, file_id=file_id).first()
    if found is None:
        raise WireRefusal(Code.FILE_DOES_NOT_EXIST)
    return found


def facts_of(file: FilingFile, key: bytes) -> dict[str, object]:
    """What is said of a file so far, as it stands in the tree of a submission."""
    at = place("filingfile", "details", file.pk)
    tree: dict[str, object] = open_json(key, bytes(file.details or b""), at=at)
    return tree


def whole_submission(filing: Filing, files: list[FilingFile], key: bytes) -> Submission:
    """What the provider submitted, with its files."""
    tree = open_json(key, bytes(filing.body), at=place("filing", "body", filing.pk))
    tree["files"] = [facts_of(file, key) for file in files]
    tree["incidents"][0]["files"] = list(range(len(files)))
    return from_tree(tree)
