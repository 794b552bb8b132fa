"""Clues: what reports have in common, and how others with it are found. Parts of actions."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

from havre.plumbing.pipes import ask_again
from havre.plumbing.together.gathered import run_last

# Of each clue so many, the newest: what is in very many reports says little of any.
MOST_LED_TO = 32
NOTE = """
INSERT INTO alike_clue (digest, leads_to)
SELECT DISTINCT clue.digest, %(to)s::uuid FROM unnest(%(digests)s::bytea[]) clue (digest)
ON CONFLICT DO NOTHING
"""
OFTEN = """
SELECT asked.digest FROM unnest(%(digests)s::bytea[]) asked (digest)
WHERE (SELECT count(*) FROM (
  SELECT FROM alike_clue clue WHERE clue.digest = asked.digest LIMIT %(times)s::int
) led) >= %(times)s::int
"""
LED_TO = """"group" = ANY (ARRAY(
  SELECT led.leads_to FROM unnest(%s::bytea[]) asked (digest) CROSS JOIN LATERAL (
    SELECT clue.leads_to FROM alike_clue clue WHERE clue.digest = asked.digest
    ORDER BY clue.leads_to DESC LIMIT %s
  ) led
))"""


def note_clues(digests: Collection[bytes], *, to: UUID) -> None:
    """Let digests lead to a group, or to a report. In Havre's own name; safe to repeat."""
    if digests:
        run_last(NOTE, {"digests": [*digests], "to": to})


def told_often(digests: Collection[bytes], *, times: int) -> set[bytes]:
    """Those of these digests that lead to so many reports at least."""
    rows = ask_again(OFTEN, {"digests": [*digests], "times": times}) if digests else []
    return {bytes(digest) for (digest,) in rows}


def led_to(digests: Collection[bytes]) -> RawSQL:
    """Those whose group one of these digests leads to: a filter."""
    found = [list(digests), MOST_LED_TO]
    return RawSQL(LED_TO, found, output_field=BooleanField())  # noqa: S611 - nothing typed is in it
