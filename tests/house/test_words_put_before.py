"""What was put to incidents before its passages were noted holds its translations back since."""

from importlib import import_module

import psycopg
import pytest
from django.db import connection

from havre.audit.rules import Station
from havre.intake.models import Message
from havre.plumbing.context import acting_as
from havre.referrals.later.actions import pass_words_on
from havre.triage.interpreting.actions import write_translation
from havre.triage.interpreting.rules import Translated
from havre.triage.splitting.actions import merge_report
from havre.wiring.route import walk
from tests import make, splitting, told
from tests.database import addresses_of

MIGRATION = "havre.triage.interpreting.migrations.0005_of_words_in_full"
PUT_TO_NONE = "havre.intake.migrations.0022_put_to_none_before"
FOREIGN = "Він хоче зустрітися зі мною."
SAID = "Quay likes boats. I am fine."


def rows() -> dict[str, tuple[object, ...]]:
    """Every message by its id: what it was put to, and why it is not given in full."""
    with acting_as(Station.PIPELINE.context):
        found = Message.objects.values_list("pk", "parts", "kept_because", "decided_at")
        return {str(pk): tuple(rest) for pk, *rest in found}


def is_walled(owner: psycopg.Connection) -> bool:
    which = "SELECT relforcerowsecurity FROM pg_class WHERE oid = 'intake_message'::regclass"
    return bool(owner.execute(which).fetchone()[0])


def migrated(step: str = MIGRATION) -> list[str]:
    """Run the step as it runs, as the owner of the tables; gives the scope that is left."""
    *_policy, fill = import_module(step).Migration.operations
    url = addresses_of(connection.settings_dict["NAME"]).migrate_url
    with psycopg.connect(url) as owner:
        assert is_walled(owner)
        for statement in connection.ops.prepare_sql_script(fill.sql):
            owner.execute(statement)
        assert is_walled(owner)
        left = owner.execute("SELECT current_setting('havre.scope', true)").fetchall()
    return [one for (one,) in left]


def a_split_report(*, by, holder):
    people = (splitting.suspect("Quay Example"), splitting.suspect("Pier Example"), make.REPORTER)
    report = make.report(splitting.STORY, people=people, holder=holder)
    splitting.split_in_two(report, by=by)
    return report


def tell_and_put(report, receipt, *numbers, by) -> None:
    splitting.tell(report, receipt, SAID)
    names = splitting.passages(report, by=by).values()
    splitting.put(report, {name: {*numbers} for name in names}, by=by)


@pytest.mark.real_commits
def test_words_of_a_split_report_that_were_put_before_count_as_cut_and_no_others_do():
    harbor, analyst = make.directory(), make.analyst()
    receipts = [make.receipt() for _ in range(3)]
    split, merged = (a_split_report(by=analyst, holder=one) for one in receipts[:2])
    tell_and_put(split, receipts[0], 2, by=analyst)
    tell_and_put(split, receipts[0], by=analyst)
    splitting.tell(split, receipts[0], SAID)
    tell_and_put(merged, receipts[1], 2, by=analyst)
    merge_report(merged.reference, by=analyst)
    whole = make.report(told.CALM, holder=receipts[2])
    make.referral(whole, to=harbor, by=analyst)
    told.tell(whole, receipts[2], "Thank you.")
    pass_words_on(whole.reference, messages=told.words_of(whole, by=analyst), by=analyst)
    before = rows()
    assert len(before) == 5

    assert migrated() == [""]

    after = rows()
    (put,) = (pk for pk in after if after[pk] != before[pk])
    assert before[put] == ([2], "", None)
    assert after[put] == ([2], "not-all", None)


@pytest.mark.real_commits
def test_words_that_were_put_to_none_before_wait_again_once_they_are_translated():
    make.directory()
    analyst, receipt = make.analyst(), make.receipt()
    split = a_split_report(by=analyst, holder=receipt)
    splitting.tell(split, receipt, SAID)
    splitting.tell(split, receipt, FOREIGN)
    names = splitting.passages(split, by=analyst).values()
    splitting.put(split, {name: set() for name in names}, by=analyst)
    splitting.tell(split, receipt, SAID)
    with acting_as(Station.PIPELINE.context):
        put = Message.objects.filter(report=split, parts=[])
        assert put.count() == 2
    as_before("UPDATE intake_message SET decided_at = NULL, kept_because = '' WHERE parts = '{}'")
    before = rows()

    assert migrated(PUT_TO_NONE) == [""]

    changed = {pk for pk, row in rows().items() if row != before[pk]}
    assert len(changed) == 2
    assert all(rows()[pk][:2] == ([], "not-all") for pk in changed)
    translated = Translated(text="He has a knife.", who="No. 214")
    languages = {"from_language": "uk", "to_language": "en"}
    write_translation(split.reference, told=translated, **languages, by=analyst)
    walk(split.pk)
    assert {pk for pk, (parts, *_) in rows().items() if parts is None} >= changed


def as_before(statement: str) -> None:
    """Rows as an earlier release left them, written as the owner of the tables."""
    url = addresses_of(connection.settings_dict["NAME"]).migrate_url
    forced = "ALTER TABLE intake_message {} FORCE ROW LEVEL SECURITY"
    with psycopg.connect(url) as owner:
        owner.execute("SELECT set_config('havre.scope', 'work', true)")
        for one in (forced.format("NO"), statement, forced.format("")):
            owner.execute(one)
