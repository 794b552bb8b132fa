"""What belongs to which incident: a report as one incident has it, and where the whole stands."""

import pytest

from havre.intake.rules.submission import (
    Channel,
    FileFacts,
    GivenIdentifier,
    Happening,
    Incident,
    Person,
    PersonRole,
    Place,
    PlaceRole,
    Submission,
)
from havre.intake.splits.rules import (
    MOST_PASSAGES,
    Draft,
    LeftOutError,
    NothingInItError,
    TooFewError,
    UnknownPieceError,
    check_split,
    exhibits_in,
    in_place,
    part_of,
    pieces_of,
)
from havre.triage.rules.words import Assessment, Band
from havre.triage.splitting.rules import Scored, stands_by

STORY = "Quay asked for pictures. Later we ate. Pier wants to meet on Saturday."
QUAY, PIER = "quay@example.com", "pier@example.com"


def suspect(email: str) -> Person:
    return Person(
        role=PersonRole.SUSPECT, identifiers=(GivenIdentifier(kind="email", value=email),)
    )


def told() -> Submission:
    return Submission(
        channel=Channel.PUBLIC_FORM,
        language="en",
        incidents=(
            Incident(
                narrative=STORY,
                danger_now=True,
                platform="Example Chat",
                places=(Place(role=PlaceRole.CHILD, region="MB"), Place(region="ON")),
                identifiers=(
                    GivenIdentifier(kind="phone", value="204-555-0101"),
                    GivenIdentifier(kind="phone", value="204-555-0102"),
                ),
                people=(0, 1, 2),
                files=(0, 1),
            ),
        ),
        people=(suspect(QUAY), suspect(PIER), Person(role=PersonRole.REPORTER, names=("Robin",))),
        files=(FileFacts(exhibit="one", notes="boats"), FileFacts(exhibit="two", notes="nets")),
        extra=(("anything_else", "Pier was rude."),),
    )


def named(said: str) -> str:
    return next(piece.name for piece in pieces_of(told()) if piece.said.startswith(said))


def of_pier() -> frozenset[str]:
    return frozenset(
        {named("Pier wants"), named("Pier was"), "people.1", "files.1", "incidents.0.places.1"}
        | {"incidents.0.identifiers.1"}
    )


def test_a_part_holds_what_was_put_into_it_and_no_trace_of_the_rest():
    part = part_of(told(), of_pier(), happening=Happening.MEETING)

    (incident,) = part.incidents
    assert incident.narrative == "[…] Pier wants to meet on Saturday."
    assert incident.happening is Happening.MEETING
    assert (incident.danger_now, incident.platform) == (False, "")
    assert [place.region for place in incident.places] == ["ON"]
    assert [one.value for one in incident.identifiers] == ["204-555-0102"]
    assert [one.role for one in part.people] == [PersonRole.SUSPECT, PersonRole.REPORTER]
    assert part.people[0].identifiers[0].value == PIER
    assert (incident.people, incident.files) == ((0, 1), (0,))
    assert [file.exhibit for file in part.files] == ["two"]
    assert part.extra == (("anything_else", "Pier was rude."),)
    for hidden in ("Quay", QUAY, "0101", "boats", "MB"):
        assert hidden not in repr(part)


def test_nothing_put_into_a_part_is_nothing():
    part = part_of(told(), frozenset())

    assert [one.role for one in part.people] == [PersonRole.REPORTER]
    assert (part.files, part.incidents[0].narrative) == ((), "")
    assert "Quay" not in repr(part)
    assert "Pier" not in repr(part)


def test_what_rules_read_of_a_part_stands_where_it_stood_in_the_whole():
    kept = in_place(told(), of_pier())

    assert len(kept.incidents[0].narrative) == len(STORY)
    at = STORY.index("Pier")
    assert kept.incidents[0].narrative[at:] == STORY[at:]
    assert kept.incidents[0].narrative[:at].strip() == ""
    assert kept.people[1].identifiers[0].value == PIER
    assert "Quay" not in repr(kept)
    assert len(kept.incidents[0].identifiers) == 2


def test_each_file_belongs_to_its_incident_also_where_nothing_is_said_of_it():
    assert exhibits_in(told(), of_pier()) == {"two"}
    names = {piece.name for piece in pieces_of(told(), exhibits=["two", "three"])}
    assert "exhibits.three" in names
    assert "exhibits.two" not in names
    assert exhibits_in(told(), {"exhibits.three"}) == {"three"}


def test_a_long_text_is_offered_in_so_many_passages_and_loses_no_character():
    long = Submission(
        channel=Channel.PHONE,
        language="en",
        incidents=(Incident(narrative="A boat went by. " * 500),),
    )
    pieces = [piece.name for piece in pieces_of(long)]

    assert len(pieces) <= MOST_PASSAGES
    assert in_place(long, pieces) == long


@pytest.mark.parametrize(
    ("parts", "refusal"),
    [
        ([of_pier()], TooFewError),
        ([of_pier()] * 7, TooFewError),
        ([of_pier(), frozenset()], NothingInItError),
        ([of_pier(), frozenset({"people.9"})], UnknownPieceError),
        ([of_pier(), frozenset({"people.0"})], LeftOutError),
    ],
)
def test_a_split_that_loses_something_is_refused(parts, refusal):
    drafts = [Draft(happening=Happening.OTHER, pieces=part) for part in parts]
    with pytest.raises(refusal):
        check_split(drafts, pieces_of(told()))


def test_a_split_may_leave_words_out_but_nobody_and_nothing():
    needed = {piece.name for piece in pieces_of(told()) if not piece.is_optional}
    rest = frozenset(needed - of_pier())
    drafts = [Draft(happening=Happening.OTHER, pieces=part) for part in (of_pier(), rest)]

    check_split(drafts, pieces_of(told()))

    assert {"people.0", "files.0", "incidents.0.danger_now"} <= rest


def score(band: Band, risk: int = 10) -> Assessment:
    return Assessment(
        band=band, rule="-", risk=risk, actionability=0, reasons=(), gaps=(), title=(), policy="-"
    )


@pytest.mark.parametrize(
    ("whole", "incidents", "stands"),
    [
        # Nothing decided: never lower than whole.
        ("A", [("B", True), ("C", True)], "A"),
        ("C", [("B", True), ("C", True)], "B"),
        # Decided: by the most urgent that is open.
        ("A", [("A", False), ("C", True)], "C"),
        ("A", [("A", False), ("B", True), ("C", True)], "B"),
        # No incident carries what made the whole so urgent: it stays.
        ("A", [("B", False), ("C", True)], "A"),
        ("B", [("A", False), ("B", False)], "B"),
    ],
)
def test_a_split_report_stands_by_its_most_urgent_open_incident(whole, incidents, stands):
    scored = [Scored(assessment=score(Band(band)), is_open=open_) for band, open_ in incidents]
    assert stands_by(score(Band(whole)), scored).band == stands


@pytest.mark.parametrize(("is_all_placed", "stands"), [(True, "D"), (False, "A")])
def test_it_stands_no_lower_than_whole_while_something_told_later_is_of_no_incident(
    is_all_placed, stands
):
    scored = [
        Scored(assessment=score(Band(band)), is_open=is_open)
        for band, is_open in (("A", False), ("D", True))
    ]
    found = stands_by(score(Band.A), scored, is_all_placed=is_all_placed)
    assert found.band == stands
