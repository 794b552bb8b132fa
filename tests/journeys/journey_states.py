"""The journey of the public door in a browser: every page on the way, for each who comes."""

from collections.abc import Iterator

from tests.journeys.visits import State, Visit, opened

GO_ON = "main form .line .btn, main form p > .btn:not(.link)"
# What is chosen wherever it is asked; the rest of the answers are typed, or left empty.
CHOSEN = (
    "happening][value=threat",
    "again][value=no",
    "where_kind][value=app",
    "wanted][value=removal",
    "readers][value=yes",
)
# Who comes by which door, and whether a child is in danger.
WALKS = (
    ("", "no"),
    ("", "yes"),
    ("young", "no"),
    ("young", "yes"),
    ("my_picture", "no"),
    ("duty", "no"),
)


def begin(visit: Visit, door: str = "") -> None:
    """Open the journey by a door."""
    if not door:
        visit.go("tell", page="what")
        return
    visit.go(door)
    visit.press("main form .btn")


def steps(visit: Visit, door: str, danger: str) -> Iterator[str]:
    """Stand on every page of the way in turn; gives the address of each."""
    begin(visit, door)
    while True:
        yield visit.page.url
        if visit.page.locator("main .done").count():
            return
        for choice in (*CHOSEN, f"danger][value={danger}"):
            if visit.page.locator(f"main input[name={choice}]").count():
                visit.page.locator(f"main input[name={choice}]").check()
        for name in ("story", "their_name"):
            if visit.page.locator(f"main [name={name}]").count():
                visit.fill(f"main [name={name}]", "He asked me to meet.")
        if danger == "yes" and visit.page.locator("main [name=danger]").count():
            visit.page.locator("main [name=region]").select_option("NU")
        visit.press(GO_ON)


def nothing_chosen(visit: Visit) -> None:
    begin(visit)
    visit.press(GO_ON)


def lose_the_draft(visit: Visit) -> None:
    begin(visit)
    visit.page.locator("main input[value=threat]").check()
    visit.press(GO_ON)
    visit.page.context.clear_cookies()
    visit.page.reload()


JOURNEY = (
    *(opened(door) for door in ("young", "parents", "my_picture", "duty")),
    State("tell", "as it opens", begin),
    State("tell", "in error", nothing_chosen, status=422),
    State("tell", "without cookies", lose_the_draft),
)
