"""The doors of an interpreter: what waits, one sheet, and what is done with it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from havre.agencies.doors import OfficerRequest, door
from havre.agencies.rules.permits import Permit
from havre.triage.interpreting.rules import InterpretingRefusedError
from havre.triage.interpreting.sheets import actions
from havre.triage.interpreting.sheets.forms import HandBackForm, MoveForm, WritingForm
from havre.triage.interpreting.sheets.page import sheet_context, sheets_context
from havre.triage.interpreting.sheets.rules import Move
from havre.triage.interpreting.sheets.wording import DONE, WHY_NOT

UNPROCESSABLE = 422
MOVES = {
    Move.CLAIM: actions.claim_sheet,
    Move.RELEASE: actions.release_sheet,
    Move.UNDO: actions.undo_sheet,
}


@door(Permit.SHEET_READ)
@require_safe
def sheets(request: OfficerRequest) -> HttpResponse:
    context = sheets_context(actions.read_sheets(by=request.user))
    return render(request, "sheets/sheets.html", context)


@door(Permit.SHEET_READ, Permit.SHEET_WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: OfficerRequest, sheet_id: UUID) -> HttpResponse:
    if request.method != "POST":
        return _page(request, sheet_id)
    form = WritingForm(request.POST)
    if not form.is_valid():
        return _page(request, sheet_id, writing=form)
    writing = form.writing(form.cleaned_data)
    try:
        if not form.is_finished:
            actions.save_draft(sheet_id, writing=writing, by=request.user)
            messages.success(request, _("Your draft is kept. Nobody else reads it."))
            return redirect("sheet", sheet_id)
        actions.finish_sheet(sheet_id, writing=writing, by=request.user)
    except InterpretingRefusedError as error:
        messages.warning(request, str(WHY_NOT[type(error)]), extra_tags="look")
        return _page(request, sheet_id, writing=form)
    messages.success(request, _("The desk has your translation. Thank you."))
    return redirect("sheets")


@door(Permit.SHEET_READ, Permit.SHEET_WRITE)
@require_POST
def move_sheet(request: OfficerRequest, sheet_id: UUID) -> HttpResponse:
    form = MoveForm(request.POST)
    if not form.is_valid():
        raise Http404
    move = form.move_asked()
    try:
        MOVES[move](sheet_id, by=request.user)
    except InterpretingRefusedError as error:
        messages.warning(request, str(WHY_NOT[type(error)]), extra_tags="look")
        return redirect("sheets")
    messages.success(request, str(DONE[move]))
    return redirect("sheets") if move is Move.RELEASE else redirect("sheet", sheet_id)


@door(Permit.SHEET_READ, Permit.SHEET_WRITE)
@require_POST
def hand_back_sheet(request: OfficerRequest, sheet_id: UUID) -> HttpResponse:
    form = HandBackForm(request.POST)
    if not form.is_valid():
        return _page(request, sheet_id, back=form)
    try:
        actions.hand_back_sheet(sheet_id, why=form.given(), by=request.user)
    except InterpretingRefusedError as error:
        messages.warning(request, str(WHY_NOT[type(error)]), extra_tags="look")
    else:
        messages.success(request, _("Handed back. It is offered to others, and not to you."))
    return redirect("sheets")


def _page(
    request: OfficerRequest,
    sheet_id: UUID,
    *,
    writing: WritingForm | None = None,
    back: HandBackForm | None = None,
) -> HttpResponse:
    opened = actions.open_sheet(sheet_id, by=request.user)
    context = sheet_context(opened, writing=writing, back=back)
    status = UNPROCESSABLE if writing or back else 200
    return render(request, "sheets/sheet.html", context, status=status)
