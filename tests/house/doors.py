"""The table of doors, read; and how each caller of it knocks."""

import csv
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.http import HttpResponse
from django.urls import resolve, reverse
from django.utils.translation import override

from havre.intake.form_tokens import minted_token, ticket_for
from havre.intake.rules.receipts import words_of
from tests.house.abroad_at_doors import of_an_exchange, typed_abroad
from tests.house.alike_at_doors import ALIKE_DOORS, TYPED_FILTERS, of_a_filter, typed_of_alike
from tests.house.callers import STORY, Caller, Street
from tests.house.cases_at_doors import CASE_DOORS, OPERATION_DOORS, REQUEST_DOORS, typed_in_a_case
from tests.house.duties_at_doors import DUTY_DOORS, TYPED_DUTIES
from tests.house.identity_at_doors import GIVEN_DOORS, TYPED
from tests.house.pages_at_doors import TYPED_PAGES, of_a_call
from tests.house.policies_at_doors import POLICY_WORDS, of_a_policy
from tests.house.questions_at_doors import SYSTEM_BODIES, handing_over
from tests.house.secondments_at_doors import of_a_secondment, typed_on_secondment
from tests.house.sent_at_doors import JSON_DOORS, SAID_BESIDE, sent_by_wire, sent_in_json
from tests.house.sheets_at_doors import TYPED_SHEETS, of_a_sheet
from tests.house.splits_at_doors import WORD_DOORS, typed_of_words
from tests.house.watches_at_doors import of_a_watch, typed_on_a_watch_list
from tests.signing_in import PASSWORD, totp_code
from tests.wires.wire import REPORT

TABLE = Path(__file__).with_name("doors.csv")
# What the table calls a page that somebody is sent to, where the door's name is a library's.
PLACES = {
    "account_login": "sign-in",
    "account_reauthenticate": "confirm",
    "mfa_authenticate": "second step",
    "mfa_deactivate_totp": "remove app",
    "mfa_index": "second-factor",
    "mfa_list_webauthn": "passkeys",
    "mfa_view_recovery_codes": "recovery codes",
}
REPORT_DOORS = {
    *ALIKE_DOORS,
    "ask_provider_for_desk",
    "end_asking_for_desk",
    "answer",
    "chart",
    "claim",
    "confirm_closing",
    "confirm_rank",
    "conflict",
    "end_rank",
    *("rank", "judge", "link"),
    *("ask_interpreter", "classification", "merge", "notes", "split", "translation", *WORD_DOORS),
    "refer",
    "release",
    "report_page",
    "supplement",
    "unjudge",
    "unmask",
}
A_PUBLIC_KEY = "age1mgnna3nu8njulmufnecmemx0sk6247km9w07cc3ggkpuwfxhwqnsgz7jx9"
# A notification as a page sends it, and as a program does.
SAID = {
    "material": "A picture in a channel about boats.",
    "material_format": "JPEG",
    "circumstances": "A person of ours looked at it.",
    "other_evidence": "none",
    "representative": "Pat Roy",
    "contact": "204-555-0142",
}
NOTIFICATION = {
    **SAID,
    "token": "8a1d5d2e",
    "to": "harbor-police",
    "offences": ["163.1(3)"],
    "discovered_on": "2026-01-05",
    "discovered_time": "14:30",
    "zone": "America/Toronto",
    "is_sure": "on",
}
TOLD_POLICE = json.dumps(
    {
        **SAID,
        "to": "harbor-police",
        "offences": ["163.1(3)"],
        "discovered_at": "2026-01-05T14:30:00-05:00",
    }
).encode()
ADDRESSES = b'{"addresses": ["https://example.com/pier"]}'
PROVIDER_DOORS = {
    "add_provider_engineer",
    "issue_provider_key",
    "provider_page",
    "revoke_provider_keys",
}
REFERRAL_DOORS = {
    *("records_ask", "records_ask_provider", "records_decline", "records_hand_over"),
    "records_outcome",
    "records_package",
    "records_referral",
    "records_return",
    *("add_to_referral", "ask", "ask_provider", *GIVEN_DOORS),
    "end_asking",
    "cancel",
    "decline",
    "hand_over",
    "outcome",
    "package",
    "referral",
    "reply",
    "send_back",
    "tell_sender",
    "unmask_for_addressee",
}
OFFICER_DOORS = {
    "change_officer",
    "close_officer",
    "officer",
    "reopen_officer",
    "reset_password",
    "reset_second_factor",
}
PARTS_OF_CASES = {"case": CASE_DOORS, "operation": OPERATION_DOORS, "request": REQUEST_DOORS}
HIDDEN_TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"')
OWN_ADDRESS = re.compile(rb'class="lang" href="[^"]*"')


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    door: str
    method: str
    whose: str
    answers: dict[str, str]

    @property
    def name(self) -> tuple[str, str, str]:
        return self.door, self.method, self.whose


def read_table() -> list[Row]:
    lines = [line for line in TABLE.read_text().splitlines() if not line.startswith("#")]
    head, *rows = ([cell.strip() for cell in cells] for cells in csv.reader(lines))
    assert head[:3] == ["door", "method", "whose"]
    return [
        Row(*cells[:3], dict(zip(head[3:], whole(cells, head)[3:], strict=True))) for cells in rows
    ]


def whole(cells: list[str], head: list[str]) -> list[str]:
    """A line with those whose columns are left out."""
    at, systems, clerks, lent = map(head.index, ("engineer", "system A", "clerk", "seconded A"))
    if len(cells) == at:
        cells = [*cells, *[cells[-1]] * (systems - at)]
    if len(cells) == systems:
        cells = [*cells, *[cells[head.index("stranger")]] * (clerks - systems)]
    cells = [*cells, *[cells[at - 1]] * (lent - len(cells))]
    detectives = (cells[head.index(f"detective {which}")] for which in "AB")
    return cells if len(cells) > lent else [*cells, *detectives]


def of_a_provider(row: Row, street: Street) -> dict[str, object]:
    """Where a provider's thing stands; nothing for the doors of others."""
    if row.door in {"console_receipt", "law_receipt", "receipt_file", "receipt_paper"}:
        return {"incident_number": street.receipts[row.whose]}
    if row.door in {"law_notification", "notification", "notification_paper"}:
        return {"reference": street.notifications[row.whose]}
    if row.door == "console_question":
        return {"question_id": street.asked[row.whose]}
    if row.door in {"console_report", "wire_state"} | JSON_DOORS:
        file = {"file_id": street.files[row.whose]} if row.door == "json_file_details" else {}
        return {"number": street.filings[row.whose], **file}
    if row.door in PROVIDER_DOORS:
        return {"provider": {"own": "harbor-chat"}.get(row.whose, "no-chat")}
    return {}


def of_a_duty(row: Row, street: Street) -> dict[str, object]:
    """Where a legal duty's thing stands; nothing for the doors of others."""
    part, name = DUTY_DOORS.get(row.door, ("", ""))
    return {name: street.duties[part][row.whose]} if name else {}


def of_a_case(row: Row, street: Street) -> dict[str, object]:
    """Where a case stands, or what is reached from it; nothing for the doors of others."""
    for name, its_doors in PARTS_OF_CASES.items():
        if row.door in its_doors:
            return {"reference": street.cases[row.whose][name]}
    return {}


def of_a_link(row: Row, street: Street) -> dict[str, object]:
    """The other end of a link, and what was said of it; nothing for the doors of others."""
    if row.door not in {"judge", "link", "unjudge"}:
        return {}
    other = street.reports["own" if row.whose == "shared" else "shared"]
    said = {"judgement": street.judgements[row.whose]} if row.door == "unjudge" else {}
    return {"other": other, **said}


def of_an_agency(row: Row, street: Street) -> dict[str, object]:
    """Where a key of an agency stands; nothing for the doors of others."""
    return {"key_id": street.keys[row.whose]} if row.door == "revoke_system_key" else {}


def address_of(row: Row, caller: Caller, street: Street) -> str:
    """Where the thing of this row stands."""
    parts: dict[str, object] = {}
    if row.door in REPORT_DOORS:
        parts = {"reference": street.reports[row.whose]}
    if row.door in REFERRAL_DOORS:
        parts = {"reference": street.referrals[row.whose]}
    if row.door in {"accept", "give_identity", "records_accept", "undo"}:
        parts = {"reference": street.new_referrals[row.whose]}
    if row.door in OFFICER_DOORS:
        kept = street.closed_accounts if row.door == "reopen_officer" else street.accounts
        parts = {"officer_id": kept[row.whose]}
    parts |= of_a_case(row, street) | of_a_watch(row.door, street.watches.get(row.whose, {}))
    parts |= of_an_agency(row, street) | of_a_policy(row, caller, street)
    parts |= of_a_call(row.door, row.whose, street) | of_an_exchange(row) | of_a_sheet(row)
    parts |= of_a_secondment(row)
    parts |= {"page": "what"} if row.door == "tell" else of_a_filter(row, street)
    if row.door.startswith("unmask"):
        parts["mention"] = street.mentions[row.whose]
    if row.door in {"close_partner", "partner"}:
        parts = {"code": {"own": "harbor-school"}.get(row.whose, "no-school")}
    if row.door.startswith(("console_bulk_", "json_bulk_")):
        parts = {"bulk_id": street.uploads[row.whose]}
    if row.door == "json_upload":
        parts = {"upload_id": street.uploads[row.whose]}
    parts |= of_a_provider(row, street) | of_a_link(row, street) | of_a_duty(row, street)
    if row.door in {"mfa_edit_webauthn", "mfa_remove_webauthn"}:
        colleague = next(c for c in street.everybody() if c.passkey and c is not caller)
        parts["pk"] = {"own": caller.passkey, "other": colleague.passkey}.get(row.whose) or 9**9
    return reverse(row.door, kwargs=parts)


def typed_by(caller: Caller, row: Row, street: Street) -> dict[str, object]:
    """What somebody who may come in would send."""
    token = caller.token or street.callers["stranger"][0].token
    signed_token = caller.signed_token or street.callers["stranger"][0].signed_token
    letter = "B" if row.whose == "other" else "A"
    words = {
        "account_change_password": {
            "oldpassword": PASSWORD,
            "password1": "harbor bell drizzle 77",
            "password2": "harbor bell drizzle 77",
        },
        "account_login": {
            "login": street.callers["detective A"][0].officer.username,
            "password": PASSWORD,
        },
        "account_reauthenticate": {"password": PASSWORD},
        "add_officer": {
            "name": "Robin Gagnon",
            "username": "r.gagnon",
            "agency": caller.officer.agency.code if caller.officer else "",
            "role": "researcher",
            "language": "en",
            "interprets": [],
        },
        "add_word": {"ticket": ticket_for(token.secret), "message": "It was at noon."},
        "withdraw": {"ticket": ticket_for(token.secret)},
        "take_report": {**STORY, "channel": "phone", "token": minted_token()},
        "add_shifts": {
            "officer": caller.officer.username if caller.officer else "",
            "day": "2199-07-01",
            "begins": "08:00",
            "ends": "20:00",
            "days": "2",
        },
        "give_shift": {"to": caller.officer.username if caller.officer else ""},
        "add_to_referral": {"text": "It was at noon."},
        "agency_key": {"typed": A_PUBLIC_KEY},
        "answer": {"text": "Thank you. Where was it?"},
        "ask": {"text": "Which library?"},
        "ask_provider": {"kind": "was-public"},
        "ask_provider_for_desk": {"kind": "was-public"},
        "console_question": {"code": "none-seen"},
        "end_asking": {"what": street.questions.get(row.whose)},
        "end_asking_for_desk": {"what": street.marks.get(row.whose), "is_mark": "on"},
        "cancel": {"because": "mistake"},
        "close_bundle": {"reason": "insufficient", "note": "Empty forms."},
        "decide_bundle": {"what": "refuse", "report": ""},
        "change_officer": {"role": "outreach-officer", "language": "fr", "interprets": []},
        **typed_of_alike(at := street.reports.get(row.whose, "")),
        "come_back": {"words": " ".join(words_of(token.secret, language="en"))},
        "conflict": {"agency": "national"},
        "decline": {"because": "no-power", "note": "Not ours to do."},
        "give_identity": TYPED,
        **handing_over(street.callers[f"detective {letter}"][0].officer.username),
        "mfa_activate_totp": {"code": "000000"},
        "mfa_edit_webauthn": {"name": "Bag key"},
        "mfa_reauthenticate": {"code": totp_code()},
        "outcome": {"disposition": "under-investigation"},
        "add_provider_engineer": {"name": "Pat Roy", "username": "p.roy", "language": "en"},
        "console_bulk": {"pasted": sent_in_json("json_bulk").decode()},
        "console_check": {"document": REPORT.decode()},
        "new_notification": NOTIFICATION,
        "judge": {"side": "suspect", "verdict": "unsure", "reason": "Seen at the pier."},
        "issue_provider_key": {"days": "7"},
        "close_partner": {"open": "0"},
        "partner": {"name_en": "Harbor School", "name_fr": "École du port", "site": ""},
        "partners": {
            "name_en": "Pier School",
            "name_fr": "École du quai",
            "site": "https://example.com",
            "code": "pier-school",
        },
        "providers": {"name": "Pier Chat", "provider": "pier-chat", "environment": "test"},
        **POLICY_WORDS,
        **TYPED_PAGES,
        **typed_of_words(row.door, at),
        "refer": {"to": "national", "reason": "Their shore.", "is_anew": "on"},
        "reopen": {"note": "It names a pier."},
        "reply": {"text": "The one by the river."},
        "report": {**STORY, "token": signed_token},
        "save_words": {"token": signed_token},
        "tell_sender": {"word": "in-hand"},
        "tell": {"happening": "meeting", "token": signed_token},
        "supplement": {"earlier": street.referrals["other"], "reason": "One person."},
        "send_back": {"note": "Not our harbor."},
        **typed_on_a_watch_list(),
        "system_keys": {
            "name": "Case files",
            "officer": street.callers["detective A"][0].officer.username,
            "days": "7",
        },
    }
    if row.door in CASE_DOORS | OPERATION_DOORS | REQUEST_DOORS | {
        "case_search",
        "new_case",
        "new_operation",
    }:
        joining = street.callers["detective A"][0].officer
        return typed_in_a_case(street.cases.get(row.whose, street.cases["own"]), joining).get(
            row.door, {}
        )
    words |= TYPED_DUTIES | TYPED_FILTERS | TYPED_SHEETS | typed_on_secondment(row, caller)
    return (words | typed_abroad(row)).get(row.door, {})


def knock(
    row: Row, caller: Caller, street: Street, also: Mapping[str, object] = {}, **options
) -> HttpResponse:
    """One request of the table."""
    address, browser = address_of(row, caller, street), caller.browser(**options)
    if row.method == "GET":
        return browser.get(address)
    send = getattr(browser, row.method.lower())
    if row.door.startswith("wire_"):
        body, kind = sent_by_wire(
            row.door, street.filings.get(row.whose, 0), street.files.get(row.whose, "")
        )
        return send(address, body, content_type=kind)
    if row.door.startswith("law_"):
        body = TOLD_POLICE if row.door == "law_notifications" else ADDRESSES
        return send(address, body, content_type="application/json")
    if row.door.startswith("json_"):
        kind = {"content_type": "application/json", "HTTP_IDEMPOTENCY_KEY": row.door}
        return send(address, sent_in_json(row.door), **kind | SAID_BESIDE.get(row.door, {}))
    if row.door.startswith("records_"):
        said = typed_by(caller, row, street) or SYSTEM_BODIES.get(row.door, {})
        body, kind = json.dumps(said), "application/json"
        return send(address, body, content_type=kind, HTTP_IDEMPOTENCY_KEY="a1")
    typed = typed_by(caller, row, street) if row.method == "POST" else {}
    return send(address, {**also, **typed})


def in_words(row: Row, response: HttpResponse) -> str:
    """An answer as the table writes it."""
    if row.door.startswith("wire_"):
        code = re.search(rb"<responseCode>(\d+)<", response.content)
        return f"wire {code[1].decode()}" if code else str(response.status_code)
    if row.door.startswith("json_") and response.status_code >= 400:
        assert response["Content-Type"] == "application/problem+json"
        return f"problem {response.status_code}"
    if response.status_code not in {302, 303}:
        return str(response.status_code)
    place = urlsplit(response["Location"])
    if place.netloc:
        return "elsewhere"
    with override("en"):
        name = resolve(place.path).url_name
    return f"to {PLACES.get(name, name)}"


def as_bare(response: HttpResponse) -> tuple[object, ...]:
    """An answer but for what must differ: form tokens, and its own address in French."""
    page = OWN_ADDRESS.sub(b"", HIDDEN_TOKEN.sub(b"", response.content))
    headers = {n: v for n, v in response.headers.items() if n != "Content-Length"}
    return response.status_code, page, headers, sorted(response.cookies)
