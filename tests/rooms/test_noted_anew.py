"""What other rules noted is noted by the present ones before anything of it is given."""

import json
from argparse import Namespace
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.db import OperationalError, connection

from havre.audit.models import Entry
from havre.audit.rules import Event, Station
from havre.cases.search.actions import search_cases
from havre.identifiers.editions import reads as editions
from havre.identifiers.editions.reads import count_noted, is_noted, noted_otherwise
from havre.identifiers.editions.rules import FIRST_WAIT
from havre.identifiers.models import Mention, Record
from havre.identifiers.reads import token_of
from havre.identifiers.rules.submissions import find_with_translations
from havre.identifiers.rules.words import Kind
from havre.intake.rules.submission import GivenIdentifier, LegalBasis, Person, PersonRole
from havre.links.reads import linked_to
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.referrals.actions import open_referral, unmask_for_addressee
from havre.referrals.packages.actions import fetch_package
from havre.referrals.pages.reads import NotNotedError, values_held
from havre.triage.interpreting import anew
from havre.triage.interpreting.actions import write_translation
from havre.triage.interpreting.anew import ask_to_note_anew, note_anew, note_some_anew
from havre.triage.interpreting.models import Wanted
from havre.triage.interpreting.rules import Translated
from havre.triage.interpreting.sheets.actions import claim_sheet, open_sheet, read_sheets
from havre.wiring.commands.identifiers import run_identifiers
from tests import make
from tests.pages import assert_sound

SUSPECTS = "dock.master@example.com"
HERS, ADDRESS = "204-555-0177", "192.0.2.77"
WITNESS = Person(role=PersonRole.WITNESS, identifiers=(GivenIdentifier(kind="phone", value=HERS),))
IN_WORDS = {
    "/en/referrals": "Call the tipline, and whoever runs Havre here",
    "/fr/transmissions": "Appelez la ligne de signalement et avisez",
}
FOREIGN = "Він пише мені щодня про човни та хоче побачитися біля пристані."


@pytest.fixture(autouse=True)
def harbor(db):
    return make.directory()


@pytest.fixture
def analyst(harbor):
    return make.analyst()


@pytest.fixture
def detective(harbor):
    return make.officer(harbor)


@pytest.fixture
def earlier(monkeypatch):
    """Inside, rules note that had other forms and found no IP address; or forms like ours."""

    @contextmanager
    def rules(*, forms: bool = True):
        with monkeypatch.context() as then:
            then.setattr(editions, "edition", lambda: "earlier")
            if forms:
                then.setattr("havre.identifiers.actions.token_of", earlier_token)
                then.setattr("havre.identifiers.placing.find_with_translations", no_addresses)
            yield

    return rules


def earlier_token(kind: str, value: str) -> bytes:
    return token_of(kind, f"earlier {value}")


def no_addresses(told, texts):
    return tuple(one for one in find_with_translations(told, texts) if one.kind is not Kind.IP)


def all_a_suspects(told, texts):
    return tuple(
        replace(one, role=PersonRole.SUSPECT) for one in find_with_translations(told, texts)
    )


def no_language(told, messages):
    return ""


def fails_at(value: str, kind: type[Exception] = ValueError):
    def fails(report, *, by):
        raise kind(value)

    return fails


def noted(report) -> bool:
    with acting_as(Station.PIPELINE.context):
        return is_noted(report.pk, actor=Station.PIPELINE)


def lines(event: Event) -> int:
    with acting_as(Station.PIPELINE.context):
        return Entry.objects.filter(event=event).count()


def jobs(task: str) -> list[tuple[int, str | None, dict[str, str]]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT priority, lock, args FROM procrastinate_jobs WHERE task_name = %s ORDER BY id",
            [task],
        )
        return [
            (priority, lock, json.loads(args) if isinstance(args, str) else args)
            for priority, lock, args in cursor.fetchall()
        ]


def test_what_a_form_of_earlier_rules_hid_is_cut_from_page_and_package(
    analyst, harbor, detective, earlier
):
    with earlier():
        told = make.report(
            f"He waits at the pier. Ask her, she is on {HERS}. He came from {ADDRESS}.",
            people=(make.SUSPECT, make.REPORTER, WITNESS),
        )
    reason = f"Theirs; the witness is on {HERS}."
    sent = make.referral(told, to=harbor, by=analyst, reason=reason)
    assert not noted(told)

    with ZipFile(BytesIO(fetch_package(sent.reference, by=detective))) as packed:
        police = packed.read("police.json").decode()

    answer = make.browser(detective).get(f"/en/referrals/{sent.reference}")
    page = assert_sound(answer.content).text_content()
    for given in (page, police):
        assert "He waits at the pier." in given
        assert HERS not in given
        assert ADDRESS not in given
    assert "the witness is on [withheld]." in page
    assert noted(told)


def test_a_page_alone_notes_first_and_once(analyst, harbor, detective, earlier):
    with earlier():
        told = make.report(f"Ask her on {HERS}.", people=(make.SUSPECT, make.REPORTER, WITNESS))
    sent = make.referral(told, to=harbor, by=analyst)
    before = lines(Event.IDENTIFIERS_NOTED)

    for _look in range(2):
        opened = open_referral(sent.reference, by=detective)

    assert opened.opened.is_whole
    assert noted(told)
    assert lines(Event.IDENTIFIERS_NOTED) == before + 1


def test_what_was_never_noted_is_noted_before_it_is_given(analyst, harbor, detective):
    reporter = Person(
        role=PersonRole.REPORTER, identifiers=(GivenIdentifier(kind="phone", value=HERS),)
    )
    told = make.report(f"Call {HERS}.", people=(make.SUSPECT, reporter), walks=False)
    sent = make.referral(told, to=harbor, by=analyst)

    answer = make.browser(detective).get(f"/en/referrals/{sent.reference}")

    assert HERS not in assert_sound(answer.content).text_content()
    assert noted(told)


def test_where_noting_fails_an_officer_is_told_whom_to_call(
    harbor, detective, earlier, monkeypatch, caplog
):
    with earlier():
        told = make.report(f"Ask her on {HERS}.", people=(make.SUSPECT, WITNESS))
    sent = make.referral(told, to=harbor, by=make.analyst())
    browser = make.browser(detective)

    with monkeypatch.context() as then:
        then.setattr(anew, "note_identifiers", fails_at(HERS))
        for place, said in IN_WORDS.items():
            answer = browser.get(f"{place}/{sent.reference}", follow=True)
            page = assert_sound(answer.content).text_content()
            assert said in page
            assert sent.reference in page
            assert HERS not in page
        with pytest.raises(NotNotedError):
            fetch_package(sent.reference, by=detective)
        then.setattr(anew, "note_identifiers", fails_at(HERS, OperationalError))
        with pytest.raises(OperationalError):
            open_referral(sent.reference, by=detective)
    assert f"report {told.pk} is not noted: ValueError" in caplog.text
    assert HERS not in caplog.text

    assert browser.get(f"/en/referrals/{sent.reference}").status_code == 200
    assert noted(told)


@pytest.mark.parametrize("kind", ["earlier", "never", "earlier and empty"])
def test_nothing_is_cut_by_what_other_rules_noted(analyst, harbor, detective, earlier, kind):
    with earlier():
        people = () if "empty" in kind else (make.SUSPECT, make.REPORTER)
        text = "He waits." if "empty" in kind else f"Call {HERS}."
        told = make.report(text, people=people, walks=kind != "never")
    make.referral(told, to=harbor, by=analyst)

    with acting_as(detective.context), pytest.raises(NotNotedError):
        values_held(told.pk, {"a": text}, actor=detective)


def test_no_identifier_is_shown_by_whom_other_rules_took_it_to_be_of(
    analyst, harbor, detective, earlier
):
    with earlier():
        told = make.report("He waits.", people=(make.SUSPECT,))
    make.referral(told, to=harbor, by=analyst)
    with acting_as(Station.PIPELINE.context):
        shown = Mention.objects.filter(record__report=told.pk).first()

    with pytest.raises(Mention.DoesNotExist):
        unmask_for_addressee(shown.pk, by=detective)

    note_anew(told.pk)
    with acting_as(Station.PIPELINE.context):
        shown = Mention.objects.filter(record__report=told.pk).first()
    assert unmask_for_addressee(shown.pk, by=detective)


def test_a_search_finds_nothing_by_whom_other_rules_took_it_to_be_of(
    analyst, harbor, detective, earlier, monkeypatch
):
    with earlier(forms=False), monkeypatch.context() as then:
        then.setattr("havre.identifiers.placing.find_with_translations", all_a_suspects)
        told = make.report("He waits.", people=(make.SUSPECT, WITNESS))
    given = make.referral(told, to=harbor, by=analyst)

    assert not noted(told)
    assert search_cases(HERS, by=detective).referrals == ()
    assert search_cases(SUSPECTS, by=detective).referrals == (given,)
    assert noted(told)


def test_no_interpreter_reads_what_earlier_rules_did_not_know_for_the_reporter_s(earlier):
    reader = make.interpreter("uk")
    reporter = Person(
        role=PersonRole.REPORTER, identifiers=(GivenIdentifier(kind="phone", value=HERS),)
    )
    with earlier():
        for n in range(2):
            make.report(f"{FOREIGN} {n}. {HERS}", people=(reporter,))
    seen, taken = read_sheets(by=reader).offered

    claim_sheet(taken.pk, by=reader)

    for sheet in (seen, taken):
        (passage,) = open_sheet(sheet.pk, by=reader).passages
        assert FOREIGN in passage.text
        assert HERS not in passage.text


def test_no_interpreter_is_asked_for_what_was_decided_on_before_a_release(
    analyst, harbor, earlier, monkeypatch
):
    with earlier(), monkeypatch.context() as then:
        then.setattr("havre.triage.interpreting.entering.language_to_translate", no_language)
        over, waits = (make.report(f"{FOREIGN} {n}") for n in range(2))
    make.referral(over, to=harbor, by=analyst)

    for report in (over, waits):
        note_anew(report.pk)

    with acting_as(Station.PIPELINE.context):
        assert list(Wanted.objects.values_list("report", flat=True)) == [waits.pk]


def test_a_translation_is_cut_before_its_own_identifiers_are_noted(analyst, harbor, detective):
    public = GivenIdentifier(kind="ip", value="192.0.2.78", legal_basis=LegalBasis.PUBLIC)
    told = make.report(FOREIGN, people=(Person(role=PersonRole.SUSPECT, identifiers=(public,)),))
    sent = make.referral(told, to=harbor, by=analyst)
    said = Translated(text=f"He comes from {ADDRESS}, known as 192.0.2.78.", who="No. 214")
    write_translation(told.reference, from_language="uk", to_language="en", told=said, by=analyst)

    (given,) = open_referral(sent.reference, by=detective).translations

    assert given.told.text == "He comes from [withheld], known as 192.0.2.78."


def test_the_job_notes_the_newest_first_in_batches_behind_everything_new(earlier, monkeypatch):
    monkeypatch.setattr(anew, "BATCH", 2)
    with earlier():
        told = [make.report(f"Call him on 204-555-01{n}9.") for n in range(3)]
    present = make.report()

    assert ask_to_note_anew()
    assert not ask_to_note_anew()
    assert jobs(anew.NOTE_ANEW) == [(-30, anew.NOTE_ANEW, {"before": ""})]
    assert note_some_anew("") == 2

    assert [noted(one) for one in (*told, present)] == [False, True, True, True]
    assert jobs(anew.NOTE_ANEW)[1:] == [(-30, anew.NOTE_ANEW, {"before": str(told[1].pk)})]
    assert note_some_anew(str(told[1].pk)) == 1
    assert noted(told[0])
    assert len(jobs(anew.NOTE_ANEW)) == 2
    assert note_some_anew("") == 0


def test_nothing_is_asked_for_where_all_is_noted_by_the_present_rules():
    make.report()
    assert not ask_to_note_anew()
    assert jobs(anew.NOTE_ANEW) == []


def test_one_that_fails_keeps_no_other_from_being_noted_and_is_tried_again(earlier, monkeypatch):
    with earlier():
        told = [make.report() for _n in range(3)]
    note = anew.note_identifiers

    def fails(report, *, by):
        if report == told[2].pk:
            raise ValueError(report)
        return note(report, by=by)

    monkeypatch.setattr(anew, "BATCH", 1)
    with monkeypatch.context() as then:
        then.setattr(anew, "note_identifiers", fails)
        assert note_some_anew("") == 0
        assert note_some_anew(str(told[2].pk)) == 1
    assert [noted(one) for one in told] == [False, True, False]

    with clock.clock_set_to(clock.now() + FIRST_WAIT):
        assert note_some_anew("") == 1
    assert noted(told[2])


def test_what_tells_other_things_walks_its_route_again_and_nothing_else_does(earlier):
    with earlier():
        changed = make.report("He came from 192.0.2.77.")
    with earlier(forms=False):
        same = make.report()
    before = len(jobs("route"))

    assert note_anew(changed.pk)
    assert not note_anew(same.pk)

    assert jobs("route")[before:] == [(-30, None, {"report": str(changed.pk)})]
    assert noted(changed)
    assert noted(same)


def test_links_follow_what_is_noted_anew(analyst, earlier):
    with earlier():
        first = make.report("He is on pier.nine@example.com.")
    second = make.report("He is on pier.nine@example.com.")

    def tied() -> set[str]:
        with acting_as(analyst.context):
            return {one.reference for one in linked_to(second.pk, actor=analyst)}

    assert tied() == set()
    note_anew(first.pk)
    assert tied() == {first.reference}


def test_a_command_says_how_many_wait(earlier, capsys):
    with earlier():
        told = make.report()
    make.report()
    with acting_as(Station.SET_UP.context):
        assert count_noted() == (2, 1)
        assert noted_otherwise(before=None, most=9) == [told.pk]

    assert run_identifiers(Namespace()) == 1
    assert "1 of them by other rules" in capsys.readouterr().out

    note_some_anew("")
    assert run_identifiers(Namespace()) == 0
    assert "All of them by the present rules." in capsys.readouterr().out


def test_no_officer_says_by_which_rules_a_report_was_noted(analyst):
    report = make.report()
    with acting_as(analyst.context):
        assert Record.objects.filter(report=report).update(edition=b"") == 0
    assert noted(report)
