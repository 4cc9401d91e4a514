"""Markdown of people: what it becomes, and what never comes out of it."""

import pytest

from articles.markdown import render

NOFOLLOW = 'rel="nofollow noopener noreferrer"'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Ports *and* **ships**", "<p>Ports <em>and</em> <strong>ships</strong></p>\n"),
        ("# Ports", "<p><strong>Ports</strong></p>\n"),
        ("[a](https://example.org)", f'<p><a href="https://example.org" {NOFOLLOW}>a</a></p>\n'),
        ("![a map](https://example.org/m.png)", f'<p><a href="https://example.org/m.png" {NOFOLLOW}>a map</a></p>\n'),
        ("- one\n- two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n"),
        ("~~no~~", "<p><s>no</s></p>\n"),
        (
            "|a|\n|:-:|\n|b|",
            "<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n"
            "<tbody>\n<tr>\n<td>b</td>\n</tr>\n</tbody>\n</table>\n",
        ),
        ("a < b & c", "<p>a &lt; b &amp; c</p>\n"),
    ],
)  # fmt: skip
def test_what_it_becomes(text, html):
    assert render(text) == html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        "[a](javascript:alert(1))",
        "[a](JaVaScRiPt&colon;alert(1))",
        "[a](data:text/html,<script>alert(1)</script>)",
        '![x](https://example.org/"onerror="alert(1))',
        '[a](https://example.org "x\\" onclick=\\"alert(1)")',
        "<https://example.org/\" onmouseover=alert(1)>",
        "```\n<script>alert(1)</script>\n```",
        '<a href="https://example.org" style="position:fixed">a</a>',
    ],
)  # fmt: skip
def test_what_never_comes_out(text):
    from lxml import html

    tree = html.fragment_fromstring(render(text), create_parent=True)
    for element in tree.iter():
        assert element.tag not in {"script", "img", "style", "iframe"}
        assert not {name for name in element.attrib if name.startswith("on") or name == "style"}
        assert element.get("href", "https:").startswith(("https:", "http:", "mailto:"))
