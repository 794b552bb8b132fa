"""A second grammar of worlds, by which nothing was tuned: people who open accounts and leave them.

An account has a name on one platform, often an e-mail address, sometimes a telephone. A provider's
report tells the whole account with the addresses of some sessions; a person's tells the name, at
times misspelled, and seldom more, with the reporter's own address and the child's beside it. Homes
change their address with the weeks, and others get it next; a few homes hold two people.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from bench._worlds import PLATFORMS, Planted, Said, mistyped
from havre.identifiers.rules.words import Kind
from havre.intake.rules.submission import PersonRole

FIRST = (
    "alex", "sam", "robin", "jules", "max", "kim", "charlie", "noa", "lou", "remy", "jo", "dana",
    "casey", "jamie", "morgan", "quinn", "sacha", "andrea", "gabriel", "mika",
)  # fmt: skip
LAST = (
    "pier", "harbor", "marsh", "cedar", "grebe", "heron", "maple", "birch", "lake", "stone", "mill",
    "ferry", "north", "delta", "otter", "lark", "reef", "sand", "anchor", "quay",
)  # fmt: skip
MOST_OF_ONE = 400
WEEKS = 104
STAYS_WEEKS = 12


@dataclass
class Account:
    """What a person opened, used for a while and left."""

    name: Said
    contacts: list[Said]
    left: int


@dataclass
class Person:
    """Whose accounts these are, where they live and what they hold in hand."""

    number: int
    home: int
    style: str
    opened: int = 0
    accounts: list[Account] = field(default_factory=list)


class Town:
    """Homes and their addresses, week by week; and a carrier that puts many behind one."""

    def __init__(self, size: int, chance: random.Random) -> None:
        self.chance = chance
        self.pool = max(size // 6, 40)
        self.carrier = max(size // 3000, 4)

    def address(self, home: int, week: int) -> Said:
        # By home and stay, so that it is the same address for the weeks of a stay.
        stay = random.Random(home * 1009 + (week + home) // STAYS_WEEKS)
        number = stay.randrange(self.pool)
        return Said(Kind.IP, f"198.18.{number >> 8}.{number & 255}")

    def on_the_way(self) -> Said:
        return Said(Kind.IP, f"203.0.113.{self.chance.randrange(self.carrier)}")


def _name(person: Person, chance: random.Random) -> str:
    first, last = chance.choice(FIRST), chance.choice(LAST)
    if person.style == "own":
        own = random.Random(person.number)
        first, last = own.choice(FIRST), own.choice(LAST)
        return f"{first}{last}{own.randrange(10_000)}{chance.choice(('', '_', '.ca', 'x'))}"
    if person.style == "dated":
        return f"{first}.{last}{chance.randrange(60, 2012)}"
    return f"{first}_{last}"


def _open(person: Person, chance: random.Random) -> Account:
    person.opened += 1
    said = f"{chance.choice(PLATFORMS)}:{_name(person, chance)}"
    contacts = []
    if chance.random() < 0.7:
        kept = person.number if chance.random() < 0.4 else f"{person.number}-{person.opened}"
        contacts.append(Said(Kind.EMAIL, f"mailbox-{kept}@example.com"))
    if chance.random() < 0.3:
        contacts.append(Said(Kind.PHONE, f"+1204555{person.number:07}"))
    left = 1 + int(chance.expovariate(1 / 12))
    account = Account(Said(Kind.HANDLE, said), contacts, left)
    person.accounts.append(account)
    return account


def _account(person: Person, chance: random.Random) -> Account:
    """One still in use, or a new one; now and then an old one comes up again."""
    if person.accounts and chance.random() < 0.1:
        return chance.choice(person.accounts)
    live = [account for account in person.accounts if account.left > 0]
    if not live or (len(live) < 3 and chance.random() < 0.15):
        return _open(person, chance)
    account = chance.choice(live)
    account.left -= 1
    return account


def _by_a_provider(person: Person, town: Town, week: int, told: float) -> set[Said]:
    chance, account = town.chance, _account(person, town.chance)
    said = {account.name, *(c for c in account.contacts if chance.random() < told)}
    for _ in range(chance.choice((0, 1, 2, 3) if told == 1 else (0, 0, 1))):
        at_home = chance.random() < 0.6
        said.add(town.address(person.home, week) if at_home else town.on_the_way())
    if chance.random() < 0.25 * told:
        said.add(Said(Kind.DEVICE, f"device-{person.number}-{person.opened // 6}"))
    return said


def _by_a_person(person: Person, size: int, chance: random.Random) -> set[Said]:
    account = _account(person, chance)
    name = account.name
    if chance.random() < 0.15:
        platform, _, word = name.value.partition(":")
        name = Said(Kind.HANDLE, f"{platform}:{mistyped(word, chance)}")
    said = {name, *(c for c in account.contacts if chance.random() < 0.12)}
    if chance.random() < 0.5:
        number = chance.randrange(max(size // 3, 10))
        said.add(Said(Kind.EMAIL, f"reporter-{number}@example.com", PersonRole.REPORTER))
    if chance.random() < 0.3:
        number = chance.randrange(max(size // 5, 10))
        said.add(Said(Kind.HANDLE, f"snapchat:child{number}", PersonRole.VICTIM))
    return said


def episodes(
    size: int, seed: int, *, told: float = 1.0, of_providers: float = 0.7
) -> list[Planted]:
    chance = random.Random(seed)
    town = Town(size, chance)
    people: list[Person] = []
    whose: list[Person] = []
    while len(whose) < size:
        number = len(people)
        home = people[-1].home if people and chance.random() < 0.08 else number
        style = chance.choices(("own", "dated", "plain"), (5, 4, 1))[0]
        people.append(Person(number, home, style))
        reports = min(int(chance.lognormvariate(0.6, 1.5)) + 1, MOST_OF_ONE)
        whose += [people[-1]] * reports
    whose = whose[:size]
    chance.shuffle(whose)
    made = []
    for place, person in enumerate(whose):
        is_known = chance.random() < of_providers
        said = (
            _by_a_provider(person, town, place * WEEKS // size, told)
            if is_known
            else _by_a_person(person, size, chance)
        )
        made.append(Planted(person.number, is_known, frozenset(said)))
    return made


EPISODES: dict[str, Callable[[int, int], list[Planted]]] = {
    "episodes": episodes,
    "episodes sparse": partial(episodes, told=0.5, of_providers=0.4),
}
