"""Watches that are carried to another form are taken in one order, whoever tells of them."""

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext

from havre.audit.rules import Station
from havre.links.silent.carrying import carry_forms
from havre.plumbing.context import acting_as

BY = Station.PIPELINE
TOKEN = re.compile("[0-9a-f]{64}")


def changed(forms: dict[bytes, bytes]) -> list[list[str]]:
    """The watches that are changed, in their order."""
    with acting_as(BY.context), CaptureQueriesContext(connection) as asked:
        carry_forms(forms, by=BY)
    changes = [query["sql"] for query in asked if query["sql"].startswith("UPDATE")]
    return [TOKEN.findall(change) for change in changes]


def test_two_reports_that_tell_the_same_in_another_order_wait_for_each_other_and_never_both(db):
    forms = {bytes([n]) * 32: bytes([n + 100]) * 32 for n in (3, 1, 2)}

    told = changed(forms)

    assert [len(tokens) for tokens in told] == [2, 2, 2]
    assert told == changed(dict(reversed(forms.items())))
