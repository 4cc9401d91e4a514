"""What workers do: each task is a door, like a command, and does its work through the rooms behind it.

A task may be done again from its beginning, after a failure or because its worker was killed: whatever it does is safe
to do twice. After `TRIES` it is set aside as failed; why is on record.
"""

from typing import Any

from django.conf import settings
from django.utils import timezone
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from articles.curation import decisions, retagging
from articles.following import alerts, mailing
from articles.importing import enqueued, polling, rereading
from articles.models import Feed, JobFailure, Rereading, Retagging

TRIES = 3
GONE = 30  # seconds without a heartbeat after which a worker is held to be gone
KEPT = 24 * 7  # hours for which jobs that were done are kept
AGAIN = RetryStrategy(max_attempts=TRIES - 1, exponential_wait=5)


@app.task(name="retag", retry=AGAIN)
def retag(retagging_id: int) -> None:
    """Find an actor in the texts that are held, from where it was left."""
    if asked := Retagging.objects.filter(pk=retagging_id, ended_at=None).first():
        retagging.go_on(asked)


@app.task(name="read_documents", retry=AGAIN)
def read_documents(run_id: int, first: int, last: int) -> None:
    """Read and store what still waits among some records of an import."""
    enqueued.work_off(run_id, first, last)


@app.task(name="reread", retry=AGAIN)
def reread(rereading_id: int) -> None:
    """Read articles again, from where it was left."""
    if asked := Rereading.objects.going_on().filter(pk=rereading_id).first():
        for _ in rereading.go_on(asked):
            pass


@app.periodic(cron="* * * * *", periodic_id="poll due")
@app.task(name="poll_due", queueing_lock="poll_due")
def poll_due(timestamp: int) -> None:
    """Put off the polls of the feeds whose turn has come."""
    polling.put_off(Feed.objects.due(timezone.now()))


@app.task(name="poll_feed", retry=AGAIN)
def poll_feed(feed_id: int) -> None:
    """Poll a feed, unless that was done since it was put off."""
    if feed := Feed.objects.filter(pk=feed_id, next_poll__lte=timezone.now()).first():
        polling.poll(feed)


@app.periodic(cron="* * * * *", periodic_id="publish due")
@app.task(name="publish_due", queueing_lock="publish_due", pass_context=False)
def publish_due(timestamp: int) -> None:
    """Show readers the articles whose moment has come."""
    decisions.publish_due(timezone.now())


@app.periodic(cron="*/10 * * * *", periodic_id="mail alerts")
@app.task(name="mail_alerts", queueing_lock="mail_alerts")
def mail_alerts(timestamp: int) -> None:
    """Put off the mails that are due, and forget who never confirmed."""
    if settings.MAIL:
        mailing.put_off(timezone.now())
    alerts.forget(timezone.now())


@app.task(name="mail_confirmation", retry=AGAIN)
def mail_confirmation(alert_id: int, every: str) -> None:
    """Ask whether somebody wants to be mailed."""
    mailing.send_confirmation(alert_id, every)


@app.task(name="mail_alert", retry=AGAIN)
def mail_alert(alert_id: int) -> None:
    """Mail one alert what is new; what was refused is due again later, and is then put off anew."""
    mailing.send(alert_id, timezone.now())


@app.task(name="mail_edition", retry=AGAIN)
def mail_edition(edition_id: int) -> None:
    """Put off the mails of an edition."""
    if settings.MAIL:
        mailing.put_off_edition(edition_id)


@app.task(name="mail_edition_to", retry=RetryStrategy(max_attempts=8, exponential_wait=6))
def mail_edition_to(edition_id: int, alert_id: int) -> None:
    """Mail an edition to one who follows; a server that refuses is asked again over two weeks at most."""
    mailing.send_edition(edition_id, alert_id)


@app.periodic(cron="* * * * * */20", periodic_id="take up")
@app.task(name="take_up", queueing_lock="take_up")
async def take_up(timestamp: int) -> None:
    """Put jobs back whose worker is gone: killed, or cut off."""
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=GONE):
        await app.job_manager.retry_job(job)


@app.periodic(cron="17 3 * * *", periodic_id="sweep")
@app.task(name="sweep", queueing_lock="sweep")
async def sweep(timestamp: int) -> None:
    """Forget jobs that were done a week ago; those that failed stay."""
    await app.job_manager.delete_old_jobs(nb_hours=KEPT)


def record(call_next: Any, context: JobContext, worker: Any) -> Any:
    """Do a task, and put on record why it failed."""
    try:
        return call_next()
    except Exception as error:
        job = context.job
        assert job.id is not None  # noqa: S101 - it came from the queue
        JobFailure.objects.create(
            job=job.id, task=job.task_name, given=job.task_kwargs, tried=job.attempts + 1,
            because=f"{type(error).__name__}: {error}"[:2000],
        )  # fmt: skip
        raise
