"""Who works in the demo world: the directory, officers and providers, and their sign-ins."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from havre.agencies.actions import add_officer, add_provider, change_provider, load_agencies
from havre.agencies.models import Agency, Officer, Provider
from havre.agencies.reads import every_agency
from havre.agencies.rules.directory import shipped_agencies
from havre.agencies.rules.permits import Compartment, Permit, Role
from havre.agencies.secondments.actions import agree_secondment, ask_secondment
from havre.agencies.secondments.rules import Reason
from havre.audit.rules import Station
from havre.intake.form_tokens import FormToken
from havre.intake.rules.receipts import words_of
from havre.plumbing import clock
from havre.plumbing.environment import port
from havre.referrals.records.actions import issue_system_key
from havre.wiring.country.reports import shown_token
from havre.wiring.country.texts import people

LANGUAGES = {"en": "English", "fr": "French"}
ROLE_CELLS, NAME_CELLS = 25, 54


@dataclass(frozen=True, slots=True)
class Country:
    """Everybody who works in the demo world."""

    agencies: dict[str, Agency]
    officers: tuple[Officer, ...]
    providers: tuple[Provider, ...]

    @property
    def national_centre(self) -> Agency:
        """Where a report goes for which nothing else is suggested."""
        return next(agency for agency in self.agencies.values() if agency.is_national_centre)

    def analyst(self, language: str, chance: Random) -> Officer:
        """An analyst who reads a language."""
        desk = [o for o in self.officers if o.role == Role.TIPLINE_ANALYST]
        return chance.choice([o for o in desk if o.language == language] or desk)

    def second_reader(self, first: Officer, chance: Random) -> Officer:
        """Another person of the desk."""
        desk = [o for o in self.officers if o.may(Permit.REPORT_CLOSE) and o != first]
        return chance.choice(desk)

    def who_answers_at(self, agency: Agency, chance: Random) -> Officer | None:
        """Somebody of an agency who may answer referrals, if it has anybody here."""
        there = [o for o in self.officers if o.agency_id == agency.pk]
        able = [o for o in there if o.may(Permit.REFERRAL_ANSWER)]
        return chance.choice(able) if able else None


def settle_country() -> Country:
    """Load the directory, and give everybody of the data file a place in it."""
    load_agencies(shipped_agencies(), by=Station.SET_UP)
    agencies = {agency.code: agency for agency in every_agency()}
    told = people()
    providers = tuple(
        add_provider(row["code"], name=row["name"], password=row["key"], by=Station.SET_UP)
        for row in told["provider"]
    )
    for row, provider in zip(told["provider"], providers, strict=True):
        if row.get("contact"):
            change_provider(provider, contact=row["contact"], by=Station.SET_UP)
    officers = tuple(
        add_officer(
            row["username"],
            name=row["name"],
            agency=agencies[row["agency"]],
            role=Role(row["role"]),
            password=told["password"] if "shown" in row else None,
            language=row.get("language", "en"),
            compartments=[Compartment(c) for c in row.get("compartments", [Compartment.GENERAL])],
            interprets=row.get("interprets", []),
            provider=next((one for one in providers if one.code == row.get("provider")), None),
            by=Station.SET_UP,
        )
        for row in told["officer"]
    )
    for row in told["record_system"]:
        answers = next(one for one in officers if one.username == row["officer"])
        issue_system_key(row["name"], officer=row["officer"], shown=row["key"], by=answers)
    return Country(agencies, officers, providers)


def settle_secondments(country: Country, *, now: datetime) -> None:
    """Lend whom the data file lends, from the first day of the demo world to some days from now."""
    officers = {one.username: one for one in country.officers}
    first = clock.now().astimezone(clock.LEGAL_ZONE).date()
    for row in people()["secondment"]:
        last = now.astimezone(clock.LEGAL_ZONE).date() + timedelta(days=row["days_left"])
        asked = ask_secondment(
            officers[row["officer"]].pk,
            host=country.agencies[row["host"]],
            role=Role(row["role"]),
            reason=Reason(row["reason"]),
            first=first,
            last=last,
            by=officers[row["lent_by"]],
        )
        agree_secondment(asked.pk, by=officers[row["received_by"]])


def sign_in_lines() -> list[str]:
    """How to get in, one line each: officers, a receipt, and the providers' wire."""
    told = people()
    lines = [
        _line(
            row["role"],
            f"{row['username']} / {told['password']}",
            f"{row['shown']} ({LANGUAGES[row.get('language', 'en')]})",
        )
        for row in told["officer"]
        if "shown" in row
    ]
    receipt = " ".join(words_of(FormToken(shown_token(), clock.now()).secret, language="en"))
    lines.append(_line("reporter who comes back", receipt, "Come back (English)"))
    lines += [
        _line(
            f"provider {row['name']}",
            f"{row['code']} / {row['key']}",
            f"curl -u {row['code']}:{row['key']} http://127.0.0.1:{port()}/ispws/status",
        )
        for row in told["provider"]
    ]
    return lines


def _line(who: str, how: str, where: str) -> str:
    return f"{who:<{ROLE_CELLS}} {how:<{NAME_CELLS}} {where}"
