from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models

from havre.agencies.models import Agency, Officer
from havre.plumbing import clock, ids
from havre.plumbing.scopes import Scope
from havre.referrals.models import Referral
from havre.referrals.notices.rules import NewsKind, NoticeState, Piece

if TYPE_CHECKING:
    from havre.audit.rules import Actor


class NewsQuerySet(models.QuerySet["News"]):
    def visible_to(self, actor: "Actor") -> Self:
        """The jobs alone read what is new: some was taken back before anybody opened it."""
        return self if actor.context.scope is Scope.WORK else self.none()

    def unsettled(self) -> Self:
        """What no notice told of yet, and nobody decided to leave untold."""
        return self.filter(settled_at=None)


class News(models.Model):
    """Something happened that an agency should hear of: a code, a moment, the referral if any."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=20, choices=[(k.value, k.value) for k in NewsKind])
    at = models.DateTimeField(default=clock.now, db_index=True)
    # When a notice was written of it, or none had to be.
    settled_at = models.DateTimeField(null=True)
    # When it was passed on to record systems that are called.
    passed_on_at = models.DateTimeField(null=True)

    objects = NewsQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["id"]
        verbose_name_plural = "news"
        indexes: ClassVar = [
            models.Index(
                fields=["agency"], condition=models.Q(settled_at=None), name="news_to_settle"
            ),
            models.Index(
                fields=["id"], condition=models.Q(passed_on_at=None), name="news_to_pass_on"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"

    @property
    def piece(self) -> Piece:
        """As the rule sees it."""
        if self.referral is None:
            return Piece(
                kind=NewsKind(self.kind), at=self.at, band="", is_standing=True, is_unread=True
            )
        return Piece(
            kind=NewsKind(self.kind),
            at=self.at,
            band=self.referral.band,
            is_standing=self.referral.state != "undone",
            is_unread=self.referral.is_unread,
        )


class BellQuerySet(models.QuerySet["Bell"]):
    def visible_to(self, actor: "Actor") -> Self:
        """An agency knows its own; Havre's own stations, all."""
        if actor.context.scope is Scope.WORK:
            return self
        return self.filter(agency=actor.context.agency or None)


class Bell(models.Model):
    """Where notices for an agency go, as its supervisor said, and whether it wants any."""

    agency = models.OneToOneField(
        Agency, on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    email = models.EmailField(blank=True)
    is_on = models.BooleanField(default=False)
    # What happened before this moment is told of by no notice.
    since = models.DateTimeField(default=clock.now)
    set_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")

    objects = BellQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["agency"]

    def __str__(self) -> str:
        return f"{self.agency_id} {'on' if self.is_on else 'off'}"


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, actor: "Actor") -> Self:
        """An agency knows its own; Havre's own stations, all."""
        if actor.context.scope is Scope.WORK:
            return self
        return self.filter(agency=actor.context.agency or None)


class Notice(models.Model):
    """One mail to an agency that something waits, and whether it went out.

    It holds how much news it told of, for the agency's own page; the mail says nothing of it.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    email = models.EmailField()
    news = models.PositiveIntegerField(default=0)
    is_test = models.BooleanField(default=False)
    # Whether any of it waits elsewhere than in the inbox.
    beyond_inbox = models.BooleanField(default=False)
    written_at = models.DateTimeField(default=clock.now)
    next_try_at = models.DateTimeField(default=clock.now)
    tries = models.SmallIntegerField(default=0)
    # Why the last try failed, as a code.
    failed_as = models.CharField(max_length=60, blank=True)
    sent_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-written_at", "-id"]
        indexes: ClassVar = [
            models.Index(
                fields=["next_try_at"],
                condition=models.Q(sent_at=None, given_up_at=None),
                name="notices_to_send",
            ),
            models.Index(fields=["agency", "-written_at"], name="notices_of_an_agency"),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.written_at:%Y-%m-%d %H:%M}"

    @property
    def state(self) -> NoticeState:
        """Where it stands."""
        if self.sent_at:
            return NoticeState.SENT
        if self.given_up_at:
            return NoticeState.GIVEN_UP
        return NoticeState.FAILED if self.failed_as else NoticeState.WAITING
