"""Documents from abroad that the desk passed on to two agencies, and those who come for them."""

from typing import Any
from uuid import UUID, uuid4

from havre.agencies.models import Officer
from havre.cases.abroad.enclosures.models import Enclosure
from havre.cases.abroad.passing.actions import fetch_passed, pass_documents
from havre.cases.abroad.passing.models import PassedDocument
from havre.cases.abroad.risks.actions import assess_exchange
from havre.cases.abroad.rules.mistreatment import Act, Risk
from havre.plumbing.context import acting_as
from tests.house.traces import EVERYTHING

AT_THE_DESK = {"pass_documents", "take_back_passed"}
PASSING_DOORS = {*AT_THE_DESK, "fetch_passed"}
WORDS = "Please search it."


def some_passed(desk: Officer, first: Officer, second: Officer) -> None:
    """One to both, which each has fetched; another to the second, which nobody has."""
    order, letter = an_enclosure("far-police"), an_enclosure("far-hotline")
    for one in (order, letter):
        reference = one.dispatch.reference
        risk = {"risk": Risk.NOT_SUBSTANTIAL, "grounds": "Courts."}
        assess_exchange(reference, acts=(Act.USE,), **risk, by=desk)
        for officer in (first, second) if one == order else (second,):
            passed = pass_documents(reference, [one.pk], to=officer.agency, words=WORDS, by=desk)
            if one == order:
                fetch_passed(passed[0].pk, by=officer)


def an_enclosure(partner: str, compartment: str = "general") -> Enclosure:
    with acting_as(EVERYTHING):
        kept = Enclosure.objects.select_related("dispatch")
        return kept.get(dispatch__partner__code=partner, dispatch__compartment=compartment)


def passed_to(agency: str, partner: str) -> UUID:
    with acting_as(EVERYTHING):
        found = PassedDocument.objects.filter(partner__code=partner, taken_back_at=None)
        return found.get(to_agency__code=agency).pk


def of_what_is_passed(row: Any) -> dict[str, object]:
    """Where such a document stands, or the exchange that it is of."""
    if row.door == "fetch_passed":
        agency = {"own": "harbor-police", "other": "valley-sheriff"}.get(row.whose)
        return {"document": passed_to(agency, "far-police") if agency else uuid4()}
    if row.whose == "missing":
        return {"reference": "F-0000-0000"}
    if row.whose == "other":
        return {"reference": an_enclosure("far-police", "trafficking").dispatch.reference}
    partner = "far-police" if row.door == "pass_documents" else "far-hotline"
    return {"reference": an_enclosure(partner).dispatch.reference}


def typed_to_pass(row: Any) -> dict[str, dict[str, object]]:
    """What the desk would send to each door."""
    chosen = [an_enclosure("far-police").pk]
    return {
        "pass_documents": {"documents": chosen, "to": "shore-police", "words": WORDS},
        "take_back_passed": {"document": passed_to("valley-sheriff", "far-hotline")},
    }
