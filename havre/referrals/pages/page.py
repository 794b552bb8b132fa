"""The two pages that show a report: the desk's, where it is decided, and the addressee's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from havre.agencies.models import Officer
from havre.agencies.rules.words import AgencyKind
from havre.identifiers.reads import Around, around
from havre.intake.models import Report
from havre.intake.reads import OpenedReport
from havre.links.reads import Linked, Names, clusters_with
from havre.links.watches.models import Notice
from havre.links.watches.reads import notices_on
from havre.links.watches.rules import Word
from havre.plumbing import clock
from havre.referrals.actions import OpenedReferral
from havre.referrals.asking.reads import Asked, asked_about
from havre.referrals.classifying.reads import BothKinds
from havre.referrals.judging.reads import ClusterRow, cluster_rows, merges_waiting
from havre.referrals.later.page import WordsView, words_view
from havre.referrals.models import Referral
from havre.referrals.pages.closings import ClosingView, closing_views
from havre.referrals.pages.incidents import IncidentView, incident_views
from havre.referrals.pages.overrides import OverrideView, override_views
from havre.referrals.pages.tables import (
    Done,
    HandoverRow,
    IdentifierRow,
    LinkTable,
    SentRow,
    Unmasked,
    done_rows,
    handover_row,
    identifier_rows,
    link_table,
    links_given,
    sent_row,
)
from havre.referrals.pages.telling import Telling, telling, texts_of
from havre.referrals.pages.translated import (
    Translated,
    TranslationRow,
    spoken_of,
    translated_view,
    translation_rows,
)
from havre.referrals.pages.withholding import spans_held
from havre.referrals.reads import act_of_clock, answer_clock, rule_as_sent, title_as_sent
from havre.referrals.releases.reads import Telling as Told
from havre.referrals.releases.reads import telling_of
from havre.referrals.rules.redact import redacted
from havre.referrals.rules.states import OVER
from havre.referrals.sending.actions import OnTheDesk
from havre.referrals.sending.reads import Weighing, weighing_of
from havre.referrals.sending.wording import WHOLE_BECAUSE
from havre.triage.bundles.models import Bundle
from havre.triage.bundles.reads import standing_in
from havre.triage.closing.reads import title_of_closing
from havre.triage.enrichment.reads import NoteRow, note_rows
from havre.triage.learning.reads import raised
from havre.triage.models import QueueItem
from havre.triage.paging.models import Page
from havre.triage.paging.reads import page_of_report
from havre.triage.policies.reads import policy_in_force
from havre.triage.reads import (
    Suggested,
    assessment_of,
    came_by,
    clock_of_item,
    item_of,
    rule_of,
    suggested_for,
    title_of,
)
from havre.triage.rules.clocks import Clock
from havre.triage.rules.words import Assessment, Reason, Score
from havre.triage.wording import LANES


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonRow:
    """A reason, its points, and the place on the page it stands on."""

    label: str
    points: int
    anchor: str
    is_gap: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreCard:
    """One of the two scores with the reasons whose points make it."""

    code: Score
    points: int
    reasons: tuple[ReasonRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RaisedView:
    """By which later report this one was raised; `lane` is None when only its points rose."""

    from_lane: Promise
    lane: Promise | None
    reference: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPage:
    """A report as the tipline decides on it."""

    opened: OpenedReport
    item: QueueItem | None
    band: str
    title: str
    rule: str
    clock: Clock | None
    telling: Telling
    identifiers: tuple[IdentifierRow, ...]
    links: LinkTable
    clusters: tuple[ClusterRow, ...]
    merges: Sequence[str]
    scores: tuple[ScoreCard, ...]
    gaps: tuple[str, ...]
    policy: str
    suggested: tuple[Suggested, ...]
    sent: tuple[SentRow, ...]
    done: tuple[Done, ...]
    weighing: Weighing
    closings: tuple[ClosingView, ...]
    overrides: tuple[OverrideView, ...]
    looked: tuple[NoteRow, ...]
    translated: Translated
    kinds: tuple[BothKinds, ...]
    raised: RaisedView | None
    # The bundle in which it stands, or that it was closed with.
    bundle: Bundle | None
    asked: Asked
    # What it was split into.
    incidents: tuple[IncidentView, ...]
    # What its reporter and the tipline wrote to each other.
    words: WordsView
    # The last time that somebody was called for it.
    call: Page | None
    # What the desk is told of watches, each with the name of the agency where it may be named.
    notices: tuple[tuple[Notice, str], ...]

    @property
    def report(self) -> Report:
        """The report."""
        return self.opened.report

    @property
    def asks_for_centre(self) -> bool:
        """Whether the coordinator is to be asked before it is referred."""
        return any(notice.word == Word.CENTRE for notice, _ in self.notices)

    @property
    def spoken(self) -> str:
        """The language its words came in, as far as it is known."""
        return self.translated.spoken or self.report.language

    @property
    def came_by(self) -> str:
        """Which way it came, or by whom."""
        return came_by(self.report)

    @property
    def handovers(self) -> tuple[HandoverRow, ...]:
        """What goes along to each kind of addressee, and what is held."""
        return tuple(handover_row(each) for each in self.weighing.handovers)

    @property
    def closing_sample_percent(self) -> int:
        """Of so many in a hundred closings, a second person reads each."""
        return policy_in_force().closing_sample_percent

    @property
    def closing(self) -> ClosingView | None:
        """How it is closed whole now, if it is."""
        whole = (view for view in self.closings if view.number is None)
        return next((view for view in whole if view.is_standing), None)

    @property
    def is_split(self) -> bool:
        """Whether it tells of several incidents that are decided apart."""
        return bool(self.incidents)

    @property
    def barred(self) -> frozenset[str]:
        """The agencies for which a person reported works, by code."""
        return frozenset(row.agency.code for row in self.weighing.conflicts)

    @property
    def held_by(self) -> frozenset[str]:
        """The agencies that have it already, by code."""
        standing = (s.referral for s in self.sent if s.referral.state not in OVER)
        return frozenset(referral.to_agency.code for referral in standing)

    @property
    def takes_messages(self) -> bool:
        """Whether its reporter holds a receipt to come back with."""
        return self.report.provider_id is None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralPage:
    """A referral as its addressee reads it."""

    referral: Referral
    report: Report
    sent: SentRow
    title: str
    rule: str
    clock: Clock | None
    act: str
    telling: Telling
    is_whole: bool
    identifiers: tuple[IdentifierRow, ...]
    links: LinkTable
    done: tuple[Done, ...]
    told: Told
    asked: Asked
    looked: tuple[NoteRow, ...]
    # The incident of a split report that alone was sent, and why the whole story was, if it was.
    part: int | None
    whole: Promise | None
    translations: tuple[TranslationRow, ...]
    # The language its words came in, where it was translated from a third one.
    spoken: str


def report_page(
    desk: OnTheDesk, *, language: str, unmasked: Unmasked, all_links: bool, actor: Officer
) -> ReportPage:
    """Everything the tipline decides on, in one place."""
    opened, item = desk.opened, item_of((report := desk.opened.report).pk, actor=actor)
    linked, names, suggested = _found(found := around(report.pk, actor=actor), language, actor)
    told = _told(desk, assessment := assessment_of(item) if item else None)
    band, title, rule = _standing(item, desk, language)
    return ReportPage(
        opened=opened,
        item=item,
        band=band,
        title=title,
        rule=rule,
        clock=clock_of_item(item, now=clock.now()) if item else None,
        telling=told,
        identifiers=identifier_rows(found, unmasked=unmasked, actor=actor),
        links=link_table(report.pk, linked, whole=all_links, language=language, actor=actor),
        clusters=cluster_rows(report.pk, names, actor=actor),
        merges=merges_waiting(report.pk, names, actor=actor),
        scores=_cards(assessment, told, language) if assessment else (),
        gaps=_labels(assessment.gaps, language) if assessment else (),
        policy=assessment.policy if assessment else "",
        suggested=suggested,
        sent=tuple(sent_row(each, language=language) for each in desk.sent),
        done=done_rows(report.pk, actor=actor),
        weighing=_weighed(opened, linked, suggested, actor),
        closings=closing_views(desk.closings, actor=actor),
        overrides=override_views(desk.overrides, actor=actor),
        looked=note_rows(desk.notes),
        kinds=desk.kinds,
        incidents=incident_views(report.pk, desk, language=language, actor=actor),
        words=words_view(opened, desk.sent, language=language),
        translated=translated_view(desk, band=band, actor=actor),
        raised=_raised(item, actor) if item else None,
        bundle=standing_in(report.pk, actor=actor),
        asked=asked_about(report, language=language, actor=actor),
        notices=_notices(report, language, actor),
        call=page_of_report(report.pk, actor=actor),
    )


def referral_page(
    opened: OpenedReferral, *, language: str, unmasked: Unmasked, all_links: bool, actor: Officer
) -> ReferralPage:
    """What an addressee acts on. The reporter's name and contact are held back."""
    referral, submission = opened.referral, opened.opened.submission
    report = opened.opened.report
    held = spans_held(opened.opened, actor=actor)
    found = around(report.pk, actor=actor)
    linked = links_given(found, actor=actor)
    # What the package withholds, the page withholds: one rule for both.
    given = redacted(submission, recipient=AgencyKind(actor.agency.kind))
    return ReferralPage(
        referral=referral,
        report=report,
        sent=sent_row(opened, language=language),
        title=title_as_sent(referral, language=language),
        rule=rule_as_sent(referral, language=language),
        clock=answer_clock(referral, now=clock.now()),
        act=act_of_clock(referral),
        telling=telling(given, exhibits=opened.opened.exhibits, held=held),
        is_whole=opened.opened.is_whole,
        identifiers=identifier_rows(found, unmasked=unmasked, part=opened.part, actor=actor),
        links=link_table(report.pk, linked, whole=all_links, language=language, actor=actor),
        done=done_rows(report.pk, actor=actor),
        told=telling_of(referral),
        asked=asked_about(report, language=language, actor=actor),
        looked=note_rows(opened.notes),
        part=opened.part,
        whole=WHOLE_BECAUSE.get(referral.whole_because),
        translations=translation_rows(opened.translations),
        spoken=spoken_of(opened.translations) or report.language,
    )


def _told(desk: OnTheDesk, assessment: Assessment | None) -> Telling:
    reasons = assessment.reasons if assessment else ()
    return telling(desk.opened.submission, exhibits=desk.opened.exhibits, reasons=reasons)


def _found(
    found: Around, language: str, actor: Officer
) -> tuple[Sequence[Linked], Names, tuple[Suggested, ...]]:
    """To what a report is tied, its clusters, and who can act on it: asked once for all who ask."""
    return (
        links_given(found, actor=actor),
        clusters_with(found.report, actor=actor),
        tuple(suggested_for(found.report, language=language)),
    )


def _weighed(
    opened: OpenedReport, linked: Sequence[Linked], suggested: Sequence[Suggested], actor: Officer
) -> Weighing:
    texts, report = texts_of(opened.submission).values(), opened.report.pk
    return weighing_of(report, linked, suggested=suggested, texts=texts, actor=actor)


def _standing(item: QueueItem | None, desk: OnTheDesk, language: str) -> tuple[str, str, str]:
    """Lane, title and rule: as it waits, as it was closed, or as it was last sent."""
    if item:
        return item.band, title_of(item, language=language), rule_of(item, language=language)
    closed = next((one.closing for one in desk.closings if not one.closing.reopened_at), None)
    if closed:
        as_it_was = QueueItem(band=closed.band, rule=closed.rule, title=closed.title)
        rule = rule_of(as_it_was, language=language)
        return closed.band, title_of_closing(closed, language=language), rule
    if desk.sent:
        last = desk.sent[-1].referral
        rule = rule_as_sent(last, language=language)
        return last.band, title_as_sent(last, language=language), rule
    return "", "", ""


def _raised(item: QueueItem, actor: Officer) -> RaisedView | None:
    found = raised(item, actor=actor)
    if found is None:
        return None
    lane = LANES[item.rule_band] if item.rule_band < found.from_band else None
    return RaisedView(
        from_lane=LANES[found.from_band], lane=lane, reference=found.reference, at=found.at
    )


def _notices(report: Report, language: str, actor: Officer) -> tuple[tuple[Notice, str], ...]:
    found = notices_on(report.pk, actor=actor)
    return tuple((each, each.agency.name(language) if each.agency else "") for each in found)


def _cards(assessment: Assessment, told: Telling, language: str) -> tuple[ScoreCard, ...]:
    points = {Score.RISK: assessment.risk, Score.ACTION: assessment.actionability}
    return tuple(
        ScoreCard(
            code=score,
            points=points[score],
            reasons=tuple(
                ReasonRow(
                    label=_labels((reason.factor,), language)[0],
                    points=reason.points,
                    anchor=_anchor(reason, told),
                    is_gap=reason.factor in assessment.gaps,
                )
                for reason in assessment.reasons_of(score)
            ),
        )
        for score in (Score.RISK, Score.ACTION)
    )


def _anchor(reason: Reason, told: Telling) -> str:
    """Where on the page a reason can be checked: its mark, or the section of its field."""
    if reason in told.anchors:
        return told.anchors[reason]
    if ".identifiers." in reason.field:
        return "identifiers"
    section = reason.field.partition(".")[0]
    return {"links": "links", "people": "people", "files": "files", "": ""}.get(section, "said")


def _labels(codes: tuple[str, ...], language: str) -> tuple[str, ...]:
    policy = policy_in_force()
    return tuple(policy.wording(code)[0].in_language(language) for code in codes)
