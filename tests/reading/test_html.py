import json

from articles.reading import html
from articles.reading.reader import page
from tests.reading.documents import PARAGRAPHS, body

P = PARAGRAPHS["en"]
OBJECT = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "WebSite", "name": "The Daily Ledger"},
        {"@type": "Person", "@id": "#jane", "name": "Jane Roe"},
        {
            "@type": "NewsArticle",
            "headline": "Rivers are a border",
            "datePublished": "2021-05-03T10:00:00+00:00",
            "author": {"@id": "#jane"},
        },
    ],
}


def make_page(head="", foot="", article=None):
    article = article or "".join(f"<p>{text}</p>" for text in P)
    return f"""<!DOCTYPE html><html><head><title>Rivers are a border | The Daily Ledger</title>{head}</head><body>
    <nav><ul><li>Home</li><li>Opinion</li></ul></nav>
    <h1>Rivers are a border</h1><p class="byline">By <a href="/jane">Jane Roe</a></p><time>3 May 2021</time>
    <article>{article}</article>
    <div class="related-posts"><p>Dams fail. Here is why they do, in the words of those who built them badly.</p></div>
    {foot}</body></html>"""


def test_reads_what_a_page_says_of_itself():
    script = f'<script type="application/ld+json">{json.dumps(OBJECT)}</script>'
    link = '<link rel="canonical" href="https://ledger.example/rivers">'
    told = html.read(make_page(script + link)).told
    assert [(one.rule, one.value) for one in told.titles] == [
        ("html.json_ld.headline", "Rivers are a border"),
        ("html.title", "Rivers are a border | The Daily Ledger"),
    ]
    assert [(one.rule, one.value) for one in told.authors] == [("html.json_ld.author", "Jane Roe")]
    assert told.site == "The Daily Ledger"
    assert [(one.rule, one.value) for one in told.dates] == [("html.json_ld.datePublished", "2021-05-03")]
    assert told.url == "https://ledger.example/rivers"


def test_reads_a_page_without_metadata():
    reading, _ = page(make_page().encode())
    assert (reading.title, reading.body, reading.media_type) == ("Rivers are a border", body(), "text/html")
    assert [one.name for one in reading.authors] == ["Jane Roe"]
    assert reading.published.iso() == "2021-05-03"
    assert reading.source == "The Daily Ledger"


def test_metadata_decides_which_number_is_the_month():
    head = '<meta property="article:published_time" content="2021-03-05T10:00:00Z">'
    reading, _ = page(make_page(head).replace("3 May 2021", "05/03/2021").encode())
    assert reading.published.iso() == "2021-03-05"


def test_a_site_is_no_author():
    head = '<meta name="author" content="The Daily Ledger"><meta property="og:site_name" content="The Daily Ledger">'
    reading, _ = page(make_page(head).encode())
    assert [one.name for one in reading.authors] == ["Jane Roe"]


def test_headings_come_from_the_markup():
    article = (
        f"<p>{P[0]}</p><h2>The cost</h2><p>{P[1]}</p><h3>A whole sentence stands here as a heading.</h3><p>{P[2]}</p>"
    )
    reading, _ = page(make_page(article=article).encode())
    assert [reading.body[span.start : span.end] for span in reading.headings] == ["The cost"]


def test_broken_metadata_is_no_error():
    head = (
        '<script type="application/ld+json">{"@type": [</script><meta property="article:published_time" content="soon">'
    )
    assert page(make_page(head).encode())[0].published.iso() == "2021-05-03"


def test_survives_a_hostile_page():
    deep = "<div>" * 5000 + "text" + "</div>" * 5000
    assert len(html.read(f"<html><body>{deep}</body></html>").lines) <= 1
    assert html.read("<html>").lines == []
    assert html.read("<html><body>" + "<p>a" * 3000).lines
