"""What a report on the route has none of, asked once for several steps. A part of actions."""

from uuid import UUID

from havre.plumbing.pipes import ask
from havre.plumbing.values.absent import note_absent

# Whoever adds to a report that waits has it taken along the route again, which waits for this.
HOLD = "SELECT report_id FROM triage_queueitem WHERE report_id = %(report)s::uuid FOR UPDATE"
# What most reports have nothing of while they are on the route, asked at once. What came before the
# place was given to us is seen: it is a statement of its own, after it.
ABSENT = """
SELECT name FROM unnest(%(tables)s::text[]) name WHERE NOT CASE name
  WHEN 'intake_message' THEN EXISTS (
    SELECT FROM intake_message WHERE report_id = %(report)s::uuid)
  WHEN 'interpreting_translation' THEN EXISTS (
    SELECT FROM interpreting_translation WHERE report_id = %(report)s::uuid)
  WHEN 'splits_part' THEN EXISTS (
    SELECT FROM splits_part WHERE report_id = %(report)s::uuid)
  WHEN 'triage_closing' THEN EXISTS (
    SELECT FROM triage_closing WHERE report_id = %(report)s::uuid)
  WHEN 'triage_override' THEN EXISTS (
    SELECT FROM triage_override WHERE report_id = %(report)s::uuid)
  ELSE true END
"""
ASKED_FOR = (
    *("intake_message", "interpreting_translation", "splits_part"),
    *("triage_closing", "triage_override"),
)


def look_what_is_absent(report_id: UUID) -> None:
    """Hold the place of a report, and note what there is none of, so that no step asks for it.

    Nothing where it does not wait: nobody else who works on it would wait for us.
    """
    if ask((HOLD, {"report": report_id}))[0]:
        absent = ask((ABSENT, {"report": report_id, "tables": [*ASKED_FOR]}))[0]
        note_absent([name for (name,) in absent], report_id)
