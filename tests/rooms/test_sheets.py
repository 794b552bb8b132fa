"""An interpreter sees the words of what waits in their languages, and nothing else of a report."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection

from havre.agencies.rules.permits import Compartment, Role
from havre.audit.models import Entry
from havre.audit.rules import Event, Station
from havre.identifiers.models import Mention
from havre.intake.actions import send_message
from havre.intake.models import Report
from havre.intake.rules.submission import PersonRole
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.referrals.sending.actions import open_for_desk
from havre.triage.actions import read_queue
from havre.triage.interpreting.actions import ask_interpreter, let_interpreter_go
from havre.triage.interpreting.models import Translation
from havre.triage.interpreting.sheets.actions import (
    claim_sheet,
    finish_sheet,
    hand_back_sheet,
    open_sheet,
    read_sheets,
    release_sheet,
    save_draft,
    undo_sheet,
)
from havre.triage.interpreting.sheets.models import Sheet
from havre.triage.interpreting.sheets.reads import sheet_state
from havre.triage.interpreting.sheets.rules import (
    CLAIM_LASTS,
    UNDO_LASTS,
    HeldByAnotherError,
    NotInHandError,
    TooLateError,
    Why,
    Writing,
    passages_to_translate,
)
from havre.triage.rules.words import Band
from havre.wiring.route import walk
from tests import make
from tests.pages import assert_sound

FOREIGN = "Він пише мені щодня про човни та хоче побачитися біля пристані."
MORE = "Сьогодні він знову чекав біля школи."
CALM = Writing(english="He writes to me every day about boats.", unsure="Pier or quay?")
GRAVE = Writing(english="I am 14. He is in the house now. His number is 204-555-0199.")


@pytest.fixture
def analyst(db):
    make.directory()
    return make.analyst()


@pytest.fixture
def reader(analyst):
    return make.interpreter("uk", "ru")


def a_sheet(*, by, **facts) -> Sheet:
    """A report in Ukrainian, and what an interpreter is offered of it."""
    report = make.report(FOREIGN, **facts)
    return next(one for one in read_sheets(by=by).offered if one.report_id == report.pk)


def lines(event: Event) -> list[Entry]:
    with acting_as(Station.PIPELINE.context):
        return list(Entry.objects.filter(event=event).order_by("id"))


def reference_of(sheet: Sheet) -> str:
    with acting_as(Station.PIPELINE.context):
        return Report.objects.get(pk=sheet.report_id).reference


def in_queue(sheet: Sheet, *, by):
    return next(row for row in read_queue(by=by).rows if row.report.pk == sheet.report_id)


def test_an_interpreter_is_offered_their_languages_the_most_urgent_first(analyst, reader):
    calm = make.report(FOREIGN, people=())
    grave = make.report(FOREIGN, danger_now=True)
    make.report("I saw an odd page about boats.")

    offered = read_sheets(by=reader).offered

    assert [one.report_id for one in offered] == [grave.pk, calm.pk]
    assert read_sheets(by=make.interpreter("es")).offered == ()
    assert read_sheets(by=make.interpreter()).offered == ()
    assert len(lines(Event.SHEETS_READ)) == 3
    walk(calm.pk)
    assert len(read_sheets(by=reader).offered) == 2


def test_a_sheet_shows_the_words_and_nothing_that_tells_who_wrote_them(analyst, reader):
    told = f"{FOREIGN} Robin Example. My phone number is 204-555-0142. Хто він?"
    make.report(told)
    (sheet,) = read_sheets(by=reader).offered

    (passage,) = open_sheet(sheet.pk, by=reader).passages

    assert FOREIGN in passage.text
    assert "204-555-0142" not in passage.text
    assert "Robin Example" not in passage.text
    with acting_as(reader.context), connection.cursor() as cursor:
        cursor.execute("SELECT body FROM sheets_sheet")
        ((body,),) = cursor.fetchall()
        assert FOREIGN.encode() not in bytes(body)
        for table in ("intake_report", "evidence_recordkey", "identifiers_mention"):
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone() == (0,)


def test_what_is_plainly_in_a_language_of_the_house_is_not_asked_for():
    texts = {"told.0": FOREIGN, "told.1": "I saw it on the page of a friend.", "told.2": "?"}
    places = [one.place for one in passages_to_translate(texts, covered=[])]
    assert places == ["told.0", "told.2"]
    assert [one.place for one in passages_to_translate(texts, covered=["told.0"])] == ["told.2"]
    again = passages_to_translate(texts, covered=["told.0", "told.2"])
    assert [one.place for one in again] == places


def test_one_interpreter_has_a_sheet_in_hand_until_the_claim_runs_out(analyst, reader):
    other, sheet = make.interpreter("uk"), a_sheet(by=reader)
    claim_sheet(sheet.pk, by=reader)

    assert read_sheets(by=other).offered == ()
    with pytest.raises(Sheet.DoesNotExist):
        open_sheet(sheet.pk, by=other)
    with pytest.raises(Sheet.DoesNotExist):
        claim_sheet(sheet.pk, by=other)
    assert [one.pk for one in read_sheets(by=reader).mine] == [sheet.pk]

    with clock.clock_set_to(clock.now() + CLAIM_LASTS):
        save_draft(sheet.pk, writing=CALM, by=reader)
        assert read_sheets(by=other).offered == ()
    with clock.clock_set_to(clock.now() + 2 * CLAIM_LASTS):
        assert [one.pk for one in read_sheets(by=other).offered] == [sheet.pk]
        with pytest.raises(NotInHandError):
            save_draft(sheet.pk, writing=CALM, by=reader)
        claim_sheet(sheet.pk, by=other)
        assert open_sheet(sheet.pk, by=other).writing == Writing()
    assert [line.actor for line in lines(Event.SHEET_RELEASED)] == [Station.PIPELINE.signature]


def test_a_draft_waits_for_whoever_wrote_it(analyst, reader):
    sheet = a_sheet(by=reader)
    with pytest.raises(NotInHandError):
        save_draft(sheet.pk, writing=CALM, by=reader)
    claim_sheet(sheet.pk, by=reader)
    save_draft(sheet.pk, writing=CALM, by=reader)
    release_sheet(sheet.pk, by=reader)

    assert open_sheet(sheet.pk, by=make.interpreter("uk")).writing == Writing()
    hand_back_sheet(sheet.pk, why=Why.CANNOT_READ, by=make.interpreter("uk"))
    claim_sheet(sheet.pk, by=reader)
    assert open_sheet(sheet.pk, by=reader).writing == CALM
    assert "boats" not in str([line.details for line in lines(Event.SHEET_KEPT)])


def test_a_finished_translation_is_the_desk_s_raises_and_is_read_for_identifiers(analyst, reader):
    sheet = a_sheet(by=reader, people=())
    before = in_queue(sheet, by=analyst).item
    claim_sheet(sheet.pk, by=reader)
    finish_sheet(sheet.pk, writing=GRAVE, by=reader)
    walk(sheet.report_id)

    row = in_queue(sheet, by=analyst)
    assert (row.item.band, row.waits.is_done, row.waits.is_late) == (Band.A, True, False)
    assert row.item.rank < before.rank
    assert read_queue(lane="translated", by=analyst).counts["translated"] == 1
    desk = open_for_desk(row.report.reference, by=analyst)
    (given,) = desk.translations
    assert (given.told.text, given.told.who) == (GRAVE.english, reader.display_name)
    assert desk.is_newly_translated
    assert not open_for_desk(row.report.reference, by=analyst).is_newly_translated
    assert in_queue(sheet, by=analyst).waits is None
    with acting_as(analyst.context):
        found = Mention.objects.get(record__report=sheet.report_id, field="translation")
    assert (found.kind, found.role) == ("phone", PersonRole.SUSPECT)
    with pytest.raises(Sheet.DoesNotExist):
        open_sheet(sheet.pk, by=reader)
    (line,) = lines(Event.TRANSLATION_WRITTEN)
    assert (line.actor, line.details["to"]) == (reader.signature, "en")


def test_a_calm_translation_never_lowers_and_both_languages_are_kept(analyst, reader):
    sheet = a_sheet(by=reader)
    before = in_queue(sheet, by=analyst).item
    claim_sheet(sheet.pk, by=reader)
    both = Writing(english="Boats.", french="Des bateaux.")
    finish_sheet(sheet.pk, writing=both, by=reader)
    walk(sheet.report_id)

    item = in_queue(sheet, by=analyst).item
    assert (item.rank, -item.risk) <= (before.rank, -before.risk)
    told = open_for_desk(item.report.reference, by=analyst).translations
    assert {(one.translation.to_language, one.told.text) for one in told} == {
        ("en", "Boats."),
        ("fr", "Des bateaux."),
    }


def test_what_is_finished_is_taken_back_at_once_or_not_at_all(analyst, reader):
    sheet = a_sheet(by=reader, people=())
    claim_sheet(sheet.pk, by=reader)
    finish_sheet(sheet.pk, writing=GRAVE, by=reader)
    walk(sheet.report_id)
    assert [one.pk for one in read_sheets(by=reader).done] == [sheet.pk]
    with pytest.raises(Sheet.DoesNotExist):
        undo_sheet(sheet.pk, by=make.interpreter("uk"))

    undo_sheet(sheet.pk, by=reader)
    walk(sheet.report_id)

    opened = open_sheet(sheet.pk, by=reader)
    assert (opened.is_mine, opened.writing) == (True, GRAVE)
    row = in_queue(sheet, by=analyst)
    assert not row.waits.is_done
    # Nobody lowers a report by taking back what raised it.
    assert row.item.band == Band.A
    assert open_for_desk(row.report.reference, by=analyst).translations == ()
    finish_sheet(sheet.pk, writing=CALM, by=reader)
    with clock.clock_set_to(clock.now() + UNDO_LASTS + timedelta(seconds=1)):
        assert read_sheets(by=reader).done == ()
        with pytest.raises(TooLateError):
            undo_sheet(sheet.pk, by=reader)
    (told,) = open_for_desk(row.report.reference, by=analyst).translations
    assert told.told.unsure == CALM.unsure
    with acting_as(analyst.context):
        assert Translation.objects.count() == 2


def test_what_is_handed_back_goes_to_others_and_the_desk_reads_why(analyst, reader):
    sheet, other = a_sheet(by=reader), make.interpreter("uk")
    claim_sheet(sheet.pk, by=reader)
    save_draft(sheet.pk, writing=CALM, by=reader)
    hand_back_sheet(sheet.pk, why=Why.NOT_MY_LANGUAGE, by=reader)

    assert read_sheets(by=reader).offered == ()
    assert [one.pk for one in read_sheets(by=other).offered] == [sheet.pk]
    with acting_as(analyst.context):
        state = sheet_state(sheet.report_id, actor=analyst)
    assert state.readers == 1
    assert [(one.officer, one.why) for one in state.handed_back] == [(reader, Why.NOT_MY_LANGUAGE)]
    ask_interpreter(reference_of(sheet), language="ru", by=analyst)
    (again,) = read_sheets(by=reader).offered
    assert (again.language, again.pk == sheet.pk) == ("ru", False)
    assert read_sheets(by=other).offered == ()


def test_nothing_is_offered_when_no_interpreter_is_needed(analyst, reader):
    sheet = a_sheet(by=reader)
    claim_sheet(sheet.pk, by=reader)
    let_interpreter_go(reference_of(sheet), by=analyst)
    page = read_sheets(by=reader)
    assert (page.mine, page.offered) == ((), ())
    with pytest.raises(Sheet.DoesNotExist):
        finish_sheet(sheet.pk, writing=CALM, by=reader)


def test_what_a_reporter_adds_in_that_language_is_offered_by_itself(analyst, reader):
    holder = make.receipt()
    report = make.report(FOREIGN, holder=holder)
    (first,) = read_sheets(by=reader).offered
    claim_sheet(first.pk, by=reader)
    finish_sheet(first.pk, writing=CALM, by=reader)
    with acting_as(holder.of(str(report.pk)).context):
        send_message(report, MORE, receipt_key=holder.key, by=holder.of(str(report.pk)))
    walk(report.pk)

    (second,) = read_sheets(by=reader).offered
    (passage,) = open_sheet(second.pk, by=reader).passages
    assert passage.text == MORE
    claim_sheet(second.pk, by=reader)
    finish_sheet(second.pk, writing=Writing(english="He waited again."), by=reader)
    walk(report.pk)
    assert read_sheets(by=reader).offered == ()
    told = open_for_desk(report.reference, by=analyst).translations
    assert {one.told.text for one in told} == {CALM.english, "He waited again."}


def test_a_closed_compartment_is_for_interpreters_who_hold_it(analyst, reader):
    make.report(FOREIGN, compartment=Compartment.TRAFFICKING)
    assert read_sheets(by=reader).offered == ()
    both = (Compartment.GENERAL, Compartment.TRAFFICKING)
    assert len(read_sheets(by=make.interpreter("uk", compartments=both)).offered) == 1


def test_whoever_loses_a_race_for_a_sheet_is_told(analyst, reader, monkeypatch):
    sheet, other = a_sheet(by=reader), make.interpreter("uk")
    monkeypatch.setattr(
        "havre.triage.interpreting.sheets.models.SheetQuerySet.visible_to",
        lambda rows, _actor: rows,
    )
    claim_sheet(sheet.pk, by=reader)
    with acting_as(Station.PIPELINE.context), pytest.raises(HeldByAnotherError):
        claim_sheet(sheet.pk, by=Raced(other))


class Raced:
    """An interpreter who saw the row before another took it."""

    def __init__(self, officer) -> None:
        self.pk, self.signature = officer.pk, officer.signature
        self.context = Station.PIPELINE.context


def test_an_interpreter_stands_at_the_tipline_alone(analyst):
    with pytest.raises(ValueError, match="interpreter"):
        make.officer(make.agency_by_code("harbor-police"), Role.INTERPRETER)


def test_an_interpreter_takes_writes_and_finishes_on_the_pages(analyst, reader):
    sheet = a_sheet(by=reader, people=())
    desk, here = make.browser(reader), f"/en/words/{sheet.pk}"

    listed = desk.get("/en/words")
    assert_sound(listed.content)
    assert "Ukrainian" in listed.content.decode()
    assert desk.get("/en/desk")["Location"] == "/en/words"
    assert (
        "English"
        not in desk.get(here).content.decode().partition("<main")[2].partition("</main")[0]
    )
    taken = desk.post(f"{here}/move", {"move": "claim"}, follow=True)
    assert_sound(taken.content)
    assert 'lang="uk"' in taken.content.decode()
    assert "What is known of who wrote it is left out" in taken.content.decode()
    assert "it waits for you until somebody else takes it" in taken.content.decode()
    assert "Remettre au bureau" in desk.get(f"/fr/mots/{sheet.pk}").content.decode()
    typed = {"english": CALM.english, "french": "", "unsure": CALM.unsure}
    kept = desk.post(here, {**typed, "what": "save"}, follow=True).content.decode()
    assert CALM.english in kept
    empty = desk.post(here, {"english": " ", "french": "", "unsure": "Eh?", "what": "finish"})
    assert empty.status_code == 422
    assert "Write what the words say" in empty.content.decode()
    assert "Eh?" in empty.content.decode()
    nowhy = desk.post(f"{here}/hand-back", {})
    assert nowhy.status_code == 422
    done = desk.post(here, {**typed, "what": "finish"}, follow=True).content.decode()
    assert "The desk has your translation" in done
    assert "You can take it back until" in done
    again = desk.post(f"{here}/move", {"move": "undo"}, follow=True).content.decode()
    assert CALM.english in again
    assert desk.post(here, {**typed, "what": "finish"}).status_code == 302
    assert desk.get(here).status_code == 404
    assert desk.get(f"/en/words/{uuid4()}").status_code == 404
    french = desk.get("/fr/mots").content.decode()
    assert "Mots à traduire" in french


def test_a_page_without_languages_says_whom_to_ask(analyst):
    page = make.browser(make.interpreter()).get("/en/words").content.decode()
    assert "No language is set for you yet" in page


def test_a_supervisor_sets_the_languages_of_an_interpreter(analyst, reader):
    tipline = analyst.agency
    keeper = make.browser(make.officer(tipline, Role.SUPERVISOR))
    there = f"/en/officers/{reader.pk}"
    assert "Ukrainian" in keeper.get(there).content.decode()
    form = {"role": "interpreter", "language": "en", "interprets": ["es", "pa"]}
    assert keeper.post(f"{there}/change", {**form, "interprets": ["xx"]}).status_code == 422
    shown = keeper.post(f"{there}/change", form, follow=True).content.decode()
    assert "Punjabi, Spanish" in shown or "Spanish, Punjabi" in shown
    reader.refresh_from_db()
    assert reader.interprets == ["es", "pa"]
    keeper.post(f"{there}/change", {**form, "role": "researcher"})
    reader.refresh_from_db()
    assert reader.interprets == []
