"""A split report in the world of the walls: each of two agencies was given one incident of it.

And of reports that went out whole, a later word that was passed on, one that was kept back, and one
that waits.
"""

from collections.abc import Iterable

from havre.agencies.models import Agency, Officer
from havre.audit.rules import Event, Station
from havre.intake.actions import send_message
from havre.intake.later.rules import KeptBecause
from havre.intake.models import Message, Report
from havre.intake.rules.senders import ReceiptHolder
from havre.intake.rules.submission import Happening
from havre.intake.splits.rules import Draft
from havre.plumbing.context import acting_as
from havre.referrals.actions import refer_report
from havre.referrals.later.actions import keep_words_back, pass_words_on
from havre.referrals.splitting.actions import place_words, read_split
from havre.triage.splitting.actions import split_report

# A report of which an agency was given a part.
APART = (
    "%s IN (SELECT report_id FROM intake_share WHERE agency_id = %%(agency)s::uuid"
    " AND until IS NULL AND parts IS NOT NULL)"
)
# What belongs to the part that it was given, or is of a report that it was given whole.
ITS_PART = (
    "EXISTS (SELECT 1 FROM intake_share s WHERE s.report_id = {report} AND s.until IS NULL"
    " AND s.agency_id = %(agency)s::uuid AND (s.parts IS NULL OR s.parts && {parts}))"
)
# What is translated of no later word that stays with the tipline.
OF_GIVEN_WORDS = (
    "of_words <@ ARRAY"
    " (SELECT id FROM intake_message WHERE from_reporter AND cardinality(parts) > 0)"
)
# What an agency finds in each of these tables (see walls/test_two_walls.py).
SPLITS = {
    "enrichment_note": f"report_id = ANY(%(mine)s) AND NOT {APART % 'report_id'}",
    "enrichment_notetext": "note_id IN (SELECT n.id FROM enrichment_note n LEFT JOIN"
    " enrichment_note l ON l.corrects_id = n.id WHERE n.report_id = ANY(%(mine)s)"
    f" AND n.kept_back = '' AND l.id IS NULL AND NOT {APART % 'n.report_id'})",
    # Nothing of what stands in later words alone that were not passed on.
    "identifiers_mention": "record_id = ANY(%(mine)s) AND left(field, 8) <> 'message.' AND "
    + ITS_PART.format(report="record_id", parts="identifiers_mention.parts"),
    "interpreting_takenback": "translation_id IN (SELECT id FROM interpreting_translation"
    f" WHERE report_id = ANY(%(mine)s) AND NOT {APART % 'report_id'} AND {OF_GIVEN_WORDS})",
    "interpreting_translation": f"report_id = ANY(%(mine)s) AND NOT {APART % 'report_id'}"
    f" AND {OF_GIVEN_WORDS}",
    "intake_attachment": "report_id = ANY(%(mine)s) AND (is_source OR "
    + ITS_PART.format(report="intake_attachment.report_id", parts="intake_attachment.parts")
    + ")",
    # What was told later, where somebody put it to the incident that an agency has.
    "intake_message": "report_id = ANY(%(mine)s) AND from_reporter AND cardinality(parts) > 0 AND "
    + ITS_PART.format(report="intake_message.report_id", parts="intake_message.parts"),
    "intake_incident": "report_id = ANY(%(mine)s) AND "
    + ITS_PART.format(report="intake_incident.report_id", parts="ARRAY[number]"),
    "evidence_exhibit": f"record = ANY(%(mine)s) AND (NOT {APART % 'record'} OR id IN"
    " (SELECT exhibit_id FROM intake_attachment WHERE is_source OR "
    + ITS_PART.format(report="intake_attachment.report_id", parts="intake_attachment.parts")
    + ")) OR record IN (SELECT id FROM passing_passeddocument"
    " WHERE to_agency_id = %(agency)s::uuid)",
    "splits_part": f"report_id = ANY(%(mine)s) AND {APART % 'report_id'} AND "
    + ITS_PART.format(report="splits_part.report_id", parts="ARRAY[number]"),
    "splitting_incidentscore": "false",
    "reviews_review": "false",
}


def split_between(report: Report, agencies: Iterable[Agency], *, by: Officer) -> None:
    """Split a report: the person goes to the first of these agencies, the words to the second.

    What its reporter told later belongs to the first incident, where somebody has one.
    """
    pieces = read_split(report.reference, by=by).pieces
    people = frozenset(one.name for one in pieces if one.name.startswith("people."))
    words = frozenset(one.name for one in pieces) - people
    drafts = [Draft(happening=Happening.OTHER, pieces=names) for names in (people, words)]
    parts = split_report(report.reference, drafts, by=by)
    for part, agency in zip(parts, agencies, strict=False):
        refer_report(report, to=agency, reason="Its part.", incident=part.number, by=by)
    to_split = read_split(report.reference, by=by)
    if agencies and to_split.later:
        placed = {piece.name: {parts[0].number} for piece in to_split.later}
        place_words(report.reference, placed, messages=to_split.messages, by=by)


WORD_DOORS = {"keep_words_back", "pass_words_on", "take_words_back"}


# Whom a word tells of that was kept back.
KEPT_BACK = "plover"


def decide_on_some(told: Iterable[tuple[Report, ReceiptHolder]], *, by: Officer) -> None:
    """One more word of each of these reports is passed on, one kept back; those before them wait.

    Each tells of somebody.
    """
    for report, holder in told:
        given, kept = (
            send_message(report, f"He is {who}@example.com.", receipt_key=holder.key, by=holder)
            for who in ("tern", KEPT_BACK)
        )
        pass_words_on(report.reference, messages=[given.pk], by=by)
        because = KeptBecause.REPORTER_ASKS
        keep_words_back(report.reference, messages=[kept.pk], because=because, by=by)


WORD_LOOKS = (
    ("pass_words_on", "pass-on", Event.WORDS_PASSED_ON, {"read": "{words[0]}"}),
    (
        "keep_words_back",
        "keep-back",
        Event.WORDS_KEPT_BACK,
        {"read": "{words[0]}", "because": "nothing-new"},
    ),
    ("take_words_back", "take-back", Event.WORDS_TAKEN_BACK, {"read": "{words[1]}"}),
)


def two_words(report: Report, holder: ReceiptHolder, *, by: Officer) -> tuple[str, str]:
    """A later word of a report that waits, and one that was passed on."""
    own = holder.of(str(report.pk))
    waits, given = (
        send_message(report, text, receipt_key=own.key, by=own).pk for text in ("One.", "Two.")
    )
    pass_words_on(report.reference, messages=[given], by=by)
    return str(waits), str(given)


def typed_of_words(door: str, reference: str) -> dict[str, dict[str, object]]:
    """What an analyst sends to decide on words, to undo that, and to decide having read them."""
    if door not in {*WORD_DOORS, "close", "rank"}:
        return {}
    with acting_as(Station.PIPELINE.context):
        words = Message.objects.filter(report__reference=reference, from_reporter=True)
        waiting = [str(one.pk) for one in words if one.parts is None]
        given = [str(one.pk) for one in words if one.was_passed_on]
    return {
        "pass_words_on": {"read": waiting},
        "keep_words_back": {"read": waiting, "because": "nothing-new"},
        "take_words_back": {"read": given},
        "close": {"reason": "no-offence", "note": "Boats.", "read": waiting},
        "rank": {"to": "D", "reason": "context", "note": "The school called.", "read": waiting},
    }
