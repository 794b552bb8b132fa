"""The pages of the agencies that act."""

from havre.referrals import views as referrals
from havre.wiring.words import page

PAGES = [
    page("inbox", "reception", referrals.inbox, "inbox"),
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
        "referrals/<str:reference>/outcome",
        "transmissions/<str:reference>/suite",
        referrals.outcome,
        "outcome",
    ),
    page(
        "referrals/<str:reference>/unmask/<uuid:mention>",
        "transmissions/<str:reference>/devoiler/<uuid:mention>",
        referrals.unmask,
        "unmask_for_addressee",
    ),
]
