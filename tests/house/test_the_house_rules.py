"""Rules about the code itself, checked like any other behaviour."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

from havre.agencies.rules.permits import PERMITS, Permit, Role, may
from havre.audit.rules import Event

CLONE = Path(__file__).parents[2]
HOUSE = CLONE / "havre"
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
    "agencies/secondments",
    "oversight/policies",
    "referrals/asking",
    "referrals/chart",
    "referrals/classifying",
    "cases/contents",
    "cases/leaving",
    "cases/abroad",
    "cases/abroad/dispatches",
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
    "identifiers/money",
    "identifiers/people",
    "identifiers/platforms",
    "intake/bulk",
    "intake/console",
    "intake/floods",
    "intake/jsondoor",
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
    "intake/sharing",
    "intake/splits",
    "intake/thin",
    "intake/xarf",
    "plumbing/apis",
    "plumbing/outward",
    "plumbing/walls",
    "oversight/annual",
    "oversight/mistreatment",
    "links/resolving",
    "links/silent",
    "links/watches",
    "referrals/alike",
    "referrals/inbox",
    "referrals/judging",
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
)
BESIDE_THE_ROOMS = {"plumbing", "wiring"}
DOORS = {"views.py", "api.py", "jobs.py"}
LONGEST_FILE = 400
LONGEST_FUNCTION = 40
LARGEST_ROOM = 2500
ORM_WORDS = {"objects", "save", "delete", "filter", "raw", "bulk_create"}


def files() -> list[Path]:
    return [p for p in sorted(HOUSE.rglob("*.py")) if "migrations" not in p.parts]


def name_of(path: Path) -> str:
    return str(path.relative_to(HOUSE))


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node


def imported_by(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def test_the_rooms_are_these_and_each_says_in_one_sentence_what_it_is_for():
    rooms = {p.parent.name for p in HOUSE.glob("*/__init__.py")} - BESIDE_THE_ROOMS
    assert rooms == ROOMS
    for room in ROOMS | BESIDE_THE_ROOMS:
        tree = ast.parse((HOUSE / room / "__init__.py").read_text())
        assert ast.get_docstring(tree)
        assert len(tree.body) == 1, f"{room}/__init__.py holds more than its sign"


@pytest.mark.parametrize("path", files(), ids=name_of)
def test_files_and_functions_stay_small(path):
    assert len(path.read_text().splitlines()) <= LONGEST_FILE
    for function in functions(path):
        assert function.end_lineno - function.lineno < LONGEST_FUNCTION, function.name


@pytest.mark.parametrize("folder", ["tests", "bench", "docs"])
def test_files_beside_the_house_stay_as_small(folder):
    lengths = {p: len(p.read_text().splitlines()) for p in (CLONE / folder).rglob("*.py")}
    assert lengths
    assert [p.name for p, lines in lengths.items() if lines > LONGEST_FILE] == []


def rooms_and_sub_rooms() -> list[Path]:
    """A sub-room is a folder with doors, actions or wires of its own (decision 30)."""
    rooms = [HOUSE / room for room in sorted(ROOMS | BESIDE_THE_ROOMS)]
    return rooms + [HOUSE / sub_room for sub_room in SUB_ROOMS]


@pytest.mark.parametrize("room", rooms_and_sub_rooms(), ids=name_of)
def test_a_room_stays_small(room):
    others = [other for other in rooms_and_sub_rooms() if room in other.parents]
    lines = sum(
        len(p.read_text().splitlines())
        for p in room.rglob("*.py")
        if "migrations" not in p.parts and not any(other in p.parents for other in others)
    )
    assert lines <= LARGEST_ROOM


@pytest.mark.parametrize("path", sorted(HOUSE.rglob("actions.py")), ids=name_of)
def test_every_action_says_who_did_it_and_what_it_writes(path):
    for function in functions(path):
        if function.name.startswith("_") or function.col_offset:
            continue
        if path.parent.name == "audit":
            continue  # here the decorator itself is made
        assert "by" in {a.arg for a in function.args.kwonlyargs}, function.name
        decorators = {ast.unparse(d).split("(")[0] for d in function.decorator_list}
        if function.name != "receive_report":  # its one part is the action
            assert "action" in decorators, f"{function.name} is no @action"


@pytest.mark.parametrize("path", [p for p in files() if p.name in DOORS], ids=name_of)
def test_doors_import_neither_models_nor_the_database(path):
    imported = imported_by(path)
    assert not [n for n in imported if n == "django.db" or n.startswith("django.db.")]
    assert not [n for n in imported if n.startswith("havre.") and ".models" in n]
    touched = {
        n.attr for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.Attribute)
    }
    assert not touched & ORM_WORDS


@pytest.mark.parametrize("path", files(), ids=name_of)
def test_there_is_one_clock(path):
    if name_of(path) == "plumbing/clock.py":
        return
    text = path.read_text()
    assert not re.search(
        r"datetime\.now\(|timezone\.now\(|auto_now|functions import .*\bNow\b|date\.today\(|utcnow",
        text,
    )


@pytest.mark.parametrize("path", files(), ids=name_of)
def test_xml_is_parsed_in_one_place(path):
    if name_of(path) == "intake/providers/wires/safe_xml.py":
        return
    imported = imported_by(path)
    assert not any(n.startswith(("xml.", "lxml")) and n != "lxml.etree._Element" for n in imported)


@pytest.mark.parametrize("path", files(), ids=name_of)
def test_the_words_of_the_law_are_the_law_s(path):
    if "wires" in path.parts:
        return  # fixed wire values are others' words
    assert "child porn" not in path.read_text().lower()


@pytest.mark.parametrize("model", apps.get_models(), ids=lambda m: m.__name__)
def test_a_room_cannot_look_ahead_through_the_orm(model):
    """A foreign key into another room hides its reverse, so that room cannot spell it."""
    if not model.__module__.startswith("havre."):
        return
    for field in model._meta.get_fields():
        if not field.is_relation or field.auto_created:
            continue
        theirs = field.related_model.__module__
        if theirs.startswith("havre.") and theirs != model.__module__:
            assert field.remote_field.hidden, f"{model.__name__}.{field.name}"


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
