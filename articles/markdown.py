"""What people write in Markdown, as HTML that is safe to show: CommonMark, tables and crossed-out words.

Two guards, one behind the other: the parser takes no HTML (it is shown as typed), and whatever comes out of it passes
a list of what is allowed. A note stands inside a page that has its own headings, so that a heading is a line in bold;
pictures would be loaded from elsewhere, so that a picture is a link to it. Pure: text in, HTML out.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

TAGS = {
    "a", "blockquote", "br", "code", "em", "hr", "li", "ol", "p", "pre", "s", "strong", "table", "tbody", "td", "th",
    "thead", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto"}
LINK = "nofollow noopener noreferrer"


def render(text: str) -> str:
    """Return Markdown as HTML made of TAGS alone; links follow nothing and lead to web or mail addresses only."""
    html = _parser().render(text)
    return nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=LINK)


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    parser.add_render_rule("heading_open", _bold)
    parser.add_render_rule("heading_close", _end_bold)
    parser.add_render_rule("image", _link)
    return parser


def _bold(renderer: Any, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
    return "<p><strong>"


def _end_bold(renderer: Any, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
    return "</strong></p>\n"


def _link(renderer: Any, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
    address = nh3.clean_text(str(tokens[at].attrGet("src") or ""))
    words = nh3.clean_text(tokens[at].content)
    return f'<a href="{address}">{words or address}</a>'
