"""Words for how far a report has come."""

from enum import StrEnum


class StageWord(StrEnum):
    """What a reporter may know. Never says what police did (that is released per referral)."""

    CLOSED = "closed"
    PASSED_ON = "passed-on"
    READ = "read"
    RECEIVED = "received"


class ClosingAnswer(StrEnum):
    """What a reporter reads of a report that was closed. It tells nothing of anybody else."""

    EDUCATION = "education"
    ELSEWHERE = "elsewhere"
    NOTHING_MORE = "nothing-more"
    TOO_LITTLE = "too-little"


class FilingState(StrEnum):
    """The life of a provider's filing on the wire."""

    EXPIRED = "expired"
    FINISHED = "finished"
    OPEN = "open"
    RETRACTED = "retracted"


class Retention(StrEnum):
    """How long a report is kept, by class; the clocks belong to the law, not to code."""

    STANDARD = "standard"
    STATUTORY_TWO_YEARS = "statutory-2y"
    YOUTH = "youth"
