"""Footnotes and bibliography entries."""

from urllib.parse import urlsplit

from django.db import models

from articles.models.history import tracked


@tracked()
class Reference(models.Model):
    article = models.ForeignKey("Article", models.CASCADE, related_name="references")
    position = models.PositiveIntegerField()
    label = models.CharField(max_length=20, blank=True, help_text="As the body's markers name it")
    text = models.TextField()
    url = models.TextField("address", blank=True)
    repeats = models.PositiveIntegerField(
        null=True, blank=True, editable=False, help_text="Position of the entry that “Ibid.” or “op. cit.” stands for"
    )
    cited = models.ForeignKey("Article", models.SET_NULL, null=True, blank=True, related_name="cited_by")

    original: "Reference | None" = None  # the entry that it repeats, where a page has looked it up

    class Meta:
        ordering = ["article", "position"]
        constraints = [models.UniqueConstraint(fields=["article", "position"], name="reference_position_unique")]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def link(self) -> str:
        """Its address, if it is one that may be followed from a page."""
        return web_address(self.url)

    @property
    def site(self) -> str:
        """The host of its address: "reuters.com"."""
        return (urlsplit(self.link).hostname or "").removeprefix("www.")

    @property
    def words(self) -> str:
        """Its text without the address that a page shows as a link."""
        return self.text.replace(self.url, "").strip() if self.url else self.text


def web_address(address: str) -> str:
    """Return the address if it leads to the web, else nothing: no script, no file."""
    return address if address.startswith(("https://", "http://")) else ""
