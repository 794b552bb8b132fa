"""The board in words."""

from dataclasses import dataclass

from django.utils.functional import Promise

from havre.cases.bulletins.actions import OpenedBoard, OpenedNotice
from havre.cases.bulletins.models import Notice
from havre.cases.bulletins.wording import BOARDS


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRow:
    """One notice as the board shows it."""

    notice: Notice
    title: str
    language: str
    agency: str
    board: Promise
    is_read: bool
    is_up: bool


def board_rows(opened: OpenedBoard, *, language: str) -> list[NoticeRow]:
    """The board in words."""
    rows = []
    for notice, words in opened.notices:
        title, _body, spoken = words.said_in(language)
        rows.append(
            NoticeRow(
                notice=notice,
                title=title,
                language=spoken,
                agency=notice.agency.name(language),
                board=BOARDS[notice.compartment],
                is_read=notice.pk in opened.page.read,
                is_up=notice.is_up(),
            )
        )
    return rows


def notice_context(opened: OpenedNotice, *, language: str) -> dict[str, object]:
    """What the page of a notice shows."""
    title, body, spoken = opened.words.said_in(language)
    return {
        "opened": opened,
        "notice": opened.notice,
        "title": title,
        "body": body,
        "spoken": spoken,
        "is_other": spoken != language,
        "agency": opened.notice.agency.name(language),
        "board": BOARDS[opened.notice.compartment],
        "is_up": opened.notice.is_up(),
        "readers": [(agency.name(language), count) for agency, count in opened.readers],
    }
