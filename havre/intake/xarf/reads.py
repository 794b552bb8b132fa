"""Questions about reports as XARF: who sends them by e-mail, and whether one is here already."""

from havre.agencies.models import Provider
from havre.audit.rules import Actor
from havre.intake.xarf.models import Sender, Taken


def number_taken(token: str, *, actor: Actor) -> int | None:
    """The number of the report that a document made, if it did."""
    found = Taken.objects.visible_to(actor).filter(token=token)
    return found.values_list("number", flat=True).first()


def is_taken(number: int, *, actor: Actor) -> bool:
    """Whether a report came as such a document."""
    return Taken.objects.visible_to(actor).filter(number=number).exists()


def provider_of_address(address: str, *, actor: Actor) -> Provider | None:
    """The provider that reports from an address, while its door is open."""
    known = Sender.objects.visible_to(actor).select_related("provider")
    found = known.filter(address=address, provider__is_active=True).first()
    return found.provider if found else None


def senders_of(provider: Provider, *, actor: Actor) -> list[Sender]:
    """The addresses from which a provider reports."""
    return list(Sender.objects.visible_to(actor).filter(provider=provider))
