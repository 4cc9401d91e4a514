"""A mail server of the tests' own, on the loopback."""

import email
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller


class Mailbox:
    """What an SMTP server took; `refuse`: how many of the next it refuses; `port`: where it listens."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.refuse = 0
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - the library's name
        if self.refuse:
            self.refuse -= 1
            return "451 Try again later"
        self.mails.append(email.message_from_bytes(envelope.content, policy=policy.default))
        return "250 Taken"


@contextmanager
def open_mailbox() -> Iterator[Mailbox]:
    """Serve a mailbox until the block ends."""
    box = Mailbox()
    server = Controller(box, hostname="127.0.0.1", port=box.port)
    server.start()
    yield box
    server.stop()
