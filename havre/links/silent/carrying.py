"""What is watched or kept quiet under a form of earlier rules, carried to the present one.

Parts of actions, which write the line. Whoever holds the key of a watch is not there when a report
is noted anew; the report tells the value, where it holds it. No line names the mention: whoever
reads the log would learn by it which report holds what somebody watches, or keeps quiet.
"""

from collections.abc import Iterable, Iterator, Mapping
from uuid import UUID

from havre.audit.rules import Actor
from havre.identifiers.actions import hush_value
from havre.identifiers.editions.reads import was_noted_otherwise
from havre.identifiers.models import Hush, Mention
from havre.identifiers.reads import token_of, tokens_of
from havre.identifiers.rules.normal import normalise
from havre.identifiers.rules.words import Kind
from havre.identifiers.sealed import value_of
from havre.links.silent.actions import SETTLE, SETTLE_PRIORITY
from havre.links.silent.models import SilentWatch
from havre.links.watches.models import Watch
from havre.plumbing.queue import defer


def other_forms(report: UUID, *, by: Actor) -> dict[bytes, bytes]:
    """Of what a report holds and somebody watches or keeps quiet: its token, and the present one.

    Only where other rules noted it, and the two differ. Reads the report as it was noted last.
    """
    if not was_noted_otherwise(report):
        return {}
    asked = tokens_of(report)
    kept = {
        bytes(token)
        for rows in (Hush.objects, Watch.objects.standing(), SilentWatch.objects.open())
        for token in rows.filter(token__in=asked).values_list("token", flat=True)
    }
    if not kept:
        return {}
    mentions = Mention.objects.filter(record=report, token__in=kept).select_related(
        "record__report"
    )
    return dict(_changed(mentions, by))


def carry_forms(forms: Mapping[bytes, bytes], *, by: Actor) -> None:
    """Watch, and keep quiet, what has another form now. Safe to repeat.

    A quiet value stays quiet under both: reports that were not noted anew yet hold the earlier one.
    """
    for before, now in forms.items():
        for cause in Hush.objects.filter(token=before).values_list("cause", flat=True):
            hush_value(now, cause=cause, by=by)
        Watch.objects.standing().filter(token=before).update(token=now)
        for watch in SilentWatch.objects.open().filter(token=before):
            watch.token = now
            watch.save(update_fields=["token"])
            defer(SETTLE, queue="route", priority=SETTLE_PRIORITY, watch=str(watch.pk))


def _changed(mentions: Iterable[Mention], by: Actor) -> Iterator[tuple[bytes, bytes]]:
    for mention in mentions:
        form = normalise(Kind(mention.kind), value_of(mention, by=by))
        if form and (now := token_of(mention.kind, form)) != bytes(mention.token):
            yield bytes(mention.token), now
