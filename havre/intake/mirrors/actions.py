"""What a provider's engineer does with its mirror, and how a copy goes out, call by call."""

from uuid import UUID

from havre.agencies.models import Officer
from havre.agencies.reads import provider_of
from havre.agencies.rules.providers import Environment
from havre.audit.actions import action, record
from havre.audit.rules import Actor, Detail, Event, Station
from havre.evidence.actions import destroy_keys
from havre.intake.mirrors.calls import Call, TooEarlyError, UnsendableError, call_for, trial_of
from havre.intake.mirrors.models import Answer, Copy, Mirror
from havre.intake.mirrors.passwords import destroy_password, seal_password
from havre.intake.mirrors.reads import CopyPage, MirrorPage, copy_page, mirror_of, mirror_page
from havre.intake.mirrors.rules import (
    FIRST_NOT_THERE,
    FIRST_WAITS,
    INTERRUPTED,
    CopyState,
    Outcome,
    Progress,
    Step,
    Told,
    after,
    is_down,
    judged,
    wait_after,
)
from havre.plumbing import clock, ids

TEST_ACCOUNT = "mirror:test-account"
PROGRESS = ["described", "far_files", "far_report", "is_unclear", "state"]


@action(Event.MIRROR_READ)
def read_mirror(*, state: str = "", sought: str = "", after: str = "", by: Officer) -> MirrorPage:
    """Look at where the own provider's reports go too, and what became of them."""
    chosen = {"state": state, "sought": sought, "after": after}
    page = mirror_page(provider_of(by), **chosen, actor=by)
    _note(Event.MIRROR_READ, by.provider_id, by=by, rows=len(page.copies))
    return page


@action(Event.MIRROR_READ)
def read_copy(pk: UUID, *, by: Officer) -> CopyPage:
    """Look at one copy with the receipts of the other side. Raises Copy.DoesNotExist."""
    page = copy_page(pk, actor=by)
    _note(Event.MIRROR_READ, by.provider_id, by=by, number=page.copy.number, rows=len(page.answers))
    return page


@action(Event.MIRROR_SET)
def set_mirror(url: str, *, username: str, password: str, by: Officer) -> Mirror:
    """Send every report that is finished from now on to a second base address as well.

    The password is sealed, and never shown again. What did not arrive at an earlier address or
    account begins anew at this one.
    """
    provider, url = provider_of(by), url.rstrip("/")
    mirror = mirror_of(by)
    is_new = mirror is None
    mirror = mirror or Mirror(id=ids.uuid7(), provider=provider)
    is_elsewhere = (mirror.url, mirror.username) != (url, username)
    mirror.url, mirror.username, mirror.set_at, mirror.set_by = url, username, clock.now(), by
    mirror.is_on = mirror.is_to_be_tried = True
    mirror.failed_as, mirror.failed_at, mirror.answered_at = "", None, None
    mirror.password = seal_password(password, mirror=mirror.pk, provider=provider)
    mirror.save(force_insert=is_new)
    waiting = Copy.objects.visible_to(by).filter(state=CopyState.WAITING)
    waiting.update(next_try_at=clock.now())
    if is_elsewhere:
        begun = {"described": 0, "far_files": [], "far_report": "", "is_unclear": False}
        not_there = Copy.objects.visible_to(by).exclude(state=CopyState.SENT)
        not_there.update(**begun, asked="")
    _note(Event.MIRROR_SET, by.provider_id, by=by, is_on=True)
    return mirror


@action(Event.MIRROR_SET)
def switch_mirror(*, is_on: bool, by: Officer) -> None:
    """Send no more, or again. What is finished in between goes nowhere else, nor afterwards.

    Raises Mirror.DoesNotExist, also for one whose password was taken away.
    """
    mirror = _held_mirror(by)
    if is_on and mirror.password is None:
        raise Mirror.DoesNotExist
    mirror.is_on = is_on
    mirror.save(update_fields=["is_on"])
    _note(Event.MIRROR_SET, by.provider_id, by=by, is_on=is_on)


@action(Event.MIRROR_SET)
def forget_password(*, by: Officer) -> None:
    """Destroy what is kept to sign in on the other side; nothing is sent any more.

    Raises Mirror.DoesNotExist.
    """
    mirror = _held_mirror(by)
    destroy_password(mirror=mirror.pk, provider=mirror.provider)
    mirror.password, mirror.is_on = None, False
    mirror.save(update_fields=["is_on", "password"])
    _note(Event.MIRROR_SET, by.provider_id, by=by, is_on=False, is_forgotten=True)


@action(Event.COPY_ASKED)
def try_now(*, by: Officer) -> int:
    """Try the other side, and everything that waits for it, now. Says how much waits."""
    Mirror.objects.visible_to(by).update(is_to_be_tried=True)
    rows = Copy.objects.visible_to(by).to_send().update(next_try_at=clock.now())
    _note(Event.COPY_ASKED, by.provider_id, by=by, rows=rows)
    return rows


@action(Event.COPY_ASKED)
def send_again(pk: UUID, *, by: Officer) -> Copy:
    """Try a copy that was refused, stopped or waits once more, now. Raises Copy.DoesNotExist.

    One that arrived stays as it is: it would be a second report there.
    """
    copy = _held_copy(pk, by)
    is_gone = copy.state == CopyState.STOPPED and copy.provider.environment == Environment.TEST
    if copy.state in {CopyState.REFUSED, CopyState.STOPPED, CopyState.WAITING} and not is_gone:
        copy.state, copy.next_try_at, copy.tries = CopyState.WAITING, clock.now(), 0
        copy.failed_as, copy.ended_at = "", None
        copy.save(update_fields=["ended_at", "failed_as", "next_try_at", "state", "tries"])
    _note(Event.COPY_ASKED, by.provider_id, by=by, number=copy.number, to=copy.state)
    return copy


@action(Event.COPY_ASKED)
def stop_copy(pk: UUID, *, by: Actor) -> Copy:
    """Send a copy no more; what is open of it on the other side is taken back there.

    One that arrived stays there. Raises Copy.DoesNotExist.
    """
    copy = _held_copy(pk, by)
    if copy.state in {CopyState.REFUSED, CopyState.WAITING}:
        is_there = bool(copy.far_report or copy.asked)
        copy.state = CopyState.STOPPING if is_there else CopyState.STOPPED
        copy.next_try_at = clock.now()
        copy.save(update_fields=["next_try_at", "state"])
        _end(copy, by)
    _note(Event.COPY_ASKED, copy.provider_id, by=by, number=copy.number, to=copy.state)
    return copy


@action(Event.MIRROR_CALLED)
def begin_trial(mirror: UUID, *, by: Station) -> Call | None:
    """The call that asks the other side who we are there; None where it cannot be made."""
    held = Mirror.objects.visible_to(by).select_for_update().get(pk=mirror)
    held.is_to_be_tried = False
    held.save(update_fields=["is_to_be_tried"])
    _note(Event.MIRROR_CALLED, held.provider_id, by=by, step=Step.STATUS)
    return trial_of(held) if held.password is not None else None


@action(Event.MIRROR_CALLED)
def begin_call(pk: UUID, *, by: Station) -> Call | None:
    """The next call about a copy, noted before it is made; None where none is to be made.

    A call that was begun and never answered may have arrived: it counts as such.
    """
    copy = _held_copy(pk, by)
    if copy.asked:
        _answered(copy, Step(copy.asked), Told(failed_as=INTERRUPTED), has_details=False, by=by)
    call = None
    try:
        call = call_for(copy)
    except TooEarlyError as error:
        copy.failed_as = error.code
        copy.save(update_fields=["failed_as"])
    except UnsendableError as error:
        copy.state, copy.failed_as = CopyState.REFUSED, error.code
        copy.save(update_fields=["failed_as", "state"])
    if call is None and copy.state == CopyState.STOPPING:
        copy.state = CopyState.STOPPED
        copy.save(update_fields=["state"])
    copy.asked = call.step if call else ""
    if call and call.remarks is not None:
        copy.remarks = list(call.remarks)
    copy.save(update_fields=["asked", "remarks"])
    _end(copy, by)
    step = call.step if call else "none"
    _note(Event.MIRROR_CALLED, copy.provider_id, by=by, number=copy.number, step=step)
    return call


@action(Event.MIRROR_ANSWERED)
def note_answer(call: Call, told: Told, *, by: Station) -> bool:
    """Keep the answer to a call as a receipt, and go on with the copy or wait.

    Says whether the other side is to be left alone for a while.
    """
    outcome = judged(call.step, told)
    mirror = Mirror.objects.visible_to(by).select_for_update().get(pk=call.mirror)
    is_to_rest = is_down(outcome, told)
    if not is_to_rest:
        if mirror.failed_as:
            # It is there again: nobody waits for the end of a long wait.
            late = Copy.objects.visible_to(by).to_send().filter(mirror=mirror)
            late.update(next_try_at=clock.now())
        mirror.failed_as, mirror.answered_at = "", clock.now()
    else:
        mirror.failed_at = mirror.failed_at if mirror.failed_as else clock.now()
        mirror.failed_as = told.why[:60]
    mirror.save(update_fields=["answered_at", "failed_as", "failed_at"])
    copy = _held_copy(call.copy, by) if call.copy else None
    _keep_answer(mirror, copy, call, told)
    if copy is not None and copy.asked == call.step:
        _answered(copy, call.step, told, has_details=call.has_details, by=by)
    _note(
        Event.MIRROR_ANSWERED,
        mirror.provider_id,
        by=by,
        number=copy.number if copy else None,
        step=call.step,
        outcome=outcome,
        why=told.why,
    )
    return is_to_rest


def _answered(copy: Copy, step: Step, told: Told, *, has_details: bool, by: Actor) -> None:
    progress = after(copy.progress, step, told, has_details=has_details)
    _move(copy, progress)
    copy.asked, copy.failed_as = "", told.why[:60]
    if judged(step, told) in {Outcome.DONE, Outcome.FINISHED}:
        copy.failed_as = ""
    elif told.failed_as != INTERRUPTED and progress.state in {
        CopyState.STOPPING,
        CopyState.WAITING,
    }:
        copy.tries += 1
        copy.next_try_at = clock.now() + wait_after(copy.tries)
    copy.save(update_fields=[*PROGRESS, "asked", "failed_as", "next_try_at", "tries"])
    _end(copy, by)


def _move(copy: Copy, progress: Progress) -> None:
    if progress.far_report or progress.state != CopyState.SENT:
        copy.far_report = progress.far_report
    copy.state, copy.far_files = progress.state, list(progress.far_files)
    copy.described, copy.is_unclear = progress.described, progress.is_unclear


def _end(copy: Copy, by: Actor) -> None:
    """A copy that arrived or was stopped: what a test account sent is kept no longer."""
    if copy.state == CopyState.SENT:
        _let_supplements_go(copy, by)
    if copy.ended_at is None and copy.state in {CopyState.SENT, CopyState.STOPPED}:
        copy.ended_at = clock.now()
        copy.save(update_fields=["ended_at"])
        if copy.provider.environment == Environment.TEST:
            destroy_keys(copy.filing_id, authority=TEST_ACCOUNT, by=by)


def _let_supplements_go(copy: Copy, by: Actor) -> None:
    """What adds to a report that arrived, and waited for it, is tried at once."""
    adding = Copy.objects.visible_to(by).filter(filing__supplements=copy.filing_id)
    waited = adding.filter(
        failed_as__in=[FIRST_NOT_THERE, FIRST_WAITS],
        state__in=[CopyState.REFUSED, CopyState.WAITING],
    )
    waited.update(state=CopyState.WAITING, failed_as="", next_try_at=clock.now())


def _keep_answer(mirror: Mirror, copy: Copy | None, call: Call, told: Told) -> None:
    Answer(
        id=ids.uuid7(),
        provider=mirror.provider,
        copy=copy,
        url=call.url,
        username=call.username,
        step=call.step,
        file_number=call.file_number,
        status=told.status,
        code=told.code,
        far_report=told.report or call.far_report,
        far_file=told.file,
        request=told.request,
        failed_as=told.failed_as[:60],
        fields=list(told.fields),
    ).save(force_insert=True)


def _held_mirror(by: Officer) -> Mirror:
    held = Mirror.objects.visible_to(by).select_for_update(of=("self",))
    return held.select_related("provider").get()


def _held_copy(pk: UUID, by: Actor) -> Copy:
    found = Copy.objects.visible_to(by).select_for_update(of=("self",))
    return found.select_related("provider", "mirror", "filing").get(pk=pk)


def _note(event: Event, provider: UUID | None, *, by: Actor, **details: Detail) -> None:
    record(event, about_kind="provider", about=str(provider), by=by, **details)
