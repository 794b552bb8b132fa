"""The one door to normal forms: which rule makes each kind of identifier comparable."""

from havre.identifiers.devices.rules.addresses import normal_ip
from havre.identifiers.devices.rules.hashes import normal_device, normal_hash
from havre.identifiers.disguises.rules.folding import in_plain_letters
from havre.identifiers.groups.rules.groups import normal_group, normal_server
from havre.identifiers.money.rules.banks import normal_iban
from havre.identifiers.money.rules.chains import normal_crypto
from havre.identifiers.people.rules.named import normal_birth_date, normal_person
from havre.identifiers.people.rules.names import normal_name
from havre.identifiers.people.rules.plates import normal_plate
from havre.identifiers.people.rules.postal_codes import normal_postal_code
from havre.identifiers.people.rules.streets import normal_address
from havre.identifiers.platforms.rules.handles import normal_account, normal_handle
from havre.identifiers.rules.emails import normal_email
from havre.identifiers.rules.phones import normal_phone
from havre.identifiers.rules.spans import readable
from havre.identifiers.rules.words import Kind
from havre.identifiers.web.rules.urls import normal_url

LONGEST = 4_000

PLAIN_RULES = {
    Kind.ADDRESS: normal_address,
    Kind.BANK: normal_iban,
    Kind.BIRTH_DATE: normal_birth_date,
    Kind.CRYPTO: normal_crypto,
    Kind.DEVICE: normal_device,
    Kind.EMAIL: normal_email,
    Kind.FILE_HASH: normal_hash,
    Kind.IP: normal_ip,
    Kind.NAME: normal_name,
    Kind.PERSON: normal_person,
    Kind.PLATE: normal_plate,
    Kind.POSTAL_CODE: normal_postal_code,
    Kind.SCHOOL: normal_name,
    Kind.URL: normal_url,
}

BY_PLATFORM = {
    Kind.ACCOUNT: normal_account,
    Kind.GROUP: normal_group,
    Kind.HANDLE: normal_handle,
    Kind.SERVER: normal_server,
}


def normalise(kind: Kind, value: str, *, platform: str = "", region: str = "CA") -> str | None:
    """The normal form by which two reports are compared, or None when it is no such value.

    Letters and digits in fancy dress are read as they are in a text, so that one name has one form.
    Normalising a normal form changes nothing, and two different accounts never become one.
    """
    if len(value) > LONGEST:
        return None
    # Names of people are looked for in texts as they were typed (names_that_may_stand).
    value = readable(value) if kind is Kind.NAME else in_plain_letters(readable(value)).text
    if kind in BY_PLATFORM:
        return BY_PLATFORM[kind](value, platform=in_plain_letters(readable(platform)).text)
    if kind is Kind.PHONE:
        return normal_phone(value, region=region)
    plain = PLAIN_RULES[kind](value)
    if plain is None or plain.isascii() or kind is Kind.NAME:
        return plain
    # A sign that went may leave a letter beside others that it was no part of: "9\u0430@\u0438".
    again = in_plain_letters(plain).text
    return plain if again == plain else PLAIN_RULES[kind](again)
