"""An explanation in a sentence or two, in English and French; it names kinds, never a value."""

from dataclasses import dataclass

from havre.identifiers.rules.words import Kind
from havre.links.rules.explaining import Explanation, Piece


@dataclass(frozen=True, slots=True)
class Wording:
    """How one language speaks of a kind: the value shared, and the crowd's value."""

    same: str
    crowds: str


KINDS_IN = {
    "en": {
        Kind.ACCOUNT: Wording("same account number", "an account number"),
        Kind.ADDRESS: Wording("same street address", "a street address"),
        Kind.BANK: Wording("same bank account", "a bank account"),
        Kind.BIRTH_DATE: Wording("same date of birth", "a date of birth"),
        Kind.CRYPTO: Wording("same cryptocurrency address", "a cryptocurrency address"),
        Kind.DEVICE: Wording("same device", "a device number"),
        Kind.EMAIL: Wording("same e-mail address", "an e-mail address"),
        Kind.FILE_HASH: Wording("same file", "a file"),
        Kind.GROUP: Wording("same group", "a group"),
        Kind.HANDLE: Wording("same username", "a username"),
        Kind.IP: Wording("same IP address", "an IP address"),
        Kind.NAME: Wording("same name", "a name"),
        Kind.PERSON: Wording("same name and date of birth", "a name with a date of birth"),
        Kind.PHONE: Wording("same phone number", "a phone number"),
        Kind.PLATE: Wording("same licence plate", "a licence plate"),
        Kind.POSTAL_CODE: Wording("same postal code", "a postal code"),
        Kind.SCHOOL: Wording("same school", "a school"),
        Kind.SERVER: Wording("same server or game", "a server or game"),
        Kind.URL: Wording("same web address", "a web address"),
    },
    "fr": {
        Kind.ACCOUNT: Wording("même numéro de compte", "un numéro de compte partagé"),
        Kind.ADDRESS: Wording("même adresse municipale", "une adresse municipale partagée"),
        Kind.BANK: Wording("même compte bancaire", "un compte bancaire partagé"),
        Kind.BIRTH_DATE: Wording("même date de naissance", "une date de naissance partagée"),
        Kind.CRYPTO: Wording(
            "même adresse de cryptomonnaie", "une adresse de cryptomonnaie partagée"
        ),
        Kind.DEVICE: Wording("même appareil", "un numéro de série partagé"),
        Kind.EMAIL: Wording("même adresse courriel", "une adresse courriel partagée"),
        Kind.FILE_HASH: Wording("même fichier", "un fichier partagé"),
        Kind.GROUP: Wording("même groupe", "un groupe partagé"),
        Kind.HANDLE: Wording("même pseudo", "un pseudo partagé"),
        Kind.IP: Wording("même adresse IP", "une adresse IP partagée"),
        Kind.NAME: Wording("même nom", "un nom partagé"),
        Kind.PERSON: Wording(
            "mêmes nom et date de naissance", "un nom avec date de naissance partagé"
        ),
        Kind.PHONE: Wording("même numéro de téléphone", "un numéro de téléphone partagé"),
        Kind.PLATE: Wording(
            "même plaque d\u2019immatriculation", "une plaque d\u2019immatriculation partagée"
        ),
        Kind.POSTAL_CODE: Wording("même code postal", "un code postal partagé"),
        Kind.SCHOOL: Wording("même école", "une école partagée"),
        Kind.SERVER: Wording("même serveur ou jeu", "un serveur ou jeu partagé"),
        Kind.URL: Wording("même adresse Web", "une adresse Web partagée"),
    },
}
PHRASES_IN = {
    "en": {
        "and": " and ",
        "hub-counts-little": "{crowds} shared by {reports} counts for little",
        "hub-ignored": "{crowds} shared by {reports} does not count",
        "many": "{n} reports",
        "near": "nearly the same username (in {reports})",
        "no-tie": "nothing ties these two reports",
        "one": "{n} report",
        "same": "{same} (in {reports})",
        "thousands": ",",
        "tie-reporter": "perhaps the same reporter: ",
        "tie-victim": "perhaps the same victim: ",
        "tie-witness": "perhaps the same witness: ",
    },
    "fr": {
        "and": " et ",
        "hub-counts-little": "{crowds} par {reports} compte peu",
        "hub-ignored": "{crowds} par {reports} ne compte pas",
        "many": "{n} signalements",
        "near": "pseudo presque identique (dans {reports})",
        "no-tie": "rien ne relie ces deux signalements",
        "one": "{n} signalement",
        "same": "{same} (dans {reports})",
        "thousands": "\u00a0",
        "tie-reporter": "peut-être la même personne qui signale\u00a0: ",
        "tie-victim": "peut-être la même victime\u00a0: ",
        "tie-witness": "peut-être le même témoin\u00a0: ",
    },
}
"""The explanation's own small table: it is stored with the link and printed in disclosure, so it
must read the same whatever catalogue a later version ships."""


SAID = ("near", "same")


def sentence(explanation: Explanation, language: str) -> str:
    """The explanation in a sentence or two, in "en" or "fr"; it names no value, only kinds."""
    phrases = PHRASES_IN[language]
    said = [_piece(piece, language) for piece in explanation.pieces if piece.code in SAID]
    opening = phrases.get(explanation.pieces[0].code, "")
    *firsts, last = said or [""]
    listed = phrases["and"].join(part for part in (", ".join(firsts), last) if part)
    hubs = [_piece(piece, language) for piece in explanation.pieces if piece.code.startswith("hub")]
    return " ".join(f"{part[0].upper()}{part[1:]}." for part in (opening + listed, *hubs))


def _piece(piece: Piece, language: str) -> str:
    phrases = PHRASES_IN[language]
    wording = KINDS_IN[language][Kind(piece.kind)]
    n = f"{piece.reports:,}".replace(",", phrases["thousands"])
    reports = phrases["one" if piece.reports == 1 else "many"].format(n=n)
    template = phrases[piece.code]
    return template.format(same=wording.same, crowds=wording.crowds, reports=reports)
