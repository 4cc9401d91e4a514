"""E-mail (`.eml`): its head states author, date and title, unless it forwards somebody else's."""

import email
import re
from datetime import UTC
from email import policy
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime
from typing import Any, cast

from articles.importing.sources import records
from articles.importing.sources.kinds import Kind
from articles.reading.types import Hints, Stated, UnreadableDocument

MOST = 25 * 2**20  # bytes with attachments
ENOUGH = 400  # characters of a mail's plain text; shorter ones send people to the page
FIELD = re.compile(rb"(?:[!-9;-~]{1,60}:[^\n]*|[ \t][^\n]*)\r?\n")
KNOWN = re.compile(rb"^(?:From|Date|Message-ID|MIME-Version|Received|Return-Path|Subject|Delivered-To):", re.I | re.M)
FORWARD = re.compile(r"^\s*(?:fwd?|wg|tr|rv|i|enc|doorst|terusan)\s*:\s*", re.IGNORECASE)
REPLY = re.compile(r"^\s*(?:re|aw|sv|antw|odp|bls)\s*:\s*", re.IGNORECASE)
FORWARDED = re.compile(r"^[> ]*(?:-{2,}|_{5,}|Begin)[^\n]{0,60}(?:forwarded|original)[^\n]{0,60}\n\s*", re.I | re.M)
HEAD = re.compile(r"(?:[> *]*[A-Za-z-]{2,12}:[^\n]*\n(?:[ \t]+\S[^\n]*\n)*){2,8}")


def sniff(head: bytes) -> bool:
    """Whether bytes begin as a mail's head does: nothing but fields, three of them a mail's."""
    at = 0
    while match := FIELD.match(head, at):
        at = match.end()
    blank = head[at : at + 2].startswith((b"\n", b"\r\n")) or at > len(head) - 1000 > 0
    return at > 0 and blank and len({one.lower() for one in KNOWN.findall(head[:at])}) >= 3


def parsed(raw: bytes) -> EmailMessage:
    """Return a mail. Raises whatever the parser makes of a broken one."""
    return cast("EmailMessage", email.message_from_bytes(raw, policy=policy.default))


def opened(raw: bytes, hints: Hints) -> tuple[bytes, Hints]:
    """Return a mail's text or page as the reader takes it, and what its head states."""
    return _opened(parsed(raw), hints)


def _opened(message: EmailMessage, hints: Hints) -> tuple[bytes, Hints]:
    title = " ".join(str(message.get("Subject") or "").split())
    plain, page = content(message, "plain"), content(message, "html")
    forwarded = FORWARD.match(title) is not None
    title = REPLY.sub("", FORWARD.sub("", title))
    inner = next((part for part in message.walk() if part.get_content_type() == "message/rfc822"), None)
    if inner is not None and (forwarded or not plain.strip()):
        return _opened(cast("EmailMessage", cast("Any", inner.get_payload())[0]), hints)
    told = Stated("mail", title=title, authors=_names(message), published=_moment(message))
    if (marked := FORWARDED.search(plain)) and (head := HEAD.match(plain, marked.end())):
        told, plain, page = _first(head[0], title), plain[head.end() :], ""
    elif forwarded or marked:
        told = Stated("mail", title=title)
    found = {"title": told.title, "authors": list(told.authors), "published": told.published}
    if len(plain.strip()) >= ENOUGH or not page.strip():
        found["text"] = plain
    else:
        found["html"] = page
    if not (plain.strip() or page.strip()):
        raise UnreadableDocument("an e-mail without text; attachments are not read")
    return records.opened(found, hints, rule="mail")


def content(message: EmailMessage, kind: str) -> str:
    """Return the text of a message's first part of a kind, "plain" or "html"; empty without one."""
    part = message.get_body(preferencelist=(kind,))
    if part is None:
        return ""
    try:
        text = str(part.get_content())
    except (LookupError, UnicodeDecodeError):  # a charset that nobody knows
        text = cast("bytes", part.get_payload(decode=True)).decode("utf-8", "replace")
    if kind == "plain" and part.get_param("format") == "flowed":  # RFC 3676: a space before a soft line end
        text = re.sub(r"(?<!^--) \r?\n(?=\S)", " ", text)
    return text.replace("\r\n", "\n")


def _first(head: str, title: str) -> Stated:
    """Return what the head that a forwarded mail carries in its text states."""
    inner = parsed(re.sub(r"^[> *]+", "", head, flags=re.MULTILINE).replace("*", "").encode())
    subject = " ".join(str(inner.get("Subject") or "").split())
    return Stated("mail", title=subject or title, authors=_names(inner), published=_moment(inner))


def _names(message: EmailMessage) -> tuple[str, ...]:
    """Return the sender's name, not the address."""
    name = parseaddr(str(message.get("From") or ""))[0].strip()
    return (records.turned(name),) if name and "@" not in name else ()


def _moment(message: EmailMessage) -> str:
    try:
        at = parsedate_to_datetime(str(message.get("Date") or ""))
    except (ValueError, TypeError, IndexError):
        return records.moment(str(message.get("Date") or ""))
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).isoformat()


KIND = Kind("e-mail", (".eml",), "message/rfc822", sniff, opened=opened, order=45, most=MOST)
