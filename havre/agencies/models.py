from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models

from havre.agencies.rules.permits import DESK_ROLES, GIVEN_TO_NOBODY, Compartment, Permit, Role, may
from havre.agencies.rules.providers import Environment, Reading
from havre.agencies.rules.slowing import Tally
from havre.agencies.rules.words import AgencyKind
from havre.plumbing import clock, ids
from havre.plumbing.scopes import Context, Scope

if TYPE_CHECKING:
    from havre.audit.rules import Actor

IS_ENGINEER = models.Q(role="provider-engineer")
HOLD_COMPARTMENTS = frozenset(
    {Scope.AGENCY, Scope.COORDINATOR, Scope.INTERPRETER, Scope.PARTNER, Scope.TIPLINE}
)
# In what capacity a role acts; the desk's own and every agency's are said in `Officer.scope`.
SCOPES: dict[str, Scope] = {
    Role.AUDITOR: Scope.AUDITOR,
    Role.FOREIGN_CLERK: Scope.PARTNER,
    Role.INTERPRETER: Scope.INTERPRETER,
    Role.NATIONAL_COORDINATOR: Scope.COORDINATOR,
    Role.PRIVACY_OFFICER: Scope.AUDITOR,
    Role.PROVIDER_ENGINEER: Scope.PROVIDER,
}


class Agency(models.Model):
    """A body we work with: a row of the directory, public reference data."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    code = models.SlugField(max_length=60, unique=True)
    name_en = models.CharField(max_length=200)
    name_fr = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=[(k.value, k.value) for k in AgencyKind])
    legal_type = models.CharField(max_length=60, blank=True)
    regions = ArrayField(models.CharField(max_length=8), default=list)
    default_for = ArrayField(models.CharField(max_length=8), default=list)
    languages = ArrayField(models.CharField(max_length=8), default=list)
    contact = models.CharField(max_length=200, blank=True)
    after_hours = models.CharField(max_length=200, blank=True)
    is_national_centre = models.BooleanField(default=False)
    source = models.CharField(max_length=300)
    as_of = models.DateField()

    class Meta:
        ordering: ClassVar = ["code"]
        verbose_name_plural = "agencies"

    def __str__(self) -> str:
        return self.code

    def name(self, language: str) -> str:
        """The agency's name in a language, "en" or "fr"."""
        return self.name_fr if language == "fr" else self.name_en

    @property
    def is_tipline(self) -> bool:
        """Whether this is the clearing house itself."""
        return self.kind == AgencyKind.TIPLINE


class OfficerManager(BaseUserManager["Officer"]):
    """Finds an officer by sign-in name."""

    def who_sign_in(self) -> models.QuerySet["Officer"]:
        """The people themselves, without the places that some hold elsewhere for a time."""
        return self.filter(person=None)

    def rows_of(self, actor: "Actor") -> models.QuerySet["Officer"]:
        """Every row of whoever acts: the person's own, and the places they hold or held."""
        if not isinstance(actor, Officer):
            return self.none()
        return self.filter(models.Q(pk=actor.person_pk) | models.Q(person=actor.person_pk))

    def get_by_natural_key(self, username: str | None) -> "Officer":
        return self.get(username=username)


class Officer(AbstractBaseUser):
    """A person of an agency who signs in; or the place that one of them holds in another agency.

    Nobody signs in to a place: its person chooses, once signed in, for whom to act. It is a row of
    its own, so that whatever is kept for an officer is kept apart for each of the two agencies.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    username = models.CharField(max_length=150, unique=True)
    display_name = models.CharField(max_length=150)
    email = models.EmailField(blank=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="officers")
    role = models.CharField(max_length=30, choices=[(r.value, r.value) for r in Role])
    # Whose reports this one sees: an engineer's alone. `agency` is then the house that keeps the
    # account, and opens nothing of it.
    provider = models.ForeignKey(
        "Provider", on_delete=models.PROTECT, null=True, related_name="engineers"
    )
    compartments = ArrayField(models.CharField(max_length=30), default=list)
    language = models.CharField(max_length=2, default="en")
    # The languages that an interpreter is given words of, by their codes; of others, none.
    interprets = ArrayField(models.CharField(max_length=8), default=list)
    theme = models.CharField(max_length=5, blank=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=clock.now)
    # While this is set, the password was made for this officer: until then it opens the page where
    # one's own is chosen, and nothing else. None: the password is the officer's own.
    one_time_until = models.DateTimeField(null=True)
    # Every sign-in up to here is over, whatever its session says.
    sessions_ended_at = models.DateTimeField(null=True)

    # Of a place alone: whose it is, and from when to when it opens anything.
    person = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="places")
    place_from = models.DateTimeField(null=True)
    place_until = models.DateTimeField(null=True)
    # Of a person alone: until when places elsewhere were agreed on, so that no page need ask.
    lent_until = models.DateTimeField(null=True)

    # Set while a record system acts for this officer: the log names its key. Never stored.
    through_key: UUID | None = None

    objects = OfficerManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = []

    class Meta:
        ordering: ClassVar = ["username"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(models.Q(provider__isnull=False) & IS_ENGINEER)
                | (~IS_ENGINEER & models.Q(provider=None)),
                name="an_engineer_has_a_provider_and_nobody_else_has",
            ),
            models.CheckConstraint(
                condition=models.Q(person=None, place_from=None, place_until=None)
                | models.Q(
                    person__isnull=False,
                    place_from__isnull=False,
                    place_until__isnull=False,
                    lent_until=None,
                ),
                name="a_place_is_somebodys_from_one_moment_to_another",
            ),
        ]

    def __str__(self) -> str:
        return self.username

    @property
    def is_here(self) -> bool:
        """Whether anything opens to this officer now: a place does so for its time alone."""
        if not self.is_active or not self.person_id:
            return self.is_active
        return self.begins <= clock.now() < self.ends

    @property
    def person_pk(self) -> UUID:
        """Who this is, wherever they act from: the row of the person themselves."""
        return self.person_id or self.pk

    @property
    def begins(self) -> datetime:
        """From when a place opens anything. Raises ValueError for a person."""
        return _moment(self.place_from)

    @property
    def ends(self) -> datetime:
        """Until when a place opens anything. Raises ValueError for a person."""
        return _moment(self.place_until)

    @property
    def is_lent(self) -> bool:
        """Whether this person may have a place in another agency now, or soon."""
        return self.lent_until is not None and clock.now() < self.lent_until

    def may(self, permit: Permit) -> bool:
        """Whether this officer's role holds a permit."""
        return self.is_here and may(Role(self.role), permit)

    @property
    def signature(self) -> str:
        """How the log names this officer, or the key through which somebody acts for them."""
        return f"key:{self.through_key}" if self.through_key else f"officer:{self.id}"

    @property
    def comes_from(self) -> dict[str, str]:
        """What the log says besides of whoever acts from a place: who that is, of which agency."""
        if self.person is None:
            return {}
        return {"person": self.person.signature, "home": str(self.person.agency_id)}

    @property
    def scope(self) -> Scope:
        """In what capacity this officer acts."""
        if self.role in DESK_ROLES and self.agency.is_tipline:
            return Scope.TIPLINE
        return SCOPES.get(self.role, Scope.AGENCY)

    @property
    def context(self) -> Context:
        """What the database is told when this officer acts."""
        if self.person_id and not self.is_here:
            return Context(actor="", scope=Scope.NOBODY)
        if self.scope is Scope.PROVIDER:
            provider = str(self.provider_id or "")
            return Context(actor=self.signature, scope=Scope.PROVIDER, provider=provider)
        held = [c for c in self.compartments if c in set(Compartment) - GIVEN_TO_NOBODY]
        return Context(
            actor=self.signature,
            scope=self.scope,
            agency=str(self.agency_id),
            compartments=",".join(held) if self.scope in HOLD_COMPARTMENTS else "",
            elsewhere=",".join(self._elsewhere()),
        )

    def _elsewhere(self) -> list[str]:
        """The other agencies of this person now: the one at home, and those they are lent to."""
        if not self.person_id and not self.is_lent:
            return []
        now = clock.now()
        held = {
            str(agency)
            for agency, begins, ends in self._rows_of_person
            if begins is None or ends is None or begins <= now < ends
        }
        return sorted(held - {str(self.agency_id)})

    @cached_property
    def _rows_of_person(self) -> list[tuple[UUID, datetime | None, datetime | None]]:
        rows = Officer.objects.rows_of(self)
        return list(rows.values_list("agency", "place_from", "place_until"))


def is_same_person(one: Officer, other: Officer) -> bool:
    """Whether two rows are one person: a place is its person's, not a second one's."""
    return one.person_pk == other.person_pk


def _moment(at: datetime | None) -> datetime:
    if at is None:
        msg = "this is a person, not a place"
        raise ValueError(msg)
    return at


class Provider(models.Model):
    """An Internet provider that reports to us by wire."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    # The unique identifier of SOR/2011-292 s. 3(a).
    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    # A test account is a provider of its own: what it files reaches no desk.
    environment = models.CharField(
        max_length=10,
        choices=[(e.value, e.value) for e in Environment],
        default=Environment.PRODUCTION,
    )
    is_active = models.BooleanField(default=True)
    reading = models.CharField(
        max_length=10, choices=[(r.value, r.value) for r in Reading], default=Reading.STRICT
    )
    # The HTTP status of a refused document: 400 as documented, or 200 for clients that would
    # send it again at anything else.
    fault_status = models.SmallIntegerField(default=400)
    wants_quality = models.BooleanField(default=True)
    # Who answers at this provider day and night, for an emergency request.
    contact = models.CharField(max_length=300, default="")
    # The law that a report starts (intake/law); "" where none of ours does.
    regime = models.SlugField(max_length=40, default="ca-mra")
    # SHA-256 of the client certificates, and the networks, that its keys are bound to; none: any.
    certificates = ArrayField(models.CharField(max_length=64), default=list)
    networks = ArrayField(models.CharField(max_length=43), default=list)
    # Where it hears by e-mail that it is asked something; "" while it named no address.
    mail_to = models.EmailField(blank=True, default="")

    # Which state of the row was read, by `provider_of_key` alone.
    seen = ""
    # The digest of the credential that it showed, where it is known from before: whatever it does
    # asks in the same transaction whether that still opens (`key_must_open`).
    shown: bytes | None = None

    class Meta:
        ordering: ClassVar = ["code"]

    def __str__(self) -> str:
        return self.code

    @cached_property
    def signature(self) -> str:
        """How the log names this provider."""
        return f"provider:{self.id}"

    @cached_property
    def context(self) -> Context:
        """What the database is told when this provider acts."""
        return Context(actor=self.signature, scope=Scope.PROVIDER, provider=str(self.id))


class ProviderKey(models.Model):
    """A wire credential of a provider: a keyed digest of it, and how long it opens the door."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="keys")
    # HMAC of name and password, which is machine-made and high-entropy (decision 18).
    digest = models.BinaryField(max_length=32, unique=True)
    issued_at = models.DateTimeField(default=clock.now)
    # None: until somebody rotates or revokes it.
    until = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-issued_at"]

    def __str__(self) -> str:
        return f"{self.provider_id} since {self.issued_at:%Y-%m-%d}"


class SignInFailure(models.Model):
    """Failed sign-ins of one account from one network, or from all, counted to slow the next try.

    The key is a keyed digest of both, so nobody's colleague is slowed and nothing is learnt.
    """

    digest = models.BinaryField(primary_key=True, max_length=32)
    failures = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(default=clock.now, db_index=True)
    # Whether this account was ever signed in to from this network.
    succeeded_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-last_at"]

    def __str__(self) -> str:
        return f"{self.failures} failures"

    @property
    def tally(self) -> Tally:
        """The count as the rule reads it."""
        return Tally(self.failures, self.last_at)


class SpentCode(models.Model):
    """A one-time code that somebody signed in with. It opens nothing a second time."""

    digest = models.BinaryField(primary_key=True, max_length=32)
    spent_at = models.DateTimeField(default=clock.now, db_index=True)

    class Meta:
        ordering: ClassVar = ["-spent_at"]

    def __str__(self) -> str:
        return f"spent {self.spent_at:%H:%M}"
