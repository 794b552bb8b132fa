"""Work in the background, on the same database: the route, and the sweeps that lose nothing."""

from uuid import UUID

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from havre.audit.rules import Station
from havre.cases.sharing.actions import drop_ended_keys
from havre.intake.actions import WORDS
from havre.intake.bulk.handing import TASK as BULK
from havre.intake.bulk.handing import hand_out
from havre.intake.bulk.reads import uploads_that_wait
from havre.intake.bulk.working import file_some_rows
from havre.intake.notifications.actions import TELL as TELL_NOTIFIED
from havre.intake.providers.actions import expire_filing
from havre.intake.providers.reads import unfinished
from havre.intake.public.drafts import forget_old_drafts
from havre.intake.questions.actions import remind_provider
from havre.intake.questions.reads import to_carry
from havre.intake.questions.reads import to_remind as questions_to_remind
from havre.intake.splits.reads import split_among
from havre.links.silent.actions import SETTLE, end_silent_watch_that_ran_out, settle_around
from havre.links.silent.reads import silent_watches_run_out
from havre.oversight.policies.actions import simulate_part
from havre.oversight.policies.reads import scored_by_another
from havre.plumbing.context import acting_as
from havre.plumbing.queue import defer, waiting_for
from havre.referrals.asking.actions import carry_answer
from havre.referrals.later.actions import warn_of_words
from havre.referrals.later.translated import raise_incidents, tell_of_translation
from havre.referrals.notices.actions import LOCK as NOTICES
from havre.referrals.notices.actions import TASK as NOTICE
from havre.referrals.notices.actions import forget_news
from havre.referrals.notified.actions import tell_notified
from havre.referrals.packages.reads import referrals_to_tell
from havre.referrals.records.actions import forget_repeats
from havre.referrals.webhooks.actions import LOCK as WEBHOOKS
from havre.referrals.webhooks.actions import TASK as WEBHOOK
from havre.referrals.webhooks.actions import forget_deliveries
from havre.triage.interpreting.anew import NOTE_ANEW, ask_to_note_anew, note_some_anew
from havre.triage.interpreting.keeping import TELL
from havre.triage.paging.actions import LOCK as PAGES
from havre.triage.paging.actions import PRIORITY as PAGES_FIRST
from havre.triage.paging.actions import TASK as PAGE
from havre.triage.policies.actions import SIMULATE
from havre.triage.policies.reads import policy_in_force
from havre.triage.reads import reports_without_a_place
from havre.wiring.line.at_once import for_all_that_wait
from havre.wiring.route import (
    LEARN,
    REST,
    REST_PRIORITY,
    RETURNED,
    TRIES,
    is_to_place,
    let_older_learn,
    place,
    walk,
)
from havre.wiring.sweeps.clocks import ring_what_is_late
from havre.wiring.sweeps.forgetting import drop_what_was_left_behind, forget_what_was_answered
from havre.wiring.sweeps.forms import carry_what_is_kept
from havre.wiring.sweeps.law import keep_legal_clocks
from havre.wiring.sweeps.mirrors import end_old_tests, send_copies_on
from havre.wiring.sweeps.notices import send_notices
from havre.wiring.sweeps.paging import call_at_once, call_people
from havre.wiring.sweeps.questions import mail_questions
from havre.wiring.sweeps.secondments import settle_secondments
from havre.wiring.sweeps.webhooks import call_systems

EVERY_TEN_SECONDS = "* * * * * */10"
EVERY_HALF_MINUTE = "* * * * * */30"
EVERY_FIVE_MINUTES = "*/5 * * * *"
EVERY_HOUR = "7 * * * *"
# A worker that was killed leaves its job "doing"; its heart, of five seconds, stopped so long ago.
STALLED_SECONDS = 25
KEPT_HOURS = 24
# What goes to other houses waits for everything of our own.
LAST = -100


@app.task(
    name="route",
    queue="route",
    pass_context=True,
    retry=RetryStrategy(max_attempts=TRIES, exponential_wait=3),
)
def route(context: JobContext, *, report: str, because: str = "") -> None:
    """Put one report in the queue; its other steps wait behind every other report's first.

    `because` is "returned" when an agency sent it back.
    """
    is_back = because == RETURNED
    place(UUID(report), because=because if is_back else "", priority=context.job.priority)


@app.task(
    name=REST,
    queue="route",
    pass_context=True,
    retry=RetryStrategy(max_attempts=TRIES, exponential_wait=3),
)
def the_rest(context: JobContext, *, report: str, because: str = "") -> None:
    """Take one report along the rest of the route."""
    tries = context.job.attempts
    if walk(UUID(report), tries_so_far=tries, was_returned=because == RETURNED):
        warn_of_words(UUID(report), by=Station.PIPELINE)


@app.task(
    name=LEARN,
    queue="route",
    retry=RetryStrategy(max_attempts=TRIES, exponential_wait=3),
)
def learn(*, report: str, older: str = "") -> None:
    """Let the reports that are tied to a new one learn of it; `older` are their ids."""
    let_older_learn(UUID(report), named=[UUID(each) for each in older.split()])


@app.task(
    name=WORDS,
    queue="route",
    retry=RetryStrategy(max_attempts=TRIES, exponential_wait=3),
)
def words_came(*, report: str) -> None:
    """What was told later is read anew, and waits for a person where somebody has the report.

    Of a split report it belongs to no incident yet; of a whole one an agency has not been given it.
    """
    place(UUID(report), because=WORDS if is_to_place(UUID(report)) else "")


@app.task(
    name=TELL,
    queue="route",
    retry=RetryStrategy(max_attempts=TRIES, exponential_wait=3),
)
def tell_who_has_it(*, report: str) -> None:
    """Let the agencies that have a report learn that its words were translated."""
    with acting_as(Station.PIPELINE.context):
        standing = referrals_to_tell(UUID(report), actor=Station.PIPELINE)
        is_split = bool(split_among([UUID(report)]))
    for reference in standing:
        tell_of_translation(reference, by=Station.PIPELINE)
    if is_split:
        raise_incidents(UUID(report), by=Station.PIPELINE)


@app.task(
    name=TELL_NOTIFIED,
    queue="sweep",
    retry=RetryStrategy(max_attempts=TRIES, exponential_wait=3),
)
def tell_who_was_notified(*, notification: str) -> None:
    """Let a police service know that a provider's notification waits for it."""
    tell_notified(UUID(notification), by=Station.PIPELINE)


@app.task(
    name=SETTLE,
    queue="route",
    retry=RetryStrategy(max_attempts=TRIES, exponential_wait=3),
)
def settle_quietly(*, watch: str) -> None:
    """Bring the clusters up to date after a silent watch began or ended."""
    settle_around(UUID(watch), by=Station.PIPELINE)


@app.periodic(cron=EVERY_FIVE_MINUTES)
@app.task(name="end-silent-watches", queue="sweep", queueing_lock="end-silent-watches")
def end_silent_watches(timestamp: int) -> None:  # noqa: ARG001 - the scheduler gives it
    """End the silent watches whose last day is over."""
    with acting_as(Station.PIPELINE.context):
        over = silent_watches_run_out(actor=Station.PIPELINE)
    for watch in over:
        end_silent_watch_that_ran_out(watch, by=Station.PIPELINE)


@app.task(name=PAGE, queue=PAGE, lock=PAGES, priority=PAGES_FIRST)
def page() -> None:
    """Call whoever is on call for what has just come into the IMMEDIATE lane, all of it."""
    with for_all_that_wait(PAGE):
        call_at_once()


@app.periodic(cron=EVERY_HALF_MINUTE)
@app.task(
    name="call-people", queue=PAGE, lock=PAGES, priority=PAGES_FIRST, queueing_lock="call-people"
)
def call_people_again(timestamp: int) -> None:  # noqa: ARG001 - the scheduler gives it
    """Call the next ones where nobody acknowledged, and try again what did not go out."""
    call_people()


# With the heart's own time, no report waits a minute for a dead worker.
@app.periodic(cron=EVERY_TEN_SECONDS)
@app.task(name="retry-stalled", queue="sweep", queueing_lock="retry-stalled")
async def retry_stalled(timestamp: int) -> None:  # noqa: ARG001 - the scheduler gives it
    """Give the jobs of a dead worker to a living one."""
    stalled = await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS)
    for job in stalled:
        await app.job_manager.retry_job(job)


@app.periodic(cron=EVERY_HALF_MINUTE)
@app.task(name="find-unqueued", queue="sweep", queueing_lock="find-unqueued")
def find_unqueued(timestamp: int) -> None:  # noqa: ARG001 - the scheduler gives it
    """A report that stands in no queue after a minute is sent along the route again."""
    with acting_as(Station.PIPELINE.context):
        on_its_way = waiting_for("route", "report")
        for report in reports_without_a_place(actor=Station.PIPELINE):
            if str(report) not in on_its_way:
                defer("route", queue="route", report=str(report))


@app.task(name=BULK, queue=BULK, retry=RetryStrategy(max_attempts=TRIES, exponential_wait=3))
def bulk(*, upload: str) -> None:
    """File the next rows of a provider's file of reports; it asks for those after them."""
    file_some_rows(UUID(upload))


@app.periodic(cron=EVERY_HALF_MINUTE)
@app.task(name="find-bulk", queue="sweep", queueing_lock="find-bulk")
def find_bulk(timestamp: int) -> None:  # noqa: ARG001 - the scheduler gives it
    """A file of reports that nobody works on is handed out again."""
    with acting_as(Station.PIPELINE.context):
        under_way = waiting_for(BULK, "upload")
        for upload in uploads_that_wait(actor=Station.PIPELINE):
            if str(upload) not in under_way:
                hand_out(upload)


@app.task(name=SIMULATE, queue="sweep", retry=RetryStrategy(max_attempts=TRIES, wait=5))
def simulate_policy(*, simulation: str) -> None:
    """Try the next part of past reports under a proposed policy; it asks for the part after it."""
    simulate_part(UUID(simulation), by=Station.PIPELINE)


@app.periodic(cron=EVERY_HALF_MINUTE)
@app.task(name="score-anew", queue="sweep", queueing_lock="score-anew")
def score_anew(timestamp: int) -> None:  # noqa: ARG001 - the scheduler gives it
    """What waits with the score of another policy than the one in force is scored again."""
    with acting_as(Station.PIPELINE.context):
        on_its_way = waiting_for(REST, "report")
        for report in scored_by_another(policy_in_force(), actor=Station.PIPELINE):
            if str(report) not in on_its_way:
                defer(REST, queue="route", priority=2 * REST_PRIORITY, report=str(report))


@app.task(
    name=NOTE_ANEW,
    queue="route",
    retry=RetryStrategy(max_attempts=TRIES, exponential_wait=3),
)
def note_anew(*, before: str) -> None:
    """Note the next reports anew that other rules noted; it asks for those after them."""
    note_some_anew(before)


@app.periodic(cron=EVERY_FIVE_MINUTES)
@app.task(name="find-noted-otherwise", queue="sweep", queueing_lock="find-noted-otherwise")
def find_noted_otherwise(timestamp: int) -> None:  # noqa: ARG001 - the scheduler gives it
    """What other rules noted or wrote, as before an upgrade, is noted and written anew."""
    ask_to_note_anew()
    carry_what_is_kept()


@app.periodic(cron=EVERY_FIVE_MINUTES)
@app.task(name="forget-drafts", queue="sweep", queueing_lock="forget-drafts")
def forget_drafts(timestamp: int) -> None:  # noqa: ARG001 - the scheduler gives it
    """Delete the drafts whose hour is over."""
    forget_old_drafts()


@app.periodic(cron=EVERY_FIVE_MINUTES)
@app.task(name="expire-filings", queue="sweep", queueing_lock="expire-filings")
def expire_filings(timestamp: int) -> None:  # noqa: ARG001 - the scheduler gives it
    """End the filings that providers opened and did not finish."""
    with acting_as(Station.PIPELINE.context):
        over = unfinished(actor=Station.PIPELINE)
    for filing in over:
        expire_filing(filing, by=Station.PIPELINE)
    drop_what_was_left_behind()


@app.periodic(cron=EVERY_HALF_MINUTE)
@app.task(name="ring-clocks", queue="sweep", queueing_lock="ring-clocks")
def ring_clocks(timestamp: int) -> None:  # noqa: ARG001 - the scheduler gives it
    """Tell whoever must hear that what was sent to an agency, or abroad, waits past its time."""
    ring_what_is_late()


@app.periodic(cron=EVERY_HALF_MINUTE)
@app.task(name="end-secondments", queue="sweep", queueing_lock="end-secondments")
def end_secondments(timestamp: int) -> None:  # noqa: ARG001 - the scheduler gives it
    """Note which secondments have run out, hand back what they held, tell of those that end soon.

    Nothing waits for this: a place opens nothing from the moment at which its time runs out.
    """
    settle_secondments()


@app.periodic(cron=EVERY_HALF_MINUTE)
@app.task(name="carry-answers", queue="sweep", queueing_lock="carry-answers")
def carry_answers(timestamp: int) -> None:  # noqa: ARG001 - the scheduler gives it
    """Tell who asked a provider that it answered or is late; remind providers."""
    with acting_as(Station.PIPELINE.context):
        found = to_carry(actor=Station.PIPELINE)
        near = questions_to_remind(actor=Station.PIPELINE)
    for question in found:
        carry_answer(question.pk, by=Station.PIPELINE)
    for pk in near:
        remind_provider(pk, by=Station.PIPELINE)


@app.periodic(cron=EVERY_HOUR)
@app.task(name="legal-clocks", queue="sweep", queueing_lock="legal-clocks")
def legal_clocks(timestamp: int) -> None:  # noqa: ARG001 - the scheduler gives it
    """Remind providers of the end of their duty to preserve, and tell them when it is over."""
    keep_legal_clocks()


@app.periodic(cron=EVERY_HOUR)
@app.task(name="drop-case-keys", queue="sweep", queueing_lock="drop-case-keys")
def drop_case_keys(timestamp: int) -> None:  # noqa: ARG001 - the scheduler gives it
    """Delete the keys of case shares that have run out; they open nothing since that moment."""
    drop_ended_keys(by=Station.PIPELINE)


@app.periodic(cron=EVERY_HOUR)
@app.task(name="forget-answers", queue="sweep", queueing_lock="forget-answers")
def forget_answers(timestamp: int) -> None:  # noqa: ARG001 - the scheduler gives it
    """Forget what providers' programs were answered a week ago, and what came of old files."""
    forget_what_was_answered()


@app.periodic(cron=EVERY_HOUR)
@app.task(name="forget-repeats", queue="sweep", queueing_lock="forget-repeats")
def forget_system_answers(timestamp: int) -> None:  # noqa: ARG001 - the scheduler gives it
    """Forget what record systems were answered a week ago."""
    forget_repeats(by=Station.PIPELINE)


@app.task(name=NOTICE, queue="sweep", lock=NOTICES)
def notice() -> None:
    """Send the test that an agency asked for."""
    send_notices()


@app.periodic(cron=EVERY_HALF_MINUTE)
@app.task(name="send-notices", queue="sweep", lock=NOTICES, queueing_lock="send-notices")
def send_notices_again(timestamp: int) -> None:  # noqa: ARG001 - the scheduler gives it
    """Tell agencies and providers what waits for them; try again what did not go out."""
    send_notices()
    mail_questions()


@app.task(name=WEBHOOK, queue="sweep", lock=WEBHOOKS)
def webhook() -> None:
    """Send the delivery that an agency asked for."""
    call_systems()


@app.periodic(cron=EVERY_HALF_MINUTE)
@app.task(name="call-systems", queue="sweep", lock=WEBHOOKS, queueing_lock="call-systems")
def call_systems_again(timestamp: int) -> None:  # noqa: ARG001 - the scheduler gives it
    """Call record systems about what is new, and try again what was not taken."""
    call_systems()


@app.periodic(cron=EVERY_HALF_MINUTE)
@app.task(name="mirror", queue="mirror", lock="mirror", queueing_lock="mirror", priority=LAST)
def mirror(timestamp: int) -> None:  # noqa: ARG001 - the scheduler gives it
    """Send what providers finished on to their second base addresses."""
    send_copies_on()


@app.periodic(cron=EVERY_HOUR)
@app.task(name="end-mirrored-tests", queue="sweep", queueing_lock="end-mirrored-tests")
def end_mirrored_tests(timestamp: int) -> None:  # noqa: ARG001 - the scheduler gives it
    """Destroy the keys of what test accounts sent a month ago, whoever did not take it."""
    end_old_tests()


@app.periodic(cron=EVERY_HOUR)
@app.task(name="forget-news", queue="sweep", queueing_lock="forget-news")
def forget_old_news(timestamp: int) -> None:  # noqa: ARG001 - the scheduler gives it
    """Forget what was new for agencies three months ago, the notices and the calls of it."""
    forget_news(by=Station.PIPELINE)
    forget_deliveries(by=Station.PIPELINE)


@app.periodic(cron=EVERY_HOUR)
@app.task(name="prune-jobs", queue="sweep", queueing_lock="prune-jobs")
async def prune_jobs(timestamp: int) -> None:  # noqa: ARG001 - the scheduler gives it
    """Forget jobs that ended well."""
    await app.job_manager.delete_old_jobs(nb_hours=KEPT_HOURS)
