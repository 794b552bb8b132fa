"""What the fields of cards and the columns of tables are called, in English and French."""

from havre.identifiers.rules.scan import Pattern
from havre.identifiers.rules.words import Kind

PLATFORM = Pattern(
    r"(?i)^(?:the |la |le |l['\x{2019}])?(?:platforms?|plateformes?|apps?|applis?|applications?"
    r"|services?|(?:web ?)?sites?(?: web)?|games?|jeux?|(?:social )?networks?"
    r"|r\x{e9}seaux?(?: social| sociaux)?|social media|m\x{e9}dia(?: social)?|where|o\x{f9}"
    r"|provider|fournisseur|espace|product|produit|source)"
    r"(?: (?:used|name|utilis\x{e9}e?|concern\x{e9}e?|vis\x{e9}e?|reported|signal\x{e9}e?))?$"
)
ACCOUNT = Pattern(
    r"(?i)^(?:the |la |le |his |her |son |reported |suspect |suspected |offending )?"
    r"(?:user[ _\-]?names?|users?(?: id)?|accounts?(?:[ _]name)?|handles?|pseudos?|pseudonymes?"
    r"|identifiants?|comptes?|logins?|nick(?:[ _\-]?names?)?|gamer[ _]?tags?|tags?|profiles?"
    r"|profils?|screen[ _]?names?|usagers?|utilisat(?:eur|rice)s?|acct|surnoms?"
    r"|noms? (?:du compte|d['\x{2019}](?:utilisateur|utilisatrice|usager|\x{e9}cran))"
    r"|display names?|channels?|cha[i\x{ee}]nes?)"
    r"(?: (?:name|reported|signal\x{e9}e?|suspect|vis\x{e9}|concern\x{e9}|used|utilis\x{e9}"
    r"|there|du suspect|of suspect))?$"
)
PLATE = Pattern(
    r"(?i)^(?:vehicle |car |n[o\x{b0}]\.? (?:de )?|num\x{e9}ro de )?(?:licen[cs]e[ _]?plates?"
    r"|(?:number )?plates?|plaques?(?: d['\x{2019}]immatriculation)?|immatriculations?|immat\.?"
    r"|reg(?:istration)?|licen[cs]e|tags?)(?: (?:no|number|nr|\x{23}))?\.?"
    r"(?: ?\([^()]{1,20}\))?$"
)
BIRTH = Pattern(
    r"(?i)^(?:child |victim |date_?|sa )?(?:d\.?o\.?b\.?|date[ _](?:of[ _])?birth"
    r"|birth[ _\-]?(?:date"
    r"|day)?|b-?day|date[ _](?:de[ _])?naiss(?:ance|\.)?|naiss(?:ance|\.)?|d\.?d\.?n\.?"
    r"|born(?: on)?"
    r"|n\x{e9}(?:e|\(e\))?(?: le)?|f\x{ea}te|anniversaire)(?: ?\([^()]{1,20}\))?$"
)


def field_of(label: str) -> Kind | str | None:
    """What a label announces: "platform", a kind of identifier, or None for anything else."""
    said = label.strip(" \t\u00a0\"'`*_#-").strip()
    if not 1 < len(said) <= 40:  # noqa: PLR2004 - no label is longer
        return None
    if PLATFORM.search(said):
        return "platform"
    for pattern, kind in ((ACCOUNT, Kind.HANDLE), (BIRTH, Kind.BIRTH_DATE), (PLATE, Kind.PLATE)):
        if pattern.search(said):
            return kind
    return None
