"""The doors whose address is always the same are looked for once; no other address is kept."""

from django.test import RequestFactory
from django.urls import Resolver404
from django.utils import translation

from havre.wiring.wsgi import Handler


def found(handler, address, language="en"):
    with translation.override(language):
        return handler.resolve_request(RequestFactory().get(address))


def test_a_door_is_found_again_without_looking_and_in_its_own_language_only():
    handler = Handler()
    first = found(handler, "/en/report")
    request = RequestFactory().get("/en/report")

    with translation.override("en"):
        assert handler.resolve_request(request) is first
    assert request.resolver_match is first
    assert first.view_name == "report"
    for _ in range(2):
        assert refused(handler, "/en/report", "fr")


def test_an_address_that_names_a_thing_or_that_anybody_makes_up_is_not_kept():
    handler = Handler()
    found(handler, "/en/reports/K7Q2-M9XD")
    for number in range(3):
        found(handler, f"/ispws/made-up-{number}")
        assert refused(handler, f"/en/made-up-{number}")

    assert handler._found == {}


def refused(handler, address, language="en"):
    try:
        found(handler, address, language)
    except Resolver404:
        return True
    return False
