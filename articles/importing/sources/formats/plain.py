"""Text, Markdown and HTML: what the reader takes as it is."""

import re

from articles.importing.sources.kinds import Kind

PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<!doctype\s+html|<html\b|<\?xml[^>]{0,300}>\s*<(?:!doctype\s+)?html\b)", re.I
)

KIND = Kind(
    "text, Markdown or HTML",
    (".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml"),
    sniff=lambda head: PAGE.match(head) is not None,
    order=90,
)
