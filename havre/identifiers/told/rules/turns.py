"""The lines of a talk: who speaks, and what is said."""

from dataclasses import dataclass

from havre.identifiers.rules.scan import Pattern

MOST_LINES, LONGEST_LINE = 2_000, 160
_TIME = r"(?:[\[(]?\d{1,2}[:hH]\d{2}(?::\d{2})?(?: ?[APap]\.?[Mm]\.?)?[\])]?[ ,\-\x{2013}]*)?"
_WHO = r"[^\n:<>\[\](){}|=;]{1,28}?"
SPEAKER = Pattern(
    rf"^[ \t]*{_TIME}(?:<(?P<angle>{_WHO})>|\[(?P<square>{_WHO})\]:?"
    rf"|(?P<plain>{_WHO})(?: ?\(\d{{1,2}}[:h]\d{{2}}\))?[ \x{{a0}}]?[:>\x{{bb}}]"
    rf"|(?P<dashed>[A-Za-z\x{{c0}}-\x{{ff}}]+)[ ][\-\x{{2013}}]|[QAR]\."
    rf"|>{{1,3}}|[\-\x{{2013}}\x{{2014}}\x{{2022}}*])[ \t\x{{a0}}]+"
)

# A line that only says who speaks, and when: "10:02 Sam", "Sam, 10:02".
HEADER = Pattern(
    r"\d{1,2}[:h]\d{2} ?(?:[ap]m)?,? [A-Za-z\x{c0}-\x{ff}]+"
    r"|[A-Za-z\x{c0}-\x{ff}]+,? \(?\d{1,2}[:h]\d{2}\)?"
)


@dataclass(frozen=True, slots=True)
class Turn:
    """One line of a talk: where what is said in it begins and ends, and who says it."""

    start: int
    end: int
    said: str
    speaker: str


def turns_in(text: str) -> list[Turn]:
    """The lines of a text that say something, the speaker of each taken off where it has one."""
    turns: list[Turn] = []
    at = 0
    for line in text.split("\n", MOST_LINES)[:MOST_LINES]:
        head = SPEAKER.search(line[:LONGEST_LINE])
        begin = head.end() if head is not None else len(line) - len(line.lstrip())
        said = line[begin:].rstrip()
        if said and HEADER.fullmatch(said) is None:
            heads = ("angle", "square", "plain", "dashed") if head is not None else ()
            who = next((head[name] for name in heads if head and head[name]), "")
            turns.append(Turn(at + begin, at + begin + len(said), said, who.strip().lower()))
        at += len(line) + 1
    return turns
