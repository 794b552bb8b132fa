"""A value that two incidents of one report tell stands in the list of both, as it does there."""

import pytest
from django.db import connection

from havre.audit.rules import Station
from havre.identifiers.models import Mention
from havre.identifiers.reads import around, noted_in
from havre.intake.rules.submission import GivenIdentifier, Person, PersonRole
from havre.plumbing.context import acting_as
from havre.referrals.actions import refer_report, unmask_for_addressee
from havre.referrals.pages.reads import held_mentions
from havre.triage.interpreting.actions import note_identifiers
from havre.triage.splitting.actions import merge_report
from tests import make
from tests.splitting import analyst, harbor, split_in_two, suspect

__all__ = ["analyst", "harbor"]  # fixtures

STORY = (
    "Quay asked me to meet him on Saturday at the library in Winnipeg."
    " Somebody else, Pier, sells old pictures of boats in Toronto and takes 204-555-0177."
)
MAIL = "one.mail@example.com"
QUAY, PIER = (suspect(name, MAIL) for name in ("Quay Example", "Pier Example"))


def rows_of(report, kind):
    with acting_as(Station.PIPELINE.context):
        found = Mention.objects.filter(record__report=report, kind=kind)
        return sorted((one.role, one.field, one.parts) for one in found)


def test_an_account_of_two_incidents_stands_in_the_list_of_each(analyst, harbor):
    report = make.report(STORY, people=(QUAY, PIER, make.REPORTER))
    (whole,) = rows_of(report, "email")
    assert whole[2] is None

    split_in_two(report, by=analyst)

    each = [
        ("suspect", "people.0.identifiers.0", [2]),
        ("suspect", "people.1.identifiers.0", [3]),
    ]
    assert rows_of(report, "email") == each
    with acting_as(Station.PIPELINE.context):
        note_identifiers(report.pk, by=Station.PIPELINE)
    assert rows_of(report, "email") == each

    refer_report(report, to=harbor, reason="Their shore.", incident=3, by=analyst)
    detective = make.officer(harbor)
    with acting_as(detective.context):
        noted = noted_in(around(report.pk, actor=detective), part=3)
    assert [(one.value, one.field) for one in noted if one.kind == "email"] == [
        (MAIL, "people.1.identifiers.0")
    ]


def test_merged_back_it_stands_once_again(analyst):
    report = make.report(STORY, people=(QUAY, PIER, make.REPORTER))
    whole = rows_of(report, "email")
    split_in_two(report, by=analyst)
    merge_report(report.reference, by=analyst)
    assert rows_of(report, "email") == whole


def test_nobody_s_number_here_that_is_a_witness_s_there_is_held_in_both(analyst, harbor):
    number = GivenIdentifier(kind="phone", value="204-555-0177")
    witness = Person(role=PersonRole.WITNESS, names=("Robin Example",), identifiers=(number,))
    report = make.report(STORY, people=(witness, PIER, make.REPORTER))
    split_in_two(report, by=analyst)
    assert ("unknown", "incidents.0.narrative", [3]) in rows_of(report, "phone")

    refer_report(report, to=harbor, reason="Their shore.", incident=3, by=analyst)
    detective = make.officer(harbor)
    with acting_as(detective.context):
        phones = Mention.objects.visible_to(detective).filter(kind="phone")
        (seen,) = phones.exclude(role=PersonRole.REPORTER)
        assert (seen.role, seen.field) == ("unknown", "incidents.0.narrative")
        assert seen.pk in held_mentions(report.pk, part=3, actor=detective)
    with pytest.raises(Mention.DoesNotExist):
        unmask_for_addressee(seen.pk, by=detective)


def test_no_row_of_an_identifier_is_changed_by_anybody(analyst):
    """What stands elsewhere by now is noted anew."""
    make.report()
    with acting_as(analyst.context), connection.cursor() as cursor:
        cursor.execute("UPDATE identifiers_mention SET parts = '{2}'")
        assert cursor.rowcount == 0
        cursor.execute("SELECT count(*) FROM identifiers_mention")
        assert cursor.fetchone()[0] > 0
