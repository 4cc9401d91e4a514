"""A mail server of the tests' own, on the loopback, and a worker that does what was put off."""

import email
import socket
from email import policy

import pytest
from aiosmtpd.controller import Controller
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob


class Mailbox:
    """What an SMTP server took; `refuse`: how many of the next it refuses."""

    def __init__(self):
        self.mails = []
        self.refuse = 0

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - the library's name
        if self.refuse:
            self.refuse -= 1
            return "451 Try again later"
        self.mails.append(email.message_from_bytes(envelope.content, policy=policy.default))
        return "250 Taken"


@pytest.fixture
def mailbox(settings):
    """A mail server that takes mails, and Digest set to it."""
    box = Mailbox()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    settings.MAIL = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.DEFAULT_FROM_EMAIL = "Digest <digest@example.org>"
    settings.SITE = "http://testserver"
    yield box
    server.stop()


@pytest.fixture
def work():
    """Do what was put off, each job once, as a worker would."""
    done = set()

    def do():
        for job in ProcrastinateJob.objects.filter(status="todo").exclude(pk__in=done).order_by("id"):
            done.add(job.pk)
            app.tasks[job.task_name](**job.args)

    return do
