"""Questions about identifiers."""

import hmac
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import BinaryField, BooleanField, F, Func, QuerySet
from django.db.models.expressions import RawSQL

from havre.audit.rules import Actor
from havre.identifiers.disguises.rules.near import skeleton
from havre.identifiers.models import Mention, MentionQuerySet
from havre.identifiers.rules.words import Kind
from havre.intake.rules.submission import PersonRole
from havre.plumbing.keys import keys
from havre.plumbing.values.written import written_once

# Whose identifiers stand in clear inside the walls: near matching needs them (docs/security.md).
IN_CLEAR = frozenset({PersonRole.SUSPECT})

NEAR_BYTES = 16
# A value in so many reports is a crowd's: how many more does not matter to anybody, and no link is
# followed further.
MOST_MET = 200
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
        return self.seen_in >= MOST_MET


class Met(NamedTuple):
    """What a link asks of a mention, and no more: a page reads a thousand of them.

    The id of its record as bytes: as keys of sets and dictionaries ids of the library are slow.
    """

    record: bytes
    token: bytes
    near: bytes | None
    kind: str
    role: str
    field: str
    clear: str
    legal_basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """The identifiers of a report, and where else their values stand; read once for a page."""

    report: UUID
    own: tuple[Mention, ...]
    met: tuple[Met, ...]


def token_of(kind: str, value: str) -> bytes:
    """The keyed digest by which equal identifiers meet, whoever's they are."""
    return hmac.digest(keys().pepper("identifier"), f"{kind}|{value}".encode(), "sha256")


def near_token_of(kind: str, value: str) -> bytes | None:
    """The keyed digest by which names that resemble each other meet; None when too short."""
    letters = skeleton(value) if kind == Kind.HANDLE else None
    return token_of("near-handle", letters)[:NEAR_BYTES] if letters else None


def around(report: UUID, *, actor: Actor) -> Around:
    """The identifiers of a report, and the newest mentions of their values that the actor sees."""
    own = tuple(_own(report, actor))
    met = newest_met({bytes(mention.token) for mention in own}, actor=actor)
    return Around(report=report, own=own, met=tuple(met))


def noted_in(found: Around, *, part: int | None = None) -> list[Noted]:
    """The identifiers of a report, and in how many reports that the actor may see each stands.

    With `part`, those that stand in one incident of a split report.
    """
    held: dict[bytes, set[bytes]] = defaultdict(set)
    for met in found.met:
        held[met.token].add(met.record)
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
            seen_in=len(held.get(bytes(m.token), ())) or 1,
        )
        for m in in_part(found.own, part)
    ]


def in_part(mentions: Iterable[Mention], part: int | None) -> list[Mention]:
    """Those of a report's mentions that stand in one of its incidents; with no part, all."""
    return [each for each in mentions if part is None or part in (each.parts or ())]


def newest_met(tokens: Collection[bytes], *, actor: Actor) -> list[Met]:
    """The newest mentions of each token that may tie reports, as far as the actor sees them."""
    return met_in(_newest(tuple(tokens), actor)) if tokens else []


def met_in(rows: Iterable[tuple[Any, ...]]) -> list[Met]:
    """What links ask of mentions, of rows that `to_meet` gives."""
    return [Met(*row) for row in rows]


def to_meet(mentions: MentionQuerySet) -> QuerySet[Mention, tuple[Any, ...]]:
    """What links ask of these mentions, oldest report first, in the order of its words."""
    record = Func(F("record"), function="uuid_send", output_field=BinaryField())
    _, *others = Met._fields
    return mentions.order_by("record_id", "field", "start").values_list(record, *others)


@written_once
def _own(report: UUID, actor: Actor) -> QuerySet[Mention]:
    return Mention.objects.visible_to(actor).filter(record=report)


@written_once
def _newest(tokens: tuple[bytes, ...], actor: Actor) -> QuerySet[Mention, tuple[Any, ...]]:
    newest = among_newest("token", tokens, most=MOST_MET)
    return to_meet(Mention.objects.visible_to(actor).unhushed().filter(newest))


@written_once
def tokens_of(report: UUID) -> QuerySet[Mention, bytes | memoryview]:
    """What a report's mentions are met by: one token for each, so that some come twice."""
    return Mention.objects.filter(record=report).values_list("token", flat=True)


def held_by(report: UUID) -> QuerySet[Mention, bytes | memoryview]:
    """What a report's mentions are met by, to be asked about inside another question."""
    return Mention.objects.filter(record=report).order_by().values_list("token", flat=True)


def among_newest(
    column: str, keys: Collection[bytes], *, most: int, besides: Collection[bytes] = ()
) -> IsOneOf:
    """Those mentions that are of the newest with one of these keys, so many of each: a filter.

    `column` is "token" or "near"; a mention with a token of `besides` is left out.
    """
    sql = NEWEST.format(column={"token": "token", "near": "near"}[column])
    newest = RawSQL(sql, [list(keys), list(besides), most])  # noqa: S611 - nothing typed is in it
    return IsOneOf(F("pk"), newest)
