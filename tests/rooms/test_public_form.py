"""From answers to a submission, and what our forms carry instead of a cookie."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from havre.intake.rules.public_form import identifiers_in, source_of, submission_of
from havre.intake.rules.submission import (
    Access,
    AgeClass,
    Channel,
    GivenIdentifier,
    Happening,
    Moment,
    PersonRole,
    Place,
    PlaceRole,
    as_tree,
    from_tree,
)

STORY = {"happening": "meeting", "story": "He asked me to meet on Saturday."}


def told(**answers):
    return submission_of({**STORY, **answers}, "en")


def person(submission, role):
    return next(p for p in submission.people if p.role is role)


def test_two_answers_make_a_report_without_people():
    submission = told()

    assert submission.channel is Channel.PUBLIC_FORM
    assert submission.people == ()
    assert submission.incidents[0].happening is Happening.MEETING
    assert submission.incidents[0].narrative == STORY["story"]
    assert submission.incidents[0].danger_now is False
    assert submission.incidents[0].meeting_planned is None


def test_every_answer_finds_its_place():
    submission = told(
        who="under-18",
        danger="yes",
        where="Chatterbox",
        their_name="dock_master",
        their_contact="204-555-0142, dock@example.com",
        their_access="work-or-care",
        child_age="13",
        region="MB",
        town="Lakeport",
        meeting="Saturday at 2",
        my_name="Sam",
        my_contact="sam@example.com",
        contact_is_safe="yes",
        anything_else="He has a dog.",
    )

    incident = submission.incidents[0]
    suspect, child = person(submission, PersonRole.SUSPECT), person(submission, PersonRole.VICTIM)
    reporter = person(submission, PersonRole.REPORTER)
    assert (incident.danger_now, incident.platform) == (True, "Chatterbox")
    assert incident.meeting_planned == Moment(said="Saturday at 2")
    assert incident.people == (0, 1, 2)
    assert suspect.access is Access.WORK_OR_CARE
    assert {(one.kind, one.value, one.platform) for one in suspect.identifiers} == {
        ("handle", "dock_master", "Chatterbox"),
        ("phone", "204-555-0142", ""),
        ("email", "dock@example.com", ""),
    }
    assert (child.age, child.age_class) == (13, AgeClass.TWELVE_TO_17)
    assert child.places == (
        Place(role=PlaceRole.CHILD, country="CA", region="MB", city="Lakeport"),
    )
    assert (reporter.names, reporter.identifiers[0].value) == (("Sam",), "sam@example.com")
    assert submission.reporter_is_minor
    assert submission.reply_wanted
    assert submission.extra == (("anything_else", "He has a dog."), ("contact_is_safe", "yes"))


@pytest.mark.parametrize(
    "nothing",
    ["I do not know", "i don\u2019t know.", "Je ne sais pas", "NON", "?", "n/a", "Aucune", "-"],
)
def test_saying_that_there_is_nothing_to_say_makes_no_fact(nothing):
    names = ("where", "their_name", "their_contact", "child_age", "town", "meeting", "my_contact")

    assert told(**dict.fromkeys(names, nothing)) == told()


@pytest.mark.parametrize(
    ("said", "age", "age_class", "notes"),
    [
        ("13", 13, AgeClass.TWELVE_TO_17, ""),
        ("about 9", 9, AgeClass.UNDER_12, "about 9"),
        ("11 or 12", None, AgeClass.UNDER_12, "11 or 12"),
        ("8 mois", 0, AgeClass.UNDER_12, "8 mois"),
        ("a teenager", None, AgeClass.UNKNOWN, "a teenager"),
        ("2012", None, AgeClass.UNKNOWN, ""),
    ],
)
def test_an_age_is_taken_where_it_is_plain_and_kept_as_said(said, age, age_class, notes):
    submission = told(child_age=said, town="Lakeport")

    child = person(submission, PersonRole.VICTIM)
    assert (child.age, child.age_class, child.notes) == (age, age_class, notes)


def test_a_child_abroad_is_in_no_province():
    places = person(told(region="outside", town="Valley"), PersonRole.VICTIM).places

    assert places == (Place(role=PlaceRole.CHILD, country="ZZ", city="Valley"),)


def test_a_town_alone_is_kept_and_no_country_guessed():
    places = person(told(region="unknown", town="Lakeport"), PersonRole.VICTIM).places

    assert places == (Place(role=PlaceRole.CHILD, city="Lakeport"),)


def test_names_stand_one_on_each_line_and_may_be_links():
    typed = "dock_master\nhttps://example.com/u/dock, harbor.cat"
    suspect = person(told(their_name=typed, where="Chatterbox"), PersonRole.SUSPECT)

    assert [(one.kind, one.value) for one in suspect.identifiers] == [
        ("handle", "dock_master"),
        ("url", "https://example.com/u/dock"),
        ("handle", "harbor.cat"),
    ]


def test_what_no_rule_understands_stays_in_its_own_words():
    suspect = person(told(their_contact="ask at the boat shop, 204 555 0142"), PersonRole.SUSPECT)

    assert suspect.identifiers == (GivenIdentifier(kind="phone", value="204 555 0142"),)
    assert suspect.notes == "ask at the boat shop, 204 555 0142"


def test_whoever_must_not_be_called_is_sent_no_reply():
    submission = told(my_contact="204-555-0199", contact_is_safe="no")

    assert not submission.reply_wanted
    assert ("contact_is_safe", "no") in submission.extra


def test_an_adult_who_reports_is_an_adult():
    reporter = person(told(who="adult", my_name="Pat"), PersonRole.REPORTER)

    assert reporter.age_class is AgeClass.ADULT


def test_a_link_is_not_read_as_a_phone_number_too():
    found, rest = identifiers_in("https://example.com/u/2045550142")

    assert [one.kind for one in found] == ["url"]
    assert rest == ""


def test_the_source_is_the_answers_as_they_came():
    assert source_of({"story": " Hello \r\n"}) == (
        b'{"answers":{"story":" Hello \\r\\n"},"form":"public-form/1"}'
    )


@given(st.text(max_size=200), st.text(max_size=200), st.text(max_size=60))
def test_whatever_is_typed_makes_a_submission_that_can_be_stored(contact, name, age):
    submission = told(their_contact=contact, their_name=name, child_age=age, my_contact=contact)

    assert from_tree(as_tree(submission)) == submission
