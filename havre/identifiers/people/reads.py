"""Where what is known of people stands in texts."""

from collections.abc import Callable, Collection, Mapping
from uuid import UUID

from havre.audit.rules import Actor
from havre.identifiers.models import Mention
from havre.identifiers.people.rules.names import names_that_may_stand
from havre.identifiers.reads import token_of
from havre.identifiers.rules.find import find_in_text
from havre.identifiers.rules.words import Found, Kind
from havre.intake.rules.submission import PersonRole


def reporters_own(
    report: UUID, texts: Mapping[str, str], *, actor: Actor
) -> list[tuple[str, int, int]]:
    """Where a reporter's own identifiers and names stand in a report's texts: field, start, end.

    By what the sentence says, or because the same value was given as the reporter's elsewhere.
    """
    mentions = Mention.objects.visible_to(actor).filter(record=report)
    rows = mentions.filter(role=PersonRole.REPORTER).values_list("kind", "token")
    return spans_of([(kind, bytes(token)) for kind, token in rows], texts)


def spans_of(
    told: Collection[tuple[str, bytes]],
    texts: Mapping[str, str],
    *,
    also: Callable[[Found], bool] | None = None,
) -> list[tuple[str, int, int]]:
    """Where values of which only kind and token are known stand in texts: field, start, end.

    And whatever a sentence says to be the reporter's own, and of what is found `also` that.
    """
    tokens = {token for _, token in told}
    return [
        *names_in(texts, {token for kind, token in told if kind == Kind.NAME}),
        *(
            (field, found.start, found.end)
            for field, text in texts.items()
            for found in find_in_text(text, field=field)
            if found.role is PersonRole.REPORTER
            or token_of(found.kind, found.value) in tokens
            or (also and also(found))
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
