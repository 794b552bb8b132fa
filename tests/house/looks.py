"""Every page that shows something of a report: who opens it, how, and the line that tells of it."""

from dataclasses import dataclass

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from havre.agencies.reads import agency_by_code, the_tipline
from havre.agencies.rules.permits import Permit, Role
from havre.audit.models import Entry
from havre.audit.rules import Event, Station
from havre.identifiers.models import Mention
from havre.intake.models import Message, Share, Stage
from havre.intake.questions.models import KeepUp, Question
from havre.intake.rules.submission import GivenIdentifier, Person, PersonRole
from havre.links.judging.actions import judge_link
from havre.links.models import Judgement
from havre.links.rules.clusters import Verdict
from havre.links.rules.facts import Side
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.referrals.models import Outcome, Referral
from havre.triage.closing.actions import close_report
from havre.triage.closing.rules import ClosingReason
from havre.triage.models import Closing, Override, QueueItem
from havre.triage.overrides.actions import set_lane
from havre.triage.overrides.rules import OverrideReason
from havre.triage.rules.words import Band
from tests import make
from tests.bundling import a_bundle
from tests.house.links_at_doors import some_likeness
from tests.house.reviews_at_doors import some_reviews
from tests.house.splits_at_doors import WORD_LOOKS, split_between, two_words
from tests.wires.wire import a_provider

OF_WHAT = {
    "alarm",
    "decision",
    "identifier",
    "inbox",
    "link",
    "log",
    "measures",
    "queue",
    "referral",
    "report",
}
# With these permits one sees reports and referrals; the table of doors watches the others' lines.
OF_REPORTS = {one for one in Permit if one.partition(":")[0] in OF_WHAT} - {Permit.REPORT_TAKE}
STORY = "lighthouse"
CHILD = Person(
    role=PersonRole.VICTIM,
    identifiers=(GivenIdentifier(kind="email", value="gull@example.com"),),
)


@dataclass
class World:
    """A report that waits, another that was referred, and who may look at them."""

    waiting: str
    sent: str
    shut: str
    asked: str
    referral: str
    judgement: str
    mention: str
    their_mention: str
    # What police asked of the report that was sent, and the desk's wish about the one that waits.
    question: str
    mark: str
    bundle: str
    review: str
    split: str
    # Of what was told later of the report that was sent: a word that waits, one that was passed on.
    words: tuple[str, str]
    people: dict[str, Client]
    ids: dict[str, str]


@dataclass(frozen=True)
class Look:
    """A page: who opens it, how, and the line that tells of it."""

    who: str
    address: str
    event: Event
    fields: dict[str, str] | None = None
    about: str = ""


A_REPORT = "/en/reports/{waiting}"
A_READING = "/en/second-readings/{review}"
A_REFERRAL = "/en/referrals/{referral}"
LOOKS: dict[str, Look] = {
    "accept": Look("detective", f"{A_REFERRAL}/accept", Event.REFERRAL_ACCEPTED, {}, "sent"),
    "add_to_referral": Look(
        "analyst", "/en/sent/{referral}/add", Event.REFERRAL_ADDED_TO, {"text": "At noon."}, "sent"
    ),
    "alarms": Look("detective", "/en/clocks", Event.ALARMS_READ),
    "ask": Look(
        "detective", f"{A_REFERRAL}/ask", Event.REFERRAL_ASKED, {"text": "Which library?"}, "sent"
    ),
    "answer": Look(
        "analyst", f"{A_REPORT}/answer", Event.MESSAGE_SENT, {"text": "Yes."}, "waiting"
    ),
    # Nobody but a provider can be asked, and none reported this: the page says so.
    "ask_provider": Look(
        "detective", f"{A_REFERRAL}/ask-provider", Event.REFERRAL_OPENED, {"kind": ""}, "sent"
    ),
    "ask_provider_for_desk": Look(
        "analyst", f"{A_REPORT}/ask-provider", Event.REPORT_OPENED, {"kind": ""}, "waiting"
    ),
    # What nobody opened is taken back, not cancelled: the page says so, and shows the report.
    "cancel": Look(
        "analyst", "/en/sent/{referral}/cancel", Event.REPORT_OPENED, {"because": "no"}, "sent"
    ),
    "bundle": Look("analyst", "/en/bundles/{bundle}", Event.BUNDLE_READ),
    "bundles": Look("analyst", "/en/bundles", Event.BUNDLES_READ),
    "decide_bundle": Look(
        "analyst", "/en/bundles/{bundle}/decide", Event.BUNDLE_REFUSED, {"what": "refuse"}
    ),
    "close_bundle": Look(
        "analyst",
        "/en/bundles/{bundle}/close",
        Event.BUNDLE_CLOSED,
        {"reason": "insufficient", "note": "Empty forms."},
    ),
    "alike": Look("analyst", f"{A_REPORT}/alike", Event.ALIKE_READ, None, "waiting"),
    "attach_alike": Look(
        "analyst", f"{A_REPORT}/alike/attach", Event.ALIKE_READ, {"because": ""}, "waiting"
    ),
    "close_alike": Look(
        "analyst", f"{A_REPORT}/alike/close", Event.ALIKE_READ, {"reason": ""}, "waiting"
    ),
    "part_alike": Look("analyst", f"{A_REPORT}/alike/part", Event.ALIKE_READ, {}, "waiting"),
    "rejoin_alike": Look(
        "analyst", f"{A_REPORT}/alike/rejoin", Event.ALIKE_REJOINED, {}, "waiting"
    ),
    "reopen_alike": Look(
        "analyst", f"{A_REPORT}/alike/reopen", Event.ALIKE_REOPENED, {}, "waiting"
    ),
    "chart": Look("analyst", f"{A_REPORT}/chart", Event.CHART_READ, None, "waiting"),
    "claim": Look("analyst", f"{A_REPORT}/claim", Event.REPORT_CLAIMED, {}, "waiting"),
    "close": Look(
        "analyst",
        f"{A_REPORT}/close",
        Event.REPORT_CLOSED,
        {"reason": "no-offence", "note": "Boats."},
        "waiting",
    ),
    "closings": Look("analyst", "/en/closed", Event.CLOSINGS_READ),
    "confirm_closing": Look(
        "supervisor", "/en/reports/{shut}/confirm-closing", Event.CLOSING_CONFIRMED, {}, "shut"
    ),
    "confirm_rank": Look(
        "supervisor", "/en/reports/{asked}/confirm-lane", Event.RANKING_CONFIRMED, {}, "asked"
    ),
    "end_asking": Look(
        "detective",
        f"{A_REFERRAL}/end-asking",
        Event.PROVIDER_QUESTION_WITHDRAWN,
        {"what": "{question}"},
        "sent",
    ),
    "end_asking_for_desk": Look(
        "analyst",
        f"{A_REPORT}/end-asking",
        Event.ACCOUNT_LET_GO,
        {"what": "{mark}", "is_mark": "on"},
        "waiting",
    ),
    "end_rank": Look("analyst", "/en/reports/{asked}/end-lane", Event.RANKING_ENDED, {}, "asked"),
    "ask_interpreter": Look(
        "analyst", f"{A_REPORT}/interpreter", Event.INTERPRETER_ASKED, {"language": "uk"}, "waiting"
    ),
    "translation": Look(
        "analyst", f"{A_REPORT}/translation", Event.TRANSLATION_READ, None, "waiting"
    ),
    "classification": Look(
        "analyst", f"{A_REPORT}/classification", Event.CLASSIFICATION_READ, None, "waiting"
    ),
    **{
        door: Look("analyst", f"/en/reports/{{sent}}/words/{path}", event, fields, "sent")
        for door, path, event, fields in WORD_LOOKS
    },
    "merge": Look("analyst", "/en/reports/{split}/merge", Event.REPORT_MERGED, {}, "drawn"),
    "reviews": Look("analyst", "/en/second-readings", Event.REVIEWS_READ),
    "review": Look("supervisor", A_READING, Event.REVIEW_READ, None, "review"),
    "follow_review": Look("supervisor", f"{A_READING}/follow", Event.REVIEW_READ, {}, "review"),
    "split": Look("analyst", f"{A_REPORT}/split", Event.SPLIT_READ, None, "waiting"),
    "notes": Look("analyst", f"{A_REPORT}/notes", Event.ENRICHMENT_READ, None, "waiting"),
    "rank": Look(
        "analyst",
        f"{A_REPORT}/lane",
        Event.REPORT_RANKED,
        {"to": "C", "reason": "context", "note": "The school called."},
        "waiting",
    ),
    "conflict": Look(
        "analyst",
        f"{A_REPORT}/conflict",
        Event.CONFLICT_NOTED,
        {"agency": "harbor-police"},
        "waiting",
    ),
    "decline": Look(
        "detective",
        f"{A_REFERRAL}/decline",
        Event.REFERRAL_DECLINED,
        {"because": "no-power", "note": "Not ours to do."},
        "sent",
    ),
    "hand_over": Look(
        "detective", f"{A_REFERRAL}/hand-over", Event.REFERRAL_OPENED, {"to": "nobody"}, "sent"
    ),
    "inbox": Look("detective", "/en/inbox", Event.INBOX_READ),
    "agency_shift": Look("chief", "/en/inbox/shift", Event.SHIFT_READ),
    "find_referral": Look("detective", "/en/inbox/search", Event.REPORTS_SEARCHED, {"text": "a@b"}),
    "find_report": Look("analyst", "/en/queue/search", Event.REPORTS_SEARCHED, {"text": "a@b"}),
    "shift": Look("analyst", "/en/shift", Event.SHIFT_READ),
    "judge": Look(
        "analyst",
        f"{A_REPORT}/links/{{sent}}/judge",
        Event.LINK_JUDGED,
        {"side": "victim", "verdict": "unsure", "reason": "Two boats."},
        "waiting",
    ),
    "likenesses": Look("analyst", "/en/same-person", Event.LIKENESSES_READ),
    "link": Look("analyst", f"{A_REPORT}/links/{{sent}}", Event.LINK_READ, None, "waiting"),
    "log": Look("auditor", "/en/log", Event.LOG_READ),
    "measures": Look("supervisor", "/en/measures", Event.MEASURES_READ),
    "outcome": Look("detective", f"{A_REFERRAL}/outcome", Event.REFERRAL_OPENED, {}, "sent"),
    "package": Look("detective", f"{A_REFERRAL}/package", Event.PACKAGE_FETCHED, {}, "sent"),
    "queue": Look("analyst", "/en/queue", Event.QUEUE_READ),
    "refer": Look(
        "analyst",
        f"{A_REPORT}/refer",
        Event.REFERRAL_SENT,
        {"to": "harbor-police", "reason": "Theirs."},
        "waiting",
    ),
    "refit": Look("supervisor", "/en/same-person/weights", Event.REFIT_READ),
    "refit_file": Look("supervisor", "/en/same-person/weights/file", Event.REFIT_READ),
    "referral": Look("detective", A_REFERRAL, Event.REFERRAL_OPENED, None, "sent"),
    "release": Look("analyst", f"{A_REPORT}/release", Event.REPORT_RELEASED, {}, "waiting"),
    "reopen": Look(
        "analyst", "/en/reports/{shut}/reopen", Event.REPORT_REOPENED, {"note": "A pier."}, "shut"
    ),
    "reply": Look(
        "analyst",
        "/en/sent/{referral}/reply",
        Event.REFERRAL_ANSWERED,
        {"text": "By the river."},
        "sent",
    ),
    "report_page": Look("analyst", A_REPORT, Event.REPORT_OPENED, None, "waiting"),
    "send_back": Look(
        "detective", f"{A_REFERRAL}/return", Event.REPORT_RETURNED, {"note": "Not ours."}, "sent"
    ),
    "supplement": Look(
        "analyst",
        f"{A_REPORT}/supplement",
        Event.REPORT_OPENED,
        {"earlier": "R-0000-0000"},
        "waiting",
    ),
    "tell_sender": Look(
        "detective", f"{A_REFERRAL}/tell", Event.REFERRAL_OPENED, {"word": "in-hand"}, "sent"
    ),
    "undo": Look("analyst", "/en/sent/{referral}/undo", Event.REFERRAL_UNDONE, {}, "sent"),
    "unjudge": Look(
        "analyst",
        f"{A_REPORT}/links/{{sent}}/undo/{{judgement}}",
        Event.JUDGEMENT_UNDONE,
        {},
        "waiting",
    ),
    "unmask": Look(
        "analyst", f"{A_REPORT}/unmask/{{mention}}", Event.IDENTIFIER_UNMASKED, {}, "waiting"
    ),
    "unmask_for_addressee": Look(
        "detective",
        f"{A_REFERRAL}/unmask/{{their_mention}}",
        Event.IDENTIFIER_UNMASKED,
        {},
        "sent",
    ),
}


def staff_pages() -> set[str]:
    """The names of all addresses that stand behind a permit and show something."""

    def walk(patterns: list) -> list[URLPattern]:
        found = []
        for one in patterns:
            found += walk(one.url_patterns) if isinstance(one, URLResolver) else [one]
        return found

    pages = walk(get_resolver().url_patterns)
    return {one.name for one in pages if shows_a_report(set(getattr(one.callback, "permits", ())))}


def shows_a_report(permits: set[Permit]) -> bool:
    """What is shown of a case is counted at the doors of cases."""
    return bool(permits & OF_REPORTS) and Permit.CASE_READ not in permits


def build() -> World:
    """Two reports with a child's e-mail, which is masked; one of them was referred."""
    harbor = make.directory()
    analyst, detective = make.analyst(), make.officer(harbor)
    auditor = make.officer(agency_by_code("tipline"), Role.AUDITOR)
    told, own = {"people": (CHILD,)}, make.receipt()
    waiting, sent = (
        make.report(f"He told of the {STORY}.", holder=one, **told) for one in (None, own)
    )
    referral, words = make.referral(sent, to=harbor, by=analyst), two_words(sent, own, by=analyst)
    judge_link(
        waiting.reference,
        other=sent.reference,
        side=Side.VICTIM,
        verdict=Verdict.SAME,
        reason="One pier.",
        by=analyst,
    )
    some_likeness(waiting.reference, sent.reference)
    keeper, drawn = make.officer(the_tipline(), Role.SUPERVISOR), make.report("Old boats.")
    split_between(drawn, (), by=analyst)
    review = str(some_reviews(drawn.reference, by=make.analyst(), reader=keeper)["waiting"])
    shut, asked = (make.report("I am in danger now.", people=()) for _ in range(2))
    why = OverrideReason.CONTEXT
    set_lane(asked.reference, to=Band.C, reason=why, note="The school called.", by=analyst)
    close_report(shut.reference, reason=ClosingReason.NO_OFFENCE, note="Boats.", by=analyst)
    with acting_as(Station.PIPELINE.context):
        judgement = Judgement.objects.get()
        masked = [
            Mention.objects.get(record__report=report, clear="") for report in (waiting, sent)
        ]
    provider = a_provider("pier-chat").provider
    with acting_as(detective.context):
        question = Question(
            report=sent, provider=provider, agency=harbor, kind="was-public", due_at=clock.now()
        )
        question.save(force_insert=True)
    with acting_as(analyst.context):
        mark = KeepUp.objects.create(report=waiting, provider=provider)
    people = {"analyst": analyst, "auditor": auditor, "detective": detective, "supervisor": keeper}
    people["chief"] = make.officer(harbor, Role.AGENCY_SUPERVISOR)
    return World(
        waiting=waiting.reference,
        sent=sent.reference,
        shut=shut.reference,
        asked=asked.reference,
        referral=referral.reference,
        judgement=str(judgement.pk),
        mention=str(masked[0].pk),
        their_mention=str(masked[1].pk),
        question=str(question.pk),
        mark=str(mark.pk),
        bundle=str(a_bundle(provider, analyst).pk),
        split=drawn.reference,
        words=words,
        review=review,
        people={who: make.browser(one) for who, one in people.items()},
        ids={
            "asked": str(asked.pk),
            "drawn": str(drawn.pk),
            "review": review,
            "sent": str(sent.pk),
            "shut": str(shut.pk),
            "waiting": str(waiting.pk),
        },
    )


def answered(world: World, look: Look):
    """The answer to one look."""
    client = world.people[look.who]
    client.raise_request_exception = False
    address = look.address.format(**vars(world))
    if look.fields is None:
        return client.get(address)
    typed = {name: value.format(**vars(world)) for name, value in look.fields.items()}
    return client.post(address, typed)


def lines_of(world: World, look: Look) -> int:
    """How many lines tell of looks like this one, by an officer, about this report."""
    with acting_as(Station.PIPELINE.context):
        lines = Entry.objects.filter(event=look.event, actor__startswith="officer:")
        return lines.filter(about=world.ids[look.about]).count() if look.about else lines.count()


def everything_but_sessions() -> dict[str, list]:
    """The rows that a look could have changed."""
    models = (Closing, Entry, Message, Outcome, Override, QueueItem, Referral, Share, Stage)
    with acting_as(Station.PIPELINE.context):
        return {one.__name__: list(one.objects.order_by("pk").values()) for one in models}
