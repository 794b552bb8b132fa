"""Files of reports, for whoever asks at doors."""

import json
import secrets
from uuid import UUID

from havre.agencies.models import Provider
from havre.audit.rules import Station
from havre.intake.bulk.actions import refuse_row, take_upload
from havre.intake.law.actions import report_addresses
from havre.intake.law.clocks import new_clock
from havre.intake.models import Filing
from havre.intake.resuming.models import Piece, Upload
from havre.intake.rules.stages import FilingState
from havre.intake.xarf.actions import add_sender, take_xarf
from havre.intake.xarf.wires.documents import read_xarf
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from tests.wires.json_door import a_report
from tests.wires.wire import Wire
from tests.wires.xarf import CSEM


def a_bulk_file(provider: Provider) -> UUID:
    """A file of two rows that waits; one of them was refused."""
    source = "\n".join(json.dumps(a_report()) for _ in range(2)).encode()
    found, _is_repeat = take_upload(source, by=provider)
    refuse_row(found.upload, 1, [("/pier", "is not known here")], by=provider)
    return found.upload.pk


def sent_in_other_ways(provider: Provider) -> None:
    """A file, a document, addresses, of a provider that may send letters and preserves data."""
    a_bulk_file(provider)
    a_file_in_pieces(provider)
    source = json.dumps(CSEM).encode()
    take_xarf(read_xarf(CSEM, source=source, now=clock.now()), source=source, by=provider)
    add_sender(provider, address=f"desk@{provider.code}.example.com", by=Station.SET_UP)
    told = report_addresses(("https://example.com/pier",), by=provider)
    running = new_clock(told.report_id, number=secrets.randbits(40), provider=provider)
    with acting_as(provider.context):
        running.save(force_insert=True)


def uploads_of(wires: list[Wire]) -> dict[str, UUID]:
    """What each of two providers sent; by the same id, a file of its open report in pieces."""
    return {
        whose: _under_way(wire.provider, a_bulk_file(wire.provider))
        for whose, wire in zip(("own", "other"), wires, strict=True)
    }


def _under_way(provider: Provider, pk: UUID) -> UUID:
    with acting_as(provider.context):
        filing = Filing.objects.visible_to(provider).filter(state=FilingState.OPEN).first()
        upload = Upload(pk=pk, provider=provider, filing=filing, length=10, said=b"sealed")
        upload.save(force_insert=True)
    return pk


def a_file_in_pieces(provider: Provider) -> None:
    """A file of a provider's report of which a piece is here."""
    with acting_as(provider.context):
        filing = Filing.objects.visible_to(provider).earliest("pk")
        upload = Upload(provider=provider, filing=filing, length=10, said=b"sealed")
        upload.save(force_insert=True)
        Piece(provider=provider, upload=upload, start=0, size=4, sha256="", sealed=b"pier").save()
