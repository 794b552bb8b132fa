"""What the schema of the provider wire cannot say: rules between one element and another."""

from collections.abc import Iterator

from havre.intake.providers.wires.ispws_tree import Node, Problem
from havre.intake.providers.wires.ispws_values import US_STATES, as_boolean, as_datetime

PEOPLE = ("personOrUserReported", "intendedRecipient", "victim")
NOT_IN_A_BATCH = (
    "internetDetails",
    "lawEnforcement",
    "intendedRecipient",
    "victim",
    "additionalInfo",
)
BATCH_FLAGS = frozenset({"potentialMeme", "viral"})
NOT_OF_A_BATCHED_FILE = frozenset(
    {
        "additionalInfo",
        "details",
        "deviceId",
        "ipCaptureEvent",
        "locationOfFile",
        "originalFileHash",
        "originalFileName",
    }
)
# Attributes that clients put where the documentation shows them and the schema does not.
MISPLACED = {
    ("associatedAccount", "accountType"): "as type",
    ("associatedAccount", "thirdPartyUser"): "as if it stood on platform",
    ("lawEnforcement", "fleaCountry"): "as if it stood on servedLegalProcessInternational",
    ("nameValuePair", "type"): "as if it stood on details",
}
# Reasons that give none: what a client sends that takes the field for a switch.
EMPTY_REASONS = frozenset({"1", "escalate", "high", "n/a", "none", "true", "urgent", "yes"})


def report_faults(report: Node) -> Iterator[Problem]:
    """Everything a report may not say although each element by itself is right."""
    yield from _reporter_without_email(report)
    yield from _stray_email_addresses(report)
    yield from _batch(report)
    for node in report.within():
        if node.attributes:
            yield from _verification(node)
            yield from _calling_code(node)
            yield from _disabled(node)
        if node.name == "estimatedLocation":
            yield from _location(node)
        elif node.name == "associatedAccount":
            yield from _associated_account(node)


def file_faults(details: Node) -> Iterator[Problem]:
    """Everything the details of a file may not say together."""
    if _truth(details, "exifViewedByEsp") and _truth(details, "fileViewedByEsp") is not True:
        yield _about(details, "fileViewedByEsp", "must be true where exifViewedByEsp is")
    meme, flags = details.first("potentialMeme"), details.first("fileAnnotations")
    if meme and flags:
        yield Problem(flags.path, flags.line, "cannot stand beside potentialMeme")
    relevance = details.first("fileRelevance")
    if relevance and relevance.text.strip() == "Supplemental Reported":
        barred = (meme, flags.first("potentialMeme") if flags else None)
        for node in (*barred, details.first("industryClassification")):
            if node:
                yield Problem(node.path, node.line, "cannot be given for a supplemental file")


def batched_file_faults(details: Node) -> Iterator[Problem]:
    """What the details of a file of a batched report may not say, or leave out."""
    meme, flags = details.first("potentialMeme"), details.first("fileAnnotations")
    named = {flag.name for flag in flags.children} if flags else set()
    if not (meme and as_boolean(meme.text)) and not named & BATCH_FLAGS:
        reason = "must hold viral or potentialMeme in a batched report"
        yield _about(details, "fileAnnotations", reason)
    for flag in flags.children if flags else ():
        if flag.name not in BATCH_FLAGS:
            yield Problem(flag.path, flag.line, "cannot be given in a batched report")
    for child in details.children:
        if child.name in NOT_OF_A_BATCHED_FILE:
            yield Problem(child.path, child.line, "cannot be given in a batched report")
    relevance = details.first("fileRelevance")
    if relevance and relevance.text.strip() != "Reported":
        yield Problem(relevance.path, relevance.line, "must be Reported in a batched report")


def warnings_of(document: Node) -> Iterator[str]:
    """What was read although it stands where the schema would not have it, or says nothing."""
    for node in document.within():
        if node.name == "escalateToHighPriority":
            said = node.text.strip().lower().rstrip(".!")
            if said in EMPTY_REASONS:
                yield f"{node.path}: says that it is urgent, but not why"
        for name in node.attributes:
            if (node.name, name) in MISPLACED:
                yield f"{node.path}: {name} was read {MISPLACED[node.name, name]}"


def _about(node: Node, name: str, reason: str) -> Problem:
    child = node.first(name)
    return Problem(f"{node.path}/{name}", child.line if child else node.line, reason)


def _truth(node: Node, name: str) -> bool | None:
    child = node.first(name)
    return as_boolean(child.text) if child else None


def _reporter_without_email(report: Node) -> Iterator[Problem]:
    reporter = report.first("reporter")
    person = reporter.first("reportingPerson") if reporter else None
    if person and not person.all("email"):
        yield _about(person, "email", "is missing; a reporting person needs one at least")


def _stray_email_addresses(report: Node) -> Iterator[Problem]:
    people = [person for name in PEOPLE for person in report.all(name)]
    known = {
        node.text.strip().casefold()
        for person in people
        for node in person.within()
        if node.name == "email"
    }
    for details in report.all("internetDetails"):
        for node in details.within():
            if node.name == "emailAddress" and node.text.strip().casefold() not in known:
                reason = f"must also be an email of one of {', '.join(PEOPLE)}"
                yield Problem(node.path, node.line, reason)


def _batch(report: Node) -> Iterator[Problem]:
    reported = report.all("personOrUserReported")
    if not report.first("batchedReport"):
        for node in reported[1:]:
            yield Problem(node.path, node.line, "only a batched report may hold more than one")
        return
    summary = report.first("incidentSummary")
    escalated = summary.all("escalateToHighPriority") if summary else []
    barred = [node for name in NOT_IN_A_BATCH for node in report.all(name)]
    for node in (*escalated, *barred):
        yield Problem(node.path, node.line, "cannot stand in a batched report")
    for node in reported:
        for child in node.children:
            if child.name != "espIdentifier":
                reason = "only espIdentifier may stand here in a batched report"
                yield Problem(child.path, child.line, reason)


def _verification(node: Node) -> Iterator[Problem]:
    if "verificationDate" in node.attributes and not as_boolean(node.attributes.get("verified")):
        reason = "must be true where there is a verificationDate"
        yield Problem(f"{node.path}/@verified", node.line, reason)


def _calling_code(node: Node) -> Iterator[Problem]:
    code = node.attributes.get("countryCallingCode", "").strip()
    if code and node.text.strip().startswith(code):
        reason = "must not begin with the countryCallingCode that is given beside it"
        yield Problem(node.path, node.line, reason)


def _disabled(node: Node) -> Iterator[Problem]:
    disabled, notified, back = (
        as_datetime(node.attributes.get(name, ""))
        for name in ("disabledDate", "userNotifiedDate", "reenabledDate")
    )
    if disabled and notified and notified < disabled:
        reason = "must not be before the disabledDate"
        yield Problem(f"{node.path}/@userNotifiedDate", node.line, reason)
    if disabled and back and back <= disabled:
        reason = "must be after the disabledDate"
        yield Problem(f"{node.path}/@reenabledDate", node.line, reason)


def _location(node: Node) -> Iterator[Problem]:
    country, city, region = (node.first(name) for name in ("countryCode", "city", "region"))
    in_a_us_city = country and country.text.strip() == "US" and city and city.text.strip()
    if in_a_us_city and (region is None or region.text.strip() not in US_STATES):
        yield _about(node, "region", "must be the two-letter code of a US state")


def _associated_account(node: Node) -> Iterator[Problem]:
    if not {"type", "accountType"} & node.attributes.keys():
        yield Problem(f"{node.path}/@type", node.line, "is missing")
    if node.first("approximateAge") and node.first("dateOfBirth"):
        yield _about(node, "approximateAge", "cannot stand beside dateOfBirth")
