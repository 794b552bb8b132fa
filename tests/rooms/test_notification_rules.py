"""What a notification of section 3 must hold, and who may never hold its compartment."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from havre.agencies.models import Agency, Officer
from havre.agencies.rules.permits import Compartment, Role
from havre.agencies.rules.words import AgencyKind
from havre.agencies.staff.rules import Keeper, Refusal, refusal_to_give
from havre.intake.law.rules.regimes import CA_MRA, proclaimed
from havre.intake.notifications.rules import (
    LIMITS,
    Contents,
    Fault,
    Offence,
    TransmissionData,
    as_tree,
    faults_of,
    from_tree,
    recipients_by,
)
from havre.intake.notifications.wires import NotWhole, sent_in

NOW = datetime(2026, 11, 28, 17, 0, tzinfo=UTC)
WHOLE = Contents(
    offences=(Offence.MAKING, Offence.ACCESSING),
    material="A picture in a channel about boats.",
    material_format="JPEG",
    circumstances="A person of ours looked at it.",
    discovered_at=NOW - timedelta(hours=2),
    other_evidence="The account harbor.bell.",
    representative="Pat Roy",
    contact="204-555-0142",
)
TODAY = CA_MRA.on(NOW.date())
WAITING = proclaimed(CA_MRA, date(2027, 3, 1), designated_body="national-centre").on(
    date(2027, 3, 1)
)
BODY = {
    "to": "harbor-police",
    **{name: getattr(WHOLE, name) for name in LIMITS},
    "offences": ["163.1(3)"],
    "discovered_at": "2026-01-05T14:30:00-05:00",
}


def wrong(contents: Contents, version=TODAY) -> list[tuple[str, Fault]]:
    return list(faults_of(contents, version=version, now=NOW))


def test_a_notification_with_its_five_contents_is_whole_and_comes_back_as_it_went():
    assert wrong(WHOLE) == []
    full = replace(WHOLE, is_manifest=True, transmission=TransmissionData(origin="192.0.2.7"))
    for contents in (WHOLE, full):
        assert from_tree(json.loads(json.dumps(as_tree(contents)))) == contents


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"offences": ()}, ("offences", Fault.OFFENCE_MISSING)),
        ({"material": " "}, ("material", Fault.TEXT_MISSING)),
        ({"material_format": ""}, ("material_format", Fault.TEXT_MISSING)),
        ({"circumstances": ""}, ("circumstances", Fault.TEXT_MISSING)),
        (
            {"discovered_at": NOW + timedelta(minutes=1)},
            ("discovered_at", Fault.DISCOVERED_LATER),
        ),
        (
            {"discovered_at": datetime(1, 1, 1, tzinfo=UTC)},
            ("discovered_at", Fault.DISCOVERED_LONG_AGO),
        ),
        ({"material": "a\x00b"}, ("material", Fault.TEXT_ODD)),
        ({"transmission": TransmissionData(origin="\ud800")}, ("transmission", Fault.TEXT_ODD)),
        ({"other_evidence": "\n"}, ("other_evidence", Fault.TEXT_MISSING)),
        ({"representative": ""}, ("representative", Fault.TEXT_MISSING)),
        ({"contact": ""}, ("contact", Fault.CONTACT_MISSING)),
        ({"material": "a" * 8_001}, ("material", Fault.TOO_LONG)),
        (
            {"transmission": TransmissionData(origin="a" * 301)},
            ("transmission", Fault.TOO_LONG),
        ),
    ],
)
def test_each_required_content_is_missed(changed, fault):
    assert wrong(replace(WHOLE, **changed)) == [fault]


def test_transmission_data_is_asked_for_once_the_act_is_proclaimed_and_only_when_manifest():
    manifest = replace(WHOLE, is_manifest=True)
    assert wrong(manifest) == []
    assert wrong(WHOLE, WAITING) == []
    assert wrong(manifest, None) == []
    assert wrong(manifest, WAITING) == [("transmission", Fault.TRANSMISSION_MISSING)]
    told = replace(manifest, transmission=TransmissionData(protocol="HTTPS"))
    assert wrong(told, WAITING) == []


def test_a_provider_chooses_the_police_service_until_one_body_is_designated():
    codes = ("harbor-police", "national-centre")
    assert recipients_by(TODAY, codes) == recipients_by(None, codes) == codes
    assert recipients_by(WAITING, codes) == ("national-centre",)


def test_every_reason_is_told_at_once_to_a_program():
    sent = sent_in(json.dumps(BODY | {"transmission_data": {"origin": "192.0.2.7"}}).encode())
    assert (sent.to, sent.contents.offences) == ("harbor-police", (Offence.DISTRIBUTION,))
    assert sent.contents.transmission.told() == {"origin": "192.0.2.7"}
    faulty = {
        "note": "x",
        "to": 7,
        "token": "a" * 101,
        "offences": ["theft", 3],
        "discovered_at": "2026-01-05",
        "is_manifest": "yes",
        "transmission_data": {"words": "Hello."},
        "material": "",
    }
    with pytest.raises(NotWhole) as refused:
        sent_in(json.dumps(faulty).encode())
    named = {reason.partition(":")[0] for reason in refused.value.reasons}
    assert named == {*faulty, *LIMITS} - {"material"}
    for body in (b"", b"[" * 100_000, b"[]"):
        with pytest.raises(NotWhole, match="the body must be"):
            sent_in(body)


@pytest.mark.parametrize("role", [Role.TIPLINE_ANALYST, Role.SUPERVISOR])
def test_nobody_is_given_the_compartment_of_notifications(role):
    keeper = Keeper(id=None, role=None)
    refusal = refusal_to_give(
        keeper,
        role=role,
        kind=AgencyKind.TIPLINE,
        compartments=frozenset({Compartment.POLICE_NOTIFICATION}),
    )
    assert refusal is Refusal.COMPARTMENT_NOT_YOURS
    held = Officer(role=role, agency=Agency(kind="tipline"), compartments=list(Compartment))
    assert "police-notification" not in held.context.compartments
