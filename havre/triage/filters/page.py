"""What the page of kept filters shows, in the reader's language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from havre.triage.filters.forms import NameForm
from havre.triage.filters.reads import Kept
from havre.triage.wording import CHANNELS, LANES, LANGUAGES, OTHER_VIEWS

WORDS = (LANES, OTHER_VIEWS, CHANNELS, LANGUAGES)


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterRow:
    """A kept filter, what it shows, and the form by which it is called otherwise."""

    kept: Kept
    shows: tuple[str, ...]
    form: NameForm


def filters_in_words(found: Sequence[Kept], faulty: Mapping[UUID, NameForm]) -> list[FilterRow]:
    """One's own filters and the desk's; a form with a fault stands where it was sent from."""
    rows = []
    for kept in found:
        one = kept.filter
        form = faulty.get(one.pk) or NameForm(of=str(one.pk), name=one.name)
        rows.append(FilterRow(kept=kept, shows=_shown(kept), form=form))
    return rows


def _shown(kept: Kept) -> tuple[str, ...]:
    one = kept.filter
    words = {str(code): str(said) for named in WORDS for code, said in named.items()}
    return tuple(words.get(value, value) for value in one.asked.values() if value)
