"""What a record system sends and is told, as types: the contract is made of them."""

from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec

from havre.intake.questions.rules import QuestionKind
from havre.plumbing.apis.cursors import MOST_CURSOR
from havre.referrals.packages.rules.archive import MOST_PACKAGES
from havre.referrals.rules.outcomes import (
    HIGHEST_USEFULNESS,
    LOWEST_USEFULNESS,
    Disposition,
    Insufficiency,
    MissingField,
)

MOST_TEXT, MOST_COUNT = 2_000, 1_000
LANES = {"A": "immediate", "B": "today", "C": "this-week", "D": "in-turn", "": "unscored"}
Lane = Literal["immediate", "today", "this-week", "in-turn", "unscored"]
# Which referrals: those that are open, every one, or those in one state.
Which = Literal[
    "open", "all", "sent", "opened", "accepted", "closed", "returned", "declined", "cancelled"
]
Text = Annotated[str, msgspec.Meta(min_length=1, max_length=MOST_TEXT)]


class Asked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which page of the inbox."""

    state: Annotated[
        Which, msgspec.Meta(description="Which referrals. Open ones when left out.")
    ] = "open"
    after: Annotated[
        str, msgspec.Meta(max_length=MOST_CURSOR, description="`next` of the page before.")
    ] = ""


class AskedPackage(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which package of a referral."""

    number: Annotated[
        int,
        msgspec.Meta(
            ge=0, le=MOST_PACKAGES, description="One that was made; 0 or left out, the newest."
        ),
    ] = 0


class Told(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Answers: names as JSON has them."""


class Sent(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """Bodies: a name that is not known is refused, so that no slip goes unnoticed."""


class ReferralRow(Told, frozen=True, kw_only=True):
    """A referral as the inbox lists it. Nothing in it was typed by anybody."""

    reference: str
    state: str
    lane: Lane
    title: str
    sent_at: datetime
    answer_by: datetime
    act_by: datetime | None
    # What the clock that runs asks for, and until when; null when none runs.
    clock: Literal["answer", "action"] | None
    clock_until: datetime | None
    is_unread: bool
    is_asking: bool


class InboxPageTold(Told, frozen=True, kw_only=True):
    """A page of the inbox: those that wait first, the most urgent lane first."""

    referrals: list[ReferralRow]
    next: str | None
    as_of: datetime


class RemarkTold(Told, frozen=True, kw_only=True):
    """Something said of the referral between the tipline and your agency."""

    kind: str
    at: datetime
    text: str


class OutcomeTold(Told, frozen=True, kw_only=True):
    """An outcome that your agency recorded."""

    disposition: Disposition
    insufficiency: Insufficiency | None
    count: int | None
    usefulness: int | None
    missing_fields: list[MissingField]
    at: datetime


class ProviderAnswer(Told, frozen=True, kw_only=True):
    """A closed question to the provider, and its answer once there is one."""

    question: str
    asked_at: datetime
    due_at: datetime
    answered_at: datetime | None
    answer: str | None
    value: str | None


class WholeReferral(Told, frozen=True, kw_only=True):
    """One referral. `report` is the police JSON as the package carries it; null once it is over."""

    referral: ReferralRow
    reason: str | None
    caveats: list[str]
    ended_because: str | None
    remarks: list[RemarkTold]
    outcomes: list[OutcomeTold]
    provider: list[ProviderAnswer]
    report: dict[str, Any] | None


class Standing(Told, frozen=True, kw_only=True):
    """Where a referral stands after what you did."""

    reference: str
    state: str


class ReturnBody(Sent, frozen=True, kw_only=True):
    """Why a referral is not yours, and perhaps whose it is."""

    note: Text
    suggested_agency: Annotated[str, msgspec.Meta(max_length=60)] | None = None


class QuestionBody(Sent, frozen=True, kw_only=True):
    """A question to the tipline. The clock runs on."""

    text: Text


class DeclineBody(Sent, frozen=True, kw_only=True):
    """Why your agency does not act. The report waits at the tipline again."""

    because: Literal["duplicate", "no-capacity", "no-power", "other"]
    note: Text


class HandOverBody(Sent, frozen=True, kw_only=True):
    """To which colleague the referral goes, by sign-in name, and what only your agency reads."""

    to: Annotated[str, msgspec.Meta(min_length=1, max_length=150)]
    note: Text


class ProviderQuestionBody(Sent, frozen=True, kw_only=True):
    """A closed question to the provider that reported, and whether it keeps the account up."""

    question: QuestionKind
    order_number: Annotated[
        str, msgspec.Meta(description="Of the order, with the two questions that need one.")
    ] = ""
    keep_account_up: bool = False


class NoBody(Sent, frozen=True, kw_only=True):
    """Nothing: an empty object."""


class OutcomeBody(Sent, frozen=True, kw_only=True):
    """What came of a referral. A later word is a new outcome; none is altered."""

    disposition: Disposition
    insufficiency: Insufficiency | None = None
    count: Annotated[int, msgspec.Meta(ge=1, le=MOST_COUNT)] | None = None
    usefulness: Annotated[int, msgspec.Meta(ge=LOWEST_USEFULNESS, le=HIGHEST_USEFULNESS)] | None = (
        None
    )
    missing_fields: list[MissingField] = []
    note: Annotated[str, msgspec.Meta(max_length=MOST_TEXT)] = ""
