"""The pages of split reports, later words and second readings, in every state they can be in."""

from tests.journeys.town import ANALYST, SUPERVISOR
from tests.journeys.visits import State, Visit, opened

REVIEW_BUTTONS = {"follow_review"}
WORD_BUTTONS = {"keep_words_back", "pass_words_on", "take_words_back"}


def mine(visit: Visit) -> str:
    """A report that waits, of each language its own."""
    return visit.town.two_matters[visit.language]


def split_nothing(visit: Visit) -> None:
    visit.go("split", reference=visit.town.whole_matters[visit.language])
    visit.press("form:has(#split_happening_1) .btn")


def split_it(visit: Visit) -> None:
    """All that it holds belongs to both."""
    visit.go("split", reference=mine(visit))
    if visit.page.locator("#split_happening_1").count():
        for number, kind in ((1, "meeting"), (2, "pictures")):
            visit.page.locator(f"#split_happening_{number}").select_option(kind)
        for box in visit.page.locator("fieldset input[type=checkbox]").all():
            box.check()
        visit.press("form:has(#split_happening_1) .btn")
    visit.go("report_page", reference=mine(visit))


def look_at_the_split(visit: Visit) -> None:
    """What was told later is of no incident yet."""
    split_it(visit)
    visit.go("split", reference=mine(visit))


def put_nothing_anywhere(visit: Visit) -> None:
    look_at_the_split(visit)
    visit.press("form:has(#later_is_none) .btn")


def look_at_what_waits(visit: Visit) -> None:
    """A report that an agency has, and of which its reporter told more since."""
    visit.go("report_page", reference=visit.town.told_more)
    visit.page.locator("#pass-on").wait_for()


def read_without_a_word(visit: Visit) -> None:
    visit.go("review", review_id=visit.town.reviews["waiting"])
    visit.press("form:has(#review_note) .btn")


DECISIONS = (
    State("split", "in error", split_nothing, ANALYST, 422),
    State("report_page", "split", split_it, ANALYST),
    State("split", "split", look_at_the_split, ANALYST),
    State("split", "told later in error", put_nothing_anywhere, ANALYST, 422),
    State("report_page", "told more", look_at_what_waits, ANALYST),
    opened("reviews", SUPERVISOR, "filled"),
    State("review", "in error", read_without_a_word, SUPERVISOR, 422),
    State(
        "review",
        "read",
        lambda visit: visit.go("review", review_id=visit.town.reviews["read"]),
        SUPERVISOR,
    ),
)
