"""Twenty fixed documents of providers, from empty to whole, each with the score it must have."""

from tests.wires.test_ispws_each_rule import batched
from tests.wires.test_ispws_parsing import REPORTER

LURING = "Online Enticement of Children for Sexual Acts"
PICTURES = "Child Pornography (possession, manufacture, and distribution)"
STORY = "<content>He asked me to meet on Saturday at noon by the pier.</content>"
ADDRESS = "<ipCaptureEvent><ipAddress>192.0.2.17</ipAddress>{}</ipCaptureEvent>"
WHEN = "<dateTime>2026-11-01T10:00:00Z</dateTime>"
PORT = "<port>40000</port>"
ACCOUNT = "<espIdentifier>u-1</espIdentifier>"
NAME = "<screenName>dock_master</screenName>"
URL = "<profileUrl>https://example.com/u/1</profileUrl>"
DEVICE = "<deviceId><idType>IMEI</idType><idValue>1</idValue></deviceId>"
CONTACT = (
    "<personOrUserReportedPerson><email>dock.master@example.com</email>"
    "</personOrUserReportedPerson>"
)
PLACE = (
    "<estimatedLocation><city>Winnipeg</city><region>MB</region><countryCode>CA</countryCode>"
    "</estimatedLocation>"
)
ABROAD = "<estimatedLocation><countryCode>CA</countryCode></estimatedLocation>"
CHILD = "<victim><victimPerson><age>13</age></victimPerson></victim>"
NAMELESS_CHILD = "<victim><victimPerson/></victim>"
HASH = '<originalFileHash hashType="MD5">00ff</originalFileHash>'
VIEWED = "<fileViewedByEsp>true</fileViewedByEsp>"
UPLOADED = "<uploadedToEspTimestamp>2026-11-01T09:00:00Z</uploadedToEspTimestamp>"
CLASS = "<industryClassification>B2</industryClassification>"


def luring(suspect: str = "", *, story: str = "", after: str = "", kind: str = LURING) -> bytes:
    said = f"<internetDetails><chatImIncident>{story}</chatImIncident></internetDetails>"
    who = f"<personOrUserReported>{suspect}</personOrUserReported>" if suspect else ""
    summary = (
        f"<incidentSummary><incidentType>{kind}</incidentType>"
        "<incidentDateTime>2026-11-01T10:00:00Z</incidentDateTime></incidentSummary>"
    )
    middle = said if story else ""
    return f"<report>{summary}{middle}{REPORTER}{who}{after}</report>".encode()


def pictures(suspect: str = "", **more: str) -> bytes:
    return luring(suspect, kind=PICTURES, **more)


FULL_ADDRESS = ADDRESS.format(WHEN + PORT)
# A document, the details of its files, its score, and why.
DOCUMENTS = {
    "nothing but a category": (luring(), (), 0, "nobody can be found by it"),
    "a story alone": (luring(story=STORY), (), 9, "what was said, and not by whom"),
    "a name alone": (luring(NAME), (), 13, "an account an order can name"),
    "an account by its number": (luring(ACCOUNT), (), 13, "as good as a name"),
    "a bare address": (luring(ADDRESS.format("")), (), 22, "whose it was is not known"),
    "an address and its moment": (luring(ADDRESS.format(WHEN)), (), 36, "a subscriber"),
    "an address, moment and port": (luring(FULL_ADDRESS), (), 44, "one subscriber"),
    "a contact alone": (luring(CONTACT), (), 10, "leads elsewhere"),
    "a place with its province": (luring(PLACE), (), 6, "the right police"),
    "a place with its country": (luring(ABROAD), (), 0, "no police yet"),
    "a child with an age": (luring(after=CHILD), (), 7, "a child to look for"),
    "a child of whom nothing is known": (luring(after=NAMELESS_CHILD), (), 0, "nobody"),
    "a device and a link": (luring(URL + DEVICE), (), 7, "ties accounts"),
    "a usual good report": (
        luring(CONTACT + ACCOUNT + FULL_ADDRESS, story=STORY),
        (),
        77,
        "found, and shown what was said",
    ),
    "all of it, without a file": (
        luring(CONTACT + ACCOUNT + URL + FULL_ADDRESS + DEVICE + PLACE, story=STORY, after=CHILD),
        (),
        100,
        "a chat needs no file",
    ),
    "pictures without the file": (pictures(ACCOUNT + FULL_ADDRESS), (), 44, "what was it?"),
    "pictures with the file": (pictures(ACCOUNT + FULL_ADDRESS), ("",), 53, "unseen"),
    "pictures, file described": (
        pictures(ACCOUNT + FULL_ADDRESS),
        (UPLOADED + VIEWED + CLASS,),
        67,
        "may be opened",
    ),
    "all of it, with a file": (
        pictures(CONTACT + ACCOUNT + URL + FULL_ADDRESS + DEVICE + PLACE, story=STORY, after=CHILD),
        (UPLOADED + VIEWED + CLASS + HASH,),
        100,
        "nothing is missing",
    ),
    "a batch with its file": (
        batched(),
        ("<industryClassification>A2</industryClassification>",),
        100,
        "a batch can tell no more",
    ),
}
