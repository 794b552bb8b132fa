"""Questions about identifiers."""

import hmac
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import BooleanField, Count, F, Func
from django.db.models.expressions import RawSQL

from havre.audit.rules import Actor
from havre.identifiers.models import Mention, Record
from havre.identifiers.people.rules.names import names_that_may_stand
from havre.identifiers.rules.find import find_in_text
from havre.identifiers.rules.near import skeleton
from havre.identifiers.rules.words import Kind
from havre.intake.models import Report
from havre.intake.rules.submission import PersonRole
from havre.plumbing.keys import keys

# Whose identifiers stand in clear inside the walls: near matching needs them (docs/security.md).
IN_CLEAR = frozenset({PersonRole.SUSPECT})

NEAR_BYTES = 16
# A value in so many reports is a crowd's; how many more does not matter to anybody.
MOST_COUNTED = 200
# Of each key the newest so many, so that a crowd's value leaves room for a rare one, and no page
# reads all that a crowd tells. The walls stand before it as before every other statement.
NEWEST = """SELECT held.id FROM unnest(%s::bytea[]) asked(key) CROSS JOIN LATERAL (
  SELECT m.id FROM identifiers_mention m WHERE m.{column} = asked.key
  AND m.token <> ALL (%s::bytea[]) ORDER BY m.record_id DESC LIMIT %s) held"""


class IsOneOf(Func):
    """Whether a field holds one of the values of a query, which is asked once, before the others.

    A planner that takes the walls for rarer than they are would ask an IN anew for each row.
    """

    template = "%(expressions)s)"
    arg_joiner = " = ANY (ARRAY"
    output_field = BooleanField()


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """One identifier of a report as the desk shows it; `value` is empty while it is masked."""

    mention: UUID
    kind: str
    value: str
    role: str
    field: str
    start: int
    end: int
    confidence: int
    port: int | None
    seen_at: str
    seen_in: int

    @property
    def is_a_crowd_s(self) -> bool:
        """Whether it stands in so many reports that nobody counted on."""
        return self.seen_in >= MOST_COUNTED


def token_of(kind: str, value: str) -> bytes:
    """The keyed digest by which equal identifiers meet, whoever's they are."""
    return hmac.digest(keys().pepper("identifier"), f"{kind}|{value}".encode(), "sha256")


def near_token_of(kind: str, value: str) -> bytes | None:
    """The keyed digest by which names that resemble each other meet; None when too short."""
    letters = skeleton(value) if kind == Kind.HANDLE else None
    return token_of("near-handle", letters)[:NEAR_BYTES] if letters else None


def is_noted(report: UUID, *, actor: Actor) -> bool:
    """Whether a report was read for identifiers; until then its reporter's own are not known."""
    seen = Report.objects.visible_to(actor).filter(pk=report)
    return Record.objects.filter(report__in=seen).exists()


def noted_in(report: UUID, *, part: int | None = None, actor: Actor) -> list[Noted]:
    """The identifiers of a report, and in how many reports that the actor may see each stands.

    With `part`, those that stand in one incident of a split report.
    """
    found = Mention.objects.visible_to(actor).filter(record__report=report)
    mentions = list(found if part is None else found.filter(parts__contains=[part]))
    seen = reports_sharing([bytes(m.token) for m in mentions], actor=actor)
    return [
        Noted(
            mention=m.pk,
            kind=m.kind,
            value=m.clear,
            role=m.role,
            field=m.field,
            start=m.start,
            end=m.end,
            confidence=m.confidence,
            port=m.port,
            seen_at=m.seen_at,
            # Of a hushed value, the report itself and no other.
            seen_in=seen.get(bytes(m.token), 1),
        )
        for m in mentions
    ]


def reports_sharing(tokens: list[bytes], *, actor: Actor) -> dict[bytes, int]:
    """For each token that may tie reports, in how many of the newest the actor may see it."""
    newest = among_newest("token", tokens, most=MOST_COUNTED)
    rows = Mention.objects.visible_to(actor).unhushed().filter(newest).order_by()
    counts = rows.values_list("token").annotate(reports=Count("record", distinct=True))
    return {bytes(token): reports for token, reports in counts}


def among_newest(
    column: str, keys: Collection[bytes], *, most: int, besides: Collection[bytes] = ()
) -> IsOneOf:
    """Those mentions that are of the newest with one of these keys, so many of each: a filter.

    `column` is "token" or "near"; a mention with a token of `besides` is left out.
    """
    sql = NEWEST.format(column={"token": "token", "near": "near"}[column])
    newest = RawSQL(sql, [list(keys), list(besides), most])  # noqa: S611 - nothing typed is in it
    return IsOneOf(F("pk"), newest)


def reporters_own(
    report: UUID, texts: Mapping[str, str], *, actor: Actor
) -> list[tuple[str, int, int]]:
    """Where a reporter's own identifiers and names stand in a report's texts: field, start, end.

    By what the sentence says, or because the same value was given as the reporter's elsewhere.
    """
    mentions = Mention.objects.visible_to(actor).filter(record__report=report)
    rows = mentions.filter(role=PersonRole.REPORTER).values_list("kind", "token")
    return spans_of([(kind, bytes(token)) for kind, token in rows], texts)


def spans_of(
    told: Collection[tuple[str, bytes]], texts: Mapping[str, str]
) -> list[tuple[str, int, int]]:
    """Where values of which only kind and token are known stand in texts: field, start, end.

    And whatever a sentence says to be the reporter's own.
    """
    tokens = {token for _, token in told}
    return [
        *names_in(texts, {token for kind, token in told if kind == Kind.NAME}),
        *(
            (field, found.start, found.end)
            for field, text in texts.items()
            for found in find_in_text(text, field=field)
            if found.role is PersonRole.REPORTER or token_of(found.kind, found.value) in tokens
        ),
    ]


def names_in(texts: Mapping[str, str], tokens: Collection[bytes]) -> list[tuple[str, int, int]]:
    """Where names of which only the tokens are known stand in texts: field, start, end."""
    if not tokens:
        return []
    return [
        (field, start, end)
        for field, text in texts.items()
        for start, end, name in names_that_may_stand(text)
        if token_of(Kind.NAME, name) in tokens
    ]
