"""Our own doors without a database: everything up to filing and after it, and nothing is filed."""

from types import SimpleNamespace
from unittest.mock import patch

from havre.plumbing.ids import uuid7
from havre.wiring.wsgi import application as ours

from havre.agencies.models import Provider  # isort: skip - Django is started first
from havre.intake.reads import Received  # isort: skip

PROVIDER = Provider(id=uuid7(), code="bench", name="Example Chat")
FILED = Received("R-ABCD-EFGH", is_first=True)
FILING = SimpleNamespace(number=1_000_001, quality=80, missing=["phone"])
WITHOUT = {
    "havre.intake.views.receive_report": lambda _delivery, **_by: FILED,
    "havre.intake.providers.door.provider_of_key": lambda _name, _key: PROVIDER,
    "havre.intake.providers.api.open_filing": lambda _document, **_rest: FILING,
    "havre.intake.providers.api.finish_filing": lambda _number, **_by: (FILING, []),
}

for name, stand_in in WITHOUT.items():
    patch(name, stand_in).start()

application = ours
