from typing import ClassVar, Self

from django.db import models

from havre.agencies.models import Officer
from havre.plumbing import clock, ids


class PartnerQuerySet(models.QuerySet["Partner"]):
    def of_word(self, code: str) -> Self:
        """Whoever holds the word of a link."""
        return self.filter(code=code)


class Partner(models.Model):
    """Somebody whose site or poster leads here, known by the word in its links."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    # What stands in its links, as `?via=`. Never changed: links are printed.
    code = models.CharField(max_length=40, unique=True)
    name_en = models.CharField(max_length=200)
    name_fr = models.CharField(max_length=200)
    site = models.URLField(max_length=300, blank=True)
    added_at = models.DateTimeField(default=clock.now)
    added_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    # From then on it is shown as closed; its links go on working and are counted.
    closed_at = models.DateTimeField(null=True)

    objects = PartnerQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["code"]

    def __str__(self) -> str:
        return self.code

    def name(self, language: str) -> str:
        """Its name in a language."""
        return self.name_fr if language == "fr" else self.name_en
