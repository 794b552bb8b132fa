from datetime import UTC, datetime

import pytest

from havre.intake.providers.wires.ispws import (
    HAPPENINGS,
    InvalidReport,
    MalformedXml,
    Problem,
    parse_report,
)
from havre.intake.providers.wires.ispws_values import INCIDENT_TYPES
from havre.intake.rules.submission import (
    AgeClass,
    Channel,
    Happening,
    LegalBasis,
    Moment,
    PersonRole,
    Place,
    PlaceRole,
    Precision,
    as_tree,
    from_tree,
)

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
SUMMARY = (
    "<incidentSummary><incidentType>Online Enticement of Children for Sexual Acts</incidentType>"
    "{before}<incidentDateTime>2026-11-01T10:00:00-05:00</incidentDateTime>{after}"
    "</incidentSummary>"
)
REPORTER = (
    "<reporter><reportingPerson><firstName>Pat</firstName><email>desk@example.com</email>"
    "</reportingPerson></reporter>"
)
WHOLE = b"""<?xml version="1.0" encoding="UTF-8"?>
<report xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
        xsi:noNamespaceSchemaLocation="https://example.com/report.xsd">
  <incidentSummary>
    <incidentType>Online Enticement of Children for Sexual Acts</incidentType>
    <platform>Harbor Chat</platform>
    <escalateToHighPriority>He asked to meet on Saturday</escalateToHighPriority>
    <reportAnnotations><spam>false</spam><minorToMinorInteraction/></reportAnnotations>
    <incidentDateTime>2026-11-01T10:00:00.5-05:00</incidentDateTime>
    <incidentDateTimeDescription>First message</incidentDateTimeDescription>
  </incidentSummary>
  <internetDetails>
    <webPageIncident thirdPartyHostedContent="true">
      <url>https://example.com/room/1</url>
      <additionalInfo>The room is open</additionalInfo>
    </webPageIncident>
  </internetDetails>
  <internetDetails>
    <nonInternetIncident>
      <locationName>Harbor pier</locationName>
      <incidentAddress type="Business">
        <address>1 Pier Road</address><city>Winnipeg</city><zipCode>R3C 0A1</zipCode>
        <nonUsaState>Manitoba</nonUsaState><country>CA</country>
      </incidentAddress>
    </nonInternetIncident>
  </internetDetails>
  <internetDetails>
    <peer2peerIncident>
      <client>Boat Share</client>
      <ipCaptureEvent><ipAddress>2001:db8::1</ipAddress></ipCaptureEvent>
      <fileNames>sails.txt</fileNames>
    </peer2peerIncident>
  </internetDetails>
  <internetDetails>
    <cellPhoneIncident>
      <phoneNumber>204-555-0111</phoneNumber>
      <latitude>49.9</latitude><longitude>-97.1</longitude>
    </cellPhoneIncident>
  </internetDetails>
  <internetDetails>
    <emailIncident>
      <emailAddress>Dock.Master@example.com</emailAddress><content>See you Saturday</content>
    </emailIncident>
  </internetDetails>
  <lawEnforcement fleaCountry="FR">
    <agencyName>Harbor Police</agencyName><caseNumber>HP-12</caseNumber>
  </lawEnforcement>
  <reporter>
    <reportingPerson><firstName>Pat</firstName><lastName>Desk</lastName>
      <email type="Work">desk@example.com</email></reportingPerson>
    <contactPerson><email>legal@example.com</email></contactPerson>
    <legalURL>https://example.com/legal</legalURL>
  </reporter>
  <personOrUserReported>
    <personOrUserReportedPerson>
      <firstName>Robin</firstName><lastName>Dock</lastName>
      <phone type="Mobile" verified="true" verificationDate="2026-10-01T00:00:00Z"
             countryCallingCode="+1" extension="12">204-555-0100</phone>
      <email verified="false">dock.master@example.com</email>
      <age>41</age>
    </personOrUserReportedPerson>
    <vehicleDescription>A blue van</vehicleDescription>
    <espIdentifier>u-1</espIdentifier>
    <espService>Harbor Chat</espService>
    <screenName>dock_master</screenName>
    <displayName>Dock</displayName><displayName>Master</displayName>
    <profileUrl>https://example.com/u/1</profileUrl>
    <profileBio>Boats</profileBio>
    <ipCaptureEvent>
      <ipAddress>192.0.2.7</ipAddress><eventName>Login</eventName>
      <dateTime>2026-10-31T23:00:00Z</dateTime><possibleProxy>false</possibleProxy>
      <port>40000</port>
    </ipCaptureEvent>
    <deviceId><idType>IMEI</idType><idValue>0001</idValue></deviceId>
    <priorCTReports>7855763</priorCTReports>
    <accountTemporarilyDisabled disabledDate="2026-11-02T00:00:00Z"
      >true</accountTemporarilyDisabled>
    <estimatedLocation verified="true"><city>Winnipeg</city><region>MB</region>
      <countryCode>CA</countryCode></estimatedLocation>
    <associatedAccount type="Linked"><espService>Sail Board</espService>
      <screenName>dock2</screenName></associatedAccount>
    <associatedAccount accountType="Parent/Guardian"><firstName>Kim</firstName>
      <approximateAge>70</approximateAge></associatedAccount>
    <additionalInfo>Two accounts</additionalInfo>
  </personOrUserReported>
  <intendedRecipient><screenName>sailor</screenName></intendedRecipient>
  <victim>
    <victimPerson><dateOfBirth>2013-11-22</dateOfBirth></victimPerson>
    <schoolName>Pier School</schoolName>
  </victim>
  <additionalInfo>Sent by the night desk</additionalInfo>
</report>
"""


def report(*, before="", after="", summary=None, reporter=REPORTER, middle="", end=""):
    head = SUMMARY.format(before=before, after=after) if summary is None else summary
    return f"<report>{head}{middle}{reporter}{end}</report>".encode()


def problems(data):
    with pytest.raises(InvalidReport) as refused:
        parse_report(data, now=NOW)
    return refused.value.problems


def told(data):
    return [(problem.path, problem.reason) for problem in problems(data)]


@pytest.fixture(scope="module")
def whole():
    return parse_report(WHOLE, now=NOW, lenient=True)


def test_the_incident_is_read(whole):
    (incident,) = whole.submission.incidents

    assert incident.category == "Online Enticement of Children for Sexual Acts"
    assert incident.happening is Happening.FRIEND
    assert incident.platform == "Harbor Chat"
    assert incident.escalation == "He asked to meet on Saturday"
    assert incident.annotations == ("minorToMinorInteraction",)
    assert incident.moment == Moment(
        at="2026-11-01T15:00:00.500000Z",
        precision=Precision.EXACT,
        zone="-05:00",
        said="2026-11-01T10:00:00.5-05:00",
    )
    assert incident.narrative.split("\n\n") == [
        "First message",
        "The room is open",
        "sails.txt",
        "See you Saturday",
        "Sent by the night desk",
    ]
    assert [(given.kind, given.value) for given in incident.identifiers] == [
        ("url", "https://example.com/room/1"),
        ("ip", "2001:db8::1"),
        ("phone", "204-555-0111"),
        ("email", "Dock.Master@example.com"),
    ]
    assert incident.places == (
        Place(address="Harbor pier"),
        Place(
            country="CA",
            region="MB",
            city="Winnipeg",
            postal_code="R3C 0A1",
            address="1 Pier Road",
        ),
    )
    assert incident.people == tuple(range(7))


def test_everybody_is_read_in_their_role(whole):
    people = whole.submission.people

    assert [person.role for person in people] == [
        PersonRole.SERVICE,
        PersonRole.SERVICE,
        PersonRole.SUSPECT,
        PersonRole.SUSPECT,
        PersonRole.UNKNOWN,
        PersonRole.UNKNOWN,
        PersonRole.VICTIM,
    ]
    assert [person.names for person in people[:3]] == [("Pat Desk",), (), ("Robin Dock",)]
    assert people[4].notes == "associated account (Parent/Guardian) of personOrUserReported"
    assert people[4].age == 70
    assert people[6].age == 12
    assert people[6].age_class is AgeClass.TWELVE_TO_17
    assert people[6].places == (Place(role=PlaceRole.SCHOOL, address="Pier School"),)


def test_the_reported_person_keeps_every_identifier(whole):
    suspect = whole.submission.people[2]

    assert [(g.kind, g.value, g.platform) for g in suspect.identifiers] == [
        ("phone", "+1 204-555-0100 ext. 12", ""),
        ("email", "dock.master@example.com", ""),
        ("account", "u-1", "Harbor Chat"),
        ("handle", "dock_master", "Harbor Chat"),
        ("name", "Dock", "Harbor Chat"),
        ("name", "Master", "Harbor Chat"),
        ("url", "https://example.com/u/1", "Harbor Chat"),
        ("ip", "192.0.2.7", ""),
        ("device", "0001", "IMEI"),
    ]
    assert [given.verified for given in suspect.identifiers[:3]] == [True, False, None]
    ip = suspect.identifiers[7]
    assert (ip.event, ip.port, ip.possible_proxy) == ("Login", 40000, False)
    assert ip.at.at == "2026-10-31T23:00:00Z"
    assert {given.legal_basis for given in suspect.identifiers} == {LegalBasis.STATUTORY_REPORT}
    assert suspect.places == (
        Place(role=PlaceRole.SUSPECT, country="CA", region="MB", city="Winnipeg", verified=True),
    )
    assert suspect.notes == (
        "vehicleDescription: A blue van\nprofileBio: Boats\nadditionalInfo: Two accounts"
    )
    linked = whole.submission.people[3].identifiers[0]
    assert (linked.kind, linked.value, linked.platform) == ("handle", "dock2", "Sail Board")


def test_what_has_no_field_is_kept_with_its_path(whole):
    extra = dict(whole.submission.extra)

    assert extra["report/lawEnforcement/caseNumber"] == "HP-12"
    assert extra["report/lawEnforcement/@fleaCountry"] == "FR"
    assert extra["report/reporter/legalURL"] == "https://example.com/legal"
    assert extra["report/personOrUserReported/priorCTReports"] == "7855763"
    disabled = "report/personOrUserReported/accountTemporarilyDisabled"
    assert extra[disabled] == "true"
    assert extra[f"{disabled}/@disabledDate"] == "2026-11-02T00:00:00Z"


def test_nothing_a_sender_wrote_is_lost(whole):
    kept = str(as_tree(whole.submission))
    words = ("Boat Share", "49.9", "-97.1", "Mobile", "Business", "Harbor Police", "Kim", "sailor")

    assert [word for word in words if word not in kept] == []


def test_oddities_are_told_without_refusing_the_report(whole):
    flags = "report/incidentSummary/reportAnnotations"
    assert whole.warnings == (
        f"{flags}/spam: a false flag was read as if it were not there",
        (
            "report/lawEnforcement: fleaCountry was read as if it stood on"
            " servedLegalProcessInternational"
        ),
        "report/personOrUserReported/associatedAccount[2]: accountType was read as type",
    )
    hasty = report(before="<escalateToHighPriority>true</escalateToHighPriority>")
    (warning,) = parse_report(hasty, now=NOW).warnings
    assert warning.endswith("says that it is urgent, but not why")


def test_a_submission_from_the_wire_is_sealed_and_read_back(whole):
    assert whole.submission.channel is Channel.ISPWS
    assert whole.submission.legal_basis is LegalBasis.STATUTORY_REPORT
    assert from_tree(as_tree(whole.submission)) == whole.submission


def test_the_shortest_report_is_accepted():
    document = parse_report(report(), now=NOW)

    assert document.warnings == ()
    assert document.submission.people[0].role is PersonRole.SERVICE


def test_every_category_of_the_wire_has_a_happening():
    assert set(HAPPENINGS) == set(INCIDENT_TYPES)


def test_a_sextortion_flag_makes_a_threat():
    flagged = report(before="<reportAnnotations><sextortion/></reportAnnotations>")

    (incident,) = parse_report(flagged, now=NOW).submission.incidents

    assert incident.happening is Happening.THREAT


def test_all_problems_are_told_at_once_with_path_and_line():
    data = b"""<report>
<incidentSummary>
<incidentType>Loitering</incidentType>
<incidentDateTime>2026-11-01T10:00:00</incidentDateTime>
</incidentSummary>
<reporter><reportingPerson/></reporter>
<victim>
<victimPerson><age>200</age></victimPerson>
<shoeSize>42</shoeSize>
</victim>
</report>"""

    found = problems(data)

    assert [(problem.path, problem.line) for problem in found] == [
        ("report/incidentSummary/incidentType", 3),
        ("report/incidentSummary/incidentDateTime", 4),
        ("report/reporter/reportingPerson/email", 6),
        ("report/victim/victimPerson/age", 8),
        ("report/victim/shoeSize", 9),
    ]
    assert str(found[4]) == "report/victim/shoeSize (line 9): is not known inside victim"
    assert found[4] == Problem("report/victim/shoeSize", 9, "is not known inside victim")


def test_a_flood_of_problems_is_cut_and_says_so():
    found = problems(report(end="<victim/>" * 300))

    assert len(found) == 101
    assert found[-1].reason == "has more faults than are listed"


def test_another_document_is_refused():
    assert told(b"<fileDetails/>") == [("fileDetails", "must be report")]
    assert told(b'<report xmlns="urn:x"/>') == [("{urn:x}report", "must be report")]


def test_hostile_xml_is_malformed_and_not_merely_invalid():
    with pytest.raises(MalformedXml, match="DOCTYPE"):
        parse_report(b'<!DOCTYPE report [<!ENTITY a "b">]><report>&a;</report>', now=NOW)
