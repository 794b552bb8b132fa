from typing import ClassVar

from django.db import models


class Draft(models.Model):
    """A report that is still being written. Only its writer's cookie holds the key to it."""

    # A digest of the cookie; the key is another one. Neither can be found from the other.
    lookup = models.CharField(primary_key=True, max_length=64)
    body = models.BinaryField()
    until = models.DateTimeField(db_index=True)

    class Meta:
        ordering: ClassVar = ["until"]

    def __str__(self) -> str:
        return self.lookup[:8]
