"""What the door of record systems says of itself: an OpenAPI document made of its types."""

from functools import cache
from typing import Any

from havre.plumbing.apis.openapi import Answer, Api, Body, Operation, Parameter, document_of
from havre.plumbing.apis.repeats import HEADER, REPLAYED
from havre.referrals.records.shapes import (
    Asked,
    AskedPackage,
    DeclineBody,
    HandOverBody,
    InboxPageTold,
    NoBody,
    OutcomeBody,
    ProviderQuestionBody,
    QuestionBody,
    ReturnBody,
    Standing,
    WholeReferral,
)
from havre.referrals.webhooks.contract import calls

VERSION = "1.3.0"
BASE = "/records/v1"
ONE = f"{BASE}/referrals/{{reference}}"
ZIP = "application/zip"
DESCRIPTION = (
    "Referrals to your agency, for its record system. A key opens your own agency’s inbox and"  # noqa: RUF001
    " nothing else; what it does counts as done for the officer who answers for it, and every"
    " look is written in the log with the key. Every server process counts a key’s requests"  # noqa: RUF001
    " together: so many a second, in all. Titles and refusals come in the language of"
    " Accept-Language, English or French."
)
REFERENCE = Parameter(
    name="reference",
    where="path",
    schema={"type": "string", "pattern": "^R-[0-9A-Z]{4}-[0-9A-Z]{4}$"},
    description="The reference of a referral to your agency.",
)
REPEAT = Parameter(
    name=HEADER,
    where="header",
    schema={"type": "string", "minLength": 1, "maxLength": 200},
    description="Your own word for this request. Sent again within a week, it is done once.",
    required=True,
)


@cache
def contract_document() -> dict[str, Any]:
    """The OpenAPI 3.1 document."""
    return document_of(
        Api(
            title="Havre for record systems",
            version=VERSION,
            description=DESCRIPTION,
            security={"key": {"type": "http", "scheme": "bearer"}},
            operations=[_itself(), *_looks(), *_acts()],
            webhooks=calls(),
        )
    )


def _itself() -> Operation:
    return Operation(
        method="GET",
        path=f"{BASE}/openapi.json",
        name="contract",
        summary="This document",
        answers={200: Answer(description="OpenAPI 3.1", shape={"type": "object"})},
        is_open=True,
    )


def _looks() -> list[Operation]:
    return [
        Operation(
            method="GET",
            path=f"{BASE}/referrals",
            name="listReferrals",
            summary="A page of the inbox, what waits first",
            query=Asked,
            answers={200: Answer(description="At most fifty referrals", shape=InboxPageTold)},
            refusals=[422],
        ),
        Operation(
            method="GET",
            path=ONE,
            name="getReferral",
            summary="One referral with the police JSON that its package carries",
            parameters=[REFERENCE],
            answers={200: Answer(description="The referral", shape=WholeReferral)},
            refusals=[404],
        ),
        Operation(
            method="GET",
            path=f"{ONE}/package",
            name="getPackage",
            summary="The sealed archive; made at the first call, and another once more came",
            parameters=[REFERENCE],
            query=AskedPackage,
            answers={
                200: Answer(
                    description="The archive",
                    shape={"type": "string", "format": "binary"},
                    media_type=ZIP,
                )
            },
            refusals=[404, 422],
        ),
    ]


def _acts() -> list[Operation]:
    outcome = {"disposition": "child-safeguarded", "count": 1, "usefulness": 4}
    return [
        _act("accept", "acceptReferral", "Take the referral", NoBody, {}),
        _act(
            "return",
            "returnReferral",
            "Send it back as misrouted",
            ReturnBody,
            {"note": "Not our harbor.", "suggestedAgency": "halifax-police"},
        ),
        _act("outcomes", "recordOutcome", "Say what came of it", OutcomeBody, outcome),
        _act(
            "questions", "askTipline", "Ask the tipline", QuestionBody, {"text": "Which library?"}
        ),
        _act(
            "decline",
            "declineReferral",
            "Say that your agency will not act, and why",
            DeclineBody,
            {"because": "no-capacity", "note": "Nobody is free before Monday."},
        ),
        _act(
            "hand-over",
            "handOverReferral",
            "Give it to a colleague",
            HandOverBody,
            {"to": "r.example", "note": "She is in school on Monday."},
        ),
        _act(
            "provider-questions",
            "askProvider",
            "Ask the provider that reported; its answer comes into `provider` of the referral",
            ProviderQuestionBody,
            {"question": "was-public"},
        ),
    ]


def _act(path: str, name: str, summary: str, body: type, example: object) -> Operation:
    replayed = {REPLAYED: "“true” where it was done before and is answered as it was then."}
    return Operation(
        method="POST",
        path=f"{ONE}/{path}",
        name=name,
        summary=summary,
        parameters=[REFERENCE, REPEAT],
        body=Body(shape=body, example=example, required=body is not NoBody),
        answers={201: Answer(description="Done", shape=Standing, headers=replayed)},
        refusals=[400, 404, 409, 413, 422],
    )
