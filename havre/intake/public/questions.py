"""Which form asks a page's questions, and what was answered, as the check page shows it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms as django_forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from havre.intake.public import forms, young
from havre.intake.public.forms import QuestionForm
from havre.intake.public.rules.journey import (
    CHECK,
    FILED,
    MOST_PARTS,
    QUICK,
    Door,
    Draft,
    Page,
    Step,
    pages,
)

ASKED = {
    Step.AGAIN: forms.AgainForm,
    Step.CHILD: forms.ChildForm,
    Step.DANGER: forms.DangerForm,
    Step.MORE: forms.MoreForm,
    Step.NEXT: forms.NextForm,
    Step.PERSON: forms.PersonForm,
    Step.QUICK: forms.QuickForm,
    Step.STORY: forms.StoryForm,
    Step.WHAT: forms.WhatForm,
    Step.WHEN: forms.WhenForm,
    Step.WHERE: forms.WhereForm,
    Step.YOU: forms.YouForm,
}
OF_DOOR: dict[Door, dict[Step, type[QuestionForm]]] = {
    Door.ADULT: {},
    Door.DUTY: {Step.YOU: forms.WorkForm},
    Door.PARENT: {},
    Door.SURVIVOR: {Step.CHILD: forms.SurvivorChildForm, Step.WHERE: forms.PicturesForm},
    Door.YOUNG: {
        Step.CHILD: young.ChildForm,
        Step.DANGER: young.DangerForm,
        Step.NEXT: young.NextForm,
        Step.PERSON: young.PersonForm,
        Step.QUICK: young.QuickForm,
        Step.READERS: young.ReadersForm,
        Step.STORY: young.StoryForm,
        Step.WHAT: young.WhatForm,
        Step.WHERE: young.WhereForm,
        Step.YOU: young.YouForm,
    },
}
# A button below the questions, where there may be one more of the same.
ONE_MORE = {
    Step.CHILD: _("Add another child"),
    Step.PERSON: _("Add another person"),
}
ONE_MORE_YOUNG = {Step.PERSON: pgettext_lazy("young", "Add one more person")}


@dataclass(frozen=True, slots=True)
class Row:
    """One answer on the check page."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Part:
    """The answers of one page, and where they can be changed; `spare` if it may be taken out."""

    page: Page
    title: str
    rows: tuple[Row, ...]
    spare: bool


def form_of(page: Page, door: Door) -> type[QuestionForm]:
    """The form of a page, for whom it is asked. Raises KeyError on a page without questions."""
    return OF_DOOR[door].get(page.step) or ASKED[page.step]


def one_more(page: Page, door: Door) -> Promise | None:
    """What the button for one more of the same says, if there is one."""
    if door is Door.SURVIVOR and page.step is Step.CHILD:
        return None
    words = ONE_MORE_YOUNG if door is Door.YOUNG else ONE_MORE
    return words.get(page.step) if page.number < MOST_PARTS else None


def parts(draft: Draft) -> Iterator[Part]:
    """Every answered page of a draft with its questions and answers, in the reader's language."""
    for page in pages(draft):
        if page == CHECK or page.key not in draft.answers:
            continue
        if draft.sent and (page in FILED or (page == QUICK and not draft.of(QUICK).get("story"))):
            continue  # filed; a story on the quick page is one that was typed since
        form = form_of(page, draft.door)(initial=dict(draft.of(page)))
        rows = tuple(Row(str(field.label), _shown(field)) for field in form)
        count = len(draft.several(page.step))
        title = str(form.title or rows[0].question)
        yield Part(
            page, f"{title} ({page.number})" if count > 1 else title, rows, _spare(page, draft)
        )


def as_text(draft: Draft) -> str:
    """The answers that were given, as a text of questions and answers."""
    return "\n\n".join(
        f"{row.question}\n{row.answer}" for part in parts(draft) for row in part.rows if row.answer
    )


def _spare(page: Page, draft: Draft) -> bool:
    return page.step in {Step.CHILD, Step.PERSON} and len(draft.several(page.step)) > 1


def _shown(field: django_forms.BoundField) -> str:
    value = field.initial or ""
    if value and isinstance(field.field, django_forms.ChoiceField):
        choices: Any = field.field.choices
        return next((str(label) for code, label in choices if code == value), "")
    return str(value)
