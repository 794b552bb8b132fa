"""The doors of notifications by wire: a provider's program notifies, and asks if it arrived."""

from django.views.decorators.csrf import csrf_exempt

from havre.agencies.doors import open_door
from havre.intake.law.door import body_of, statutory
from havre.intake.notifications.actions import (
    NoRealAccountError,
    NoSuchServiceError,
    NotificationRefusedError,
    TokenUsedError,
    notify_police,
)
from havre.intake.notifications.reads import notification_by_reference
from havre.intake.notifications.wires import NotWhole, delivery, refusal, sent_in
from havre.intake.providers.door import WireRequest
from havre.intake.providers.wires.ispws_answer import Code
from havre.intake.providers.wires.refusals import WireRefusal

CREATED = 201


@open_door
@csrf_exempt
@statutory("POST")
def notify(request: WireRequest) -> tuple[int, object]:
    sent = sent_in(body_of(request))
    try:
        row = notify_police(sent.contents, to=sent.to, token=sent.token, by=request.provider)
    except NotificationRefusedError as refused:
        raise refusal(refused.faults) from refused
    except NoSuchServiceError as refused:
        raise NotWhole(("to: no police service of this code is notified here",)) from refused
    except TokenUsedError as refused:
        reason = f"token: came with another notification before, {refused.reference}"
        raise NotWhole((reason,)) from refused
    except NoRealAccountError as refused:
        reason = "a test account notifies no police"
        raise WireRefusal(Code.NOT_AUTHORIZED_TO_SUBMIT, reason) from refused
    return CREATED, delivery(row.reference, row.agency.code, row.delivered_at, row.until)


@open_door
@csrf_exempt
@statutory("GET")
def delivered(request: WireRequest, reference: str) -> tuple[int, object]:
    row = notification_by_reference(reference, actor=request.provider)
    return 200, delivery(row.reference, row.agency.code, row.delivered_at, row.until)
