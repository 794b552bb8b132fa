"""Where documentation, schema and clients of the wire part: what Havre does, each point once."""

import pytest

from havre.intake.providers.wires.ispws import InvalidReport, parse_file_details, parse_report
from tests.wires.test_ispws_each_rule import account, batched, report, timed, user
from tests.wires.test_ispws_files import details
from tests.wires.test_ispws_parsing import NOW

SERVED = "<servedLegalProcessInternational{}>true</servedLegalProcessInternational>"
PAIR = "<nameValuePair{}><name>Make</name><value>Box</value></nameValuePair>"


def agency(inside="", attributes=""):
    name = "<agencyName>Harbor</agencyName>"
    return report(middle=f"<lawEnforcement{attributes}>{name}{inside}</lawEnforcement>")


# A document, whether it is read strictly, how many warnings that gives, and how many leniently.
# None: refused.
POINTS = {
    "account type in type": (account("", 'type="Billing"'), 0, 0),
    "account type in accountType": (account("", 'accountType="Billing"'), 1, 1),
    "account type nowhere": (account("", ""), None, None),
    "thirdPartyUser on platform": (account('<platform thirdPartyUser="true">a</platform>'), 0, 0),
    "thirdPartyUser on the account": (account("", 'type="Other" thirdPartyUser="true"'), 1, 1),
    "fleaCountry where the schema has it": (agency(SERVED.format(' fleaCountry="FR"')), 0, 0),
    "fleaCountry on lawEnforcement": (agency(SERVED.format(""), ' fleaCountry="FR"'), 1, 1),
    "details type on details": (
        details(f'<details type="EXIF">{PAIR.format("")}</details>'),
        0,
        0,
    ),
    "details type on the pair": (
        details("<details>" + PAIR.format(' type="HASH"') + "</details>"),
        1,
        1,
    ),
    "several reported without a batch": (
        report(end="<personOrUserReported/>" * 2),
        None,
        None,
    ),
    "several reported in a batch": (
        batched("<personOrUserReported><espIdentifier>2</espIdentifier></personOrUserReported>"),
        0,
        0,
    ),
    "reporter without e-mail": (
        report(reporter="<reporter><reportingPerson/></reporter>"),
        None,
        None,
    ),
    "time without a zone": (timed("2026-11-01T10:00:00"), None, 1),
    "attribute without a zone": (
        user(
            '<accountPermanentlyDisabled disabledDate="2026-11-01T10:00:00">true'
            "</accountPermanentlyDisabled>"
        ),
        None,
        1,
    ),
    "file id that is hex": (details(first="<reportId>7</reportId><fileId>12ab</fileId>"), 0, 0),
    "empty reportAnnotations": (report(before="<reportAnnotations/>"), 0, 0),
    "empty fileAnnotations": (details("<fileAnnotations/>"), 0, 0),
    "false flag of a report": (
        report(before="<reportAnnotations><spam>false</spam></reportAnnotations>"),
        None,
        1,
    ),
    "false flag of a file": (
        details("<fileAnnotations><viral>0</viral></fileAnnotations>"),
        None,
        1,
    ),
    "escalation without a reason": (
        report(before="<escalateToHighPriority>true</escalateToHighPriority>"),
        1,
        1,
    ),
    "flag of 2026": (
        report(before="<reportAnnotations><informational/></reportAnnotations>"),
        0,
        0,
    ),
    "age discrepancy of 2026": (
        user(
            "<personOrUserReportedPerson><age>30</age><ageAssertionDiscrepancy>says 14"
            "</ageAssertionDiscrepancy></personOrUserReportedPerson>"
        ),
        0,
        0,
    ),
}


def warnings(document, *, lenient):
    parse = parse_file_details if document.startswith(b"<fileDetails") else parse_report
    try:
        return len(parse(document, now=NOW, lenient=lenient).warnings)
    except InvalidReport:
        return None


@pytest.mark.parametrize("point", POINTS)
def test_each_contradiction_is_resolved_as_the_table_says(point):
    document, strictly, leniently = POINTS[point]
    assert warnings(document, lenient=False) == strictly
    assert warnings(document, lenient=True) == leniently


def test_a_lenient_reading_takes_utc_where_a_zone_is_missing():
    document = parse_report(timed("2026-11-01T10:00:00"), now=NOW, lenient=True)
    assert document.submission.incidents[0].moment.at == "2026-11-01T10:00:00Z"
    assert document.warnings == (
        "report/incidentSummary/incidentDateTime: a time without a zone was read as UTC",
    )


def test_a_lenient_reading_still_refuses_what_can_be_meant_in_two_ways():
    with pytest.raises(InvalidReport, match="must be in the past"):
        parse_report(timed("2027-01-01T10:00:00"), now=NOW, lenient=True)
