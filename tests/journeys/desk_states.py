"""The pages of the desk and of an agency's inbox, in every state they can be in."""

from tests.journeys.town import (
    ADMIN,
    ANALYST,
    AUDITOR,
    DETECTIVE,
    SUPERVISOR,
)
from tests.journeys.visits import Reach, State, Visit, opened


def narrowed(page: str, question: str) -> Reach:
    return lambda visit: visit.page.goto(f"{visit.town.at(page, visit.language)}?{question}")


def file_nothing(visit: Visit) -> None:
    visit.go("take_report")
    visit.press()


def file_a_call(visit: Visit) -> None:
    visit.go("take_report")
    visit.page.locator("input[name=happening][value=meeting]").check()
    visit.fill("[name=story]", "She says that he asked her son to meet.")
    visit.press()


def claim(visit: Visit) -> None:
    visit.go("queue")
    visit.press("main tbody .btn")


def open_report(visit: Visit) -> None:
    visit.go("queue")
    visit.press("main tbody .row-title")


def open_undecided(visit: Visit, rows: str = "tr") -> str:
    """Open the first report that may be referred and closed whole; gives its number.

    What stands before it depends on the order of the states: a split one, or one of which words are
    to be passed on.
    """
    visit.go("queue")
    waiting = visit.page.locator(f"main tbody {rows} .row-title")
    at = [title.get_attribute("href") for title in waiting.all()]
    for address in at:
        visit.page.goto(f"{visit.town.url}{address}")
        if visit.page.locator("#close > summary").count():
            return visit.page.url.rsplit("/", 1)[1]
    raise AssertionError(at)


def refer_without_reason(visit: Visit) -> None:
    open_undecided(visit)
    visit.press("form:has(#refer_to) .btn")


def open_bundle(visit: Visit) -> None:
    visit.go("bundle", bundle_id=visit.town.bundle)


def close_bundle_without_reason(visit: Visit) -> None:
    open_bundle(visit)
    visit.press("form:has([name=note]) .btn")


def close_without_reason(visit: Visit) -> None:
    open_undecided(visit)
    visit.page.locator("#close > summary").click()
    visit.press("form:has(#close_reason) .btn")


def close_it(visit: Visit) -> None:
    """Each language closes one report that nobody has in hand; then its page shows how."""
    number = open_undecided(visit, "tr:has(button)")
    visit.page.locator("#close > summary").click()
    visit.page.locator("#close_reason").select_option("no-offence")
    visit.fill("#close_note", "Looked at the page: boats.")
    visit.press("form:has(#close_reason) .btn")
    visit.go("report_page", reference=number)
    visit.page.locator("form:has(#reopen_note)").wait_for(state="attached")


def several_alike(visit: Visit) -> None:
    visit.go("queue")
    waiting = visit.page.locator("main tbody .row-sub.mono").first
    visit.go("alike", reference=waiting.inner_text().strip())


def close_none_alike(visit: Visit) -> None:
    several_alike(visit)
    visit.press("main form:has(#alike_reason) .btn:not(.plain)")


def name_no_filter(visit: Visit) -> None:
    narrowed("queue", "channel=mail")(visit)
    visit.page.locator("details summary").first.click()
    visit.press("form:has(#filter_new_name) .btn")


def charted(visit: Visit) -> None:
    """Two reports tell of one person: the first of them, then the other opened beside it."""
    visit.go("chart", reference=visit.report(0))
    visit.press("svg.chart a")


def chart_of_nothing(visit: Visit) -> None:
    visit.go("chart", reference=visit.report(1))
    visit.page.locator("main .empty").wait_for()


def rank_without_reason(visit: Visit) -> None:
    open_report(visit)
    visit.page.locator("#lane summary").click()
    visit.press("form:has(#lane_to) .btn")


def write_no_note(visit: Visit) -> None:
    visit.go("notes", reference=visit.report(0))
    visit.press("main form .btn")


def write_note(visit: Visit) -> None:
    """A note, then its correction: the page shows both, and how to correct again."""
    visit.go("notes", reference=visit.report(0))
    visit.page.locator("#note_source").select_option("site")
    visit.fill("#note_address", "https://boats.example.com/pier")
    visit.fill("#note_looked_at", "2026-11-01T10:00")
    visit.fill("#note_how", "Without an account.")
    visit.fill("#note_found", "A page about boats.")
    visit.press("main form .btn")
    visit.press("section:has(#looked) article a")
    visit.page.locator("#note_kept_back").select_option("not-certain")
    visit.press("main form .btn")
    visit.go("notes", reference=visit.report(0))


def translate_nothing(visit: Visit) -> None:
    visit.go("translation", reference=visit.report(2))
    visit.press("main form .btn")


def translate(visit: Visit) -> None:
    """Asked for by hand, then translated: the page of the report shows what it says."""
    visit.go("translation", reference=visit.report(2))
    visit.page.locator("#ask_language").select_option("uk")
    visit.press("aside form .btn")
    visit.press("section:has(#translated) a")
    visit.fill("#translation_text", "He asked me to meet on Saturday.")
    visit.fill("#translation_who", "No. 214")
    visit.press("main form .btn")
    visit.go("translation", reference=visit.report(2))


def classify_as_nothing(visit: Visit) -> None:
    visit.go("classification", reference=visit.report(1))
    visit.press("main form .btn")


def classify(visit: Visit) -> None:
    """Twice, so that the page shows what was said before."""
    for kind in ("threat", "pictures"):
        visit.go("classification", reference=visit.report(1))
        visit.page.locator("#classify_happening").select_option(kind)
        visit.fill("#classify_reason", "The words say so.")
        visit.press("main form .btn")
    visit.go("classification", reference=visit.report(1))


def ask_to_lower(visit: Visit) -> None:
    """The first report of the queue is immediate: it stays so until somebody else agrees."""
    open_report(visit)
    visit.page.locator("#lane summary").click()
    visit.page.locator("#lane_to").select_option("C")
    visit.page.locator("#lane_reason").select_option("context")
    visit.fill("#lane_note", "The school called about it.")
    visit.press("form:has(#lane_to) .btn")


def side_by_side(visit: Visit) -> None:
    """Two reports of which nobody has said anything: the second shares nothing with the first."""
    visit.go("link", reference=visit.report(0), other=visit.report(1))


def laid_side_by_side_from_the_list(visit: Visit) -> None:
    visit.go("likenesses")
    visit.press("main table a")


def judge(visit: Visit, *, reason: str = "Seen at two piers.") -> None:
    side_by_side(visit)
    visit.page.locator("#judge_verdict").select_option("unsure")
    visit.fill("#judge_reason", reason)
    visit.press("form:has(#judge_reason) .btn")


def answer_nothing(visit: Visit) -> None:
    """Of a report that has a reporter; the first of the queue may be a provider's."""
    visit.go("report_page", reference=visit.report(2))
    visit.press("form:has(#answer_text) .btn")


def referral(number: int) -> Reach:
    return lambda visit: visit.go("referral", reference=visit.referral(number))


def return_without_note(visit: Visit) -> None:
    referral(0)(visit)
    visit.page.locator("aside details:has(#return_note) summary").first.click()
    visit.press("aside details:has(#return_note) .btn")


def take(visit: Visit) -> None:
    referral(1)(visit)
    if visit.page.locator("#id_disposition, [name=disposition]").count() == 0:
        visit.press("aside form .btn")


def record_nothing(visit: Visit) -> None:
    take(visit)
    visit.press("aside form:has([name=disposition]) .btn")


def record(visit: Visit) -> None:
    referral(2)(visit)
    visit.press("aside form .btn")
    visit.page.locator("[name=disposition]").select_option("child-safeguarded")
    visit.fill("[name=count]", "1")
    visit.press("aside form:has([name=disposition]) .btn")


def provider(visit: Visit) -> None:
    visit.go("provider_page", provider="example-chat")


def issue_key(visit: Visit) -> None:
    provider(visit)
    visit.press("main form[action$='key'] .btn, main form[action$='cle'] .btn")


def issue_for_too_long(visit: Visit) -> None:
    provider(visit)
    visit.fill("[name=days]", "400")
    visit.press("main form[action$='key'] .btn, main form[action$='cle'] .btn")


def add_nobody(visit: Visit) -> None:
    visit.go("providers")
    visit.press("main form .btn")


DESK = (
    opened("take_report", ANALYST),
    State("take_report", "in error", file_nothing, ANALYST, 422),
    State("take_report", "filed", file_a_call, ANALYST),
    opened("queue", ANALYST, "filled"),
    State("alike", "filled", several_alike, ANALYST),
    opened("filters", ANALYST, "empty"),
    State("save_filter", "in error", name_no_filter, ANALYST, 422),
    State("alike", "in error", close_none_alike, ANALYST, 422),
    State("queue", "empty", narrowed("queue", "lane=mine"), ANALYST),
    State("queue", "in quarantine", narrowed("queue", "lane=quarantine"), ANALYST),
    State("queue", "claimed", claim, SUPERVISOR),
    State("report_page", "filled", open_report, ANALYST),
    State("report_page", "referring in error", refer_without_reason, ANALYST, 422),
    State("report_page", "answering in error", answer_nothing, ANALYST, 422),
    State("report_page", "closing in error", close_without_reason, ANALYST, 422),
    State("report_page", "closed without referral", close_it, ANALYST),
    State("notes", "writing in error", write_no_note, ANALYST, 422),
    State("notes", "corrected", write_note, ANALYST),
    State("translation", "writing in error", translate_nothing, ANALYST, 422),
    State("translation", "translated", translate, ANALYST),
    State("classification", "in error", classify_as_nothing, ANALYST, 422),
    State("classification", "said twice", classify, ANALYST),
    State("chart", "one opened", charted, ANALYST),
    State("chart", "empty", chart_of_nothing, ANALYST),
    State("report_page", "ranking in error", rank_without_reason, ANALYST, 422),
    State("report_page", "asked to be lowered", ask_to_lower, ANALYST),
    State("queue", "to confirm", narrowed("queue", "lane=confirm"), SUPERVISOR),
    State("link", "side by side", side_by_side, ANALYST),
    State("link", "found alike", laid_side_by_side_from_the_list, ANALYST),
    opened("likenesses", ANALYST),
    opened("refit", SUPERVISOR),
    State("link", "judging in error", lambda visit: judge(visit, reason=""), ANALYST, 422),
    State("link", "judged", judge, ANALYST),
    opened("closings", SUPERVISOR, "filled"),
    opened("bundles", ANALYST, "filled"),
    State("bundle", "filled", open_bundle, ANALYST),
    State("bundle", "closing in error", close_bundle_without_reason, ANALYST, 422),
    State("closings", "empty", narrowed("closings", "sought=nothing"), ANALYST),
    opened("inbox", DETECTIVE, "filled"),
    opened("alarms", ANALYST, "filled"),
    opened("alarms", DETECTIVE, "for an agency"),
    State("inbox", "empty", narrowed("inbox", "state=returned"), DETECTIVE),
    State("referral", "new", referral(0), DETECTIVE),
    State("referral", "returning in error", return_without_note, DETECTIVE, 422),
    State("referral", "taken", take, DETECTIVE),
    State("referral", "recording in error", record_nothing, DETECTIVE, 422),
    State("referral", "with an outcome", record, DETECTIVE),
    opened("measures", SUPERVISOR, "filled"),
    opened("providers", ADMIN, "filled"),
    State("providers", "adding in error", add_nobody, ADMIN, 422),
    State("provider_page", "filled", provider, ADMIN),
    State("provider_page", "with a new key", issue_key, ADMIN),
    State("provider_page", "issuing in error", issue_for_too_long, ADMIN, 422),
    opened("log", AUDITOR, "filled"),
    State("log", "empty", narrowed("log", "about=nothing"), AUDITOR),
    State(
        "report_page",
        "404",
        lambda visit: visit.go("report_page", reference="R-0000-0000"),
        ANALYST,
        404,
    ),
)
