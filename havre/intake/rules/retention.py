"""How long a report is kept: which class it falls into on arrival."""

from havre.intake.rules.stages import Retention
from havre.intake.rules.submission import AgeClass, Channel, Submission


def retention_class(submission: Submission) -> Retention:
    """Youth records end sooner (YCJA); provider reports last two years (SOR/2011-292 s. 5)."""
    if submission.subject_age_class() in {AgeClass.TWELVE_TO_17, AgeClass.UNDER_12}:
        return Retention.YOUTH
    if submission.channel in {Channel.ISPWS, Channel.MRA_ADDRESSES}:
        return Retention.STATUTORY_TWO_YEARS
    return Retention.STANDARD
