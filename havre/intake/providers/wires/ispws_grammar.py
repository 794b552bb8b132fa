"""The grammar of the provider wire: which elements stand where, in which order, holding what."""

from collections.abc import Mapping

from havre.intake.providers.wires import ispws_values as v
from havre.intake.providers.wires.ispws_tree import (
    Field,
    Group,
    Leaf,
    anyhow,
    choice,
    many,
    maybe,
    one,
    sequence,
)

EVENTS = ("Login", "Registration", "Purchase", "Upload", "Other", "Unknown")
ACCOUNT_TYPES = ("Billing", "Linked", "Business", "Creator", "Parent/Guardian", "Other")
REPORT_FLAGS = (
    "sextortion",
    "csamSolicitation",
    "minorToMinorInteraction",
    "spam",
    "sadisticOnlineExploitation",
    "informational",
)
FILE_FLAGS = (
    "animeDrawingVirtualHentai",
    "potentialMeme",
    "viral",
    "possibleSelfProduction",
    "physicalHarm",
    "violenceGore",
    "bestiality",
    "liveStreaming",
    "infant",
    "generativeAi",
)


def _text(most: int | None = None) -> Leaf:
    return Leaf(check=v.text(most))


_FREE = _text()
_BOOLEAN = Leaf(check=v.boolean)
_FLAG = Leaf(check=v.flag)
_URL = Leaf(check=v.url)
_PAST = Leaf(check=v.past)
_AGE = Leaf(check=v.age)
_REPORT_ID = Leaf(check=v.long)
_VERIFIED: Mapping[str, v.Check] = {"verified": v.boolean, "verificationDate": v.past}

PHONE = Leaf(
    check=v.text(50),
    attributes={
        **_VERIFIED,
        "type": v.word(("Mobile", "Home", "Business", "Work", "Fax", "Internet", "Recovery")),
        "countryCallingCode": v.pattern(r"\+[0-9]{1,3}", "must be + and one to three digits"),
        "extension": v.pattern(r"[0-9]{1,10}", "must be one to ten digits"),
    },
)
EMAIL = Leaf(
    check=v.email,
    attributes={**_VERIFIED, "type": v.word(("Home", "Work", "Business", "Recovery"))},
)
ADDRESS = sequence(
    maybe("address", _text(255)),
    maybe("city", _text(100)),
    maybe("zipCode", _text(20)),
    maybe("state", Leaf(check=v.state)),
    maybe("nonUsaState", _text(100)),
    maybe("country", Leaf(check=v.country)),
    attributes={"type": v.word(("Home", "Business", "Billing", "Shipping", "Technical"))},
)
_NAMES_AND_CONTACTS = (
    maybe("firstName", _text(100)),
    maybe("lastName", _text(100)),
    many("phone", PHONE),
    many("email", EMAIL),
    many("address", ADDRESS),
)
CONTACT_PERSON = sequence(*_NAMES_AND_CONTACTS)
PERSON = sequence(
    *_NAMES_AND_CONTACTS,
    maybe("age", _AGE),
    maybe("ageAssertionDiscrepancy", _FREE),
    maybe("dateOfBirth", Leaf(check=v.past_day)),
)
IP_CAPTURE = sequence(
    one("ipAddress", Leaf(check=v.address)),
    maybe("eventName", Leaf(check=v.word(EVENTS))),
    maybe("dateTime", _PAST),
    maybe("possibleProxy", _BOOLEAN),
    maybe("port", Leaf(check=v.port)),
)
DEVICE = sequence(
    one("idType", _text(255)),
    one("idValue", _text(2083)),
    maybe("eventName", Leaf(check=v.word(EVENTS))),
    maybe("dateTime", _PAST),
)
ESTIMATED_LOCATION = sequence(
    maybe("city", _text(255)),
    maybe("region", _text(255)),
    one("countryCode", Leaf(check=v.country)),
    attributes={"verified": v.boolean, "timestamp": v.past},
)
_DISABLED: Mapping[str, v.Check] = {
    "disabledDate": v.past,
    "userNotified": v.boolean,
    "userNotifiedDate": v.past,
}
_ACCOUNT_STATES = (
    maybe(
        "accountTemporarilyDisabled",
        Leaf(check=v.boolean, attributes={**_DISABLED, "reenabledDate": v.past}),
    ),
    maybe("accountPermanentlyDisabled", Leaf(check=v.boolean, attributes=_DISABLED)),
)
# Where documentation and schema differ (type or accountType, thirdPartyUser), both are read.
ASSOCIATED_ACCOUNT = sequence(
    maybe("platform", Leaf(check=v.text(256), attributes={"thirdPartyUser": v.boolean})),
    maybe("firstName", _text(256)),
    maybe("middleName", _text(256)),
    maybe("lastName", _text(256)),
    maybe("approximateAge", _AGE),
    maybe("ageAssertionDiscrepancy", _FREE),
    maybe("dateOfBirth", Leaf(check=v.past_day)),
    many("phone", PHONE),
    many("email", EMAIL),
    maybe("allEmailsReported", _BOOLEAN),
    many("address", ADDRESS),
    maybe("espService", _text(256)),
    maybe("espIdentifier", _text(256)),
    many("profileUrl", _URL),
    maybe("screenName", _text(256)),
    many("displayName", _FREE),
    maybe("profileBio", _FREE),
    maybe("groupIdentifier", _text(256)),
    maybe("compromisedAccount", _BOOLEAN),
    *_ACCOUNT_STATES,
    many("ipCaptureEvent", IP_CAPTURE),
    many("deviceId", DEVICE),
    many("priorCTReport", _REPORT_ID),
    maybe("additionalInfo", _FREE),
    attributes={
        "type": v.word(ACCOUNT_TYPES),
        "accountType": v.word(ACCOUNT_TYPES),
        "thirdPartyUser": v.boolean,
    },
)
_ACCOUNT = (
    maybe("espIdentifier", _text(255)),
    maybe("espService", _text(100)),
    maybe("compromisedAccount", _BOOLEAN),
    maybe("screenName", _text(256)),
    many("displayName", _text(255)),
    many("profileUrl", _URL),
    maybe("profileBio", _FREE),
    many("ipCaptureEvent", IP_CAPTURE),
    many("deviceId", DEVICE),
)
_PRIOR = many("priorCTReports", _REPORT_ID)
_GROUP = maybe("groupIdentifier", _text(255))
_LOCATION = maybe("estimatedLocation", ESTIMATED_LOCATION)
_ALL_EMAILS = maybe("allEmailsReported", _BOOLEAN)
_ASSOCIATED = many("associatedAccount", ASSOCIATED_ACCOUNT)
_ADDITIONAL = maybe("additionalInfo", _FREE)

REPORTED = sequence(
    maybe("personOrUserReportedPerson", PERSON),
    maybe("vehicleDescription", _text(300)),
    *_ACCOUNT,
    maybe("thirdPartyUserReported", _BOOLEAN),
    _PRIOR,
    _GROUP,
    *_ACCOUNT_STATES,
    _LOCATION,
    _ALL_EMAILS,
    _ASSOCIATED,
    _ADDITIONAL,
)
RECIPIENT = sequence(
    maybe("intendedRecipientPerson", PERSON),
    *_ACCOUNT,
    _PRIOR,
    _GROUP,
    *_ACCOUNT_STATES,
    _LOCATION,
    _ALL_EMAILS,
    many("additionalInfo", _FREE),
)
VICTIM = sequence(
    one("victimPerson", PERSON),
    *_ACCOUNT,
    maybe("schoolName", _text(255)),
    _PRIOR,
    *_ACCOUNT_STATES,
    _LOCATION,
    _ALL_EMAILS,
    _ASSOCIATED,
    _ADDITIONAL,
)


def _incident(*fields: Field, attributes: Mapping[str, v.Check] | None = None) -> Group:
    return sequence(*fields, _ADDITIONAL, attributes=attributes)


_CONTENT = maybe("content", _FREE)
_BARE_EMAILS = many("emailAddress", EMAIL)
INTERNET_DETAILS = choice(
    maybe(
        "webPageIncident",
        _incident(many("url", _URL), attributes={"thirdPartyHostedContent": v.boolean}),
    ),
    maybe("emailIncident", _incident(_BARE_EMAILS, _CONTENT)),
    maybe("newsgroupIncident", _incident(maybe("name", _text(255)), _BARE_EMAILS, _CONTENT)),
    maybe(
        "chatImIncident",
        _incident(maybe("chatClient", _text(255)), maybe("chatRoomName", _text(255)), _CONTENT),
    ),
    maybe(
        "onlineGamingIncident",
        _incident(maybe("gameName", _text(255)), maybe("console", _text(255)), _CONTENT),
    ),
    maybe(
        "cellPhoneIncident",
        _incident(
            maybe("phoneNumber", PHONE),
            maybe("latitude", Leaf(check=v.decimal)),
            maybe("longitude", Leaf(check=v.decimal)),
        ),
    ),
    maybe(
        "nonInternetIncident",
        _incident(maybe("locationName", _text(255)), many("incidentAddress", ADDRESS)),
    ),
    maybe(
        "peer2peerIncident",
        _incident(
            maybe("client", _text(255)),
            many("ipCaptureEvent", IP_CAPTURE),
            maybe("fileNames", _FREE),
        ),
    ),
)
INCIDENT_SUMMARY = sequence(
    one("incidentType", Leaf(check=v.word(v.INCIDENT_TYPES))),
    maybe("platform", _text(256)),
    maybe("escalateToHighPriority", Leaf(check=v.text(3000, blank=False))),
    maybe("reportAnnotations", anyhow(*(maybe(name, _FLAG) for name in REPORT_FLAGS))),
    one("incidentDateTime", _PAST),
    maybe("incidentDateTimeDescription", _text(3000)),
)
LAW_ENFORCEMENT = sequence(
    one("agencyName", _text(255)),
    maybe("caseNumber", _text(100)),
    maybe("officerContact", CONTACT_PERSON),
    maybe("reportedToLe", _BOOLEAN),
    maybe("servedLegalProcessDomestic", _BOOLEAN),
    maybe(
        "servedLegalProcessInternational",
        Leaf(check=v.boolean, attributes={"fleaCountry": v.country}),
    ),
    attributes={"fleaCountry": v.country},
)
REPORTER = sequence(
    one("reportingPerson", PERSON),
    maybe("contactPerson", CONTACT_PERSON),
    maybe("companyTemplate", _FREE),
    maybe("termsOfService", _text(3000)),
    maybe("legalURL", _URL),
)
REPORT = sequence(
    maybe(
        "batchedReport",
        Leaf(
            check=v.text(),
            attributes={"reason": v.word(("VIRAL_POTENTIAL_MEME",))},
            needed=("reason",),
        ),
    ),
    one("incidentSummary", INCIDENT_SUMMARY),
    many("internetDetails", INTERNET_DETAILS),
    maybe("lawEnforcement", LAW_ENFORCEMENT),
    one("reporter", REPORTER),
    many("personOrUserReported", REPORTED),
    many("intendedRecipient", RECIPIENT),
    many("victim", VICTIM),
    _ADDITIONAL,
)
# The report inside is held against its own grammar, under its own paths.
ANYTHING = Group(fields={}, is_open=True)
SUPPLEMENT = sequence(one("reportId", _REPORT_ID), one("report", ANYTHING))
_PAIR = sequence(
    one("name", _text(64)),
    one("value", _FREE),
    attributes={"type": v.word(("EXIF", "HASH"))},
)
FILE_DETAILS = sequence(
    one("reportId", _REPORT_ID),
    one("fileId", Leaf(check=v.pattern(r"\S{1,64}", "must be the id of an uploaded file"))),
    maybe("fileName", _FREE),
    maybe("originalFileName", _text(2056)),
    maybe("uploadedToEspTimestamp", _PAST),
    maybe("locationOfFile", _URL),
    maybe("fileViewedByEsp", _BOOLEAN),
    maybe("exifViewedByEsp", _BOOLEAN),
    maybe("publiclyAvailable", _BOOLEAN),
    maybe("fileRelevance", Leaf(check=v.word(("Reported", "Supplemental Reported")))),
    maybe("potentialMeme", _BOOLEAN),
    maybe("fileAnnotations", anyhow(*(maybe(name, _FLAG) for name in FILE_FLAGS))),
    maybe("industryClassification", Leaf(check=v.word(("A1", "A2", "B1", "B2")))),
    many(
        "originalFileHash",
        Leaf(check=v.text(), attributes={"hashType": v.text(64)}, needed=("hashType",)),
    ),
    maybe("ipCaptureEvent", IP_CAPTURE),
    many("deviceId", DEVICE),
    many(
        "details",
        sequence(
            many("nameValuePair", _PAIR, least=1),
            attributes={"type": v.word(("EXIF", "HASH"))},
        ),
    ),
    many("additionalInfo", _FREE),
)
