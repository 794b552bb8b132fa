"""Rows of the pages that show a report: identifiers, links, referrals, what was done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from havre.agencies.models import Officer
from havre.agencies.reads import officer_names
from havre.audit.models import Entry
from havre.audit.reads import done_to
from havre.audit.wording import EVENTS
from havre.identifiers.models import Mention
from havre.identifiers.reads import Around, Noted, in_part, noted_in
from havre.links.reads import Linked, judgements_on, linked_to
from havre.links.rules.explaining import Evidence, Strength
from havre.links.rules.sentences import sentence
from havre.referrals.judging.wording import SENTENCES
from havre.referrals.models import Outcome, Referral
from havre.referrals.pages.reads import given_to, held_among
from havre.referrals.records.reads import system_names
from havre.referrals.rules.redact import WITHHELD
from havre.referrals.rules.states import ALLOWED_FROM, OVER, Act
from havre.referrals.sealed import Sent
from havre.referrals.sending.reads import Handover
from havre.referrals.sending.wording import CAVEATS, ENDINGS, HELD, HELD_VALUES, REMARKS
from havre.referrals.wording import (
    AGENCY_KINDS,
    DISPOSITIONS,
    HAPPENINGS,
    INSUFFICIENCIES,
    KINDS,
    MISSING_FIELDS,
    ROLES,
    STATES,
    STRENGTHS,
    confidence_words,
)

Unmasked = Mapping[UUID, str]
# So many links are shown at first; the others, never stronger, when they are asked for.
FIRST_LINKS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentifierRow:
    """An identifier: in clear, masked, just unmasked, or held back from this reader for good."""

    noted: Noted
    kind: Promise
    value: str
    held: Promise | None
    role: Promise
    confidence: Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRow:
    """One thing two reports share, whose it is here and there, and what it counts for."""

    kind: Promise
    shown: str
    here: Promise
    there: Promise
    seen_in: int
    bits: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRow:
    """A tie to another report, with evidence that sums to `bits`."""

    reference: str
    strength: Promise
    is_strong: bool
    sentence: str
    bits: float
    evidence: tuple[EvidenceRow, ...]
    judged: Promise | str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeRow:
    """What an agency said came of a referral, in words."""

    outcome: Outcome
    disposition: Promise
    insufficiency: Promise | None
    missing: tuple[Promise, ...]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RemarkRow:
    """Something that was said of a referral, in words."""

    kind: Promise
    text: str
    at: datetime
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkTable:
    """The strongest links of a report, and how many more there are."""

    rows: tuple[LinkRow, ...]
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SentRow:
    """Where a report was sent, why, and what came of it."""

    referral: Referral
    agency: str
    state: Promise
    reason: str
    returned_note: str
    suggested: str
    outcomes: tuple[OutcomeRow, ...]
    caveats: tuple[Promise, ...]
    remarks: tuple[RemarkRow, ...]
    ended: Promise | None

    @property
    def taken_to_be(self) -> Promise | None:
        """What the desk took the incident to be when it was sent."""
        return HAPPENINGS.get(self.referral.classified_as)

    @property
    def is_unanswered(self) -> bool:
        """Whether its agency has not said yet what it does with it."""
        return self.referral.state in ALLOWED_FROM[Act.ACCEPT]

    @property
    def can_be_undone(self) -> bool:
        """Whether nobody has opened it."""
        return self.referral.state in ALLOWED_FROM[Act.UNDO]

    @property
    def can_be_cancelled(self) -> bool:
        """Whether somebody has opened it and it is not over."""
        return self.referral.state in ALLOWED_FROM[Act.CANCEL]

    @property
    def can_be_added_to(self) -> bool:
        """Whether the agency still reads it."""
        return self.referral.state in ALLOWED_FROM[Act.ADD]

    @property
    def is_held(self) -> bool:
        """Whether the agency holds it still."""
        return self.referral.state not in OVER


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverRow:
    """What goes along to a kind of recipient and what is withheld, in words with counts."""

    recipient: Promise
    goes: tuple[tuple[Promise, int], ...]
    stays: tuple[tuple[Promise, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """One line of what was done; `who` is empty for Havre's own stations."""

    at: datetime
    what: Promise | str
    who: str
    is_mine: bool


def identifier_rows(
    found: Around, *, unmasked: Unmasked, part: int | None = None, actor: Officer
) -> tuple[IdentifierRow, ...]:
    """The identifiers of a report, or of one incident of it, as this officer may see them.

    Raises Mention.DoesNotExist when what was unmasked is not of this report.
    """
    all_noted = noted_in(found, part=part)
    if unmasked.keys() - {noted.mention for noted in all_noted}:
        raise Mention.DoesNotExist
    held = held_among(in_part(found.own, part), report=found.report, actor=actor)
    return tuple(
        IdentifierRow(
            noted=noted,
            kind=KINDS[noted.kind],
            value="" if noted.mention in held else noted.value or unmasked.get(noted.mention, ""),
            held=HELD_VALUES.get(held.get(noted.mention, "")),
            role=ROLES[noted.role],
            confidence=confidence_words(noted.confidence),
        )
        for noted in all_noted
    )


def links_given(found: Around, *, actor: Officer) -> list[Linked]:
    """The reports tied to a report by what this officer is given of both, strongest first."""
    return linked_to(found.report, actor=actor, met=found.met, may_tell=given_to(actor))


def link_table(
    report: UUID, linked: Sequence[Linked], *, whole: bool, language: str, actor: Officer
) -> LinkTable:
    """The reports tied to a report, in words, with what was said of them; the first, or all."""
    shown = linked if whole else linked[:FIRST_LINKS]
    said = {
        other: SENTENCES[side, judgement.verdict]
        for (other, side), judgement in judgements_on(report, actor=actor).items()
    }
    rows = (replace(link_row(one, language=language), judged=said.get(one.report)) for one in shown)
    return LinkTable(rows=tuple(rows), more=len(linked) - len(shown))


def link_row(linked: Linked, *, language: str) -> LinkRow:
    """A link in words."""
    why = linked.explanation
    return LinkRow(
        reference=linked.reference,
        strength=STRENGTHS[why.strength],
        is_strong=why.strength is Strength.STRONG,
        sentence=sentence(why, language),
        bits=why.bits,
        evidence=tuple(_evidence(row) for row in (*why.evidence, *why.ignored)),
    )


def sent_row(sent: Sent, *, language: str) -> SentRow:
    """A referral in words."""
    referral = sent.referral
    return SentRow(
        referral=referral,
        agency=referral.to_agency.name(language),
        state=STATES[referral.state],
        reason=in_words(sent.reason),
        returned_note=sent.returned_note,
        suggested=referral.suggested_agency.name(language) if referral.suggested_agency else "",
        outcomes=tuple(
            OutcomeRow(
                outcome=outcome,
                disposition=DISPOSITIONS[outcome.disposition],
                insufficiency=INSUFFICIENCIES.get(outcome.insufficiency),
                missing=tuple(MISSING_FIELDS[field] for field in outcome.missing_fields),
                note=note,
            )
            for outcome, note in sent.outcomes
        ),
        caveats=tuple(CAVEATS[code] for code in referral.caveats),
        remarks=tuple(
            RemarkRow(
                kind=REMARKS[remark.kind],
                text=in_words(text),
                at=remark.at,
                who=remark.by.display_name,
            )
            for remark, text in sent.remarks
        ),
        ended=ENDINGS.get(referral.ended_because),
    )


def in_words(text: str) -> str:
    """A text with what was cut out of it marked in the reader's language."""
    return text.replace(WITHHELD, _("[withheld]"))


def handover_row(handover: Handover) -> HandoverRow:
    """What goes along and what stays, in words."""
    return HandoverRow(
        recipient=AGENCY_KINDS[handover.recipient],
        goes=tuple((ROLES[role], count) for role, count in sorted(handover.goes.items())),
        stays=tuple((HELD[why], count) for why, count in sorted(handover.stays.items())),
    )


def done_rows(about: UUID, *, actor: Officer) -> tuple[Done, ...]:
    """What was done to a report, newest first, as far as this officer may see the log."""
    return entry_rows(done_to(about), actor=actor)


def entry_rows(entries: list[Entry], *, actor: Officer) -> tuple[Done, ...]:
    """Lines of the log in words."""
    whose = {entry.pk: _officer_id(entry) for entry in entries}
    names = officer_names({officer for officer in whose.values() if officer})
    # What a record system did stands under the name that its agency gave it.
    names |= system_names({someone for someone in whose.values() if someone})
    return tuple(
        Done(
            at=entry.at,
            what=EVENTS.get(entry.event, entry.event),
            who=names.get(someone, "") if (someone := whose[entry.pk]) else "",
            is_mine=entry.actor == actor.signature,
        )
        for entry in entries
    )


def _officer_id(entry: Entry) -> UUID | None:
    kind, _, name = entry.actor.partition(":")
    return UUID(name) if kind in {"key", "officer"} else None


def _evidence(row: Evidence) -> EvidenceRow:
    here, there = row.shared.roles
    return EvidenceRow(
        kind=KINDS[row.shared.kind],
        shown=row.shared.shown,
        here=ROLES[here],
        there=ROLES[there],
        seen_in=row.shared.seen_in,
        bits=row.bits,
    )
