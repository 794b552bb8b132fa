"""What the page of a group shows, in the reader's language."""

from dataclasses import dataclass

from havre.agencies.models import Officer
from havre.referrals.alike.forms import AlikeForm, AttachForm
from havre.referrals.alike.reads import standing_referrals
from havre.referrals.wording import KINDS
from havre.triage.alike.reads import Group, Member
from havre.triage.closing.wording import REASONS


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberRow:
    """A report of the group, with what it names that the first does not."""

    member: Member
    names: tuple[str, ...]
    is_ticked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AlikePage:
    """The members, the two forms, and how far a decision for many has come."""

    rows: tuple[MemberRow, ...]
    close: AlikeForm
    attach: AttachForm | None
    closed: tuple[tuple[str, str], ...]
    is_going_on: bool
    takes_everything: bool
    done: int
    in_all: int


def alike_page(
    group: Group, *, close: AlikeForm | None, attach: AttachForm | None, reader: Officer
) -> AlikePage:
    """The page of a group.

    Not ticked at first: a member that a colleague has in hand, and one that tells something more.
    """
    form = close or attach
    sent = standing_referrals(group.report, actor=reader)
    adding = (attach or AttachForm()).offer(sent, language=reader.language) if sent else None
    ticked = form.ticked if form else None
    done = len(group.decided)
    return AlikePage(
        rows=tuple(_row(each, ticked, reader) for each in group.members),
        close=close or AlikeForm(),
        attach=adding,
        closed=tuple((one.report.reference, str(REASONS[one.reason])) for one in group.closed),
        is_going_on=close is not None and close.going_on is not None and not close.errors,
        takes_everything=form is not None and form.takes_everything,
        done=done,
        in_all=done + group.waiting,
    )


def _row(member: Member, ticked: tuple[str, ...] | None, reader: Officer) -> MemberRow:
    held_by, reference = member.row.item.held_by, member.row.report.reference
    names = tuple(f"{KINDS[kind]} {value}".strip() for kind, value in member.also_names)
    is_free = held_by is None or held_by == reader
    tells_more = bool(names or member.also_files or member.row.report.danger_now)
    return MemberRow(
        member=member,
        names=names,
        is_ticked=is_free and not tells_more if ticked is None else reference in ticked,
    )
