"""A mail server of the tests' own, on the loopback, and a worker that does what was put off."""

import pytest
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.mailboxes import open_mailbox


@pytest.fixture
def mailbox(settings):
    """A mail server that takes mails, and Digest set to it."""
    settings.MAIL = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.DEFAULT_FROM_EMAIL = "Digest <digest@example.org>"
    settings.SITE = "http://testserver"
    with open_mailbox() as box:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port
        yield box


@pytest.fixture
def work():
    """Do what was put off, each job once, as a worker would."""
    done = set()

    def do():
        for job in ProcrastinateJob.objects.filter(status="todo").exclude(pk__in=done).order_by("id"):
            done.add(job.pk)
            app.tasks[job.task_name](**job.args)

    return do
