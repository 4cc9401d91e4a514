"""Take Markdown and stray HTML out of a plain text: an essay kept as its author's source file reads like any other.

Does nothing to a text that carries no markup. Headings come back marked with HEADING, so that layout need not guess.
"""

import html
import re

HEADING = "\x01"  # before a line that markup calls a heading

SIGNS = re.compile(
    r"^#{1,6} \S|\]\(\S|^!\[|</?(?:p|div|iframe|blockquote|script|a|br|em|strong|h[1-6])\b|\{\{[<%]|^---$", re.M | re.I
)
FRONT_MATTER = re.compile(r"\A(?:---\n.{0,5000}?\n---\n|\+\+\+\n.{0,5000}?\n\+\+\+\n)", re.S)
FIELD = re.compile(r"^([A-Za-z_]{2,20})\s{0,3}[:=]\s{0,3}(\S.{0,300})$")
COMMENT = re.compile(r"<!--[^<]{0,2000}-->")
EMBED = re.compile(
    r"<(script|style|iframe|svg|noscript|form|figure|table)\b[^<>]{0,2000}>[^<]{0,20000}(?:</\1>)?", re.I
)
EMBED_LINE = re.compile(
    r"^<(?:blockquote class=.(?:twitter|instagram|tiktok)|div|iframe|script|embed|object|video)\b[^\n]{0,20000}$",
    re.M | re.I,
)
EMBED_WORDS = 12  # words up to which the text of a line that opens with a block's tag is a widget's label
IMAGE = re.compile(r"!\[[^\]\[\n]{0,500}\]\([^()\n]{0,1000}\)")
LINK = re.compile(
    r"\[([^\]\[\n]{1,500})\]"
    r"\((?:\{\{[^}\n]{0,300}\}\}|[^()\s]{1,2000}(?:\([^()\s]{0,200}\)[^()\s]{0,500})?)(?: \"[^\"\n]{0,300}\")?\)"
)
SHORTCODE = re.compile(r"\{\{[<%][^{}\n]{0,500}[%>]\}\}")
TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]{0,14}(?:\s[^<>]{0,2000})?/?>")
STRONG = re.compile(r"(\*\*|__)(?=\S)([^*\n]{1,500}?)(?<=\S)\1")
EMPHASIS = re.compile(r"(?<![\w*_])([*_])(?=[^\s*_])([^*_\n]{1,300})(?<=[^\s*_])\1(?![\w*_])")
TABLE_ROW = re.compile(r"^\s{0,3}\|.{0,2000}\|\s*$", re.M)
ATX = re.compile(r"^#{1,6} +(.{1,300}?) *#*$", re.M)
BLOCKQUOTE = re.compile(r"^> ?", re.M)


def front_matter(text: str) -> dict[str, str]:
    """Return the simple fields of a text's YAML or TOML front matter, keys in lower case; empty without one."""
    match = FRONT_MATTER.match(text)
    if match is None:
        return {}
    found = (FIELD.match(row) for row in match[0].split("\n"))
    return {one[1].lower(): one[2].strip(" \"'") for one in found if one and one[2].strip(" \"'")}


def plain(text: str) -> str:
    """Return a text without its Markdown and HTML; a text without any is returned as it is.

    1. parts that are no prose (comments, embeds, images, tables); 2. links to their words; 3. marks of lines and words.
    """
    if not SIGNS.search(text):
        return text
    # 1. What is no prose.
    text = FRONT_MATTER.sub(_blank, text)
    text = EMBED_LINE.sub(_widget, text)
    for part in (COMMENT, EMBED, IMAGE, TABLE_ROW):
        text = part.sub(_blank, text)
    # 2. Links and shortcodes.
    text = SHORTCODE.sub("", LINK.sub(r"\1", text))
    # 3. Marks.
    text = TAG.sub("", text)
    text = ATX.sub(lambda match: f"{HEADING}{match[1]}", text)
    text = BLOCKQUOTE.sub("", text)
    text = EMPHASIS.sub(r"\2", STRONG.sub(r"\2", text))
    return html.unescape(text)


def _blank(match: re.Match[str]) -> str:
    """Return the line ends of what is taken out, so that the lines below keep their numbers."""
    return "\n" * match[0].count("\n")


def _widget(match: re.Match[str]) -> str:
    """Drop an embed; keep a line that merely opens with a tag."""
    line = match[0]
    embed = line.lower().startswith(("<blockquote", "<iframe", "<script", "<embed", "<object", "<video"))
    return "" if embed or len(TAG.sub(" ", line).split()) <= EMBED_WORDS else line
