"""The provider wire (CyberTipline-compatible XML): a report or a file's details, as we keep them.

The common path. The sender's bytes are sealed as they came by the caller; what is read here has a
field of the submission, or stands in its `extra` under its own path: nothing is dropped.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from havre.intake.providers.wires import ispws_grammar, ispws_people
from havre.intake.providers.wires.ispws_lenient import relaxed
from havre.intake.providers.wires.ispws_rules import (
    batched_file_faults,
    file_faults,
    report_faults,
    warnings_of,
)
from havre.intake.providers.wires.ispws_tree import (
    MOST_PROBLEMS,
    Group,
    InvalidReport,
    Node,
    Problem,
    faults,
    node_of,
)
from havre.intake.providers.wires.ispws_values import as_moment
from havre.intake.providers.wires.safe_xml import MalformedXml, safe_xml
from havre.intake.rules.submission import (
    Channel,
    FileFacts,
    GivenIdentifier,
    Happening,
    Incident,
    LegalBasis,
    Person,
    Place,
    PlaceRole,
    Submission,
)

__all__ = [
    "FileDetails",
    "InvalidReport",
    "MalformedXml",
    "Problem",
    "ReportDocument",
    "Supplement",
    "details_in",
    "is_batched",
    "names_a_batch",
    "parse_file_details",
    "parse_report",
    "parse_supplement",
    "refuse",
    "report_in",
]

# Chat logs travel inside; files never do.
MOST_BYTES = 8 * 1024 * 1024

# Sextortion is told by a flag whatever the category, so it is looked at first.
HAPPENINGS = {
    "Child Pornography (possession, manufacture, and distribution)": Happening.PICTURES,
    "Child Sex Trafficking": Happening.TRAFFICKING,
    "Child Sex Tourism": Happening.TRAFFICKING,
    "Child Sexual Molestation": Happening.OTHER,
    "Misleading Domain Name": Happening.SAW_ONLINE,
    "Misleading Words or Digital Images on the Internet": Happening.SAW_ONLINE,
    "Online Enticement of Children for Sexual Acts": Happening.FRIEND,
    "Unsolicited Obscene Material Sent to a Child": Happening.PICTURES,
}
BATCH_MARK = "/batchedReport/@reason"
# Free text, in the order an analyst reads it.
_TOLD_IN = ("incidentDateTimeDescription", "content", "fileNames", "additionalInfo")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportDocument:
    """A report from a provider, and what was odd about it without being wrong."""

    submission: Submission
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileDetails:
    """What a provider says of one file it uploaded."""

    report_number: int
    file_id: str
    facts: FileFacts
    warnings: tuple[str, ...]
    # What is wrong with it if its report is a batched one, which only its filing knows.
    faults_in_a_batch: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplement:
    """What a provider adds to a report that it finished."""

    report_number: int
    document: ReportDocument


def parse_report(data: bytes, *, now: datetime, lenient: bool = False) -> ReportDocument:
    """A `<report>`. Raises MalformedXml, or InvalidReport with every fault at once."""
    return report_in(node_of(safe_xml(data, most_bytes=MOST_BYTES)), now=now, lenient=lenient)


def report_in(report: Node, *, now: datetime, lenient: bool = False) -> ReportDocument:
    """The report in a node that was parsed already. Raises InvalidReport with every fault."""
    relaxing: tuple[str, ...] = ()
    if lenient:
        report, relaxing = relaxed(report)
    refuse(_problems(report, "report", ispws_grammar.REPORT, now), report_faults(report))
    warnings = (*relaxing, *warnings_of(report))
    platform = _platform(report)
    people = tuple(_people(report, platform, now))
    incident = _incident(report, platform, len(people))
    return ReportDocument(
        submission=Submission(
            channel=Channel.ISPWS,
            language="en",  # the wire speaks English only
            incidents=(incident,),
            people=people,
            legal_basis=LegalBasis.STATUTORY_REPORT,
            extra=tuple(_left_over(report)),
        ),
        warnings=warnings,
    )


def parse_file_details(data: bytes, *, now: datetime, lenient: bool = False) -> FileDetails:
    """A `<fileDetails>`. Raises MalformedXml, or InvalidReport with every fault at once."""
    return details_in(node_of(safe_xml(data, most_bytes=MOST_BYTES)), now=now, lenient=lenient)


def details_in(details: Node, *, now: datetime, lenient: bool = False) -> FileDetails:
    """The details in a node that was read already. Raises InvalidReport with every fault."""
    relaxing: tuple[str, ...] = ()
    if lenient:
        details, relaxing = relaxed(details)
    grammar = ispws_grammar.FILE_DETAILS
    refuse(_problems(details, "fileDetails", grammar, now), file_faults(details))
    return FileDetails(
        report_number=int(details.said("reportId")),
        file_id=details.said("fileId"),
        warnings=(*relaxing, *warnings_of(details)),
        facts=_facts(details),
        faults_in_a_batch=tuple(batched_file_faults(details)),
    )


def parse_supplement(data: bytes, *, now: datetime, lenient: bool = False) -> Supplement:
    """A `<supplement>`: the number of a finished report, and a report that adds to it.

    An extension of Havre's. Raises MalformedXml, or InvalidReport with every fault at once.
    """
    root = node_of(safe_xml(data, most_bytes=MOST_BYTES))
    report, number = root.first("report"), root.said("reportId")
    refuse(_problems(root, "supplement", ispws_grammar.SUPPLEMENT, now))
    if report is None:
        raise InvalidReport((Problem("supplement/report", root.line, "is missing"),))
    document = report_in(report, now=now, lenient=lenient)
    return Supplement(report_number=int(number), document=document)


def is_batched(submission: Submission) -> bool:
    """Whether a report is about one file that many accounts sent on."""
    return names_a_batch(path for path, _ in submission.extra)


def names_a_batch(paths: Iterable[str]) -> bool:
    """Whether one of the paths of what has no field is the mark of a batch."""
    return any(path.endswith(BATCH_MARK) for path in paths)


def _problems(root: Node, name: str, grammar: Group, now: datetime) -> Iterator[Problem]:
    if root.name != name:
        yield Problem(root.path, root.line, f"must be {name}")
        return
    yield from faults(root, grammar, now=now)


def refuse(*found: Iterator[Problem]) -> None:
    """Raise if there is any problem: the first hundred, by line, each once."""
    problems = [problem for some in found for problem in islice(some, MOST_PROBLEMS + 1)]
    if not problems:
        return
    in_order = sorted(dict.fromkeys(problems), key=lambda problem: problem.line)
    shown = in_order[:MOST_PROBLEMS]
    if len(in_order) > MOST_PROBLEMS:
        shown.append(Problem(shown[0].path.split("/")[0], 1, "has more faults than are listed"))
    raise InvalidReport(tuple(shown))


def _platform(report: Node) -> str:
    summary = report.first("incidentSummary")
    return summary.said("platform") if summary else ""


def _people(report: Node, platform: str, now: datetime) -> Iterator[Person]:
    for reporter in report.all("reporter"):
        for contact in reporter.children:
            if contact.name in {"reportingPerson", "contactPerson"}:
                yield ispws_people.contact_of(contact, now=now)
    for node in report.children:
        if node.name in ispws_people.ROLES:
            yield from ispws_people.people_of(node, platform=platform, now=now)


def _incident(report: Node, platform: str, people: int) -> Incident:
    summary = report.first("incidentSummary") or report
    category = summary.said("incidentType")
    annotations = tuple(_flags(summary.first("reportAnnotations")))
    threatened = "sextortion" in annotations
    details = report.all("internetDetails")
    return Incident(
        happening=Happening.THREAT if threatened else HAPPENINGS[category],
        category=category,
        narrative="\n\n".join(_narrative(report, summary, details)),
        platform=platform,
        escalation=summary.said("escalateToHighPriority"),
        annotations=annotations,
        moment=as_moment(summary.said("incidentDateTime")),
        places=tuple(place for node in details for place in _places(node)),
        identifiers=tuple(given for node in details for given in _identifiers(node)),
        people=tuple(range(people)),
    )


def _flags(node: Node | None) -> Iterator[str]:
    for flag in node.children if node else ():
        flag.take()
        yield flag.name


def _narrative(report: Node, summary: Node, details: list[Node]) -> Iterator[str]:
    """The free text of a report, each piece as it was written."""
    inside = [node for detail in details for node in detail.within()]
    for node in (*summary.children, *inside, *report.children):
        if node.name in _TOLD_IN and (said := node.take()):
            yield said


def _places(detail: Node) -> Iterator[Place]:
    for node in detail.within():
        if node.name == "incidentAddress":
            yield ispws_people.place_of(node, PlaceRole.UNKNOWN)
        elif node.name == "locationName" and (said := node.take()):
            yield Place(address=said)


def _identifiers(detail: Node) -> Iterator[GivenIdentifier]:
    for node in detail.within():
        if node.name == "url":
            yield ispws_people.identifier("url", node.take())
        elif node.name == "emailAddress":
            yield ispws_people.email_of(node)
        elif node.name == "phoneNumber" and node.text.strip():
            yield ispws_people.phone_of(node)
        elif node.name == "ipCaptureEvent":
            yield ispws_people.ip_of(node)


def _facts(details: Node) -> FileFacts:
    name, original = details.said("fileName"), details.said("originalFileName")
    uploaded = details.said("uploadedToEspTimestamp")
    meme = ("potentialMeme",) if details.truth("potentialMeme") else ()
    where = details.said("locationOfFile")
    return FileFacts(
        name=original or name,
        viewed_by_sender=details.truth("fileViewedByEsp"),
        publicly_available=details.truth("publiclyAvailable"),
        classification=details.said("industryClassification"),
        annotations=(*_flags(details.first("fileAnnotations")), *meme),
        hashes=tuple(
            (node.attribute("hashType"), node.take()) for node in details.all("originalFileHash")
        ),
        identifiers=(
            *((ispws_people.identifier("url", where),) if where else ()),
            *map(ispws_people.ip_of, details.all("ipCaptureEvent")),
            *map(ispws_people.device_of, details.all("deviceId")),
        ),
        uploaded_at=as_moment(uploaded) if uploaded else None,
        notes="\n".join(_file_notes(details, name if original else "")),
    )


def _file_notes(details: Node, other_name: str) -> Iterator[str]:
    """What is told of a file and has no field: its other name, its details, what was added."""
    if other_name:
        yield f"fileName: {other_name}"
    for node in details.all("additionalInfo"):
        yield node.take()
    for pair in (node for node in details.within() if node.name == "nameValuePair"):
        yield f"{pair.said('name')}: {pair.said('value')}"
    for path, said in _left_over(details):
        yield f"{path}: {said}"


def _left_over(root: Node) -> Iterator[tuple[str, str]]:
    """Whatever no field took, with its path, so that nothing a sender wrote is lost."""
    for node in root.within():
        if not node.children and not node.taken and node.text.strip():
            yield node.path, node.text.strip()
        for name, value in node.attributes.items():
            if name not in node.taken_attributes:
                yield f"{node.path}/@{name}", value
