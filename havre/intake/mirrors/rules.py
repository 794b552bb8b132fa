"""How a report goes to the second base address: which step comes next, and what an answer means.

It is sent whole once, as far as the other side lets us know it. Only `finish` makes a report there,
so a submit whose answer was lost may be sent again: what stays open there ends by itself. An upload
whose answer was lost is not: the report there is taken back and begun anew, or it might hold a
file twice.
"""

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum

# So long a copy waits after each try that failed; the last wait is repeated until it is stopped.
WAITS = (
    timedelta(seconds=30),
    timedelta(minutes=2),
    timedelta(minutes=10),
    timedelta(minutes=30),
    timedelta(hours=1),
)
# What a test account sent is kept for its mirror so long, then its key is destroyed.
KEPT_FOR_A_TEST = timedelta(days=30)
ALREADY_RETRACTED, ALREADY_FINISHED, NO_REPORT, NO_ADDRESS = 5101, 5102, 5001, 1210
OF_THE_SERVER, OF_THE_KEY = 1, frozenset({2, 3})
FORBIDDEN, TOO_LARGE, TOO_MANY, SERVER_ERRORS = frozenset({401, 403}), 413, 429, 500
WELL = range(200, 300)
# Why a copy is not sent, where no answer says so.
DAMAGED, INTERRUPTED, KEY_GONE = "damaged", "interrupted", "key-gone"
NOT_ALLOWED, NOT_XML, SUPPLEMENT, UNREADABLE = (
    *("address-not-allowed", "not-xml", "supplement", "details-unreadable"),
)
# A supplement names the other side's number of the report that it adds to: that one goes first.
FIRST_WAITS, FIRST_NOT_THERE = "first-waits", "first-not-there"


class CopyState(StrEnum):
    """Where a copy stands."""

    REFUSED = "refused"
    SENT = "sent"
    STOPPED = "stopped"
    STOPPING = "stopping"
    WAITING = "waiting"


class Remark(StrEnum):
    """What its provider is told of a copy that is not what came, byte for byte."""

    FROM_JSON = "from-json"
    FROM_TABLE = "from-table"
    FROM_XARF = "from-xarf"
    NEW_REPORT = "new-report"
    WITHOUT_DOCUMENT = "without-document"
    WITHOUT_LETTER = "without-letter"


class Step(StrEnum):
    """One call to the other side."""

    FILEINFO = "fileinfo"
    FINISH = "finish"
    RETRACT = "retract"
    STATUS = "status"
    SUBMIT = "submit"
    UPLOAD = "upload"


class Outcome(StrEnum):
    """What an answer means for the copy.

    GONE: the other side no longer has the report. LATER: nothing was taken, the same again.
    UNCLEAR: it may have been taken.
    """

    DONE = "done"
    FINISHED = "finished"
    GONE = "gone"
    LATER = "later"
    REFUSED = "refused"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyTold:
    """What a provider's program is told of a copy. Only `SENT` means that it arrived there."""

    state: CopyState
    report_there: str = ""
    why: str = ""
    # What the code of why means and what to do, and what else is to be said, in words.
    detail: str = ""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the other side answered; `failed_as` says why there is no answer."""

    status: int = 0
    code: int | None = None
    report: str = ""
    file: str = ""
    md5: str = ""
    request: str = ""
    failed_as: str = ""
    was_sent: bool = True
    # The fields of the wire that a refusal names: names alone, nothing of what stood in them.
    fields: tuple[str, ...] = ()

    @property
    def why(self) -> str:
        """What went wrong, as a code; "" for a success."""
        if self.failed_as or self.code == 0:
            return self.failed_as
        if self.code is None or self.status == TOO_MANY:
            return f"http-{self.status}"
        return f"code-{self.code}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a copy has come. `is_unclear`: what is open there may hold more than we know."""

    state: CopyState = CopyState.WAITING
    far_report: str = ""
    far_files: tuple[str, ...] = ()
    described: int = 0
    is_unclear: bool = False


def next_step(progress: Progress, files: int) -> Step | None:
    """The call that comes next; None where there is nothing left to do."""
    if progress.state is CopyState.STOPPING:
        return Step.RETRACT if progress.far_report else None
    if progress.state is not CopyState.WAITING:
        return None
    if not progress.far_report:
        return Step.SUBMIT
    if progress.is_unclear:
        return Step.RETRACT
    if progress.described == files:
        return Step.FINISH
    is_there = len(progress.far_files) > progress.described
    return Step.FILEINFO if is_there else Step.UPLOAD


def judged(step: Step, told: Told) -> Outcome:
    """What an answer to a step means."""
    if told.failed_as:
        return Outcome.UNCLEAR if told.was_sent else Outcome.LATER
    if told.code == 0 and told.status in WELL:
        return Outcome.DONE
    if told.code is None:
        return _by_status(told.status)
    return _by_code(step, told.code, told.status)


def after(progress: Progress, step: Step, told: Told, *, has_details: bool = False) -> Progress:
    """How far a copy has come once a step was answered."""
    outcome = judged(step, told)
    if outcome is Outcome.FINISHED:
        return replace(progress, state=CopyState.SENT, is_unclear=False)
    if step is Step.RETRACT:
        return _after_retract(progress, outcome)
    if outcome is Outcome.DONE:
        return _done(progress, step, told, has_details=has_details)
    return _not_done(progress, step, outcome)


def is_down(outcome: Outcome, told: Told) -> bool:
    """Whether it is the other side as a whole that does not get on, and not this one copy."""
    return outcome is Outcome.LATER or (outcome is Outcome.UNCLEAR and told.code is None)


def wait_after(tries: int) -> timedelta:
    """How long to wait after so many tries that failed."""
    return WAITS[min(tries, len(WAITS)) - 1]


def _done(progress: Progress, step: Step, told: Told, *, has_details: bool) -> Progress:
    if step is Step.SUBMIT:
        return replace(progress, far_report=told.report)
    if step is Step.UPLOAD:
        files = (*progress.far_files, told.file)
        return replace(progress, far_files=files, described=len(files) - has_details)
    if step is Step.FILEINFO:
        return replace(progress, described=progress.described + 1)
    return replace(progress, state=CopyState.SENT)


def _not_done(progress: Progress, step: Step, outcome: Outcome) -> Progress:
    if outcome is Outcome.GONE:
        return Progress(state=progress.state)
    if outcome is Outcome.REFUSED:
        is_stopping = progress.state is CopyState.STOPPING
        state = progress.state if is_stopping else CopyState.REFUSED
        return replace(progress, state=state, is_unclear=bool(progress.far_report))
    if outcome is Outcome.UNCLEAR and step in {Step.FILEINFO, Step.UPLOAD}:
        return replace(progress, is_unclear=True)
    return progress


def _after_retract(progress: Progress, outcome: Outcome) -> Progress:
    if outcome in {Outcome.LATER, Outcome.UNCLEAR}:
        return progress
    # What is not taken back ends by itself there; it was never finished.
    if progress.state is CopyState.STOPPING:
        return Progress(state=CopyState.STOPPED)
    return Progress()


def _by_status(status: int) -> Outcome:
    if status == TOO_LARGE:
        return Outcome.REFUSED
    return Outcome.UNCLEAR if status >= SERVER_ERRORS or status in WELL else Outcome.LATER


def _by_code(step: Step, code: int, status: int) -> Outcome:
    if status == TOO_MANY or code == NO_ADDRESS or code // 1000 in OF_THE_KEY:
        return Outcome.LATER
    if code // 1000 == OF_THE_SERVER or code == 0:
        return Outcome.UNCLEAR
    if step is Step.FINISH and code == ALREADY_FINISHED:
        return Outcome.DONE
    if step is Step.RETRACT:
        return Outcome.FINISHED if code == ALREADY_FINISHED else Outcome.REFUSED
    if step is not Step.SUBMIT and code in {NO_REPORT, ALREADY_RETRACTED}:
        return Outcome.GONE
    return Outcome.REFUSED
