"""Pages as the usual systems build them: each with the trap that its template sets."""

# ruff: noqa: E501 - markup reads best on one line

import json

import pytest

from articles.reading.reader import page
from articles.reading.types import Hints
from tests.reading.documents import PARAGRAPHS, body

P = PARAGRAPHS["en"]
TITLE = "Rivers are a border"
COMMENT = (
    "I have read this twice and I still think that the writer has never seen a river in his life, let alone a dry one. "
    "My father farmed below the old dam for forty years and nobody from the ministry ever came to ask him anything."
)


def paragraphs(language="en", tag="p"):
    return "".join(f"<{tag}>{text}</{tag}>\n" for text in PARAGRAPHS[language])


def ld(*objects, **graph):
    value = {"@context": "https://schema.org", **graph} if graph else objects[0] if len(objects) == 1 else list(objects)
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


def make(head="", content="", *, lang="en", title=f"{TITLE} | The Daily Ledger", before="", after=""):
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>'
        f"{before}{content}{after}</body></html>"
    )


def read(html, **hints):
    return page(html.encode(), hints=Hints(**hints))[0]


def names(reading):
    return [one.name for one in reading.authors]


def day(reading):
    return reading.published.iso() if reading.published else None


# Bodies


def test_wordpress_with_comments_longer_than_the_article():
    comments = "".join(
        f'<li class="comment"><cite class="fn">Tom Hardy</cite> <time datetime="2024-01-0{n}">x</time><p>{COMMENT} {n}</p></li>'
        for n in range(1, 9)
    )
    reading = read(
        make(
            '<meta property="article:published_time" content="2021-05-03T10:00:00+00:00">',
            f'<article class="post hentry"><header class="entry-header"><h1 class="entry-title">{TITLE}</h1>'
            '<div class="entry-meta"><span class="posted-on"><a><time class="entry-date published" '
            'datetime="2021-05-03T10:00:00+00:00">May 3, 2021</time></a></span> <span class="byline"> by '
            '<span class="author vcard"><a class="url fn n" href="/author/jane">Jane Roe</a></span></span></div></header>'
            f'<div class="entry-content">{paragraphs()}<div class="sharedaddy"><h3>Share this:</h3><ul><li>Twitter</li>'
            '</ul></div><div id="jp-relatedposts"><h3>Related</h3><p>Why dams fail and who pays for it</p></div></div></article>'
            f'<div id="comments" class="comments-area"><h2>8 thoughts on “{TITLE}”</h2><ol class="comment-list">{comments}</ol>'
            '<div id="respond"><h3>Leave a Reply</h3></div></div>',
        )
    )
    assert reading.body == body()
    assert (reading.title, names(reading), day(reading)) == (TITLE, ["Jane Roe"], "2021-05-03")


def test_blogger_with_br_paragraphs():
    text = "<br /><br />\n".join(PARAGRAPHS["id"])
    reading = read(
        make(
            "",
            '<div class="header"><h1 class="title"><a href="/">Catatan Sungai</a></h1></div><div class="post hentry">'
            '<h2 class="date-header">Senin, 03 Mei 2021</h2><h3 class="post-title entry-title" itemprop="name">'
            '<a href="/2021/05/air.html">Air yang Tak Kunjung Datang</a></h3>'
            f'<div class="post-body entry-content" itemprop="articleBody"><b>Oleh: Budi Santoso</b><br /><br />{text}</div>'
            '<div class="post-footer">Diposkan oleh <span class="fn" itemprop="author">Unknown</span> di '
            '<abbr class="published" title="2021-05-03T07:00:00+07:00">07.00</abbr></div></div>'
            '<div class="comments" id="comments"><h4>Tidak ada komentar:</h4></div>'
            '<div class="sidebar"><h2>Arsip Blog</h2><ul><li>Mei (2)</li></ul></div>',
            lang="en",
            title="Catatan Sungai: Air yang Tak Kunjung Datang",
        )
    )
    assert reading.body == body("id")
    assert (reading.title, names(reading)) == ("Air yang Tak Kunjung Datang", ["Budi Santoso"])
    assert (day(reading), reading.language) == ("2021-05-03", "id")


def test_drupal_with_rdfa():
    reading = read(
        make(
            '<link rel="canonical" href="https://institut.example/eau">',
            '<div class="node node-article"><h1 class="page-title"><span property="schema:name">L’eau, une promesse trahie</span>'
            '</h1><div class="submitted"><span rel="schema:author"><span property="schema:name">Jeanne Martin</span></span>'
            ' <span property="schema:dateCreated" content="2019-05-15T06:00:00+00:00">mer 15/05/2019 - 06:00</span></div>'
            f'<div property="schema:text" class="field field--name-body">{paragraphs("fr")}</div></div>',
            lang="fr",
            title="L’eau, une promesse trahie | Institut du Fleuve",
        )
    )
    assert (reading.body, reading.title, day(reading)) == (body("fr"), "L’eau, une promesse trahie", "2019-05-15")
    assert reading.source == "Institut du Fleuve"


def test_a_server_that_wraps_the_page_in_a_form():
    reading = read(
        make("", f'<form id="aspnetForm"><input><div><h1>{TITLE}</h1><p>By Jane Roe</p>{paragraphs()}</div></form>')
    )
    assert (reading.body, names(reading)) == (body(), ["Jane Roe"])


def test_tables_as_layout():
    rows = "".join(f"<tr><td>{text}</td></tr>" for text in P)
    menu = "<td><a>Home</a><br><a>Opinion</a><br><a>Archive</a></td>"
    reading = read(
        make(
            "", f"<table><tr>{menu}<td><font size=5>{TITLE}</font><table>{rows}</table></td></tr></table>", title=TITLE
        )
    )
    assert (reading.body, reading.title) == (body(), TITLE)


def test_an_article_for_print_and_one_for_lazy_eyes():
    hidden = f'<div class="print" style="display: none"><h1>{TITLE}</h1>{paragraphs()}</div>'
    lazy = f"<noscript>{paragraphs()}</noscript>"
    reading = read(make("", f"<article><h1>{TITLE}</h1>{paragraphs()}</article>{hidden}{lazy}"))
    assert reading.body == body()


def test_an_article_twice():
    both = f'<article class="mobile"><h1>{TITLE}</h1>{paragraphs()}</article><article class="desktop"><h1>{TITLE}</h1>{paragraphs()}</article>'
    assert read(make("", both)).body == body()


@pytest.mark.parametrize(
    "box",
    [
        '<div class="related-articles"><h4>Related</h4><ul><li><a href="/a">Why dams fail and who pays for it</a></li></ul></div>',
        '<p><strong>Read also:</strong> <a href="/a">Why dams fail and who pays for it</a></p>',
        '<p><a href="/a">Why dams fail and who pays for them in the end</a></p>',
        "<aside><p>Why dams fail. Here is the story of three of them, told by the people who built them badly.</p></aside>",
        '<figure><img src="x"><figcaption>A dam in the east. Photo: Tom Hardy</figcaption></figure>',
        '<blockquote class="pullquote">Rivers do not respect provincial borders.</blockquote>',
        '<div class="newsletter-signup"><h3>Get our newsletter</h3><p>The best of our pages, every morning at six.</p></div>',
    ],
)
def test_a_box_inside_the_article_is_left_out_and_the_article_goes_on(box):
    content = f"<p>{P[0]}</p><p>{P[1]}</p>{box}<p>{P[2]}</p><p>{P[3]}</p>"
    assert read(make("", f"<article><h1>{TITLE}</h1>{content}</article>")).body == body()


def test_paragraphs_whose_class_speaks_of_a_paywall_are_the_articles_own():
    content = "".join(f'<p class="paywall subscription">{text}</p>' for text in P)
    assert read(make("", f"<article><h1>{TITLE}</h1>{content}</article>")).body == body()


def test_blank_lines_part_paragraphs_where_markup_does_not():
    text = "\n\n".join(P)
    assert read(make("", f"<h1>{TITLE}</h1><div>{text}</div>")).body == body()
    assert read(make("", f"<h1>{TITLE}</h1><pre>{text}</pre>")).body == body()


def test_lists_quotations_and_headings_belong_to_the_article():
    content = (
        f"<p>{P[0]}</p><h2>The cost</h2><blockquote><p>{P[1]}</p></blockquote><p>Three steps are needed:</p>"
        f"<ol><li>Create a basin authority.</li><li>Give it the power to say no.</li></ol><p>{P[2]}</p>"
    )
    reading = read(make("", f"<article><h1>{TITLE}</h1>{content}</article>"))
    steps = ["Create a basin authority.", "Give it the power to say no."]
    assert reading.body.split("\n\n") == [P[0], "The cost", P[1], "Three steps are needed:", *steps, P[2]]
    assert [reading.body[one.start : one.end] for one in reading.headings] == ["The cost"]


def test_a_page_that_carries_its_text_as_data_alone():
    article = {"@type": "NewsArticle", "headline": TITLE, "articleBody": "\n\n".join(P)}
    reading = read(make(ld(article), f'<div id="app"><h1>{TITLE}</h1><p>Loading</p></div>'))
    assert (reading.body, reading.title) == (body(), TITLE)


# Notes


def test_footnote_marks_and_notes():
    content = (
        f'<p>{P[0]}<sup><a href="#fn1" id="ref1">1</a></sup></p><p>{P[1]}<a href="#fn2" class="footnote-ref">[2]</a></p>'
        f"<p>{P[2]} The dam holds 3 km<sup>3</sup>.</p>"
        '<section class="footnotes"><ol><li id="fn1">Water Board, Annual report, 2020. <a href="#ref1">↩</a></li>'
        '<li id="fn2">J. Poe, <a href="https://press.example/dry">Dry Land</a>, 2019. <a href="#ref2">↩︎</a></li></ol></section>'
    )
    reading = read(make("", f"<article><h1>{TITLE}</h1>{content}</article>"))
    assert reading.body == f"{P[0]}[1]\n\n{P[1]}[2]\n\n{P[2]} The dam holds 3 km3."
    assert [(one.label, one.text, one.url) for one in reading.references] == [
        ("1", "Water Board, Annual report, 2020.", None),
        ("2", "J. Poe, Dry Land, 2019.", "https://press.example/dry"),
    ]


def test_marks_that_a_word_processor_made():
    content = (
        f'<p>{P[0]}<a href="#_ftn1" name="_ftnref1">[1]</a></p><p>{P[1]}</p><p>{P[2]}</p><hr>'
        '<p><a href="#_ftnref1" name="_ftn1">[1]</a> Water Board, Annual report, 2020.</p>'
    )
    reading = read(make("", f"<article><h1>{TITLE}</h1>{content}</article>"))
    assert reading.body.startswith(f"{P[0]}[1]\n\n")
    assert [(one.label, one.text) for one in reading.references] == [("1", "Water Board, Annual report, 2020.")]


def test_a_list_of_sources_with_links():
    content = (
        f"{paragraphs()}<h3>References</h3><ul><li>Poe, J. (2019). <a href='https://press.example/dry'>Dry Land</a>.</li>"
        "<li>Water Board (2020). Annual report.</li></ul>"
    )
    reading = read(make("", f"<article><h1>{TITLE}</h1>{content}</article>"))
    assert reading.body == body()
    assert [one.url for one in reading.references] == ["https://press.example/dry", None]


# Authors

BYLINE = '<p class="byline">By Jane Roe</p>'


@pytest.mark.parametrize(
    ("head", "byline", "expected"),
    [
        (ld({"@type": "NewsArticle", "headline": TITLE, "author": {"@type": "Person", "name": "Jane Roe"}}), "", ["Jane Roe"]),
        (ld({"@type": "NewsArticle", "headline": TITLE, "author": [{"name": "Jane Roe"}, {"name": "John Poe"}]}), "", ["Jane Roe", "John Poe"]),
        (ld({"@type": "NewsArticle", "headline": TITLE, "author": "By Jane Roe and John Poe"}), "", ["Jane Roe", "John Poe"]),
        (ld({"@type": "NewsArticle", "headline": TITLE, "author": {"@type": "Organization", "name": "Ledger Staff Room"}}), "", []),
        (ld({"@type": "NewsArticle", "headline": TITLE, "author": {"@type": "Person", "name": "admin"}}), BYLINE, ["Jane Roe"]),
        ('<meta name="author" content="Redaktion">', BYLINE, ["Jane Roe"]),
        ('<meta name="author" content="https://www.facebook.com/ledger">', BYLINE, ["Jane Roe"]),
        ('<meta name="author" content="Tom Hardy">', BYLINE, ["Jane Roe"]),
        ('<meta name="citation_author" content="Roe, Jane"><meta name="citation_author" content="Poe, John">', "", ["Jane Roe", "John Poe"]),
        ('<meta name="author" content="The Daily Ledger"><meta property="og:site_name" content="The Daily Ledger">', "", []),
        ("", '<div><a rel="author" href="/jane">Jane Roe</a></div>', ["Jane Roe"]),
        ("", '<div itemprop="author" itemscope><span itemprop="name">Jane Roe</span><span>Follow</span></div>', ["Jane Roe"]),
        ('<meta name="author" content="Suharyanto">', "<p>Oleh: Suharyanto</p>", ["Suharyanto"]),
        ('<meta name="author" content="JANE MCROE">', "<p>By Jane McRoe</p>", ["Jane McRoe"]),
        ('<meta name="author" content="Jane McRoe">', "<p>BY JANE MCROE</p>", ["Jane McRoe"]),
    ],
)  # fmt: skip
def test_names_the_authors(head, byline, expected):
    assert names(read(make(head, f"<article><h1>{TITLE}</h1>{byline}{paragraphs()}</article>"))) == expected


def test_a_byline_among_icons_and_one_with_its_paper():
    byline = '<div class="author-social-box"><span>By Jane Roe</span><a>Facebook</a></div>'
    assert names(read(make("", f"<article><h1>{TITLE}</h1>{byline}{paragraphs()}</article>"))) == ["Jane Roe"]
    head = '<meta name="author" content="Jane Roe | The Daily Ledger">'
    assert names(read(make(head, f"<article><h1>{TITLE}</h1>{paragraphs()}</article>"))) == ["Jane Roe"]


def test_the_desk_that_edited_is_no_author():
    head = '<meta name="content_author" content="Tom Hardy">'
    byline = "<p>Jane Roe</p><p>3 May 2021</p><p>Editor: Tom Hardy</p>"
    reading = read(make(head, f"<article><h1>{TITLE}</h1>{byline}{paragraphs()}</article>"))
    assert names(reading) == ["Jane Roe"]


def test_comments_of_an_unknown_template_are_not_the_articles():
    comments = "".join(f"<div><b>reader{n}</b><i>2 hours ago</i><p>{COMMENT} Number {n}.</p></div>" for n in range(6))
    content = f"<div><h1>{TITLE}</h1>{paragraphs()}</div><div><h3>Comments</h3>{comments}</div>"
    assert read(make("", content)).body == body()


def test_the_one_who_typed_a_guests_article_in_is_no_author():
    head = ld({"@type": "NewsArticle", "headline": TITLE, "author": {"@type": "Person", "name": "Tom Hardy"}})
    note = "<p><em>Jane Roe is a professor of law at Delta University.</em></p>"
    reading = read(make(head, f"<article><h1>{TITLE}</h1>{BYLINE}{paragraphs()}{note}</article>"))
    assert names(reading) == ["Jane Roe"]
    assert [one.rule for one in reading.evidence["authors"]] == ["text.byline.by", "text.note", "html.json_ld.author"]
    assert reading.alternatives["authors"] == ("Tom Hardy",)


def test_whom_the_title_speaks_of_is_no_author():
    title = "What Helen Poe forgot about the rivers"
    reading = read(make("", f"<article><h1>{title}</h1><p>Helen Poe</p>{paragraphs()}</article>", title=title))
    assert names(reading) == []


# Titles


@pytest.mark.parametrize(
    ("head", "h1"),
    [
        ('<meta property="og:title" content="Rivers are a border - The Daily Ledger"><meta property="og:site_name" content="The Daily Ledger">', TITLE),
        ('<meta property="og:title" content="The Daily Ledger"><meta property="og:site_name" content="The Daily Ledger">', TITLE),
        ('<meta property="og:title" content="Rivers are a border">', "The Daily Ledger"),
        (ld({"@type": "NewsArticle", "headline": "Rivers are a border"}), "Latest videos"),
        (ld({"@type": "NewsArticle", "headline": "Rivers are a bor..."}) + '<meta property="og:title" content="Rivers are a border">', ""),
        ('<meta property="og:title" content="Opinion | Rivers are a border">', TITLE),
        ('<meta property="og:title" content="Rivers &amp;#8211; are a border">', TITLE),
    ],
)  # fmt: skip
def test_names_the_title(head, h1):
    content = f"<h1>{h1}</h1><p>By Jane Roe</p>{paragraphs()}" if h1 else paragraphs()
    assert read(make(head, f"<article>{content}</article>")).title == TITLE


# Dates

PUBLISHED = '<meta property="article:published_time" content="2021-05-03T22:30:00Z">'


@pytest.mark.parametrize(
    ("head", "printed", "expected"),
    [
        (PUBLISHED, "", "2021-05-03"),
        (PUBLISHED, "4 May 2021", "2021-05-04"),  # the same moment, further east
        (PUBLISHED, "Updated 4 May 2021", "2021-05-03"),
        (PUBLISHED, "05/03/2021", "2021-05-03"),
        ('<meta property="article:modified_time" content="2022-01-01">', "3 May 2021", "2021-05-03"),
        (ld({"@type": "NewsArticle", "headline": TITLE, "dateModified": "2022-01-01", "datePublished": "2021-05-03"}), "", "2021-05-03"),
        (ld({"@type": "Event", "name": "A congress", "startDate": "2023-09-09"}), "3 May 2021", "2021-05-03"),
        ('<meta name="date" content="20210503">', "", "2021-05-03"),
        ('<meta itemprop="datePublished" content="2021-05-03">', "", "2021-05-03"),
        ("", '<time datetime="2021-05-03T10:00">3 days ago</time>', "2021-05-03"),
        ("", '<span class="published">May 3, 2021</span>', "2021-05-03"),
        ('<link rel="canonical" href="https://ledger.example/2021/05/03/rivers">', "", "2021-05-03"),
        (PUBLISHED, "First published in The Harbour Post, 16 July 2013", "2013-07-16"),
        ("", "", None),
    ],
)  # fmt: skip
def test_dates_the_article(head, printed, expected):
    printed = printed if printed.startswith("<") else f"<p>{printed}</p>"
    content = f"<article><h1>{TITLE}</h1><p>By Jane Roe</p>{printed}{paragraphs()}</article>"
    teaser = '<div class="related"><a href="/x">Why dams fail</a><time datetime="2024-09-09">9 Sept 2024</time></div>'
    assert day(read(make(head, content, after=teaser))) == expected


def test_data_about_other_articles_is_not_believed():
    graph = [
        {"@type": "NewsArticle", "headline": "Why dams fail", "url": "https://ledger.example/dams",
         "datePublished": "2024-09-09", "author": {"name": "Tom Hardy"}},
        {"@type": "NewsArticle", "headline": TITLE, "url": "https://ledger.example/rivers",
         "datePublished": "2021-05-03", "author": {"name": "Jane Roe"}},
    ]  # fmt: skip
    head = ld(**{"@graph": graph}) + '<link rel="canonical" href="https://www.ledger.example/rivers/">'
    reading = read(make(head, f"<article><h1>{TITLE}</h1>{paragraphs()}</article>"))
    assert (names(reading), day(reading)) == (["Jane Roe"], "2021-05-03")


def test_mends_data_that_templates_break():
    script = (
        '<script type="application/ld+json">\n//<![CDATA[\n{"@type": "NewsArticle", "headline": "Rivers are a border",\n'
        '"author": {"@type": "Person", "name": "Jane Roe",},\n"datePublished": "2021-05-03",}\n//]]>\n</script>'
    )
    reading = read(make(script, f"<article><h1>{TITLE}</h1>{paragraphs()}</article>"))
    assert (names(reading), day(reading)) == (["Jane Roe"], "2021-05-03")


# Source, address, language


def test_a_publication_has_a_name_rather_than_a_host():
    head = '<meta property="og:site_name" content="ledger.example">' + ld(
        {"@type": "NewsArticle", "headline": TITLE, "publisher": {"@type": "Organization", "name": "The Daily Ledger"}}
    )
    reading = read(make(head, f"<article><h1>{TITLE}</h1>{paragraphs()}</article>"))
    assert reading.source == "The Daily Ledger"


def test_a_canonical_address_without_a_path_is_a_mistake():
    head = '<link rel="canonical" href="https://ledger.example/"><meta property="og:url" content="https://ledger.example/rivers">'
    assert read(make(head, f"<h1>{TITLE}</h1>{paragraphs()}")).url == "https://ledger.example/rivers"


@pytest.mark.parametrize("language", ["de", "es", "fr", "id", "ms", "nl", "pt"])
def test_the_text_knows_its_language_better_than_the_template(language):
    reading = read(make("", f"<article><h1>{TITLE}</h1>{paragraphs(language)}</article>", lang="en-US"))
    assert reading.language == language
    assert [one.value for one in reading.evidence["language"]] == [language, "en"]


def test_every_field_says_who_told_it():
    head = (
        PUBLISHED
        + '<meta property="og:title" content="Rivers are a border">'
        + ld(
            {
                "@type": "NewsArticle",
                "headline": TITLE,
                "author": {"name": "Jane Roe"},
                "publisher": {"name": "The Daily Ledger"},
            }
        )
    )
    reading = read(make(head, f"<article><h1>{TITLE}</h1>\n{BYLINE}{paragraphs()}</article>"))
    assert {field: [one.rule for one in found] for field, found in reading.evidence.items()} == {
        "title": ["text.heading", "html.og.title", "html.json_ld.headline", "html.title"],
        "authors": ["text.byline.by", "html.json_ld.author"],
        "source": ["html.json_ld.publisher"],
        "published": ["html.meta.article:published_time"],
        "language": ["text.language", "html.lang"],
    }
    assert reading.evidence["authors"][0].line == 2
    assert reading.alternatives == {}
