"""Uploads under way, and the sealed pieces of them that are here."""

from typing import ClassVar, Self

from django.db import models

from havre.agencies.models import Provider
from havre.audit.rules import Actor
from havre.intake.models import Filing
from havre.plumbing import clock, ids
from havre.plumbing.scopes import Scope


class UploadQuerySet(models.QuerySet["Upload"]):
    def visible_to(self, actor: Actor) -> Self:
        """A provider sees its own; our own jobs, all; others, nothing."""
        context = actor.context
        match context.scope:
            case Scope.WORK:
                return self
            case Scope.PROVIDER:
                return self.filter(provider_id=context.provider)
            case _:
                return self.none()


class Upload(models.Model):
    """A file of an open filing that arrives in pieces. Its name is sealed with the filing.

    Once it is whole it is a file of the filing, by its id, and holds no piece any more.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="+")
    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="+")
    # Of the whole file, in bytes.
    length = models.BigIntegerField()
    said = models.BinaryField()
    opened_at = models.DateTimeField(default=clock.now)
    # When it is whole.
    file_id = models.CharField(max_length=64, blank=True, default="")
    md5 = models.CharField(max_length=32, blank=True, default="")
    sha1 = models.CharField(max_length=40, blank=True, default="")
    sha256 = models.CharField(max_length=64, blank=True, default="")

    objects = UploadQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return str(self.pk)


class PieceQuerySet(models.QuerySet["Piece"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those of the uploads that one sees."""
        return self.filter(upload__in=Upload.objects.visible_to(actor))


class Piece(models.Model):
    """So many bytes of an upload, sealed as an exhibit is, from a place in the file on."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="+")
    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="pieces")
    start = models.BigIntegerField()
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    sealed = models.BinaryField(null=True)
    location = models.CharField(max_length=64, blank=True, default="")

    objects = PieceQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["start"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["upload", "start"], name="a_piece_stands_once")
        ]

    def __str__(self) -> str:
        return f"{self.upload_id}:{self.start}"
