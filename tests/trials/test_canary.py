"""T20: words typed into every field of a living house, then looked for everywhere it writes."""

import re
import secrets
from dataclasses import dataclass, field

import pytest

from tests.trials.grep import cells, coats, found_in, kept_in_files, raw_database
from tests.trials.house_under_fire import House, until
from tests.trials.residents import PASSWORD, PROVIDER
from tests.trials.visitors import Page, Visitor, Walker, basic

LETTERS = "abcdefghijklmnopqrstuvwxyz"
REFERENCE = re.compile(r"R-[0-9A-Z]{4}-[0-9A-Z]{4}")
BOUNDARY = "----harbor"
# What may stand in clear, and the only place where: a suspect's own names, addresses and accounts,
# an account with the platform it was told of (docs/trials.md).
IN_CLEAR = {"identifiers_mention.clear"}
REPORT = """<?xml version="1.0" encoding="UTF-8"?>
<report>
  <incidentSummary>
    <incidentType>Online Enticement of Children for Sexual Acts</incidentType>
    <platform>{clearplatform}</platform>
    <escalateToHighPriority>{why}</escalateToHighPriority>
    <incidentDateTime>2026-11-01T10:00:00-05:00</incidentDateTime>
    <incidentDateTimeDescription>{when}</incidentDateTimeDescription>
  </incidentSummary>
  <internetDetails><chatImIncident><chatClient>{client}</chatClient>
    <chatRoomName>{room}</chatRoomName><content>He wrote {chat} at noon.</content>
    <additionalInfo>{chatinfo}</additionalInfo></chatImIncident></internetDetails>
  <lawEnforcement><agencyName>{police}</agencyName><caseNumber>{case}</caseNumber>
  </lawEnforcement>
  <reporter><reportingPerson><firstName>{first}</firstName><lastName>{last}</lastName>
    <email>{mail}@example.com</email></reportingPerson>
    <companyTemplate>{template}</companyTemplate><termsOfService>{terms}</termsOfService>
  </reporter>
  <personOrUserReported>
    <personOrUserReportedPerson><firstName>{clearfirst}</firstName>
      <lastName>{clearlast}</lastName><email>{clearmail}@example.com</email>
      <address><address>{street}</address><city>{city}</city></address>
    </personOrUserReportedPerson>
    <vehicleDescription>{car}</vehicleDescription>
    <screenName>{clearscreen}</screenName><displayName>{cleardisplay}</displayName>
    <profileBio>{bio}</profileBio>
    <additionalInfo>{theirinfo}</additionalInfo>
  </personOrUserReported>
  <intendedRecipient>
    <intendedRecipientPerson><firstName>{recipient}</firstName></intendedRecipientPerson>
    <additionalInfo>{recipientinfo}</additionalInfo>
  </intendedRecipient>
  <victim>
    <victimPerson><firstName>{child}</firstName><email>{childmail}@example.com</email>
    </victimPerson>
    <screenName>{childscreen}</screenName><schoolName>{school}</schoolName>
    <additionalInfo>{childinfo}</additionalInfo>
  </victim>
  <additionalInfo>{info}</additionalInfo>
</report>"""
DETAILS = """<fileDetails><reportId>{number}</reportId><fileId>{file}</fileId>
  <fileName>{name}</fileName><originalFileName>{original}</originalFileName>
  <details><nameValuePair><name>{pair}</name><value>{value}</value></nameValuePair></details>
  <additionalInfo>{fileinfo}</additionalInfo></fileDetails>"""
FORM = {
    "who": "adult",
    "happening": "meeting",
    "danger": "no",
    "story": "He wrote {story} to me and asked me to meet.",
    "where": "{clearwhere}",
    "their_name": "{cleartheirname}",
    "their_contact": "{cleartheirmail}@example.com or {theirwords} at the mall",
    "child_age": "14, {age}",
    "region": "MB",
    "town": "{town}",
    "meeting": "Saturday, {meeting}",
    "my_name": "{myname}",
    "my_contact": "{mymail}@example.com, {mywords}",
    "anything_else": "And {else}.",
}


# The journey, page by page; the second incident is told too, and one draft is never sent.
JOURNEY = {
    "what": {"happening": "meeting"},
    "danger": {"danger": "no", "region": "MB"},
    "story": {"story": "He wrote {jstory} to me and asked me to meet."},
    "where": {"where_kind": "app", "where": "{clearjwhere}"},
    "when": {"when": "on {jwhen}"},
    "next": {"meeting": "{jmeeting}", "threats": "to tell {jthreats}", "deadline": "{jdeadline}"},
    "again": {"again": "yes"},
    "what-2": {"happening": "pictures"},
    "story-2": {"story": "Then {jsecond} came."},
    "where-2": {"where_kind": "phone"},
    "again-2": {"again": "no"},
    "person": {
        "their_name": "{clearjname}",
        "their_contact": "{clearjmail}@example.com",
        "their_age": "40, {jtheirage}",
        "their_notes": "{jtheirnotes}",
    },
    "child": {"child_age": "13, {jage}", "town": "{jtown}", "child_notes": "{jchildnotes}"},
    "more": {"anything_else": "{jmore}"},
    "you": {
        "my_name": "{jmyname}",
        "my_contact": "{jmymail}@example.com",
        "contact_when": "{jmywhen}",
        "my_language": "{jmylanguage}",
    },
}


@dataclass
class Markers:
    """Words that exist nowhere else, one for each field; those called clear… may be found."""

    made: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        letters = "".join(secrets.choice(LETTERS) for _ in range(8))
        return self.made.setdefault(name, f"q{name}{letters}")

    def within(self, text: str) -> str:
        """A text with a marker in each of its braces."""
        return re.sub(r"\{(\w+)\}", lambda found: self[found[1]], text)

    @property
    def clear(self) -> dict[str, str]:
        return {name: word for name, word in self.made.items() if name.startswith("clear")}

    @property
    def secret(self) -> dict[str, str]:
        return {name: word for name, word in self.made.items() if name not in self.clear}


def told(name: str, page: Page) -> str:
    """What an answer of the wire says."""
    found = re.search(f"<{name}>([^<]*)</{name}>", page.text)
    assert found, page.text
    return found[1]


def the_public_types(house: House, mark: Markers) -> str:
    """A report in every field, with a slip first; then coming back. Gives the reference."""
    person = Visitor(house)
    odd = {"User_Agent": mark["agent"], "X_Forwarded_For": mark["forwarded"]}
    person.get("/en/report", asked=mark["query"])
    form = {name: mark.within(text) for name, text in FORM.items()}
    assert person.report({**form, "happening": mark["notachoice"]}).status == 422
    late = person.post("/en/report", {**form, "token": mark["nottoken"]}, **odd)
    assert late.status == 422
    thanks = person.report({**form, "website": mark["website"]}, "/en/report")
    assert thanks.status == 200
    words = thanks.words()
    assert len(words) == 8
    wrong = person.post("/fr/revenir", {"words": " ".join([*words[:7], mark["notword"]])})
    assert wrong.status == 422
    mine = person.post("/en/come-back", {"words": " ".join(words), "message": mark["draft"]})
    ticket = mine.hidden("ticket")
    added = person.post("/en/come-back/add", {"ticket": ticket, "message": mark["message"]})
    assert (added.status, mark["message"] in added.text) == (200, True)
    return REFERENCE.search(thanks.text)[0]


def the_walker_types(house: House, mark: Markers) -> str:
    """A report page by page, and another that stays a draft. Gives the reference."""
    told = {page: _marked(fields, mark) for page, fields in JOURNEY.items()}
    walker = Walker(Visitor(house), told)
    done = walker.walk()
    unsent = {
        "what": {"happening": "meeting"},
        "danger": {"danger": "no"},
        "story": {"story": mark["unsent"]},
        "where": {"where_kind": "app", "where": mark["unsentwhere"]},
    }
    Walker(Visitor(house), unsent).walk("when")
    return REFERENCE.search(done.text)[0]


def _marked(fields: dict[str, str], mark: Markers) -> dict[str, str]:
    return {name: mark.within(text) for name, text in fields.items()}


def the_provider_types(house: House, mark: Markers, key: str) -> str:
    """A filing in every field, with a broken one first. Gives the report's reference."""
    wire, who = Visitor(house), {"Authorization": basic(key)}
    xml = {"Content_Type": "text/xml", **who}
    before = {one for (one,) in house.ask("SELECT reference FROM intake_report")}
    wire.ask("POST", "/ispws/submit", f"<report>{mark['broken']}".encode(), **xml)
    stray = mark.within("<report><{stray}>{strayvalue}</{stray}></report>")
    wire.ask("POST", "/ispws/submit", stray.encode(), **xml)
    wire.ask("GET", "/ispws/status", Authorization=basic(mark["wirekey"]))
    opened = wire.ask("POST", "/ispws/submit", mark.within(REPORT).encode(), **xml)
    number = told("reportId", opened)
    body = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="id"\r\n\r\n{number}\r\n'
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; '
        f'filename="{mark["upload"]}.txt"\r\n\r\n{mark["content"]}{" pier" * 20_000}\r\n'
        f"--{BOUNDARY}--\r\n"
    )
    multipart = {"Content_Type": f"multipart/form-data; boundary={BOUNDARY}", **who}
    file = told("fileId", wire.ask("POST", "/ispws/upload", body.encode(), **multipart))
    details = DETAILS.replace("{number}", number).replace("{file}", file)
    said = wire.ask("POST", "/ispws/fileinfo", mark.within(details).encode(), **xml)
    assert told("responseCode", said) == "0", said.text
    finish = {"Content_Type": "application/x-www-form-urlencoded", **who}
    done = wire.ask("POST", "/ispws/finish", f"id={number}".encode(), **finish)
    assert told("responseCode", done) == "0", done.text
    ((reference,),) = [
        row for row in house.ask("SELECT reference FROM intake_report") if row[0] not in before
    ]
    return reference


def strangers_type(house: House, mark: Markers) -> None:
    """Wrong names, wrong words, wrong addresses."""
    stranger = Visitor(house)
    stranger.get("/en/sign-in", next=f"/en/{mark['next']}")
    wrong = {"login": mark["login"], "password": mark["password"]}
    assert stranger.post("/en/sign-in", wrong).status == 200
    half = Visitor(house)
    half.get("/en/sign-in")
    half.post("/en/sign-in", {"login": "auditor", "password": PASSWORD})
    assert half.post("/en/sign-in/code", {"code": mark["code"]}).status == 200
    for path in ("/en/", "/fr/signalements/", "/ispws/", "/static/"):
        stranger.get(f"{path}{mark['path']}")


def the_desk_types(desk: Visitor, mark: Markers, report: str) -> None:
    """The analyst searches, answers, and refers a report; with slips."""
    asked = {name: mark[f"queue{name}"] for name in ("lane", "channel", "spoken", "after")}
    assert desk.get("/en/queue", **asked).status == 200
    assert desk.get(f"/en/reports/{mark['reference']}").status == 404
    assert desk.get(f"/en/reports/{report}").status == 200
    page = f"/en/reports/{report}"
    assert desk.post(f"{page}/claim", {"lane": mark["lane"], "from": mark["from"]}).status == 302
    slip = {"to": mark["notagency"], "reason": mark["slip"], "incident": mark["incident"]}
    assert desk.post(f"{page}/refer", slip).status == 422
    sent = {"to": "winnipeg-police", "reason": mark[f"reason{report[2:6].lower()}"]}
    assert desk.post(f"{page}/refer", sent).location == "/en/queue"


def the_addressee_types(them: Visitor, mark: Markers, *, returned: str, accepted: str) -> None:
    """The detective returns one referral, accepts the other, and says what came of it."""
    asked = them.get("/en/inbox", state=mark["state"], after=mark["inboxafter"])
    assert asked.status == 200
    back = f"/en/referrals/{returned}"
    assert them.post(f"{back}/return", {"note": mark["returnnote"]}).location == back
    page = f"/en/referrals/{accepted}"
    assert them.post(f"{page}/accept", {}).location == page
    wrong = {"disposition": mark["disposition"], "count": mark["count"], "note": mark["slipnote"]}
    assert them.post(f"{page}/outcome", wrong).status == 422
    outcome = {"disposition": "under-investigation", "note": mark["outcomenote"]}
    assert them.post(f"{page}/outcome", outcome).location == page
    shown = them.get(page).text
    assert mark["outcomenote"] in shown


def has_walked(house: House, reference: str) -> bool:
    """Whether a report has taken every step; who gave up meanwhile is started again."""
    house.keep_alive()
    rows = house.ask(
        "SELECT done_steps FROM triage_queueitem q JOIN intake_report r ON r.id = q.report_id"
        f" WHERE r.reference = '{reference}'"
    )
    return bool(rows) and len(rows[0][0]) == 10


def referral_of(house: House, reference: str) -> str:
    ((found,),) = house.ask(
        "SELECT f.reference FROM referrals_referral f JOIN intake_report r ON r.id = f.report_id"
        f" WHERE r.reference = '{reference}'"
    )
    return found


@pytest.fixture(scope="module")
def markers(house, officers, provider_key) -> Markers:
    """Everything that everybody typed, once the house has done its work with it."""
    mark = Markers()
    public = the_public_types(house, mark)
    walked = the_walker_types(house, mark)
    filed = the_provider_types(house, mark, provider_key)
    strangers_type(house, mark)
    assert until(lambda: has_walked(house, public) and has_walked(house, filed))
    assert until(lambda: has_walked(house, walked))
    for report in (public, filed):
        the_desk_types(officers["analyst"], mark, report)
    answered = officers["analyst"].post(f"/en/reports/{public}/answer", {"text": mark["answer"]})
    assert answered.status == 302
    to = {"returned": referral_of(house, filed), "accepted": referral_of(house, public)}
    the_addressee_types(officers["detective"], mark, **to)
    asked = {name: mark[f"log{name}"] for name in ("event", "about", "after")}
    assert officers["auditor"].get("/en/log", **asked).status == 200
    assert officers["auditor"].get("/en/log", about=mark["loglook"]).status == 200
    assert until(lambda: has_walked(house, filed)), "what was returned walks again"
    return mark


def test_what_people_typed_stands_in_no_table(house, markers):
    found = found_in(cells(house), markers.made.values())
    leaked = {name: found[word] for name, word in markers.secret.items() if word in found}
    assert leaked == {}


def test_a_suspect_s_identifiers_stand_in_clear_in_one_column_and_the_search_finds_them(
    house, markers
):
    found = found_in(cells(house), markers.clear.values())
    assert {name: found.get(word) for name, word in markers.clear.items()} == dict.fromkeys(
        markers.clear, IN_CLEAR
    )
    assert len(markers.clear) == 12


def test_what_people_typed_stands_in_no_log_no_vault_and_no_temporary_file(house, markers):
    places = dict(kept_in_files(house))
    assert {"serve.log", "work.log"} <= {place.rpartition("/")[2] for place in places}
    assert any("/vault/" in place for place in places)
    assert found_in(places.items(), markers.made.values()) == {}


def test_what_people_typed_stands_nowhere_in_the_files_of_the_database(house, markers):
    places = [(place, data) for place, data in raw_database(house) if data]
    assert any("/pg_wal/" in place for place, _ in places)
    secret = [word.encode() for word in markers.secret.values()]
    clear = [word.encode() for word in markers.clear.values()]
    folded = [(place, data.lower()) for place, data in places]
    assert [(place, word) for place, data in folded for word in secret if word in data] == []
    assert all(any(word in data for _, data in folded) for word in clear)


def test_the_search_sees_through_hexadecimal_base64_and_compression():
    import base64
    import zlib

    word = b"qharborlantern"
    for coat in (
        word.hex().encode(),
        base64.urlsafe_b64encode(b"x" + word),
        base64.b64encode(zlib.compress(b"lantern " * 20 + word)),
    ):
        assert word not in coat
        assert any(word in inside for inside in coats(b'{"a": "' + coat + b'"}'))


def test_the_provider_s_name_is_directory_data_and_may_be_read(house, provider_key):
    assert found_in(cells(house), [PROVIDER]) != {}
