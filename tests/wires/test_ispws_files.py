import pytest

from havre.intake.providers.wires.ispws import InvalidReport, parse_file_details
from havre.intake.providers.wires.ispws_values import as_moment
from havre.intake.rules.submission import GivenIdentifier, LegalBasis, Moment
from tests.wires.test_ispws_parsing import NOW


def details(inside="", first="<reportId>7</reportId><fileId>ab12</fileId>"):
    return f"<fileDetails>{first}{inside}</fileDetails>".encode()


def test_the_details_of_a_file_are_read():
    document = parse_file_details(
        details(
            "<fileName>a.txt</fileName><originalFileName>b.txt</originalFileName>"
            "<uploadedToEspTimestamp>2026-11-01T00:00:00Z</uploadedToEspTimestamp>"
            "<locationOfFile>https://example.com/f/1</locationOfFile>"
            "<fileViewedByEsp>true</fileViewedByEsp><exifViewedByEsp>true</exifViewedByEsp>"
            "<publiclyAvailable>false</publiclyAvailable><fileRelevance>Reported</fileRelevance>"
            "<fileAnnotations><viral/><infant>false</infant></fileAnnotations>"
            "<industryClassification>B2</industryClassification>"
            '<originalFileHash hashType="MD5">00ff</originalFileHash>'
            "<ipCaptureEvent><ipAddress>192.0.2.9</ipAddress></ipCaptureEvent>"
            "<deviceId><idType>IMEI</idType><idValue>1</idValue></deviceId>"
            '<details type="EXIF"><nameValuePair><name>Make</name><value>Box</value>'
            "</nameValuePair></details><additionalInfo>One of two</additionalInfo>"
        ),
        now=NOW,
        lenient=True,
    )

    facts = document.facts
    assert (document.report_number, document.file_id) == (7, "ab12")
    assert facts.name == "b.txt"
    assert (facts.viewed_by_sender, facts.publicly_available) == (True, False)
    assert facts.classification == "B2"
    assert facts.annotations == ("viral",)
    assert facts.hashes == (("MD5", "00ff"),)
    assert facts.uploaded_at.at == "2026-11-01T00:00:00Z"
    assert facts.identifiers[0] == GivenIdentifier(
        kind="url", value="https://example.com/f/1", legal_basis=LegalBasis.STATUTORY_REPORT
    )
    assert [given.kind for given in facts.identifiers] == ["url", "ip", "device"]
    assert facts.notes.split("\n") == [
        "fileName: a.txt",
        "One of two",
        "Make: Box",
        "fileDetails/exifViewedByEsp: true",
        "fileDetails/fileRelevance: Reported",
        "fileDetails/details/@type: EXIF",
    ]
    assert len(document.warnings) == 1


def test_what_is_not_said_of_a_file_stays_unknown():
    facts = parse_file_details(details("<potentialMeme>true</potentialMeme>"), now=NOW).facts

    assert facts.viewed_by_sender is None
    assert facts.publicly_available is None
    assert facts.uploaded_at is None
    assert facts.annotations == ("potentialMeme",)


@pytest.mark.parametrize(
    ("data", "path"),
    [
        (details(first="<reportId>x</reportId><fileId>a</fileId>"), "fileDetails/reportId"),
        (details(first="<reportId>7</reportId>"), "fileDetails/fileId"),
        (details("<exifViewedByEsp>true</exifViewedByEsp>"), "fileDetails/fileViewedByEsp"),
        (
            details("<potentialMeme>true</potentialMeme><fileAnnotations/>"),
            "fileDetails/fileAnnotations",
        ),
        (
            details(
                "<fileRelevance>Supplemental Reported</fileRelevance>"
                "<industryClassification>A1</industryClassification>"
            ),
            "fileDetails/industryClassification",
        ),
        (
            details(
                "<fileRelevance>Supplemental Reported</fileRelevance>"
                "<fileAnnotations><potentialMeme/></fileAnnotations>"
            ),
            "fileDetails/fileAnnotations/potentialMeme",
        ),
        (
            details("<originalFileHash>00ff</originalFileHash>"),
            "fileDetails/originalFileHash/@hashType",
        ),
        (details("<details/>"), "fileDetails/details/nameValuePair"),
        (b"<report/>", "report"),
    ],
)
def test_wrong_details_of_a_file_are_refused(data, path):
    with pytest.raises(InvalidReport) as refused:
        parse_file_details(data, now=NOW)

    assert [problem.path for problem in refused.value.problems] == [path]


def test_a_time_that_cannot_be_understood_is_kept_as_it_was_said():
    assert as_moment("last Saturday") == Moment(said="last Saturday")
