"""The one door to normal forms: which rule makes each kind of identifier comparable."""

from havre.identifiers.rules.addresses import normal_ip
from havre.identifiers.rules.emails import normal_email
from havre.identifiers.rules.handles import normal_account, normal_handle
from havre.identifiers.rules.hashes import normal_device, normal_hash
from havre.identifiers.rules.names import normal_name
from havre.identifiers.rules.phones import normal_phone
from havre.identifiers.rules.postal_codes import normal_postal_code
from havre.identifiers.rules.spans import readable
from havre.identifiers.rules.urls import normal_url
from havre.identifiers.rules.words import Kind

LONGEST = 4_000

PLAIN_RULES = {
    Kind.DEVICE: normal_device,
    Kind.EMAIL: normal_email,
    Kind.FILE_HASH: normal_hash,
    Kind.IP: normal_ip,
    Kind.NAME: normal_name,
    Kind.POSTAL_CODE: normal_postal_code,
    Kind.URL: normal_url,
}


def normalise(kind: Kind, value: str, *, platform: str = "", region: str = "CA") -> str | None:
    """The normal form by which two reports are compared, or None when it is no such value.

    Normalising a normal form changes nothing, and two different accounts never become one.
    """
    if len(value) > LONGEST:
        return None
    value = readable(value)
    if kind is Kind.HANDLE:
        return normal_handle(value, platform=platform)
    if kind is Kind.ACCOUNT:
        return normal_account(value, platform=platform)
    if kind is Kind.PHONE:
        return normal_phone(value, region=region)
    return PLAIN_RULES[kind](value)
