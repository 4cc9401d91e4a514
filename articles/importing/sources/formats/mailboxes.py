"""Mailboxes (mbox, RFC 4155): a mail from a line "From " to the next."""

import re
from collections.abc import Iterator

from articles.importing.sources.formats import mail
from articles.importing.sources.incoming import Incoming, too_large
from articles.importing.sources.kinds import AT, Held, Kind
from articles.importing.sources.rows import grouped

BEGINS = re.compile(rb"From \S+.{0,100}\d\d:\d\d.{0,40}\d{4}|From - ")
QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)
KEY = re.compile(rb"^Message-ID:\s*<([^<>\s]{1,300})>", re.IGNORECASE | re.MULTILINE)


def mails(held: Held) -> Iterator[Incoming]:
    """Yield the mails of a mailbox."""
    for number, raw in grouped(held.file, BEGINS.match, mail.MOST):
        if raw is None:
            yield held.failed(too_large(mail.MOST), at=f"{AT}{number}")
            continue
        one = QUOTED.sub(rb"\1", raw.partition(b"\n")[2]).rstrip(b"\r\n") + b"\n"
        key = match[1].decode("ascii", "replace") if (match := KEY.search(one)) else ""
        yield held.record(one, mail.KIND.media_type, number=number, unit="", key=key)


KIND = Kind("mbox", (".mbox",), sniff=lambda head: BEGINS.match(head) is not None, documents=mails, order=41)
