"""Files made to break whoever reads them, written without holding them in memory; each beside a good document."""

import io
import json
import tarfile
import zipfile
import zlib
from pathlib import Path

from tests.importing import made

MB = 2**20
ZEROS = bytes(MB)
LEADING_OUT = ("../../etc/cron.d/out.txt", "/tmp/out.txt", "C:\\out.txt")  # noqa: S108
GOOD = 12  # documents that must come through


def good(number: int) -> bytes:
    return made.numbered(number)["text"].encode()


def line(number: int) -> bytes:
    return json.dumps(made.numbered(number)).encode() + b"\n"


def write(folder: Path) -> dict[str, str]:
    """Write all of them; return by location within the folder the words that its failure must say."""
    (folder / "z.txt").write_bytes(good(14))
    return {**zips(folder), **tars(folder), **lines(folder), **packed(folder), **pdfs(folder), **nested(folder)}


def zips(folder: Path) -> dict[str, str]:
    """A bomb of 2 GB, names that lead out, files within files within files; good members between them."""
    inner = made.zipped({"a.txt": good(1)})
    for _ in range(5):
        inner = made.zipped({"a.zip": inner})
    with zipfile.ZipFile(folder / "a.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("a.txt", good(2))
        with archive.open("bomb.html", "w", force_zip64=True) as member:
            for _ in range(2048):
                member.write(ZEROS)
        for name in LEADING_OUT:
            archive.writestr(name, good(3))
        archive.writestr("deep.zip", inner)
        archive.writestr("z.txt", good(4))
    return {
        "a.zip!bomb.html": "holds more than 10 MB",
        **{f"a.zip!{name}": "its name leads out of the archive" for name in LEADING_OUT},
        "a.zip!deep.zip!a.zip!a.zip!a.zip": "files within files",
    }


def tars(folder: Path) -> dict[str, str]:
    """A member of 2 GB that is a hole of the file, a link, a name of 300 MB."""
    with (folder / "b.tar").open("wb") as file:
        _member(file, "a.txt", good(5))
        _member(file, "../out.txt", good(3))
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        file.write(link.tobuf())
        _header(file, "hole.html", 2048 * MB)
        file.seek(2048 * MB, io.SEEK_CUR)
        _member(file, "z.txt", good(6))
        file.write(bytes(1024))
    with (folder / "c.tar").open("wb") as file:
        _member(file, "a.txt", good(7))
        name = tarfile.TarInfo("././@LongLink")
        name.type, name.size = tarfile.GNUTYPE_LONGNAME, 300 * MB
        file.write(name.tobuf())
        file.truncate(301 * MB)
    return {
        "b.tar!../out.txt": "its name leads out of the archive", "b.tar!link.txt": "a link or a device",
        "b.tar!hole.html": "holds more than 10 MB", "c.tar": "a header of 314,572,800 bytes",
    }  # fmt: skip


def lines(folder: Path) -> dict[str, str]:
    """Lines of 200 MB, between good ones."""
    entry = b"\nER  -\nTY  - NEWS\nAB  - "
    parts = {
        "d.jsonl": (line(8), b"\n" + line(9)),
        "e.csv": (b"title,text\na," + good(10) + b"\n", b"\nb," + good(11) + b"\n"),
        "f.ris": (b"TY  - NEWS\nAB  - " + good(12) + entry, entry + good(13) + b"\nER  -\n"),
    }
    for name, (before, after) in parts.items():
        with (folder / name).open("wb") as file:
            file.write(before)
            file.seek(200 * MB, io.SEEK_CUR)
            file.write(after)
    with (folder / "o.warc").open("wb") as file:
        file.write(b"WARC/1.0\r\nWARC-Type: ")
        file.truncate(200 * MB)
    places = ("#L2", "#3", "#2")
    long = {f"{name}{at}": "holds more than 10 MB" for name, at in zip(parts, places, strict=True)}
    return {**long, "o.warc": "no line ends for 4 MB"}


def packed(folder: Path) -> dict[str, str]:
    """What unpacks to far more than it holds."""
    packer = zlib.compressobj(1, wbits=31)
    with (folder / "g.txt.gz").open("wb") as file:
        for _ in range(512):
            file.write(packer.compress(ZEROS))
        file.write(packer.flush())
    with zipfile.ZipFile(folder / "h.docx", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("word/document.xml", "w") as member:
            for _ in range(512):
                member.write(ZEROS)
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha"}">' for n in range(12))
    item = "<rss version='2.0'><channel><item><title>&a11;</title></item></channel></rss>"
    (folder / "i.rss").write_text(f"<?xml version='1.0'?><!DOCTYPE rss [{laughs}]>{item}")
    return {"g.txt.gz": "holds more than 10 MB", "h.docx": "unpacks to more than", "i.rss#1": "holds no text"}


def pdfs(folder: Path) -> dict[str, str]:
    """A locked one, and one whose page unpacks to 1 GB."""
    (folder / "j.pdf").write_bytes(made.locked_pdf())
    packer = zlib.compressobj(1)
    page = b"".join(packer.compress(ZEROS) for _ in range(1024)) + packer.flush()
    (folder / "k.pdf").write_bytes(made.packed_pdf(page))
    return {"j.pdf": "is locked with a password", "k.pdf": "needs too much memory"}


def nested(folder: Path) -> dict[str, str]:
    """A page, a record and a mail that are nested without end."""
    (folder / "l.html").write_text("<html><body>" + "<div>" * 100_000 + "x" + "</div>" * 100_000)
    (folder / "m.json").write_text('{"text": ' + "[" * 1_000_000)
    parts = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(5000))
    (folder / "n.eml").write_text(f"From: a@b.example\nSubject: x\nDate: x\nMIME-Version: 1.0\n{parts}")
    return {"l.html": "no article text found", "m.json": "nested too deep", "n.eml": "a broken e-mail"}


def _header(file: io.BufferedWriter, name: str, size: int) -> None:
    info = tarfile.TarInfo(name)
    info.size = size
    file.write(info.tobuf())


def _member(file: io.BufferedWriter, name: str, raw: bytes) -> None:
    _header(file, name, len(raw))
    file.write(raw + bytes(-len(raw) % 512))
