"""Files of each format, made by code: one op-ed in every form in which it may come."""

import bz2
import gzip
import io
import json
import lzma
import mailbox
import sqlite3
import tarfile
import zipfile
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import docx
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

TITLE, AUTHOR, DAY = "Who pays for the boats?", "Linh Tran", "2023-03-14"
SOURCE, URL = "The Harbour Post", "https://harbour.example/boats"
PARAGRAPHS = [
    "The river has risen for nine days, and the towns along its lower course have begun to empty. "
    "Nobody in the ministry has said who will pay for the boats that carry the people away.",
    "Vietnam should open the northern sluices before the rains return, because the dams cannot hold "
    "another season like this one. Thailand has asked for a common plan twice and received no answer.",
    "A common plan costs little. The delay has already cost both countries a harvest, and it will cost "
    "them a second one if the commission meets only in spring.",
]
TEXT = "\n\n".join(PARAGRAPHS)
PLAIN = f"{TITLE}\n\nBy {AUTHOR}\n\n14 March 2023\n\n{TEXT}\n"
FRAGMENT = "".join(f"<p>{one}</p>" for one in PARAGRAPHS)
HEAD = f"<!DOCTYPE html><html><head><title>{TITLE}</title></head>"
PAGE = f"{HEAD}<body><h1>{TITLE}</h1><p>By {AUTHOR}</p>{FRAGMENT}</body></html>"
ROW = {"headline": TITLE, "byline": AUTHOR, "date": DAY, "link": URL, "outlet": SOURCE, "lang": "en", "body": TEXT}


def numbered(number: int) -> dict[str, Any]:
    """Return a record of its own: no two share a sentence."""
    letters = "aeioulnrst"
    words = " ".join("".join(letters[int(digit)] for digit in f"{number}{place:03d}") for place in range(40))
    text = f"The harbour of {words} stands empty this year. The ministry of {words} has not said why it does."
    return {"id": f"n{number}", "title": f"Harbour {number} empties", "text": text}


def zipped(members: dict[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in members.items():
            archive.writestr(name, raw)
    return out.getvalue()


def tarred(members: dict[str, bytes], mode: str = "w") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:
        for name, raw in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(raw)
            archive.addfile(info, io.BytesIO(raw))
    return out.getvalue()


def warc(pages: dict[str, bytes], status: str = "200 OK", media_type: str = "text/html") -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    for address, raw in pages.items():
        headers = StatusAndHeaders(status, [("Content-Type", media_type)], protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(address, "response", payload=io.BytesIO(raw), http_headers=headers)
        )
    return out.getvalue()


def mail(
    text: str = TEXT, *, page: str = "", subject: str = TITLE, sender: str = f"{AUTHOR} <linh@harbour.example>"
) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, "desk@digest.example", subject
    message["Date"], message["Message-ID"] = (
        "Tue, 14 Mar 2023 08:00:00 +0700",
        f"<{abs(hash(subject + text))}@harbour.example>",
    )
    message.set_content(text)
    if page:
        message.add_alternative(page, subtype="html")
    return message.as_bytes()


def mbox(path: Path, mails: list[bytes]) -> Path:
    box = mailbox.mbox(path)
    for one in mails:
        box.add(one)
    box.close()
    return path


def mhtml() -> bytes:
    message = EmailMessage()
    message["From"] = "<Saved by Blink>"
    message["Snapshot-Content-Location"] = URL
    message["Subject"] = TITLE
    message["Date"] = "Tue, 24 Nov 2026 08:00:00 -0000"
    message["MIME-Version"] = "1.0"
    message.set_content(PAGE, subtype="html", cte="quoted-printable")
    message.make_related()
    message.add_related(b"\x89PNG", "image", "png")
    message["Content-Location"] = URL
    return message.as_bytes()


def word() -> bytes:
    document = docx.Document()
    document.core_properties.title = TITLE
    document.core_properties.author = AUTHOR
    document.add_heading(TITLE, 0)
    document.add_paragraph(f"By {AUTHOR}")
    document.add_paragraph("14 March 2023")
    document.add_paragraph(PARAGRAPHS[0])
    document.add_heading("A common plan", 2)
    for one in PARAGRAPHS[1:]:
        document.add_paragraph(one)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def pdf(pages: list[list[tuple[float, float, float, str]]], *, info: str = "", trailer: str = "") -> bytes:
    """Return a PDF of pages of lines (x, y, size, text), in Helvetica."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for lines in pages:
        shown = "".join(
            f"BT /F1 {size} Tf {x} {y} Td ({text.replace(chr(40), chr(92) + chr(40))}) Tj ET\n"
            for x, y, size, text in lines
        )
        objects.append(f"<< /Length {len(shown)} >>\nstream\n{shown}endstream")
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects)} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>"
        )
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    objects.append(f"<< {info} >>")
    out, places = "%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{one}\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n" + "".join(f"{at:010d} 00000 n \n" for at in places)
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R {trailer} >>\n"
    out += f"startxref\n{start}\n%%EOF\n"
    return out.encode("latin-1")


def locked_pdf() -> bytes:
    """Return a PDF that asks for a password."""
    keys = f"/O <{'41' * 32}> /U <{'42' * 32}>"
    lock = f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /Length 40 {keys} >> /ID [<{'00' * 16}> <{'00' * 16}>]"
    return pdf([[(72, 700, 11, "Secret")]], trailer=lock)


def packed_pdf(page: bytes) -> bytes:
    """Return a PDF whose only page has this compressed content."""
    raw = pdf([[(72, 700, 11, "x")]])
    start = raw.index(b"<< /Length ")
    end = raw.index(b"endstream", start)
    return raw[:start] + b"<< /Filter /FlateDecode /Length %d >>\nstream\n" % len(page) + page + b"\n" + raw[end:]


def op_ed_pdf() -> bytes:
    """Return the op-ed on three pages, with a running head, page numbers and words parted at line ends."""
    pages: list[list[tuple[float, float, float, str]]] = []
    at = 0.0
    lines: list[tuple[float, str]] = [(16, TITLE), (11, f"By {AUTHOR}"), (11, "14 March 2023")]
    for one in [*PARAGRAPHS, *(numbered(number)["text"] for number in range(4))]:
        lines.append((0, ""))
        row = ""
        for word_ in one.split():
            if len(row) + len(word_) > 70:
                if len(word_) > 7 and word_.isalpha():
                    lines.append((11, f"{row} {word_[:4]}-"))
                    row = word_[4:]
                    continue
                lines.append((11, row))
                row = ""
            row = f"{row} {word_}".strip()
        lines.append((11, row))
    for size, text in lines:
        if not pages or at < 600:
            pages.append([(72, 800, 9, "The Harbour Post - Opinion"), (300, 40, 9, str(len(pages) + 1))])
            at = 760.0
        if size:
            pages[-1].insert(-1, (72, at, size, text))
        at -= 26 if size == 16 else 14
    return pdf(pages, info=f"/Title ({TITLE}) /Author ({AUTHOR})")


def dna(path: Path, *, version: int = 3) -> Path:
    """Write a database of Discourse Network Analyzer with the op-ed and two statements."""
    file = sqlite3.connect(path)
    file.executescript(
        "CREATE TABLE DOCUMENTS (ID INTEGER PRIMARY KEY, Title TEXT, Text TEXT, Coder INTEGER, Author TEXT,"
        " Source TEXT, Section TEXT, Notes TEXT, Type TEXT, Date INTEGER);"
        "CREATE TABLE STATEMENTTYPES (ID INTEGER PRIMARY KEY, Label TEXT);"
        "CREATE TABLE VARIABLES (ID INTEGER PRIMARY KEY, Variable TEXT, DataType TEXT, StatementTypeId INTEGER);"
        "CREATE TABLE STATEMENTS (ID INTEGER PRIMARY KEY, StatementTypeId INTEGER, DocumentId INTEGER, Start INTEGER,"
        " Stop INTEGER, Coder INTEGER);"
        "CREATE TABLE ENTITIES (ID INTEGER PRIMARY KEY, VariableId INTEGER, Value TEXT);"
        "CREATE TABLE DATABOOLEAN (ID INTEGER PRIMARY KEY, StatementId INTEGER, VariableId INTEGER, Value INTEGER);"
        "CREATE TABLE DATAINTEGER (ID INTEGER PRIMARY KEY, StatementId INTEGER, VariableId INTEGER, Value INTEGER);"
        "CREATE TABLE DATALONGTEXT (ID INTEGER PRIMARY KEY, StatementId INTEGER, VariableId INTEGER, Value TEXT);"
        "INSERT INTO STATEMENTTYPES VALUES (1, 'DNA Statement');"
        "INSERT INTO VARIABLES VALUES (1, 'person', 'short text', 1), (2, 'organization', 'short text', 1),"
        " (3, 'concept', 'short text', 1), (4, 'agreement', 'boolean', 1);"
    )
    column = "Entity INTEGER" if version == 3 else "Value TEXT"
    file.execute(
        f"CREATE TABLE DATASHORTTEXT (ID INTEGER PRIMARY KEY, StatementId INTEGER, VariableId INTEGER, {column})"
    )
    moment = 1678752000 * (1 if version == 3 else 1000)
    file.execute(
        "INSERT INTO DOCUMENTS VALUES (7, ?, ?, 1, ?, ?, '', '', '', ?)", (TITLE, TEXT, AUTHOR, SOURCE, moment)
    )
    quotes = ["Thailand has asked for a common plan twice and received no answer.", "A common plan costs little."]
    values = [("Somchai Prasert", "Thailand", "Common plan", 1), ("", "", "Common plan", 0)]
    for number, (quote, told) in enumerate(zip(quotes, values, strict=True), start=1):
        start = TEXT.index(quote)
        file.execute("INSERT INTO STATEMENTS VALUES (?, 1, 7, ?, ?, 1)", (number, start, start + len(quote)))
        for variable, value in enumerate(told[:3], start=1):
            key = number * 10 + variable
            if version == 3:
                file.execute("INSERT INTO ENTITIES VALUES (?, ?, ?)", (key, variable, value))
            file.execute(
                "INSERT INTO DATASHORTTEXT VALUES (?, ?, ?, ?)", (key, number, variable, key if version == 3 else value)
            )
        file.execute("INSERT INTO DATABOOLEAN VALUES (?, ?, 4, ?)", (number, number, told[3]))
    file.commit()
    file.close()
    return path


RSS = f"""<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>{SOURCE}</title><language>en</language>
<item><title>{TITLE}</title><link>{URL}</link><guid>{URL}</guid><dc:creator>{AUTHOR}</dc:creator>
<pubDate>Tue, 14 Mar 2023 08:00:00 +0700</pubDate><description>Who will pay?</description>
<content:encoded><![CDATA[{FRAGMENT}]]></content:encoded></item>
<item><title>A second one</title><link>{URL}/2</link><description>The ministry of ports has not said who will pay
for the quays of the lower town. Its minister was asked about it twice this week and said nothing.</description></item>
</channel></rss>"""
ATOM = f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>{SOURCE}</title>
<entry><title>{TITLE}</title><id>{URL}</id><link href="{URL}"/><published>2023-03-14T08:00:00+07:00</published>
<updated>2024-01-01T00:00:00Z</updated><author><name>{AUTHOR}</name></author>
<content type="html"><![CDATA[{FRAGMENT}]]></content></entry></feed>"""
JSON_FEED = json.dumps({
    "version": "https://jsonfeed.org/version/1.1", "title": SOURCE, "language": "en",
    "items": [{
        "id": URL, "url": URL, "title": TITLE, "content_html": FRAGMENT, "date_published": "2023-03-14T08:00:00+07:00",
        "authors": [{"name": AUTHOR}],
    }],
})  # fmt: skip
RIS = f"""TY  - NEWS
AU  - Tran, Linh
TI  - {TITLE}
T2  - {SOURCE}
DA  - 2023/03/14/
PY  - 2023
UR  - {URL}
LA  - en
AB  - {" ".join(PARAGRAPHS)}
ER  -

TY  - NEWS
AU  - Roe, Jane
TI  - A title and no more
UR  - {URL}/none
ER  -
"""
BIBTEX = f"""@string{{hp = "{SOURCE}"}}
@article{{tran2023,
  title = {{Who pays for the boats?}},
  author = {{Tran, Linh and M{{\\"u}}ller, Karl}},
  journal = hp,
  year = 2023, month = mar, day = 14,
  url = {{{URL}}},
  abstract = {{{" ".join(PARAGRAPHS)}}}
}}
@article{{none2023,
  title = {{A title and no more}},
  year = 2023,
}}
"""
CSL = json.dumps([
    {
        "id": "tran", "type": "article-newspaper", "title": TITLE, "container-title": SOURCE, "URL": URL,
        "language": "en",
        "author": [{"family": "Tran", "given": "Linh"}], "issued": {"date-parts": [[2023, 3, 14]]},
        "abstract": " ".join(PARAGRAPHS),
    },
    {"id": "none", "type": "article-newspaper", "title": "A title and no more", "URL": f"{URL}/none",
        "issued": {"date-parts": [[2023]]}},
])  # fmt: skip
MEDIA_CLOUD = (
    "stories_id,publish_date,title,url,language,media_name,media_url\n"
    f'17,2023-03-14 08:00:00,"{TITLE}",{URL},en,{SOURCE},https://harbour.example\n'
)
PACKERS = {".gz": gzip.compress, ".bz2": bz2.compress, ".xz": lzma.compress}
