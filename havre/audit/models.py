from typing import ClassVar

from django.db import models

from havre.audit.lines import Line, canonical_bytes
from havre.plumbing import clock, ids


class Entry(models.Model):
    """One line of the log.

    No foreign keys: it outlives what it describes. A trigger refuses UPDATE, DELETE, TRUNCATE.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    at = models.DateTimeField(default=clock.now)
    event = models.CharField(max_length=40)
    actor = models.CharField(max_length=120)
    agency = models.UUIDField(null=True)
    about_kind = models.CharField(max_length=40)
    about = models.CharField(max_length=64, db_index=True)
    details = models.JSONField(default=dict)
    salt = models.BinaryField(max_length=16)
    version = models.SmallIntegerField()
    # Given by the sequencer of the Merkle log, in order, once.
    leaf_index = models.BigIntegerField(null=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        verbose_name_plural = "entries"
        indexes: ClassVar = [models.Index(fields=["agency", "-id"], name="entry_by_agency")]

    def __str__(self) -> str:
        return f"{self.actor} {self.event} {self.about}"

    def canonical(self) -> bytes:
        """The bytes that the Merkle log hashes."""
        return canonical_bytes(
            Line(
                id=self.id,
                at=self.at,
                event=self.event,
                actor=self.actor,
                agency=str(self.agency or ""),
                about_kind=self.about_kind,
                about=self.about,
                details=self.details,
                salt=bytes(self.salt),
                version=self.version,
            )
        )
