from typing import ClassVar

from django.db import models

from havre.plumbing import clock, ids


class RecordKey(models.Model):
    """A record's data key, wrapped for one recipient.

    Who holds no wrap reads nothing. Deleting every wrap destroys the record. The vault knows
    records by id alone. Recipients: "intake", "receipt", "agency:<id>".
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    record = models.UUIDField()
    recipient = models.CharField(max_length=60)
    kek_id = models.CharField(max_length=40)
    wrapped = models.BinaryField()
    version = models.SmallIntegerField(default=1)
    # Stands here too, so that the key of a closed compartment is not handed out.
    compartment = models.CharField(max_length=30)
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["record", "recipient"], name="a_record_has_one_key_for_each_recipient"
            )
        ]

    def __str__(self) -> str:
        return f"{self.record} for {self.recipient}"


class Exhibit(models.Model):
    """A file exactly as it came, sealed under its record's data key.

    Small ones lie sealed in the row, larger ones in the vault folder.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    record = models.UUIDField(db_index=True)
    size = models.BigIntegerField()
    md5 = models.CharField(max_length=32)
    sha1 = models.CharField(max_length=40)
    sha256 = models.CharField(max_length=64)
    sealed = models.BinaryField(null=True)
    location = models.CharField(max_length=120, blank=True)
    sealed_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(sealed__isnull=False, location="")
                | models.Q(sealed__isnull=True) & ~models.Q(location=""),
                name="an_exhibit_lies_in_one_place",
            )
        ]

    def __str__(self) -> str:
        return str(self.id)
