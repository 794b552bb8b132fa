"""What was asked and said of reports, for whoever asks at doors."""

from uuid import UUID, uuid4

from havre.agencies.models import Agency, Officer
from havre.identifiers.models import Mention
from havre.intake.models import Report
from havre.intake.questions.actions import ask_question
from havre.intake.questions.models import KeepUp, Question
from havre.intake.questions.rules import QuestionKind
from havre.links.models import Judgement
from havre.plumbing.context import acting_as
from havre.plumbing.scopes import Context, Scope
from havre.referrals.models import Referral
from havre.referrals.records.actions import issue_system_key
from tests.house.worlds import World
from tests.wires.wire import Wire

# The bodies that record systems send.
SYSTEM_BODIES: dict[str, object] = {
    "records_accept": {},
    "records_ask": {"text": "Which library?"},
    "records_outcome": {"disposition": "under-investigation"},
    "records_return": {"note": "Not our harbor."},
    "records_decline": {"because": "no-power", "note": "Not ours to do."},
    "records_ask_provider": {"question": "was-public"},
}
EVERYTHING = Context(actor="test", scope=Scope.WORK)


def rows_about(
    model: type[Question | KeepUp], reports: dict[str, str], harbor: Agency, valley: Agency
) -> dict[str, UUID]:
    """The row of A about its own report and the shared one, of B about the other."""
    found = {"missing": uuid4()}
    with acting_as(EVERYTHING):
        for whose, agency in (("own", harbor), ("shared", harbor), ("other", valley)):
            row = model.objects.get(report__reference=reports[whose], agency=agency)
            found[whose] = row.pk
    return found


def asked_of(wires: list[Wire], *, by: Officer) -> dict[str, UUID]:
    """A question of the desk to each of two providers, about what they reported."""
    found = {}
    for whose, wire in zip(("own", "other"), wires, strict=True):
        with acting_as(EVERYTHING):
            report = Report.objects.filter(provider=wire.provider).first()
        kind = QuestionKind.FILE_VIEWED
        found[whose] = ask_question(report, kind, by=by).pk
    return found


def judgements_of(reports: dict[str, str]) -> dict[str, UUID]:
    """What was said of each of these reports and the one that both agencies have, if anything."""
    found = {name: uuid4() for name in (*reports, "missing")}
    with acting_as(EVERYTHING):
        for name, reference in reports.items():
            pair = {reference, reports["own" if name == "shared" else "shared"]}
            said = Judgement.objects.filter(
                left__report__reference__in=pair, right__report__reference__in=pair
            ).first()
            found[name] = said.pk if said else found[name]
    return found


def systems_of(world: World) -> tuple[dict[str, dict[str, str]], dict[str, UUID]]:
    """How the record systems of A and B show a key; and a key each that nobody shows."""
    shows, keys = {}, {}
    for letter, whose, officer in zip("AB", ("own", "other"), world.officers.values(), strict=True):
        _row, shown = issue_system_key("Files", officer=officer.username, by=officer)
        shows[f"system {letter}"] = {"HTTP_AUTHORIZATION": f"Bearer {shown}"}
        keys[whose] = issue_system_key("Old files", officer=officer.username, by=officer)[0].pk
    return shows, keys


def mention_in(report: str) -> UUID:
    with acting_as(EVERYTHING):
        found = Mention.objects.filter(record__report__reference=report, role="suspect")
        return found.first().pk


def referral_of(report: str, agency: Agency) -> str:
    with acting_as(EVERYTHING):
        return Referral.objects.get(report__reference=report, to_agency=agency).reference


def handing_over(to: str) -> dict[str, object]:
    """What hands a referral over to this colleague, by page and by program."""
    typed = {"to": to, "note": "She is in school on Monday."}
    return {"hand_over": typed, "records_hand_over": typed}
