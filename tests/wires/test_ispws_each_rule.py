"""Each rule of the wire by its name: one document that keeps it, one that breaks it, and where."""

import pytest

from havre.intake.providers.wires.ispws import InvalidReport, parse_file_details, parse_report
from tests.wires.test_ispws_files import details
from tests.wires.test_ispws_parsing import NOW, SUMMARY, report

SUSPECT = "report/personOrUserReported"
WHO = f"{SUSPECT}/personOrUserReportedPerson"
PAST, LATER, FUTURE = "2026-10-01T00:00:00Z", "2026-10-02T00:00:00Z", "2027-01-01T00:00:00Z"
BATCH = '<batchedReport reason="VIRAL_POTENTIAL_MEME"/>'
BATCHED = BATCH + SUMMARY.format(before="", after="")
ONLY = "<personOrUserReported><espIdentifier>u-1</espIdentifier></personOrUserReported>"
MEME = "<fileAnnotations><potentialMeme/></fileAnnotations>"


def user(inside):
    return report(end=f"<personOrUserReported>{inside}</personOrUserReported>")


def person(inside):
    return user(f"<personOrUserReportedPerson>{inside}</personOrUserReportedPerson>")


def found(inside):
    return report(middle=f"<internetDetails>{inside}</internetDetails>")


def email_in(kind, address):
    known = "<email>dock.master@example.com</email>"
    said = f"<internetDetails><{kind}><emailAddress>{address}</emailAddress></{kind}>"
    who = f"<personOrUserReportedPerson>{known}</personOrUserReportedPerson>"
    return report(
        middle=f"{said}</internetDetails>",
        end=f"<personOrUserReported>{who}</personOrUserReported>",
    )


def disabled(name, **dates):
    said = " ".join(f'{key}="{value}"' for key, value in dates.items())
    return user(f"<{name} {said}>true</{name}>")


def location(country, city="", region=""):
    said = f"<city>{city}</city>" * bool(city) + f"<region>{region}</region>" * bool(region)
    return user(
        f"<estimatedLocation>{said}<countryCode>{country}</countryCode></estimatedLocation>"
    )


def timed(said):
    kind = "<incidentType>Child Sex Tourism</incidentType>"
    inside = f"{kind}<incidentDateTime>{said}</incidentDateTime>"
    return report(summary=f"<incidentSummary>{inside}</incidentSummary>")


def kind_of(said):
    when = f"<incidentDateTime>{PAST}</incidentDateTime>"
    kind = f"<incidentType>{said}</incidentType>"
    return report(summary=f"<incidentSummary>{kind}{when}</incidentSummary>")


def account(inside="", attributes='type="Other"'):
    return user(f"<associatedAccount {attributes}>{inside}</associatedAccount>")


def batched(more="", end=ONLY, before="", middle=""):
    head = BATCH + SUMMARY.format(before=before, after="")
    return report(summary=head, end=end + more, middle=middle)


RULES = {
    # 3.5, the report
    "3.5 order": (
        report(before="<platform>Harbor</platform>"),
        report(after="<platform>Harbor</platform>"),
        "report/incidentSummary/platform",
    ),
    "3.5 batch reason": (batched(), report(summary=BATCHED.replace("VIRAL", "A")), "batchedReport"),
    "3.5 escalation is a reason": (
        report(before="<escalateToHighPriority>He waits there.</escalateToHighPriority>"),
        report(before="<escalateToHighPriority> </escalateToHighPriority>"),
        "report/incidentSummary/escalateToHighPriority",
    ),
    "3.5 annotations in any order, true": (
        report(
            before="<reportAnnotations><spam/><sextortion>true</sextortion></reportAnnotations>"
        ),
        report(before="<reportAnnotations><spam>false</spam></reportAnnotations>"),
        "reportAnnotations/spam",
    ),
    "3.5 incident in the past": (timed(PAST), timed(FUTURE), "incidentDateTime"),
    "3.5 incident with a zone": (
        timed("2026-10-01T00:00:00.250-05:00"),
        timed("2026-10-01T00:00:00"),
        "incidentDateTime",
    ),
    "3.5 one kind of internet details": (
        found("<webPageIncident/>"),
        found("<webPageIncident/><emailIncident/>"),
        "report/internetDetails",
    ),
    "3.5 some kind of internet details": (found("<chatImIncident/>"), found(""), "internetDetails"),
    "3.5 URL without whitespace": (
        found("<webPageIncident><url>https://example.com/a</url></webPageIncident>"),
        found("<webPageIncident><url>https://example.com/a b</url></webPageIncident>"),
        "webPageIncident/url",
    ),
    "3.5 e-mail of an e-mail incident is known": (
        email_in("emailIncident", "Dock.Master@example.com"),
        email_in("emailIncident", "nobody@example.com"),
        "emailIncident/emailAddress",
    ),
    "3.5 e-mail of a newsgroup is known": (
        email_in("newsgroupIncident", "dock.master@example.com"),
        email_in("newsgroupIncident", "nobody@example.com"),
        "newsgroupIncident/emailAddress",
    ),
    "3.5 agency has a name": (
        report(middle="<lawEnforcement><agencyName>Harbor</agencyName></lawEnforcement>"),
        report(middle="<lawEnforcement><caseNumber>1</caseNumber></lawEnforcement>"),
        "report/lawEnforcement/agencyName",
    ),
    "3.5 reporter has an e-mail": (
        report(),
        report(reporter="<reporter><reportingPerson/></reporter>"),
        "report/reporter/reportingPerson/email",
    ),
    "3.5 contact has no age": (
        report(reporter=report().decode().split("</incidentSummary>")[1].split("</report>")[0]),
        report(
            reporter="<reporter><reportingPerson><email>a@example.com</email></reportingPerson>"
            "<contactPerson><age>40</age></contactPerson></reporter>"
        ),
        "contactPerson/age",
    ),
    "3.5 one reported person": (
        user(""),
        report(end="<personOrUserReported/>" * 2),
        "report/personOrUserReported[2]",
    ),
    "3.5 prior reports are numbers": (
        user("<priorCTReports>7855763</priorCTReports>"),
        user("<priorCTReports>R-7855</priorCTReports>"),
        f"{SUSPECT}/priorCTReports",
    ),
    "3.5 victim has a person": (
        report(end="<victim><victimPerson/></victim>"),
        report(end="<victim/>"),
        "report/victim/victimPerson",
    ),
    "3.5 recipient may have several notes": (
        report(
            end="<intendedRecipient>"
            + "<additionalInfo>a</additionalInfo>" * 2
            + "</intendedRecipient>"
        ),
        user("<additionalInfo>a</additionalInfo>" * 2),
        f"{SUSPECT}/additionalInfo",
    ),
    "3.5 birth in the past": (
        person("<dateOfBirth>2010-01-01</dateOfBirth>"),
        person("<dateOfBirth>2027-01-01</dateOfBirth>"),
        f"{WHO}/dateOfBirth",
    ),
    "3.5 verified where there is a date": (
        person(f'<email verified="true" verificationDate="{PAST}">a@example.com</email>'),
        person(f'<email verificationDate="{PAST}">a@example.com</email>'),
        f"{WHO}/email/@verified",
    ),
    "3.5 verification in the past": (
        person(f'<phone verified="1" verificationDate="{PAST}">204 555 0100</phone>'),
        person(f'<phone verified="1" verificationDate="{FUTURE}">204 555 0100</phone>'),
        f"{WHO}/phone/@verificationDate",
    ),
    "3.5 calling code apart from the number": (
        person('<phone countryCallingCode="+44">204 555 0100</phone>'),
        person('<phone countryCallingCode="+44">+44 204 555 0100</phone>'),
        f"{WHO}/phone",
    ),
    "3.5 local part of an e-mail": (
        person(f"<email>{'a' * 64}@example.com</email>"),
        person(f"<email>{'a' * 65}@example.com</email>"),
        f"{WHO}/email",
    ),
    "3.5 province stands in nonUsaState": (
        person("<address><nonUsaState>MB</nonUsaState><country>CA</country></address>"),
        person("<address><state>MB</state><country>CA</country></address>"),
        f"{WHO}/address/state",
    ),
    "3.5 countries beside the list": (
        person("<address><country>A1</country></address>"),
        person("<address><country>ZZ</country></address>"),
        f"{WHO}/address/country",
    ),
    "3.5 addresses of either kind": (
        user("<ipCaptureEvent><ipAddress>::ffff:192.0.2.1</ipAddress></ipCaptureEvent>"),
        user("<ipCaptureEvent><ipAddress>192.0.2</ipAddress></ipCaptureEvent>"),
        f"{SUSPECT}/ipCaptureEvent/ipAddress",
    ),
    "3.5 capture in the past": (
        user(
            f"<ipCaptureEvent><ipAddress>192.0.2.1</ipAddress><dateTime>{PAST}</dateTime>"
            "</ipCaptureEvent>"
        ),
        user(
            f"<ipCaptureEvent><ipAddress>192.0.2.1</ipAddress><dateTime>{FUTURE}</dateTime>"
            "</ipCaptureEvent>"
        ),
        "ipCaptureEvent/dateTime",
    ),
    "3.5 US city with its state": (
        location("US", "Fargo", "ND"),
        location("US", "Fargo", "Dakota"),
        f"{SUSPECT}/estimatedLocation/region",
    ),
    "3.5 location with its country": (
        location("CA", "Winnipeg", "Manitoba"),
        user("<estimatedLocation><city>Winnipeg</city></estimatedLocation>"),
        f"{SUSPECT}/estimatedLocation/countryCode",
    ),
    "3.5 age or birth, not both": (
        account("<approximateAge>40</approximateAge>"),
        account("<approximateAge>40</approximateAge><dateOfBirth>1986-01-01</dateOfBirth>"),
        f"{SUSPECT}/associatedAccount/approximateAge",
    ),
    "3.5 prior report of an account is singular": (
        account("<priorCTReport>1</priorCTReport>"),
        account("<priorCTReports>1</priorCTReports>"),
        "associatedAccount/priorCTReports",
    ),
    "3.5 told after disabling": (
        disabled("accountPermanentlyDisabled", disabledDate=PAST, userNotifiedDate=PAST),
        disabled("accountPermanentlyDisabled", disabledDate=LATER, userNotifiedDate=PAST),
        "accountPermanentlyDisabled/@userNotifiedDate",
    ),
    "3.5 back after disabling": (
        disabled("accountTemporarilyDisabled", disabledDate=PAST, reenabledDate=LATER),
        disabled("accountTemporarilyDisabled", disabledDate=PAST, reenabledDate=PAST),
        "accountTemporarilyDisabled/@reenabledDate",
    ),
    "3.5 back only from a while": (
        disabled("accountTemporarilyDisabled", reenabledDate=PAST),
        disabled("accountPermanentlyDisabled", reenabledDate=PAST),
        "accountPermanentlyDisabled/@reenabledDate",
    ),
    "3.5 disabled in the past": (
        disabled("accountPermanentlyDisabled", disabledDate=PAST),
        disabled("accountPermanentlyDisabled", disabledDate=FUTURE),
        "accountPermanentlyDisabled/@disabledDate",
    ),
    # 3.6, the categories
    "3.6 exact words": (
        kind_of("Online Enticement of Children for Sexual Acts"),
        kind_of("online enticement of children for sexual acts"),
        "report/incidentSummary/incidentType",
    ),
    # 3.7, the details of a file, and batches
    "3.7 exif seen, then all seen": (
        details("<fileViewedByEsp>true</fileViewedByEsp><exifViewedByEsp>true</exifViewedByEsp>"),
        details("<fileViewedByEsp>false</fileViewedByEsp><exifViewedByEsp>true</exifViewedByEsp>"),
        "fileDetails/fileViewedByEsp",
    ),
    "3.7 legacy meme or annotations": (
        details("<potentialMeme>true</potentialMeme>"),
        details("<potentialMeme>true</potentialMeme><fileAnnotations/>"),
        "fileDetails/fileAnnotations",
    ),
    "3.7 supplemental file has no class": (
        details(
            "<fileRelevance>Reported</fileRelevance>"
            "<industryClassification>A1</industryClassification>"
        ),
        details(
            "<fileRelevance>Supplemental Reported</fileRelevance>"
            "<industryClassification>A1</industryClassification>"
        ),
        "fileDetails/industryClassification",
    ),
    "3.7 supplemental file is no meme": (
        details("<fileRelevance>Supplemental Reported</fileRelevance>"),
        details("<fileRelevance>Supplemental Reported</fileRelevance>" + MEME),
        "fileDetails/fileAnnotations/potentialMeme",
    ),
    "3.7 hash names its kind": (
        details('<originalFileHash hashType="MD5">00ff</originalFileHash>'),
        details("<originalFileHash>00ff</originalFileHash>"),
        "fileDetails/originalFileHash/@hashType",
    ),
    "3.7 one capture": (
        details("<ipCaptureEvent><ipAddress>192.0.2.1</ipAddress></ipCaptureEvent>"),
        details("<ipCaptureEvent><ipAddress>192.0.2.1</ipAddress></ipCaptureEvent>" * 2),
        "fileDetails/ipCaptureEvent",
    ),
    "3.7 details hold a pair": (
        details(
            "<details><nameValuePair><name>Make</name><value>Box</value></nameValuePair></details>"
        ),
        details("<details/>"),
        "fileDetails/details/nameValuePair",
    ),
    "3.7 batch holds many accounts": (batched(ONLY), batched(), None),
    "3.7 batch names accounts alone": (
        batched(),
        batched("<personOrUserReported><screenName>a</screenName></personOrUserReported>"),
        "personOrUserReported[2]/screenName",
    ),
    "3.7 batch without escalation": (
        batched(),
        batched(before="<escalateToHighPriority>soon</escalateToHighPriority>"),
        "escalateToHighPriority",
    ),
    "3.7 batch without internet details": (
        batched(),
        batched(middle="<internetDetails><webPageIncident/></internetDetails>"),
        "report/internetDetails",
    ),
    "3.7 batch without law enforcement": (
        batched(),
        batched(middle="<lawEnforcement><agencyName>A</agencyName></lawEnforcement>"),
        "report/lawEnforcement",
    ),
    "3.7 batch without recipient": (
        batched(),
        batched("<intendedRecipient/>"),
        "report/intendedRecipient",
    ),
    "3.7 batch without victim": (
        batched(),
        batched("<victim><victimPerson/></victim>"),
        "report/victim",
    ),
    "3.7 batch without notes": (
        batched(),
        batched("<additionalInfo>more</additionalInfo>"),
        "report/additionalInfo",
    ),
}
# The second half of this one is a report as well: both are taken.
BOTH_TAKEN = {"3.7 batch holds many accounts"}


def read(document):
    parse = parse_file_details if document.startswith(b"<fileDetails") else parse_report
    return parse(document, now=NOW)


@pytest.mark.parametrize("rule", RULES)
def test_each_rule_takes_what_keeps_it_and_refuses_what_breaks_it(rule):
    keeps, breaks, place = RULES[rule]
    read(keeps)
    if rule in BOTH_TAKEN:
        assert len(read(keeps).submission.people) > len(read(breaks).submission.people)
        return
    with pytest.raises(InvalidReport) as refused:
        read(breaks)
    assert any(place in problem.path for problem in refused.value.problems), refused.value
    assert all(problem.line and problem.reason for problem in refused.value.problems)
