"""Which question comes after which, for whom; and the draft that keeps the answers meanwhile.

A draft is an immutable value. Its pages are worked out from its answers each time, so nobody can
stand on a page that their answers do not lead to.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from havre.intake.rules.public_form import Answer

# More than anybody has needed; after that the last page takes the rest in words.
MOST_PARTS = 9
# A partner is known by a short plain word, nothing that could carry more.
_PARTNER = re.compile(r"[a-z0-9-]{2,40}")


class Door(StrEnum):
    """Who comes, as they said themselves: it decides which questions are asked, and how."""

    ADULT = "adult"
    DUTY = "duty"
    PARENT = "parent"
    SURVIVOR = "survivor"
    YOUNG = "young"


class Step(StrEnum):
    """One question, or one of the pages after the last."""

    AGAIN = "again"
    CHECK = "check"
    CHILD = "child"
    DANGER = "danger"
    DONE = "done"
    MORE = "more"
    NEXT = "next"
    PERSON = "person"
    QUICK = "quick"
    READERS = "readers"
    STORY = "story"
    WHAT = "what"
    WHEN = "when"
    WHERE = "where"
    YOU = "you"


FRENCH = {
    Step.AGAIN: "encore",
    Step.CHECK: "verifier",
    Step.CHILD: "enfant",
    Step.DANGER: "danger",
    Step.DONE: "fini",
    Step.MORE: "plus",
    Step.NEXT: "suite",
    Step.PERSON: "personne",
    Step.QUICK: "vite",
    Step.READERS: "lecteurs",
    Step.STORY: "recit",
    Step.WHAT: "quoi",
    Step.WHEN: "quand",
    Step.WHERE: "lieu",
    Step.YOU: "vous",
}
_FROM_FRENCH = {word: step for step, word in FRENCH.items()}
_WRITTEN = re.compile(r"([a-z]+)(?:-([2-9]))?")
# What is asked again of each thing that happened.
OF_AN_INCIDENT = (Step.STORY, Step.WHERE, Step.WHEN, Step.NEXT, Step.AGAIN)
# Where a button asks for one more of the same.
ONE_MORE = frozenset({Step.PERSON, Step.CHILD})


@dataclass(frozen=True, slots=True)
class Page:
    """A question, and of which of several it is asked: the second person, the third incident."""

    step: Step
    number: int = 1

    @property
    def key(self) -> str:
        """Its name in a draft."""
        return self.word("en")

    def word(self, language: str) -> str:
        """Its name in an address."""
        word = FRENCH[self.step] if language == "fr" else self.step.value
        return word if self.number == 1 else f"{word}-{self.number}"


FIRST = Page(Step.WHAT)
CHECK = Page(Step.CHECK)
DONE = Page(Step.DONE)
QUICK = Page(Step.QUICK)
# What is filed with a quick report, and not asked again after it.
FILED = frozenset({FIRST, Page(Step.DANGER)})


def page_of(word: str, language: str) -> Page:
    """The page of a word in an address. Raises ValueError when there is none."""
    written = _WRITTEN.fullmatch(word)
    if written is None:
        msg = f"{word!r} is no page"
        raise ValueError(msg)
    name, number = written.group(1), int(written.group(2) or 1)
    step = _FROM_FRENCH.get(name) if language == "fr" else Step(name)
    if step is None:
        msg = f"{word!r} is no page"
        raise ValueError(msg)
    return Page(step, number)


Answers = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What somebody has answered so far, by page. `token` is that of their first form.

    `sent` holds the reference once the report is filed; `added` says that what came after it was
    added too.
    """

    token: str
    door: Door = Door.ADULT
    via: str = ""
    answers: Mapping[str, Answers] = field(default_factory=dict)
    sent: str = ""
    added: bool = False

    def of(self, page: Page) -> Answers:
        """The answers of one page; empty where it was not answered."""
        return self.answers.get(page.key, {})

    def with_answers(self, page: Page, answers: Answers) -> "Draft":
        """The draft with a page answered. A wish for one more person stays when it was made."""
        more = {"another": "1"} if self.of(page).get("another") else {}
        return replace(self, answers={**self.answers, page.key: {**more, **answers}})

    def without(self, page: Page) -> "Draft":
        """The draft without one of several people; those after it move up by one."""
        kept = {key: told for key, told in self.answers.items() if not _is_of(key, page.step)}
        several = [told for p, told in self.several(page.step) if p != page]
        for number, told in enumerate(several, start=1):
            more = {"another": "1"} if number < len(several) else {}
            rest = {name: value for name, value in told.items() if name != "another"}
            kept[Page(page.step, number).key] = {**rest, **more}
        return replace(self, answers=kept)

    def several(self, step: Step) -> list[tuple[Page, Answers]]:
        """The answered pages of a step, in order."""
        pages = (Page(step, number) for number in range(1, MOST_PARTS + 1))
        return [(page, self.of(page)) for page in pages if page.key in self.answers]

    @property
    def is_danger(self) -> bool:
        """Whether a child is in danger now, as far as was answered."""
        return self.of(Page(Step.DANGER)).get("danger") == Answer.YES

    @property
    def is_quick(self) -> bool:
        """Whether the short form for danger was used, so that its answers are not asked again."""
        return QUICK.key in self.answers

    @property
    def takes_more(self) -> bool:
        """Whether an answer still goes to the report: before it is filed, or after a quick one."""
        return not self.sent or (self.is_quick and not self.added)


def partner_in(text: str) -> str:
    """The partner whose page led here, as its link says; empty where it says nothing sensible."""
    return text if _PARTNER.fullmatch(text) else ""


def pages(draft: Draft) -> list[Page]:
    """Every question of a draft in order, as far as its answers show, and the check at the end."""
    return [*_questions(draft), CHECK]


def next_page(draft: Draft, page: Page) -> Page:
    """The page after this one."""
    several = pages(draft)
    return several[several.index(page) + 1]


def page_before(draft: Draft, page: Page) -> Page | None:
    """The page before this one; None before the first. After a report, its receipt."""
    several = pages(draft)
    place = several.index(page) if page in several else 0
    before = several[place - 1] if place else None
    return DONE if draft.sent and before in FILED else before


def may_open(draft: Draft, page: Page) -> bool:
    """Whether a page stands on the way so far: every page before it is answered."""
    if draft.sent and page in FILED:
        return False
    for one in pages(draft):
        if one == page:
            return True
        if one.key not in draft.answers:
            return False
    return False


def first_open(draft: Draft) -> Page:
    """The first page that waits for an answer."""
    return next(page for page in pages(draft) if page.key not in draft.answers)


def as_tree(draft: Draft) -> dict[str, Any]:
    """The draft as plain JSON values, for sealing."""
    return {
        "token": draft.token,
        "door": draft.door.value,
        "via": draft.via,
        "answers": {key: dict(told) for key, told in draft.answers.items()},
        "sent": draft.sent,
        "added": draft.added,
    }


def from_tree(tree: Mapping[str, Any]) -> Draft:
    """The draft that `as_tree` made plain."""
    return Draft(**{**tree, "door": Door(tree["door"])})


def _questions(draft: Draft) -> Iterator[Page]:
    if draft.door is not Door.SURVIVOR:
        yield FIRST
    yield Page(Step.DANGER)
    if draft.is_danger and (draft.is_quick or not draft.sent):
        yield QUICK
    if draft.door in (Door.YOUNG, Door.SURVIVOR):
        yield from _short(draft)
    else:
        yield from _long(draft)


def _short(draft: Draft) -> Iterator[Page]:
    asked = (Step.STORY, Step.WHERE) if draft.door is Door.YOUNG else (Step.WHERE, Step.STORY)
    yield from (Page(step) for step in asked if not (draft.is_quick and step is Step.STORY))
    yield from _parts(draft, Step.PERSON)
    if draft.door is Door.YOUNG:
        yield Page(Step.NEXT)
    yield Page(Step.CHILD)
    if not draft.is_quick:
        yield Page(Step.YOU)
    if draft.door is Door.YOUNG and not draft.sent:
        yield Page(Step.READERS)


def _long(draft: Draft) -> Iterator[Page]:
    for number in range(1, MOST_PARTS + 1):
        if number > 1:
            yield Page(Step.WHAT, number)
        told = draft.is_quick and number == 1
        yield from (
            Page(step, number)
            for step in OF_AN_INCIDENT
            if not (told and step is Step.STORY) and not (number == MOST_PARTS and step == "again")
        )
        if draft.of(Page(Step.AGAIN, number)).get("again") != Answer.YES:
            break
    yield from _parts(draft, Step.PERSON)
    yield from _parts(draft, Step.CHILD)
    yield Page(Step.MORE)
    if not draft.is_quick or draft.door is Door.DUTY:
        yield Page(Step.YOU)


def _parts(draft: Draft, step: Step) -> Iterator[Page]:
    for number in range(1, MOST_PARTS + 1):
        page = Page(step, number)
        yield page
        if not draft.of(page).get("another"):
            break


def _is_of(key: str, step: Step) -> bool:
    return key == step.value or key.startswith(f"{step.value}-")
