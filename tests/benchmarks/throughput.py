"""Measure how many documents the reader reads a second on one core, beside what others do with the same ones.

    make bench

Text: the documents of seeds/ and the labelled ones, filled up to 8 kB from their like. HTML: the same texts set into
pages of 170 kB as
sites build them. Every step counts, actors and statements too; the database has no part in it. Seconds are those that
the processor worked; each figure is the best of three.
"""

import html
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import py3langid
import trafilatura

from articles.reading import authority, reader
from articles.reading.actors import Names

ROOT = Path(__file__).resolve().parents[2]
SIZE = 8192  # bytes of a text document
PAGE = 170_000  # bytes of an HTML page
ROUNDS = 3
MENU = (
    '<li class="menu-item menu-item-{n}"><a href="/section/{n}/" data-track="nav-{n}"><span>Section {n}</span></a></li>'
)
TEASER = (
    '<div class="card teaser-{n}"><a href="/story/{n}"><img src="/img/{n}.jpg" loading="lazy" alt="">'
    "<h3>Another story of number {n}</h3></a><p>Its first words stand here …</p></div>"
)
SCRIPT = "window.dataLayer=window.dataLayer||[];function gtag(){{dataLayer.push(arguments)}}gtag('event',{n});"


def page(text: str) -> str:
    """Set a text into a page of PAGE bytes: a head with metadata and scripts, menus, teasers, comments."""
    title, *paragraphs = (html.escape(line) for line in text.splitlines() if line.strip())
    article = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    head = (
        f'<title>{title} | The Daily Harbour</title><meta property="og:title" content="{title}">'
        '<meta property="og:site_name" content="The Daily Harbour">'
        '<meta property="article:published_time" content="2024-07-22T06:00:00Z">'
    )
    rest = max(PAGE - len(article), 0)
    menu = "".join(MENU.format(n=n) for n in range(rest // 4 // len(MENU)))
    teasers = "".join(TEASER.format(n=n) for n in range(rest // 4 // len(TEASER)))
    script = "".join(SCRIPT.format(n=n) for n in range(rest // 2 // len(SCRIPT)))
    return (
        f'<!doctype html><html lang="en"><head>{head}<script>{script}</script></head><body><nav><ul>{menu}</ul></nav>'
        f'<main><article><h1>{title}</h1><div class="entry-content">{article}</div></article></main>'
        f'<aside class="related">{teasers}</aside><footer><p>© The Daily Harbour</p></footer></body></html>'
    )


def full_size(paths: Sequence[Path]) -> Iterator[bytes]:
    """Yield texts of SIZE: each document, followed by the paragraphs of the others until there is enough."""
    held = [path.read_bytes() for path in paths]
    for number, raw in enumerate(held):
        rest = b"\n\n".join(held[number + 1 :] + held[:number])
        yield (raw + b"\n\n" + rest)[: max(SIZE, len(raw))].decode(errors="ignore").encode()


def rate(action: Callable[[bytes], object], documents: Iterable[bytes], share: float = 1.0) -> float:
    """Return how many documents of full size an action takes a second; `share` is how much of one each is."""
    held, best = list(documents), float("inf")
    action(held[0])
    for _ in range(ROUNDS):
        start = time.process_time()
        for raw in held:
            action(raw)
        best = min(best, time.process_time() - start)
    return len(held) * share / best


def main() -> None:
    names = Names(authority.load(ROOT / "seeds" / "actors.toml"))
    texts = [*full_size(sorted((ROOT / "seeds").glob("*.txt")))]
    for folder in sorted((ROOT / "tests" / "gold").iterdir()):
        texts += full_size(sorted(folder.glob("*.txt"))) if folder.is_dir() else []
    pages = [page(raw.decode()).encode() for raw in texts]
    share = sum(map(len, texts)) / len(texts) / SIZE

    def read(raw: bytes) -> object:
        return reader.read(raw, names=names)

    print(f"text, {len(texts)} documents of {SIZE} bytes")
    ours = rate(read, texts, share)
    row("Digest, all steps", ours)
    alone = rate(lambda raw: py3langid.classify(raw.decode()), texts, share)
    row("py3langid on the full text, language alone", alone, ours)
    print(f"HTML, {len(pages)} pages of {sum(map(len, pages)) / len(pages) / 1000:.0f} kB")
    ours = rate(read, pages)
    row("Digest, all steps", ours)
    theirs = rate(lambda raw: trafilatura.bare_extraction(raw, with_metadata=True), pages)
    row("trafilatura.bare_extraction, with metadata", theirs, ours)


def row(name: str, theirs: float, ours: float | None = None) -> None:
    print(f"  {name:44}{theirs:8.0f} a second{f', Digest / it {ours / theirs:.2f}' if ours else ''}")


if __name__ == "__main__":
    main()
