"""PyPI `ncmec-cybertip` as a client of Havre: it files, uploads, describes, finishes, retracts.

Runs in an environment of its own (Python 3.13), see peers.sh. Ends with an error when anything is
answered otherwise than the client expects.
"""

import asyncio
import hashlib
import os
from datetime import UTC, datetime

from ncmec_cybertip import client as wire
from ncmec_cybertip.common import DeviceId, Email, IpCaptureEvent, Person
from ncmec_cybertip.enums import AssociatedAccountType, IncidentType
from ncmec_cybertip.exceptions import ApiError
from ncmec_cybertip.files import FileAnnotations, FileDetails
from ncmec_cybertip.report import (
    AssociatedAccount,
    ChatImIncident,
    IncidentSummary,
    InternetDetails,
    PersonOrUserReported,
    Report,
    ReportAnnotations,
    Reporter,
)

FILE = b"The pier at noon."
AT = datetime(2026, 1, 15, 14, 30, tzinfo=UTC)


def report(story: str) -> Report:
    """A whole report, as this client writes it."""
    account = AssociatedAccount(
        account_type=AssociatedAccountType.OTHER, age_assertion_discrepancy=True, screen_name="pier"
    )
    return Report(
        incident_summary=IncidentSummary(
            incident_type=IncidentType.ONLINE_ENTICEMENT,
            platform="Example Chat",
            report_annotations=ReportAnnotations(),
            incident_date_time=AT,
        ),
        internet_details=[InternetDetails(chat_im_incident=ChatImIncident(content=story))],
        reporter=Reporter(
            reporting_person=Person(first_name="Pat", email=[Email(value="desk@example.com")])
        ),
        person_or_user_reported=PersonOrUserReported(
            screen_name="dock_master",
            ip_capture_event=[IpCaptureEvent(ip_address="192.0.2.17", date_time=AT)],
            device_id=[DeviceId(id_type="IMEI", id_value="1")],
            associated_account=[account],
        ),
    )


async def refused(code: int, asked: object) -> None:
    """The client is told this code."""
    told = None
    try:
        await asked
    except ApiError as error:
        told = error
    assert told is not None, code
    assert told.response_code == code, told
    assert told.request_id


async def main() -> None:
    who = {"username": os.environ["HAVRE_PROVIDER"], "password": os.environ["HAVRE_PROVIDER_KEY"]}
    base = os.environ["HAVRE_URL"] + "/ispws"
    async with wire.CyberTiplineClient(**who, base_url=base) as client:
        assert (await client.status()).response_code == 0
        assert "xs:schema" in await client.get_xsd()
        number = (await client.submit(report("He asked me to meet on Saturday."))).report_id
        uploaded = await client.upload(number, FILE, filename="pier.txt")
        assert uploaded.hash == hashlib.md5(FILE).hexdigest()
        details = FileDetails(
            report_id=number,
            file_id=uploaded.file_id,
            original_file_name="pier.txt",
            file_viewed_by_esp=True,
            file_annotations=FileAnnotations(),
        )
        await client.file_info(details)
        await refused(4100, client.file_info(details))
        done = await client.finish(number)
        assert uploaded.file_id in str(done)
        # Its finish cannot read a refusal, which is a reportResponse: an upload tells the same.
        await refused(5102, client.upload(number, FILE))
        other = (await client.submit(report("He asked again."))).report_id
        assert (await client.retract(other)).response_code == 0
        await refused(5101, client.upload(other, FILE))
        await refused(5001, client.retract(number + 1))
    who["password"] = "wrong"
    async with wire.CyberTiplineClient(**who, base_url=base) as client:
        await refused(2000, client.status())
    print("ncmec-cybertip: filed, uploaded, described, finished and retracted")


asyncio.run(main())
