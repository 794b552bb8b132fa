"""The pages of cases, as a detective meets them."""

import pytest

from havre.cases.actions import open_case
from havre.cases.contents.actions import (
    add_identifier,
    add_note,
    add_person,
    link_report,
    set_task,
)
from havre.cases.models import Case
from havre.identifiers.rules.words import Kind
from havre.intake.rules.submission import PersonRole
from havre.plumbing.context import acting_as
from tests import make
from tests.pages import assert_sound


@pytest.fixture(autouse=True)
def harbor(db):
    return make.directory()


@pytest.fixture
def detective(harbor):
    return make.officer(harbor)


@pytest.fixture
def desk(detective):
    return make.browser(detective)


@pytest.fixture
def full(detective, harbor):
    """A case with one of everything."""
    report = make.report()
    make.referral(report, to=harbor, by=make.analyst())
    case = open_case("The man at the pier", by=detective)
    add_note(case.reference, "Seen at the ferry.", by=detective)
    set_task(case.reference, "Ask for the list.", assigned_to=detective.pk, by=detective)
    for name, role in (("A. Roy", PersonRole.SUSPECT), ("Robin Example", PersonRole.VICTIM)):
        person = add_person(case.reference, name, role=role, by=detective)
        add_identifier(case.reference, person.pk, "204-555-0142", kind=Kind.PHONE, by=detective)
    link_report(case.reference, report.reference, by=detective)
    return case


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/en/cases/", ["Seen at the ferry.", "A. Roy", "Masked", "Take it into the case"]),
        ("/fr/dossiers/", ["Seen at the ferry.", "A. Roy", "Masqué", "Le verser au dossier"]),
    ],
)
def test_the_page_of_a_case_shows_all_that_it_holds(desk, full, address, words):
    page = desk.get(f"{address}{full.reference}")
    text = assert_sound(page.content).text_content()

    assert all(word in text for word in [*words, "The man at the pier", "+12045550142"])
    assert "Robin Example" not in text


def test_a_masked_person_is_shown_by_an_act_of_its_own(desk, full, detective):
    with acting_as(detective.context):
        child = full.people.get(role="victim")
    page = desk.post(f"/en/cases/{full.reference}/people/show", {"person": child.pk})

    assert "Robin Example" in assert_sound(page.content).text_content()


def test_the_list_is_empty_kindly_and_then_holds_the_case(desk, detective):
    assert "No case stands here" in assert_sound(desk.get("/en/cases").content).text_content()
    open_case("The man at the pier", by=detective)
    assert "The man at the pier" in desk.get("/en/cases").content.decode()
    assert "The man at the pier" not in desk.get("/en/cases?state=closed").content.decode()


def test_a_case_is_opened_from_a_referral_that_was_taken(desk, detective, harbor):
    report = make.report()
    sent = make.referral(report, to=harbor, by=make.analyst())
    desk.post(f"/en/referrals/{sent.reference}/accept")
    link = f"/en/cases/new?report={report.reference}"
    assert link in desk.get(f"/en/referrals/{sent.reference}").content.decode()
    assert report.reference in assert_sound(desk.get(link).content).text_content()

    typed = {"title": "From the inbox", "subject_age_class": "unknown"}
    page = desk.post("/en/cases/new", {**typed, "report": report.reference}, follow=True)

    text = assert_sound(page.content).text_content()
    assert "From the inbox" in text
    assert report.reference in text


@pytest.mark.parametrize(
    ("door", "typed", "fault"),
    [
        ("notes", {}, "Write the note first."),
        ("tasks", {"what": "Ask", "due": "soon"}, "Write the day as 2026-11-28."),
        ("people", {"name": "A. Roy"}, "Choose a role."),
        ("reports", {"report": "R-1"}, "Check the number"),
        ("move", {"move": "close"}, "Choose why it is closed."),
        ("join", {"role": "lead"}, "Choose somebody from the list."),
        ("share", {"to": "valley-police", "kind": "share"}, "Choose at least one part."),
        ("hand-over", {"to": "nowhere"}, "Choose an agency from the list."),
        ("people/identifiers", {"kind": "email", "value": "no"}, "This does not read as one."),
    ],
)
def test_what_cannot_be_taken_in_is_said_beside_the_field(desk, full, door, typed, fault):
    page = desk.post(f"/en/cases/{full.reference}/{door}", typed)

    assert page.status_code == 422
    tree = assert_sound(page.content)
    assert tree.xpath("//*[@autofocus]")[0].get("class").startswith("summary")
    assert fault in tree.text_content()


def test_a_refusal_leaves_nothing_behind(desk, full, detective):
    address = f"/en/cases/{full.reference}"
    desk.post(f"{address}/walls", {"restricted": "on"})
    with acting_as(detective.context):
        lead = full.members.get()

    page = desk.post(f"{address}/leave", {"member": lead.pk}, follow=True)

    assert "needs one who leads it" in page.content.decode()
    with acting_as(detective.context):
        assert full.members.get().until is None


def test_a_case_is_shared_read_and_handed_over_in_the_browser(desk, full, detective):
    neighbour = make.browser(make.officer(make.agency_by_code("valley-police")))
    address = f"/en/cases/{full.reference}"
    assert neighbour.get(address).status_code == 404
    day = full.opened_at.date().isoformat()
    shared = {"to": "valley-police", "kind": "share", "parts": ["notes"], "until": day}

    desk.post(f"{address}/share", shared)

    text = assert_sound(neighbour.get(address).content).text_content()
    assert "Seen at the ferry." in text
    assert "A. Roy" not in text
    page = desk.post(f"{address}/hand-over", {"to": "valley-police"}, follow=True)
    assert "no longer yours to see" in page.content.decode()
    assert desk.get(address).status_code == 404
    assert "A. Roy" in neighbour.get(address).content.decode()
    with acting_as(detective.context):
        assert not Case.objects.exists()


def test_the_number_of_a_report_that_was_not_sent_is_put_right_beside_it_and_tells_nothing(
    desk, full
):
    kept = make.report()
    pages = []
    for number in (kept.reference, "R-0000-0000"):
        answer = desk.post(f"/en/cases/{full.reference}/reports", {"report": number})
        assert answer.status_code == 422
        text = assert_sound(answer.content).text_content()
        assert "No such report was sent to your agency. Check the number." in text
        assert "The man at the pier" in text
        pages.append(text.replace(number, ""))
    assert pages[0].partition("What was done")[0] == pages[1].partition("What was done")[0]
    assert desk.post("/en/cases/C-0000-0000/reports", {"report": kept.reference}).status_code == 404
