"""From the plan of a report to its delivery: the form's answers, or the provider's facts."""

import hashlib
from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random

import rfc8785

from havre.agencies.models import Provider
from havre.audit.rules import Actor
from havre.intake.actions import Delivery
from havre.intake.form_tokens import TOKEN_BYTES, FormToken, holder_of
from havre.intake.rules.public_form import source_of, submission_of
from havre.intake.rules.submission import (
    AgeClass,
    Channel,
    FileFacts,
    GivenIdentifier,
    Incident,
    LegalBasis,
    Moment,
    Person,
    PersonRole,
    Place,
    PlaceRole,
    Precision,
    Submission,
    age_class_of,
    as_tree,
)
from havre.plumbing import clock, ids
from havre.wiring.country.plan import Mark, Plan
from havre.wiring.country.texts import (
    SEED,
    Story,
    dice,
    foreign_story,
    made_up_handle,
    narrative,
    reporter_name,
    story_for,
)

NETWORKS = ("192.0.2", "198.51.100", "203.0.113")
# Numbers 555-0100 to 555-0199 are kept for fiction; the first twenty are planted ones.
FIRST_LINE, LINES = 120, 200
VIRAL_FILE = "the file that went round"
YOUNG_AGE = 15


def shown_token() -> bytes:
    """The form token of the one report whose receipt is printed with the demo sign-ins."""
    return hashlib.sha256(f"{SEED} receipt".encode()).digest()[:TOKEN_BYTES]


class Deliverer:
    """Makes deliveries, and gives no phone number out twice."""

    def __init__(self, providers: list[Provider]) -> None:
        self.providers = providers
        self.lines: Counter[str] = Counter()

    def delivery_of(self, plan: Plan) -> tuple[Delivery, Actor]:
        """The delivery of a planned report, and who brings it."""
        by_provider = plan.channel is Channel.ISPWS
        return self._by_wire(plan) if by_provider else self._by_form(plan)

    def _by_form(self, plan: Plan) -> tuple[Delivery, Actor]:
        answers = self._answers(plan)
        is_shown = Mark.RECEIPT_SHOWN in plan.marks
        random = shown_token() if is_shown else ids.random_bytes(TOKEN_BYTES)
        token = FormToken(random, clock.now() - timedelta(minutes=4))
        delivery = Delivery(
            submission=submission_of(answers, plan.language),
            source=source_of(answers),
            zone=clock.LEGAL_ZONE.key,
            receipt=holder_of(token.secret),
            quarantined=Mark.QUARANTINED in plan.marks,
        )
        return delivery, token.sender

    def _answers(self, plan: Plan) -> dict[str, str]:
        chance = dice("form", plan.number)
        story = story_for(plan.band, plan.channel, language=plan.language, chance=chance)
        handle, contact = self._other_person(plan, chance)
        answers = {
            "who": story.who,
            "danger": story.danger,
            "happening": str(story.happening),
            "where": self._provider(plan, chance).name if handle else "",
            "their_name": handle,
            "their_contact": contact,
            "their_access": str(story.access),
            "child_age": str(chance.choice(story.ages)) if story.ages else "",
            "meeting": story.meeting,
        }
        answers["story"] = narrative(
            story, language=plan.language, handle=handle, city=plan.spot.city, chance=chance
        )
        if Mark.FOREIGN in plan.marks:
            answers["story"] = foreign_story()
        # In the last lane nobody names a child, so nobody is asked where the child is.
        if plan.band != "D":
            is_known = Mark.NO_PLACE not in plan.marks
            answers["region"] = plan.spot.region if is_known else "unknown"
            answers["town"] = plan.spot.city if is_known else ""
        if Mark.ANSWERED in plan.marks or chance.random() < 0.4:  # noqa: PLR2004 - two in five
            name = reporter_name(chance)
            answers["my_name"] = name
            answers["my_contact"] = f"{name.lower().replace('é', 'e')}{plan.number}@example.com"
            answers["contact_is_safe"] = "yes"
        return {key: answer for key, answer in answers.items() if answer}

    def _other_person(self, plan: Plan, chance: Random) -> tuple[str, str]:
        """What the other person is called, and how they may be reached, as the form is told."""
        if Mark.NO_IDENTIFIER in plan.marks:
            return "", ""
        if plan.suspect:
            handle = plan.suspect.variants[plan.turn % len(plan.suspect.variants)]
            contacts = [plan.suspect.email, plan.suspect.phone]
            return handle, " ".join(filter(None, contacts)) if plan.turn % 2 else ""
        handle = made_up_handle(plan.number, chance)
        contact = self._phone(plan.spot.area) if chance.random() < 0.25 else ""  # noqa: PLR2004
        return handle, contact

    def _provider(self, plan: Plan, chance: Random) -> Provider:
        """Where it happened. A repeat suspect keeps to one place, so that names compare."""
        steady = dice("platform", plan.suspect.handle) if plan.suspect else chance
        return steady.choice(self.providers)

    def _phone(self, area: str) -> str:
        line = FIRST_LINE + self.lines[area]
        self.lines[area] += 1
        return f"{area}-555-0{line}" if line < LINES else ""

    def _by_wire(self, plan: Plan) -> tuple[Delivery, Actor]:
        chance = dice("wire", plan.number)
        provider = self._provider(plan, chance)
        submission = _wire_submission(plan, provider, clock.now(), chance)
        delivery = Delivery(
            submission=submission,
            source=rfc8785.dumps({"sender": provider.code, "report": as_tree(submission)}),
            zone="UTC",
            provider=provider,
        )
        return delivery, provider


def _wire_submission(plan: Plan, provider: Provider, now: datetime, chance: Random) -> Submission:
    band = Mark.VIRAL if Mark.VIRAL in plan.marks else plan.band
    story = story_for(band, plan.channel, language=plan.language, chance=chance)
    handle = made_up_handle(plan.number, chance)
    if plan.suspect:
        handle = plan.suspect.variants[plan.turn % len(plan.suspect.variants)]
    happened = now - timedelta(minutes=chance.randint(5, 600))
    people = _people(
        plan,
        _accounts(plan, handle, provider, happened),
        child=chance.choice(story.ages) if story.ages else None,
    )
    files = _files(plan, story, chance)
    incident = Incident(
        happening=story.happening,
        category=story.category,
        narrative=narrative(
            story, language=plan.language, handle="", city=plan.spot.city, chance=chance
        ),
        platform=provider.name,
        escalation=story.escalation,
        annotations=story.annotations,
        moment=_moment(happened),
        people=tuple(range(len(people))),
        files=tuple(range(len(files))),
    )
    return Submission(
        channel=Channel.ISPWS,
        language=plan.language,
        incidents=(incident,),
        people=people,
        files=files,
        legal_basis=LegalBasis.STATUTORY_REPORT,
    )


def _people(
    plan: Plan, accounts: tuple[GivenIdentifier, ...], *, child: int | None
) -> tuple[Person, ...]:
    """The account's holder, and the child where its age is told."""
    is_young = Mark.YOUNG_SUSPECT in plan.marks
    place = Place(
        role=PlaceRole.SUSPECT, country="CA", region=plan.spot.region, city=plan.spot.city
    )
    suspect = Person(
        role=PersonRole.SUSPECT,
        age=YOUNG_AGE if is_young else None,
        age_class=AgeClass.TWELVE_TO_17 if is_young else AgeClass.UNKNOWN,
        identifiers=accounts,
        places=() if Mark.NO_PLACE in plan.marks else (place,),
    )
    if child is None:
        return (suspect,)
    return (suspect, Person(role=PersonRole.VICTIM, age=child, age_class=age_class_of(child)))


def _accounts(
    plan: Plan, handle: str, provider: Provider, at: datetime
) -> tuple[GivenIdentifier, ...]:
    if Mark.NO_IDENTIFIER in plan.marks:
        return ()
    statutory = LegalBasis.STATUTORY_REPORT
    found = [
        GivenIdentifier(kind="handle", value=handle, platform=provider.name, legal_basis=statutory),
        GivenIdentifier(
            kind="ip",
            value=f"{NETWORKS[plan.number % 3]}.{plan.number // 3 % 254 + 1}",
            event="login",
            at=_moment(at),
            port=49_152 + plan.number,
            legal_basis=statutory,
        ),
    ]
    if plan.suspect is None:
        email = f"{handle.replace('_', '.')}@example.com"
        found.append(GivenIdentifier(kind="email", value=email, legal_basis=statutory))
    elif plan.suspect.email:
        email = plan.suspect.email
        found.append(GivenIdentifier(kind="email", value=email, legal_basis=statutory))
    return tuple(found)


def _files(plan: Plan, story: Story, chance: Random) -> tuple[FileFacts, ...]:
    """What is said of a file. There is none: the hashes are those of a few invented words."""
    if not story.classification:
        return ()
    is_viral = Mark.VIRAL in plan.marks
    words = (VIRAL_FILE if is_viral else f"{SEED} file {plan.number}").encode()
    return (
        FileFacts(
            name="boat.jpg" if is_viral else f"upload-{plan.number}.jpg",
            media_type="image/jpeg",
            size=48_213 if is_viral else chance.randint(20_000, 900_000),
            viewed_by_sender=chance.random() < 0.5,  # noqa: PLR2004 - half of them
            publicly_available=is_viral,
            classification=story.classification,
            hashes=(
                ("md5", hashlib.md5(words, usedforsecurity=False).hexdigest()),
                ("sha256", hashlib.sha256(words).hexdigest()),
            ),
        ),
    )


def _moment(at: datetime) -> Moment:
    return Moment(
        at=at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), precision=Precision.EXACT, zone="UTC"
    )
