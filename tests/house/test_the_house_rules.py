"""Rules about the code itself, checked like any other behaviour."""

import ast
import re
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps

from havre.agencies.rules.permits import PERMITS, Permit, Role, may
from havre.audit.rules import Event
from tests.house.sources import HOUSE, name_of, source_of, sources

CLONE = Path(__file__).parents[2]
ROOMS = {
    "agencies",
    "audit",
    "cases",
    "deconfliction",
    "evidence",
    "identifiers",
    "intake",
    "links",
    "missing",
    "outreach",
    "oversight",
    "referrals",
    "triage",
}
SUB_ROOMS = (
    "plumbing/together",
    "triage/steps",
    "wiring/line",
    "agencies/secondments",
    "oversight/policies",
    "referrals/asking",
    "referrals/chart",
    "referrals/classifying",
    "cases/contents",
    "cases/correcting",
    "cases/leaving",
    "cases/abroad",
    "cases/abroad/dispatches",
    "cases/abroad/enclosures",
    "cases/abroad/passing",
    "cases/abroad/risks",
    "cases/bulletins",
    "cases/operations",
    "cases/requests",
    "cases/search",
    "cases/sharing",
    "cases/timeline",
    "agencies/staff",
    "cases/silent",
    "cases/watches",
    "identifiers/aloud",
    "identifiers/devices",
    "identifiers/disguises",
    "identifiers/editions",
    "identifiers/groups",
    "identifiers/money",
    "identifiers/people",
    "identifiers/platforms",
    "identifiers/told",
    "identifiers/web",
    "intake/bulk",
    "intake/conflicts",
    "intake/console",
    "intake/floods",
    "intake/jsondoor",
    "intake/later",
    "intake/law",
    "intake/mirrors",
    "intake/notifications",
    "intake/partners",
    "intake/providers",
    "intake/providers/wires",
    "intake/public",
    "intake/questions",
    "intake/receipts",
    "intake/releases",
    "intake/resuming",
    "intake/sharing",
    "intake/splits",
    "intake/thin",
    "intake/xarf",
    "plumbing/apis",
    "plumbing/outward",
    "plumbing/values",
    "plumbing/walls",
    "oversight/annual",
    "oversight/mistreatment",
    "links/checking",
    "links/judging",
    "links/resolving",
    "links/silent",
    "links/watches",
    "referrals/alike",
    "referrals/identity",
    "referrals/finding",
    "referrals/inbox",
    "referrals/judging",
    "referrals/later",
    "referrals/notices",
    "referrals/packages",
    "referrals/pages",
    "referrals/records",
    "referrals/releases",
    "referrals/sending",
    "referrals/shifts",
    "referrals/reviewing",
    "referrals/splitting",
    "referrals/webhooks",
    "triage/alike",
    "triage/bundles",
    "triage/closing",
    "triage/duty",
    "triage/enrichment",
    "triage/filters",
    "triage/interpreting",
    "triage/interpreting/sheets",
    "triage/jurisdiction",
    "triage/learning",
    "triage/overrides",
    "triage/paging",
    "triage/policies",
    "triage/reading",
    "triage/reviews",
    "triage/splitting",
    "wiring/addresses",
    "wiring/commands",
    "wiring/country",
    "wiring/front",
    "wiring/sweeps",
)
BESIDE_THE_ROOMS = {"plumbing", "wiring"}
DOORS = {"views.py", "api.py", "jobs.py"}
LONGEST_FILE = 400
LONGEST_FUNCTION = 40
LARGEST_ROOM = 2500
OTHER_CLOCKS = re.compile(
    r"datetime\.now\(|timezone\.now\(|auto_now|functions import .*\bNow\b|date\.today\(|utcnow"
)
FROM_ROWS = re.compile(r"(\w+)\.from_db\(\s*\"default\", (\w+),")
ORM_WORDS = {"objects", "save", "delete", "filter", "raw", "bulk_create"}


def test_the_rooms_are_these_and_each_says_in_one_sentence_what_it_is_for():
    rooms = {p.parent.name for p in HOUSE.glob("*/__init__.py")} - BESIDE_THE_ROOMS
    assert rooms == ROOMS
    for room in ROOMS | BESIDE_THE_ROOMS:
        tree = ast.parse((HOUSE / room / "__init__.py").read_text())
        assert ast.get_docstring(tree)
        assert len(tree.body) == 1, f"{room}/__init__.py holds more than its sign"


def test_files_and_functions_stay_small():
    assert len(sources()) > 900
    assert [s.name for s in sources() if len(s.text.splitlines()) > LONGEST_FILE] == []
    functions = [(s.name, function) for s in sources() for function in s.functions]
    assert len(functions) > 4_000
    assert [(n, f.name) for n, f in functions if f.lines >= LONGEST_FUNCTION] == []


def test_no_table_names_a_key_twice():
    """It would count once, and perhaps the wrong one."""
    assert [(source.name, source.keys_twice) for source in sources() if source.keys_twice] == []


def test_a_key_written_twice_is_found():
    found = source_of("{Role.A: 1, Role.B: 2, Role.A: 3, **more}", HOUSE / "none.py")
    assert found.keys_twice == ["Role.A"]


@pytest.mark.parametrize("folder", ["tests", "bench", "docs"])
def test_files_beside_the_house_stay_as_small(folder):
    lengths = {p: len(p.read_text().splitlines()) for p in (CLONE / folder).rglob("*.py")}
    assert lengths
    assert [p.name for p, lines in lengths.items() if lines > LONGEST_FILE] == []


def rooms_and_sub_rooms() -> list[Path]:
    """A sub-room is a folder with doors, actions or wires of its own (decision 30)."""
    rooms = [HOUSE / room for room in sorted(ROOMS | BESIDE_THE_ROOMS)]
    return rooms + [HOUSE / sub_room for sub_room in SUB_ROOMS]


def test_a_room_stays_small():
    rooms = dict.fromkeys(rooms_and_sub_rooms(), 0)
    for source in sources():
        # A file counts where it lies: in the innermost of the rooms around it.
        around = next((folder for folder in source.path.parents if folder in rooms), None)
        if around is not None:
            rooms[around] += len(source.text.splitlines())
    assert all(rooms.values())
    assert {name_of(room): n for room, n in rooms.items() if n > LARGEST_ROOM} == {}


def test_every_action_says_who_did_it_and_what_it_writes():
    found = [source for source in sources() if source.path.name == "actions.py"]
    assert len(found) > 50
    for source in found:
        if source.path.parent.name == "audit":
            continue  # here the decorator itself is made
        for function in source.functions:
            if function.name.startswith("_") or function.is_inner:
                continue
            where = f"{source.name}: {function.name}"
            assert "by" in function.keywords, where
            if function.name != "receive_report":  # its one part is the action
                assert "action" in function.decorators, f"{where} is no @action"


def test_doors_import_neither_models_nor_the_database():
    found = [source for source in sources() if source.path.name in DOORS]
    assert len(found) > 50
    for source in found:
        names = source.imported
        assert not [n for n in names if n == "django.db" or n.startswith("django.db.")], source.name
        assert not [n for n in names if n.startswith("havre.") and ".models" in n], source.name
        assert not source.touched & ORM_WORDS, source.name


def test_there_is_one_clock():
    others = [source for source in sources() if source.name != "plumbing/clock.py"]
    assert len(others) == len(sources()) - 1
    assert [source.name for source in others if OTHER_CLOCKS.search(source.text)] == []


def test_xml_is_parsed_in_one_place():
    others = [s for s in sources() if s.name != "intake/providers/wires/safe_xml.py"]
    assert len(others) == len(sources()) - 1
    for source in others:
        parsers = {n for n in source.imported if n.startswith(("xml.", "lxml"))}
        assert parsers <= {"lxml.etree._Element"}, source.name


@pytest.mark.parametrize(
    ("asked", "where"),
    [
        (r"parts__len", "intake/models.py"),
        (r"from_reporter=True,\s*parts=None", "intake/models.py"),
        (r"assess import (?:\w+, )*assess\b", "triage/scoring.py"),
    ],
)
def test_what_was_given_and_how_urgent_it_is_is_asked_in_one_way(asked, where):
    """Written once more, "given" was wrong there, and a word reached an agency."""
    assert [source.name for source in sources() if re.search(asked, source.text)] == [where]


def test_the_words_of_the_law_are_the_law_s():
    # Fixed wire values are others' words.
    ours = [source for source in sources() if "wires" not in source.path.parts]
    assert [source.name for source in ours if "child porn" in source.text.lower()] == []


def test_a_room_cannot_look_ahead_through_the_orm():
    """A foreign key into another room hides its reverse, so that room cannot spell it."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("havre.")]
    fields = [(model, field) for model in ours for field in model._meta.get_fields()]
    crossing = 0
    for model, field in fields:
        if not field.is_relation or field.auto_created:
            continue
        theirs = field.related_model.__module__
        if theirs.startswith("havre.") and theirs != model.__module__:
            crossing += 1
            assert field.remote_field.hidden, f"{model.__name__}.{field.name}"
    assert crossing > 50


def test_fields_that_rows_are_read_into_stand_as_in_their_table():
    """The framework asks of such a list only what is in it, and hands out values by its own."""
    found = [(one, *named) for one in sources() for named in FROM_ROWS.findall(one.text)]
    assert len(found) == 3
    assert sum(one.text.count(".from_db(") for one in sources()) == len(found)
    for source, model_name, list_name in found:
        module = import_module("havre." + source.name.removesuffix(".py").replace("/", "."))
        listed, model = getattr(module, list_name), getattr(module, model_name)
        stands = [one.attname for one in model._meta.concrete_fields if one.attname in listed]
        assert list(listed) == stands, f"{source.name}: {list_name}"


def test_every_permit_is_held_by_someone_and_every_role_holds_something():
    assert set(PERMITS) == set(Role)
    for permit in Permit:
        assert any(may(role, permit) for role in Role), permit


def test_the_glossary_knows_every_room_event_permit_and_role():
    glossary = (CLONE / "docs" / "words.md").read_text()
    missing = [word for word in (*ROOMS, *Event, *Permit, *Role) if f"`{word}`" not in glossary]
    assert missing == []


def test_every_decision_has_a_number_of_its_own_and_bears_it():
    numbers = []
    for file in sorted((CLONE / "docs" / "decisions").glob("*.md")):
        numbers.append(file.name[:3])
        title = file.read_text(encoding="utf-8").partition("\n")[0]
        assert title.startswith(f"# {file.name[:3]}"), file.name
    assert len(numbers) == len(set(numbers)), numbers
