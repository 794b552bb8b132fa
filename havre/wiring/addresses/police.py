"""The pages of the agencies that act."""

from havre.cases import views as cases
from havre.cases.timeline import views as timelines
from havre.referrals import views as referrals
from havre.referrals.packages import views as packages
from havre.wiring.words import page

PAGES = [
    page("inbox", "reception", referrals.inbox, "inbox"),
    page("clocks", "echeances", referrals.alarms, "alarms"),
    page(
        "referrals/<str:reference>",
        "transmissions/<str:reference>",
        referrals.referral,
        "referral",
    ),
    page(
        "referrals/<str:reference>/accept",
        "transmissions/<str:reference>/accepter",
        referrals.accept,
        "accept",
    ),
    page(
        "referrals/<str:reference>/return",
        "transmissions/<str:reference>/retourner",
        referrals.send_back,
        "send_back",
    ),
    page(
        "referrals/<str:reference>/ask",
        "transmissions/<str:reference>/demander",
        referrals.ask,
        "ask",
    ),
    page(
        "referrals/<str:reference>/decline",
        "transmissions/<str:reference>/refuser",
        referrals.decline,
        "decline",
    ),
    page(
        "referrals/<str:reference>/hand-over",
        "transmissions/<str:reference>/confier",
        referrals.hand_over,
        "hand_over",
    ),
    page(
        "referrals/<str:reference>/package",
        "transmissions/<str:reference>/dossier",
        packages.package,
        "package",
    ),
    page(
        "referrals/<str:reference>/outcome",
        "transmissions/<str:reference>/suite",
        referrals.outcome,
        "outcome",
    ),
    page(
        "referrals/<str:reference>/tell",
        "transmissions/<str:reference>/dire",
        referrals.tell_sender,
        "tell_sender",
    ),
    page(
        "referrals/<str:reference>/unmask/<uuid:mention>",
        "transmissions/<str:reference>/devoiler/<uuid:mention>",
        referrals.unmask,
        "unmask_for_addressee",
    ),
    page("cases", "dossiers", cases.cases, "cases"),
    page("cases/search", "dossiers/recherche", cases.search, "case_search"),
    page("cases/new", "dossiers/nouveau", cases.new_case, "new_case"),
    page("cases/<str:reference>", "dossiers/<str:reference>", cases.case, "case"),
    page(
        "cases/<str:reference>/timeline",
        "dossiers/<str:reference>/chronologie",
        timelines.timeline,
        "case_timeline",
    ),
    page(
        "cases/<str:reference>/move",
        "dossiers/<str:reference>/etat",
        cases.change_case,
        "change_case",
    ),
    page(
        "cases/<str:reference>/walls",
        "dossiers/<str:reference>/acces",
        cases.wall_case,
        "wall_case",
    ),
    page(
        "cases/<str:reference>/join",
        "dossiers/<str:reference>/membres",
        cases.join_case,
        "join_case",
    ),
    page(
        "cases/<str:reference>/leave",
        "dossiers/<str:reference>/depart",
        cases.leave_case,
        "leave_case",
    ),
    page(
        "cases/<str:reference>/notes",
        "dossiers/<str:reference>/notes",
        cases.note_case,
        "note_case",
    ),
    page(
        "cases/<str:reference>/tasks",
        "dossiers/<str:reference>/taches",
        cases.task_case,
        "task_case",
    ),
    page(
        "cases/<str:reference>/tasks/done",
        "dossiers/<str:reference>/taches/faites",
        cases.finish_case_task,
        "finish_case_task",
    ),
    page(
        "cases/<str:reference>/people",
        "dossiers/<str:reference>/personnes",
        cases.person_case,
        "person_case",
    ),
    page(
        "cases/<str:reference>/people/show",
        "dossiers/<str:reference>/personnes/devoiler",
        cases.show_person,
        "show_person",
    ),
    page(
        "cases/<str:reference>/people/identifiers",
        "dossiers/<str:reference>/personnes/identifiants",
        cases.identify_person,
        "identify_person",
    ),
    page(
        "cases/<str:reference>/reports",
        "dossiers/<str:reference>/signalements",
        cases.report_case,
        "report_case",
    ),
    page(
        "cases/<str:reference>/exhibits",
        "dossiers/<str:reference>/pieces",
        cases.exhibit_case,
        "exhibit_case",
    ),
    page("cases/<str:reference>/share", "dossiers/<str:reference>/partage", cases.share, "share"),
    page(
        "cases/<str:reference>/share/end",
        "dossiers/<str:reference>/partage/fin",
        cases.end_share,
        "end_share",
    ),
    page(
        "cases/<str:reference>/hand-over",
        "dossiers/<str:reference>/transfert",
        cases.pass_case_on,
        "pass_case_on",
    ),
]
