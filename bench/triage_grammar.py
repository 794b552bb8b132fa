"""Reports made up by a grammar, each with the class that made it. Bland and invented, EN and FR.

A class is a way of telling, and never a word of its own: every sentence of danger also occurs with
the danger taken out (another person, another time, another matter). To add a world, write another
function with the same result. The hand that wrote this also wrote rules of triage, so a good figure
here says less than the vignettes of `tests/rooms/vignettes_third.toml`.
"""

import random
from dataclasses import dataclass

SHARES = {"immediate": 0.015, "high": 0.06, "ordinary": 0.30, "low": 0.625}
GRADE = {"immediate": 3, "high": 2, "ordinary": 1, "low": 0}
# How often a provider sets its own urgent flag, by class. Assumed.
FLAGGED = {"immediate": 0.45, "high": 0.05, "ordinary": 0.01, "low": 0.01}

SLOTS = {
    "en": {
        "kid": ["my daughter", "my son", "our youngest", "my nephew", "a girl in my class",
                "my little cousin", "my granddaughter", "the boy next door"],
        "age": ["who is 9", "age 11", "in grade 7", "who turned 13 in May", "15", "in grade 9"],
        "man": ["a man", "some guy", "an account named northpond", "somebody she met on a game",
                "a player who says he is 30", "a stranger"],
        "near": ["her stepdad", "the assistant coach", "our tenant", "his uncle", "the bus driver"],
        "when": ["on Saturday", "tomorrow after school", "tonight", "this weekend", "on Friday"],
        "place": ["the library", "the arena", "the bus station", "a motel", "the park"],
        "opening": ["", "I hope this is the right place. ", "Hello. ", "not sure who else to ask. ",
                    "I am writing from Winnipeg. ", "Long story short: "],
        "closing": ["", " Please advise.", " I have screenshots.", " thx", " I can be called.",
                    " I do not want my name used."],
    },
    "fr": {
        "kid": ["ma fille", "mon fils", "notre plus jeune", "ma nièce", "un élève de ma classe",
                "mon petit cousin", "la petite voisine"],
        "age": ["qui a 9 ans", "11 ans", "en secondaire 2", "qui vient d'avoir 13 ans", "15 ans"],
        "man": ["un homme", "un gars", "un compte nommé lacnord", "quelqu'un connu sur un jeu",
                "un inconnu", "un joueur qui dit avoir 30 ans"],
        "near": ["son beau-père", "l'entraîneur", "notre chambreur", "son oncle", "le chauffeur"],
        "when": ["samedi", "demain après l'école", "ce soir", "en fin de semaine", "vendredi"],
        "place": ["la bibliothèque", "l'aréna", "la gare", "un motel", "le parc"],
        "opening": ["", "Bonjour. ", "Je ne sais pas à qui écrire. ", "J'écris de Laval. "],
        "closing": ["", " Merci.", " J'ai des captures.", " svp", " Vous pouvez m'appeler."],
    },
}  # fmt: skip

TELLINGS = {
    "immediate": {
        "en": [
            "{man} wants to see {kid}, {age}, at {place} {when}.",
            "{man} is driving to pick up {kid}, {age}, {when}.",
            "{man} has a picture of {kid}, {age}, and will show the school unless he gets more.",
            "{kid}, {age}, wrote a goodbye note because of what {man} has.",
            "{near} films {kid}, {age}, in the bath.",
            "{kid}, {age}, left last night to meet {man} and has not come home.",
            "{man} is telling {kid}, {age}, what to do on camera right now.",
            "{near} comes into the room of {kid}, {age}, at night and says it is their secret.",
            "he said {when} it all goes out if i stop answering. i am 14",
            "There is an ad with {kid}, {age}, in it, with a room at {place} for {when}.",
        ],
        "fr": [
            "{man} veut voir {kid}, {age}, à {place} {when}.",
            "{man} vient chercher {kid}, {age}, {when}.",
            "{man} a une photo de {kid}, {age}, et va la montrer à l'école sinon.",
            "{kid}, {age}, a écrit une lettre d'adieu à cause de {man}.",
            "{near} filme {kid}, {age}, dans le bain.",
            "{kid}, {age}, est partie hier voir {man} et n'est pas rentrée.",
            "{man} dit à {kid}, {age}, quoi faire devant la caméra en ce moment.",
            "y dit que {when} tout sort si jarrete de repondre. jai 14 ans",
        ],
    },
    "high": {
        "en": [
            "{man} writes to {kid}, {age}, every night about feelings.",
            "{man} sends gifts to {kid}, {age}, and asks to keep it quiet.",
            "{man} asked {kid}, {age}, for a selfie; nothing was sent.",
            "{man} keeps adding {kid}, {age}, from new accounts.",
            "{man} tells {kid}, {age}, that nobody else understands.",
        ],
        "fr": [
            "{man} écrit à {kid}, {age}, tous les soirs.",
            "{man} envoie des cadeaux à {kid}, {age}, et demande de ne pas en parler.",
            "{man} a demandé un égoportrait à {kid}, {age}; rien n'a été envoyé.",
            "{man} ajoute {kid}, {age}, avec de nouveaux comptes.",
        ],
    },
    "ordinary": {
        "en": [
            "I came across a page that seems to show minors. I closed it.",
            "An account with an odd name follows children's pages; it is gone now.",
            "Years ago {man} wrote to {kid}. He was blocked and never came back.",
            "A link went round in a group in 2021, I think with minors in it.",
            "In an old box there were prints of children nobody knows, from the seventies.",
            "A search result looked like a minor, I went back at once.",
        ],
        "fr": [
            "Je suis tombé sur une page qui semble montrer des mineurs.",
            "Un compte au nom étrange suivait des pages d'enfants; il a disparu.",
            "Il y a des années, {man} a écrit à {kid}. Bloqué, jamais revenu.",
            "Un lien a circulé en 2021, je crois avec des mineurs.",
        ],
    },
    "low": {
        "en": [
            "Somebody took over my account and asks my contacts for cash.",
            "Your page does not load on my tablet.",
            "A parcel text asked me to click example.com.",
            "Do you have posters for an office?",
            "My ex threatens to post my video. We are both thirty.",
            "A seller kept my deposit for a couch.",
            "The film last night was too violent.",
            "My neighbour plays music at three in the morning.",
            "Cheap followers, visit example.com today.",
            "I would like to unsubscribe from the newsletter.",
        ],
        "fr": [
            "Quelqu'un a pris mon compte et demande de l'argent à mes contacts.",
            "Votre page ne s'ouvre pas sur ma tablette.",
            "Un texto de colis me demande de cliquer sur example.com.",
            "Avez-vous des affiches pour un bureau?",
            "Mon ex veut montrer ma vidéo. On a trente ans tous les deux.",
            "Un vendeur a gardé mon dépôt.",
            "Le film d'hier soir était trop violent.",
            "Prêt rapide, visitez example.com.",
        ],
    },
}


@dataclass(frozen=True, slots=True)
class Made:
    """A made-up report: its text, the class that made it, and what came with it."""

    text: str
    kind: str
    by_child: bool
    flagged: bool


def reports(count: int, *, seed: int) -> list[Made]:
    """So many reports, in the order in which they came."""
    chance = random.Random(seed)
    kinds = chance.choices(list(SHARES), weights=list(SHARES.values()), k=count)
    return [_made(kind, chance) for kind in kinds]


def _made(kind: str, chance: random.Random) -> Made:
    language = "fr" if chance.random() < 0.35 else "en"
    slots = SLOTS[language]
    telling = chance.choice(TELLINGS[kind][language])
    body = telling.format(**{name: chance.choice(values) for name, values in slots.items()})
    text = chance.choice(slots["opening"]) + body + chance.choice(slots["closing"])
    return Made(
        text=_mistyped(text, chance),
        kind=kind,
        by_child=kind in {"immediate", "high"} and chance.random() < 0.2,
        flagged=chance.random() < FLAGGED[kind],
    )


def _mistyped(text: str, chance: random.Random) -> str:
    """One report in four loses its capitals and apostrophes, and one letter in sixty its place."""
    if chance.random() > 0.25:
        return text
    letters = list(text.lower().replace("'", ""))
    for at in range(len(letters) - 1):
        if letters[at].isalpha() and letters[at + 1].isalpha() and chance.random() < 1 / 60:
            letters[at], letters[at + 1] = letters[at + 1], letters[at]
    return "".join(letters)
