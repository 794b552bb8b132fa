"""What is watched and quiet is carried to another form in one order, whoever tells of it."""

from uuid import UUID

import pytest
from django.db import connection

from havre.audit.rules import Station
from havre.identifiers.rules.words import Kind
from havre.links.silent import carrying
from havre.links.silent.models import SilentWatch
from havre.links.watches.actions import add_watch
from havre.links.watches.models import Watch
from havre.plumbing.context import acting_as
from tests import make
from tests.rooms.test_silent_watches import asked
from tests.rooms.test_watches import terms

BY = Station.PIPELINE


@pytest.fixture
def kept(db) -> tuple[list[UUID], list[UUID]]:
    """Two watches and two that are quiet, the oldest first, of which the newest token is first."""
    detective = make.officer(make.directory())
    for name in ("heron", "plover"):
        terms_of_it = {"kind": Kind.EMAIL, "terms": terms(), "by": detective}
        add_watch(f"{name}@example.com", **terms_of_it)
        asked(detective, f"{name}_2@example.com")
    with acting_as(BY.context):
        return with_last_token_first(Watch), with_last_token_first(SilentWatch)


def with_last_token_first(rows) -> list[UUID]:
    """Also as if nobody knew by which rules their form was written."""
    oldest_first = list(rows.objects.order_by("pk").values_list("pk", flat=True))
    for number, pk in enumerate(oldest_first):
        rows.objects.filter(pk=pk).update(token=bytes([9 - number]) * 32, edition=b"")
    return oldest_first


def told_by_a_report() -> None:
    with acting_as(BY.context):
        carrying.carry_forms({bytes([n]) * 32: bytes([n + 100]) * 32 for n in (8, 9)}, by=BY)


def swept() -> None:
    assert len(carrying.carry_watches(by=BY)) == 4


@pytest.mark.parametrize("carry", [told_by_a_report, swept])
def test_two_who_carry_the_same_wait_for_each_other_and_never_both(kept, carry, monkeypatch):
    taken: list[UUID] = []
    hold = carrying.hold_quiet

    def held(pk: UUID) -> None:
        taken.append(pk)
        hold(pk)

    def looked_at(execute, sql, params, many, context):
        if sql.startswith("UPDATE"):
            taken.extend(one for one in params if isinstance(one, UUID))
        return execute(sql, params, many, context)

    monkeypatch.setattr(carrying, "hold_quiet", held)
    with connection.execute_wrapper(looked_at):
        carry()

    watches, quiet = kept
    assert taken == [*quiet, *watches, *quiet]
