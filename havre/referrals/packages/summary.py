"""The summary of a referral as a page to be read, printed and shown in court."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from havre.evidence.models import Exhibit
from havre.intake.rules.submission import GivenIdentifier, Moment, Submission
from havre.plumbing.typeset import DOCUMENT, typeset
from havre.referrals.models import Referral
from havre.referrals.packages.rules.exhibits import Absence
from havre.referrals.packages.rules.identifiers import every_identifier
from havre.referrals.packages.wording import (
    ABSENCES,
    FOOT,
    HANDLING,
    LEFT_OUT,
    LEGAL_BASES,
    LOOKED_AT,
    LOOKED_AT_IS,
    NO_CAVEAT,
    NO_FILE,
    NO_IDENTIFIER,
    NOT_HERE,
    NOT_KNOWN,
    NOT_SCORED,
    NOTHING_LOOKED_AT,
    OUTCOME,
    TAKEN_TO_BE,
    TITLE,
    TRANSLATED_IS,
    VERIFY,
    VIEWED,
    WITHHELD,
)
from havre.referrals.pages.telling import FileRow, IncidentRow, PersonRow, Telling, telling
from havre.referrals.pages.translated import translation_rows
from havre.referrals.reads import rule_as_sent, title_as_sent
from havre.referrals.rules.redact import WITHHELD as MARK
from havre.referrals.rules.sending import Held
from havre.referrals.sending.wording import CAVEATS
from havre.referrals.wording import HAPPENINGS, KINDS, ROLES
from havre.triage.enrichment.reads import NoteRow
from havre.triage.interpreting.sealed import OpenedTranslation
from havre.triage.rules.words import Band
from havre.triage.wording import CHANNELS, LANES, LANGUAGES

Part = dict[str, Any]
Facts = list[tuple[object, object]]
TONES: dict[str, str] = {Band.A: "now", Band.B: "care"}
NOTHING = "\u2013"
LANGUAGES_WRITTEN = ("en", "fr")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a package tells: only what its addressee may have, and how much that leaves out."""

    submission: Submission
    exhibits: Sequence[Exhibit]
    # Of each exhibit the member that it is, or why it is none; "" of the report itself.
    places: Sequence[str | Absence]
    withheld: Mapping[Held, int]
    reason: str
    # What the desk looked at in the open, without the words of what is kept back.
    looked: Sequence[NoteRow]
    translations: Sequence[OpenedTranslation]
    made_at: datetime


def summaries(referral: Referral, told: Told) -> dict[str, bytes]:
    """A PDF/A in each language that the agency works in, by its name in the archive."""
    spoken = [one for one in referral.to_agency.languages if one in LANGUAGES_WRITTEN]
    return {
        f"summary.{language}.pdf": typeset(
            DOCUMENT, _page(referral, told, language), language=language, at=told.made_at
        )
        for language in spoken or LANGUAGES_WRITTEN
    }


def _page(referral: Referral, told: Told, language: str) -> Part:
    with override(language):
        given = telling(told.submission, exhibits=told.exhibits)
        page = {
            "title": TITLE % {"referral": referral.reference},
            "kicker": f"→ {referral.to_agency.name(language)}",
            "foot": FOOT % {"report": referral.report.reference},
            "sections": [
                _head(referral, told, language),
                _section(_("What was reported"), _said(given)),
                *_translated(told.translations),
                _section(_("Identifiers that go along"), _identifiers(told.submission)),
                _section(str(LOOKED_AT), _looked(told.looked)),
                _section(_("What is withheld, and why"), _withheld(told.withheld)),
                _section(_("Handling"), _handling(referral)),
                _section(_("Files and custody"), _custody(referral, told, given.files)),
                _section(_("How to check this package"), _listed(VERIFY)),
                _section(_("Where the outcome goes"), _listed(OUTCOME)),
            ],
        }
        told_in_words: Part = _words(page)
        return told_in_words


def _section(heading: str, parts: Sequence[Part] | Iterator[Part]) -> Part:
    return {"heading": heading, "parts": list(parts)}


def _head(referral: Referral, told: Told, language: str) -> Part:
    lane = LANES[referral.band] if referral.band else NOT_SCORED
    why = [
        title_as_sent(referral, language=language),
        (_("Rule: %s") % rule) if (rule := rule_as_sent(referral, language=language)) else "",
    ]
    report = referral.report
    rows: Facts = [
        (_("Report"), report.reference),
        (_("For"), referral.to_agency.name(language)),
        (_("Sent"), _time(referral.sent_at)),
        (_("Answer by"), _time(referral.answer_by)),
        (_("Came by"), CHANNELS.get(told.submission.channel, NOT_KNOWN)),
        (
            _("Language of the report"),
            LANGUAGES.get(told.submission.language, told.submission.language),
        ),
    ]
    if referral.classified_as:
        rows.append((TAKEN_TO_BE, HAPPENINGS[referral.classified_as]))
    if report.provider:
        rows.append((_("Provider"), report.provider.name))
        if report.provider.contact:
            rows.append((_("Its desk, day and night"), report.provider.contact))
    return {
        "parts": [
            _notice(_("How urgent: %s") % lane, why, tone=TONES.get(referral.band, "plain")),
            _facts(rows),
            {"kind": "facts", "rows": [[_("Why it comes to you"), told.reason]]},
        ]
    }


def _said(given: Telling) -> Iterator[Part]:
    for text in given.texts:
        said = "".join(piece.text for piece in text.pieces)
        yield {"kind": "title", "text": f"{text.label} ({text.number})"}
        yield {"kind": "quote", "text": said}
    for row in given.incidents:
        yield {"kind": "title", "text": _("Incident number %s") % row.number}
        yield _facts(_incident(row))
    if given.people:
        yield {"kind": "title", "text": _("People")}
        head = [_("Who"), _("Names"), _("Age"), _("Access to children"), _("Places")]
        yield _table(head, [_person(row) for row in given.people], "18% 22% 18% 20% 1fr")


def _incident(row: IncidentRow) -> Facts:
    facts: Facts = [(_("Kind"), row.category or row.happening)]
    if row.platform:
        facts.append((_("Platform"), row.platform))
    if row.moment:
        facts.append((_("When"), row.moment))
    if row.meeting:
        facts.append((_("Meeting planned"), row.meeting))
    if row.is_danger_now:
        facts.append((_("Danger now"), _("The reporter says that a child is in danger now.")))
    return [*facts, *((role, place) for role, place in row.places)]


def _person(row: PersonRow) -> list[object]:
    age = f"{row.age} ({row.age_class})" if row.age else row.age_class
    places = "; ".join(f"{role}: {place}" for role, place in row.places)
    return [row.role, row.names or NOTHING, age, row.access, places or NOTHING]


def _identifiers(told: Submission) -> Iterator[Part]:
    rows = [_identifier(whose, one) for whose, one in every_identifier(told)]
    if not rows:
        yield {"kind": "text", "text": NO_IDENTIFIER}
        return
    head = [_("Kind"), _("Value"), _("Whose"), _("Given")]
    yield _table(head, rows, "16% 1fr 16% 24%")


def _identifier(whose: str, one: GivenIdentifier) -> list[object]:
    seen = [
        one.value,
        one.platform,
        _("port number %s") % one.port if one.port is not None else "",
        " ".join(part for part in (one.event, _moment(one.at)) if part),
    ]
    return [
        KINDS.get(one.kind, one.kind),
        "\n".join(part for part in seen if part),
        ROLES.get(whose, _("a file") if whose == "file" else whose),
        LEGAL_BASES[one.legal_basis],
    ]


def _withheld(counts: Mapping[Held, int]) -> Iterator[Part]:
    for why in (Held.REPORTER, *(one for one in Held if one is not Held.REPORTER)):
        count = counts.get(why, 0)
        if count or why is Held.REPORTER:
            number = f" ({count})" if count else ""
            yield {"kind": "list", "items": [f"{WITHHELD[why]}{number}"]}


def _looked(rows: Sequence[NoteRow]) -> Iterator[Part]:
    if not rows:
        yield {"kind": "text", "text": NOTHING_LOOKED_AT}
        return
    yield {"kind": "text", "text": LOOKED_AT_IS}
    for row in rows:
        written = _time(row.note.written_at)
        yield {"kind": "title", "text": row.source}
        facts: Facts = [(_("Looked at"), _time(row.note.looked_at)), (row.role, written)]
        if row.kept_back:
            yield _facts([*facts, (_("Does not go along"), row.kept_back)])
        elif row.looked:
            yield _facts([*facts, (_("Where"), row.looked.address), (_("How"), row.looked.how)])
            yield {"kind": "quote", "text": row.looked.found}


def _translated(translations: Sequence[OpenedTranslation]) -> Iterator[Part]:
    """What the words say in another language, where somebody translated them."""
    if translations:
        parts: list[Part] = [{"kind": "text", "text": TRANSLATED_IS}]
        for row in translation_rows(translations):
            parts.append({"kind": "title", "text": f"{row.from_language} → {row.into}"})
            facts: Facts = [(_("Translated by"), row.who), (_("When"), _time(row.at))]
            parts.append(
                _facts([*facts, *([(_("Not sure of"), row.unsure)] if row.unsure else [])])
            )
            parts.append({"kind": "quote", "text": row.text})
        yield _section(_("What it says, translated"), parts)


def _handling(referral: Referral) -> Iterator[Part]:
    caveats = [CAVEATS[code] for code in referral.caveats]
    if caveats:
        yield _notice(_("Mind this"), caveats, tone="care")
    yield from _listed((HANDLING, *(() if caveats else (NO_CAVEAT,))))


def _custody(referral: Referral, told: Told, rows: Sequence[FileRow]) -> Iterator[Part]:
    head = [_("When (UTC)"), _("What was done")]
    steps = [
        (referral.report.received_at, _("The tipline received the report.")),
        *((one.sealed_at, _("A file was sealed as it came.")) for one in told.exhibits),
        (referral.sent_at, _("It was referred to your agency.")),
        (told.made_at, _("This package was made.")),
    ]
    yield _table(head, [[_time(at), what] for at, what in steps], "30% 1fr")
    if not rows:
        yield {"kind": "text", "text": NO_FILE}
    for number, row in enumerate(rows, start=1):
        source = _("Report as it came, kept by the tipline")
        yield {"kind": "title", "text": source if row.is_source else _("File %s") % number}
        yield {"kind": "code", "rows": [["SHA-256", row.sha256 or str(NOT_KNOWN)]]}
        where = _where(told.places, number)
        yield _facts(
            [
                *([(_("In this archive"), where)] if where else []),
                (_("Type"), row.media_type or NOT_KNOWN),
                (_("Size in bytes"), row.size),
                (_("Seen by the sender"), VIEWED[row.was_viewed]),
                (_("Classified as"), row.classification or NOT_KNOWN),
            ]
        )


def _where(places: Sequence[str | Absence], number: int) -> str:
    """Which member a file is, or why it is none; "" of the report as it came."""
    if number > len(places):
        return str(NOT_HERE)
    place = places[number - 1]
    return str(ABSENCES[place]) if isinstance(place, Absence) else place


def _listed(items: Sequence[object]) -> list[Part]:
    return [{"kind": "list", "items": list(items)}]


def _facts(rows: Facts) -> Part:
    return {"kind": "facts", "rows": [[what, value] for what, value in rows]}


def _notice(title: str, lines: Sequence[object], *, tone: str) -> Part:
    text = "\n".join(str(line) for line in lines if line)
    return {"kind": "notice", "title": title, "text": text, "tone": tone}


def _table(head: Sequence[str], rows: Sequence[Sequence[object]], widths: str) -> Part:
    return {"kind": "table", "head": head, "rows": rows, "widths": widths.split()}


def _time(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")


def _moment(moment: Moment | None) -> str:
    return "" if moment is None else moment.at or moment.said


def _words(tree: Any) -> Any:  # noqa: ANN401 - JSON, its words not yet chosen
    """Everything as text in the language of now, what was cut out named in it."""
    if isinstance(tree, dict):
        return {key: _words(value) for key, value in tree.items()}
    if isinstance(tree, list | tuple):
        return [_words(one) for one in tree]
    return str(tree).replace(MARK, str(LEFT_OUT))
