"""Each rule of the wire once: a report that breaks it is refused at that place."""

import pytest

from havre.intake.providers.wires.ispws import parse_report
from tests.wires.test_ispws_parsing import NOW, REPORTER, SUMMARY, report, told

PERSON = "<personOrUserReported><personOrUserReportedPerson>{}</personOrUserReportedPerson>"
SUSPECT = "report/personOrUserReported"
WHO = f"{SUSPECT}/personOrUserReportedPerson"

KINDS = (
    "webPageIncident, emailIncident, newsgroupIncident, chatImIncident, onlineGamingIncident, "
    "cellPhoneIncident, nonInternetIncident, peer2peerIncident"
)


def person(inside="", after=""):
    return report(end=PERSON.format(inside) + after + "</personOrUserReported>")


def summary(inside):
    return report(summary=f"<incidentSummary>{inside}</incidentSummary>")


REFUSED = {
    "no incident": (report(summary=""), "report/incidentSummary", "is missing"),
    "no reporter": (report(reporter=""), "report/reporter", "is missing"),
    "no category": (
        summary("<incidentDateTime>2026-11-01T10:00:00Z</incidentDateTime>"),
        "report/incidentSummary/incidentType",
        "is missing",
    ),
    "out of order": (
        report(after="<platform>Harbor</platform>"),
        "report/incidentSummary/platform",
        "must stand before incidentDateTime",
    ),
    "twice": (
        report(before="<platform>a</platform><platform>b</platform>"),
        "report/incidentSummary/platform",
        "may stand 1 time at most, not 2",
    ),
    "too long": (
        report(before=f"<platform>{'a' * 257}</platform>"),
        "report/incidentSummary/platform",
        "has 257 characters; at most 256 are allowed",
    ),
    "blank reason": (
        report(before="<escalateToHighPriority>  </escalateToHighPriority>"),
        "report/incidentSummary/escalateToHighPriority",
        "must not be blank",
    ),
    "flag with a word": (
        report(before="<reportAnnotations><spam>maybe</spam></reportAnnotations>"),
        "report/incidentSummary/reportAnnotations/spam",
        "must be empty or true",
    ),
    "unknown flag": (
        report(before="<reportAnnotations><other/></reportAnnotations>"),
        "report/incidentSummary/reportAnnotations/other",
        "is not known inside reportAnnotations",
    ),
    "stray text": (report(end="hello"), "report", "holds elements only, no text"),
    "elements in text": (
        person("<firstName>A<b/></firstName>"),
        f"{WHO}/firstName",
        "holds text only, no elements",
    ),
    "unknown attribute": (
        person('<firstName lang="en">A</firstName>'),
        f"{WHO}/firstName/@lang",
        "is not known on firstName",
    ),
    "two kinds of incident in one": (
        report(
            middle="<internetDetails><webPageIncident/><chatImIncident/></internetDetails>",
        ),
        "report/internetDetails",
        f"must hold exactly one of {KINDS}",
    ),
    "URL with a blank": (
        person(after="<profileUrl>https://example.com/a b</profileUrl>"),
        f"{SUSPECT}/profileUrl",
        "must be a URL, with its scheme and without blanks",
    ),
    "URL too long": (
        person(after=f"<profileUrl>https://example.com/{'a' * 2083}</profileUrl>"),
        f"{SUSPECT}/profileUrl",
        "has 2103 characters; at most 2083 are allowed",
    ),
    "no e-mail": (
        person("<email>dock master</email>"),
        f"{WHO}/email",
        "is not a well-formed e-mail address",
    ),
    "e-mail with a long beginning": (
        person(f"<email>{'a' * 65}@example.com</email>"),
        f"{WHO}/email",
        "has more than 64 characters before the @",
    ),
    "e-mail too long": (
        person(f"<email>a@{'b' * 255}</email>"),
        f"{WHO}/email",
        "has 257 characters; at most 255 are allowed",
    ),
    "unverified with a date": (
        person('<email verificationDate="2026-01-01T00:00:00Z">a@example.com</email>'),
        f"{WHO}/email/@verified",
        "must be true where there is a verificationDate",
    ),
    "calling code twice": (
        person('<phone countryCallingCode="+1">+1 204 555 0100</phone>'),
        f"{WHO}/phone",
        "must not begin with the countryCallingCode that is given beside it",
    ),
    "calling code without plus": (
        person('<phone countryCallingCode="1">204 555 0100</phone>'),
        f"{WHO}/phone/@countryCallingCode",
        "must be + and one to three digits",
    ),
    "long extension": (
        person('<phone extension="12345678901">204 555 0100</phone>'),
        f"{WHO}/phone/@extension",
        "must be one to ten digits",
    ),
    "age of a tree": (
        person("<age>151</age>"),
        f"{WHO}/age",
        "must be a whole number from 0 to 150",
    ),
    "born tomorrow": (
        person("<dateOfBirth>2026-11-22</dateOfBirth>"),
        f"{WHO}/dateOfBirth",
        "must be in the past",
    ),
    "born on no day": (
        person("<dateOfBirth>2026-02-30</dateOfBirth>"),
        f"{WHO}/dateOfBirth",
        "must be a date such as 2010-11-01",
    ),
    "unknown country": (
        person("<address><country>XX</country></address>"),
        f"{WHO}/address/country",
        "must be a two-letter country code",
    ),
    "province as a US state": (
        person("<address><state>MB</state></address>"),
        f"{WHO}/address/state",
        "must be a two-letter code of a US state",
    ),
    "no address of a computer": (
        person(after="<ipCaptureEvent><ipAddress>300.1.1.1</ipAddress></ipCaptureEvent>"),
        f"{SUSPECT}/ipCaptureEvent/ipAddress",
        "must be an IPv4 or IPv6 address",
    ),
    "port zero": (
        person(
            after="<ipCaptureEvent><ipAddress>192.0.2.1</ipAddress><port>0</port></ipCaptureEvent>"
        ),
        f"{SUSPECT}/ipCaptureEvent/port",
        "must be a whole number from 1 to 65535",
    ),
    "device without a value": (
        person(after="<deviceId><idType>IMEI</idType></deviceId>"),
        f"{SUSPECT}/deviceId/idValue",
        "is missing",
    ),
    "neither yes nor no": (
        person(after="<compromisedAccount>maybe</compromisedAccount>"),
        f"{SUSPECT}/compromisedAccount",
        "must be true or false",
    ),
    "told before it was disabled": (
        person(
            after='<accountPermanentlyDisabled disabledDate="2026-11-02T00:00:00Z"'
            ' userNotifiedDate="2026-11-01T00:00:00Z">true</accountPermanentlyDisabled>'
        ),
        f"{SUSPECT}/accountPermanentlyDisabled/@userNotifiedDate",
        "must not be before the disabledDate",
    ),
    "back before it was disabled": (
        person(
            after='<accountTemporarilyDisabled disabledDate="2026-11-02T00:00:00Z"'
            ' reenabledDate="2026-11-02T00:00:00Z">true</accountTemporarilyDisabled>'
        ),
        f"{SUSPECT}/accountTemporarilyDisabled/@reenabledDate",
        "must be after the disabledDate",
    ),
    "US city without a state": (
        person(
            after="<estimatedLocation><city>Fargo</city><countryCode>US</countryCode>"
            "</estimatedLocation>"
        ),
        f"{SUSPECT}/estimatedLocation/region",
        "must be the two-letter code of a US state",
    ),
    "account without a type": (
        person(after="<associatedAccount/>"),
        f"{SUSPECT}/associatedAccount/@type",
        "is missing",
    ),
    "two ages": (
        person(
            after='<associatedAccount type="Other"><approximateAge>40</approximateAge>'
            "<dateOfBirth>1986-01-01</dateOfBirth></associatedAccount>"
        ),
        f"{SUSPECT}/associatedAccount/approximateAge",
        "cannot stand beside dateOfBirth",
    ),
    "victim without a person": (
        report(end="<victim/>"),
        "report/victim/victimPerson",
        "is missing",
    ),
    "e-mail of nobody": (
        report(
            middle="<internetDetails><emailIncident><emailAddress>a@example.com</emailAddress>"
            "</emailIncident></internetDetails>"
        ),
        "report/internetDetails/emailIncident/emailAddress",
        "must also be an email of one of personOrUserReported, intendedRecipient, victim",
    ),
    "no latitude": (
        report(
            middle="<internetDetails><cellPhoneIncident><latitude>north</latitude>"
            "</cellPhoneIncident></internetDetails>"
        ),
        "report/internetDetails/cellPhoneIncident/latitude",
        "must be a number",
    ),
    "law enforcement without a name": (
        report(middle="<lawEnforcement/>"),
        "report/lawEnforcement/agencyName",
        "is missing",
    ),
    "two reported people": (
        report(end="<personOrUserReported/><personOrUserReported/>"),
        "report/personOrUserReported[2]",
        "only a batched report may hold more than one",
    ),
}


@pytest.mark.parametrize(("data", "path", "reason"), REFUSED.values(), ids=REFUSED)
def test_a_broken_rule_is_told_with_its_place(data, path, reason):
    assert told(data) == [(path, reason)]


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("2026-11-01T10:00:00", "must end with a time zone: Z or an offset such as -05:00"),
        ("2026-11-21T12:00:01Z", "must be in the past"),
        ("yesterday", "must be a date and time such as 2026-11-01T10:00:00Z"),
        ("2026-13-01T10:00:00Z", "must be a date and time such as 2026-11-01T10:00:00Z"),
        ("0001-01-01T00:00:00+14:00", "must be a date and time such as 2026-11-01T10:00:00Z"),
        ("", "must be a date and time such as 2026-11-01T10:00:00Z"),
    ],
)
def test_the_time_of_an_incident_must_be_past_and_have_a_zone(said, reason):
    kind = "<incidentType>Child Sex Tourism</incidentType>"
    data = summary(f"{kind}<incidentDateTime>{said}</incidentDateTime>")

    assert told(data) == [("report/incidentSummary/incidentDateTime", reason)]


def test_a_batch_may_hold_several_accounts_and_nothing_else():
    batch = '<batchedReport reason="VIRAL_POTENTIAL_MEME"/>'
    accounts = "<personOrUserReported><espIdentifier>{}</espIdentifier></personOrUserReported>"
    good = batch + SUMMARY.format(before="", after="")
    bad = batch + SUMMARY.format(
        before="<escalateToHighPriority>soon</escalateToHighPriority>", after=""
    )
    two = accounts.format(1) + accounts.format(2)

    document = parse_report(report(summary=good, end=two), now=NOW)

    assert len(document.submission.people) == 3
    assert document.submission.extra[0] == ("report/batchedReport/@reason", "VIRAL_POTENTIAL_MEME")
    extra = "<personOrUserReported><screenName>a</screenName></personOrUserReported>"
    info = "<additionalInfo>more</additionalInfo>"
    assert [path for path, _ in told(report(summary=bad, end=extra + info))] == [
        "report/incidentSummary/escalateToHighPriority",
        "report/additionalInfo",
        "report/personOrUserReported/screenName",
    ]
    unreasoned = report(summary="<batchedReport/>" + SUMMARY.format(before="", after=""))
    assert told(unreasoned) == [("report/batchedReport/@reason", "is missing")]


def test_empty_annotations_and_empty_places_are_accepted():
    data = report(
        before="<reportAnnotations/>",
        end="<personOrUserReported><personOrUserReportedPerson>"
        "<address><state></state><nonUsaState>Atlantis</nonUsaState><country></country></address>"
        "</personOrUserReportedPerson></personOrUserReported>",
    )

    suspect = parse_report(data, now=NOW).submission.people[1]

    assert suspect.places[0].region == ""
    assert suspect.places[0].address == "Atlantis"


def test_the_shortest_reporter_is_a_person_with_an_email():
    bare = REPORTER.replace("<email>desk@example.com</email>", "")

    assert told(report(reporter=bare)) == [
        (
            "report/reporter/reportingPerson/email",
            "is missing; a reporting person needs one at least",
        )
    ]
