"""The pages of operations of several agencies."""

from havre.cases.operations import views as operations
from havre.wiring.words import page

PAGES = [
    page("operations", "operations", operations.operations, "operations"),
    page("operations/new", "operations/nouvelle", operations.new_operation, "new_operation"),
    page(
        "operations/<str:reference>",
        "operations/<str:reference>",
        operations.operation,
        "operation",
    ),
    page(
        "operations/<str:reference>/days",
        "operations/<str:reference>/jours",
        operations.operation_days,
        "operation_days",
    ),
    page(
        "operations/<str:reference>/invite",
        "operations/<str:reference>/inviter",
        operations.invite_agency,
        "invite_agency",
    ),
    page(
        "operations/<str:reference>/leave",
        "operations/<str:reference>/retirer",
        operations.agency_leaves,
        "agency_leaves",
    ),
    page(
        "operations/<str:reference>/course",
        "operations/<str:reference>/suite",
        operations.change_operation,
        "change_operation",
    ),
    page(
        "operations/<str:reference>/targets",
        "operations/<str:reference>/cibles",
        operations.target_operation,
        "target_operation",
    ),
    page(
        "operations/<str:reference>/progress",
        "operations/<str:reference>/avancement",
        operations.target_progress,
        "target_progress",
    ),
    page(
        "operations/<str:reference>/send-out",
        "operations/<str:reference>/envoi",
        operations.operation_out,
        "operation_out",
    ),
]
