"""The forms of the desk: what an editor types becomes what the models ask for."""

import re
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminSplitDateTime
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.urls import reverse

from articles.curation import merging, placing
from articles.curation.merging_forms import MergingForm
from articles.models import Annotation, Article, FormerSlug, Topic
from articles.models.flow import OPEN
from articles.models.reference import web_address
from articles.models.slug import Slugged
from articles.reading import anchors, fingerprint
from articles.vocabulary import Precision, Provenance, Review, Verdict, language_name

DECIDES = {"_accept": Review.ACCEPTED, "_reject": Review.REJECTED, "_reopen": Review.SUGGESTED}
NEAR = 0.6  # likeness from which a passage may be the one that was meant
QUOTED = 160  # characters of a passage that an error message repeats


class TextField(forms.CharField):
    """A text whose characters count: kept as it is, but for the line ends that browsers send as CR LF."""

    widget = forms.Textarea

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(strip=False, **kwargs)

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n")

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (initial or "") != self.to_python(data)


class LinesField(forms.CharField):
    """A list, a line each."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        lines = (" ".join(line.split()) for line in (super().to_python(value) or "").splitlines())
        return list(dict.fromkeys(line for line in lines if line))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return list(initial or []) != self.to_python(data)


class AliasesField(LinesField):
    """Other names, kept in lower case."""

    def to_python(self, value: Any) -> Any:
        return merging.other_names("", super().to_python(value))


class SluggedForm(MergingForm):
    """A form for a row with an address: left empty, the address is made from the name."""

    slug_from = "name"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].label = "address"
            self.fields[
                "slug"
            ].help_text = "Left empty it is made from the name. A former address leads on to this one."

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "slug" in self.fields and "slug" not in self.errors:
            cleaned["slug"] = cleaned.get("slug") or self._slug(cleaned)
        return cleaned

    def _slug(self, cleaned: dict[str, Any]) -> str:
        model: type[Slugged] = self._meta.model
        return self.instance.slug or model.free_slug(str(cleaned.get(self.slug_from) or ""))

    def clean_slug(self) -> str:
        slug = self.cleaned_data["slug"]
        former = FormerSlug.objects.filter(model=self._meta.model._meta.db_table, slug=slug)
        if slug and former.exclude(target=self.instance.pk).exists():
            raise ValidationError("This address leads to another row, which had it once.", code="taken")
        return slug


class NamedForm(SluggedForm):
    """A form for an author or a source: a name, and other names a line each."""

    aliases = AliasesField(
        label="other names",
        required=False,
        help_text="A line each; case does not matter. Texts that print one of them lead here.",
    )


class TopicForm(NamedForm):
    def clean_parent(self) -> Topic | None:
        parent = self.cleaned_data["parent"]
        if parent and self.instance.pk and Topic.objects.within(self.instance).filter(pk=parent.pk).exists():
            raise ValidationError("A topic can't stand under itself.", code="circle")
        return parent


class ArticleForm(SluggedForm):
    body = TextField(widget=forms.Textarea(attrs={"rows": 24, "class": "body-text"}))
    scheduled = forms.SplitDateTimeField(
        label="publish at", required=False, widget=AdminSplitDateTime,
        help_text="Readers see it from then on; until then it is ready and waits. Empty: when somebody publishes it",
    )  # fmt: skip

    slug_from = "title"

    class Meta:
        widgets = {"title": forms.Textarea(attrs={"rows": 2}), "url": forms.TextInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "scheduled" in self.fields and self.instance.pk:
            self.initial["scheduled"] = self.instance.publish_at
            for part, name in zip(self.fields["scheduled"].widget.widgets, ("date", "time"), strict=True):
                part.attrs["aria-label"] = f"Publish at, {name}"
        if isinstance(hands := self.fields.get("assignee"), forms.ModelChoiceField):
            hands.queryset = get_user_model().objects.filter(
                Q(is_staff=True, is_active=True) | Q(pk=self.instance.assignee_id)
            )
        for name in ("published_precision", "published_provenance"):
            if name in self.fields:
                self.fields[name].help_text = "Left empty: day" if name.endswith("precision") else "Left empty: editor"

    def clean_title(self) -> str:
        return " ".join(self.cleaned_data["title"].split())

    def clean_scheduled(self) -> Any:
        at = self.cleaned_data["scheduled"]
        if at and self.instance.status not in OPEN:
            status = self.instance.get_status_display()
            raise ValidationError(f"It is {status}; only what is on the desk is scheduled.", code="invalid")
        return at

    def clean_language(self) -> str:
        language = self.cleaned_data["language"]
        if language and (language_name(language) == language or not re.fullmatch("[a-z]{2,3}", language)):
            raise ValidationError("No language has this ISO 639-1 code.", code="invalid")
        return language

    def clean_url(self) -> str:
        if self.cleaned_data["url"] and not web_address(self.cleaned_data["url"]):
            raise ValidationError("An address begins with https:// or http://.", code="invalid")
        return self.cleaned_data["url"]

    def clean_body(self) -> str:
        if not self.cleaned_data["body"].strip():
            raise ValidationError("An article needs a text.", code="required")
        return self.cleaned_data["body"]

    def clean(self) -> dict[str, Any]:
        """Give a date what it needs: known to the day, and by the editor, unless the form says otherwise."""
        cleaned = super().clean()
        if "published" in self.fields and "published" not in self.errors:
            changed = "published" in self.changed_data
            if not cleaned.get("published"):
                cleaned["published_precision"] = cleaned["published_provenance"] = ""
            else:
                cleaned["published_precision"] = cleaned.get("published_precision") or Precision.DAY
                if changed and "published_provenance" not in self.changed_data:
                    cleaned["published_provenance"] = Provenance.EDITOR
                cleaned["published_provenance"] = cleaned.get("published_provenance") or Provenance.EDITOR
        return cleaned

    def _slug(self, cleaned: dict[str, Any]) -> str:
        opening = " ".join((cleaned.get("body") or "").split()[:8])
        return self.instance.slug or Article.free_slug(cleaned.get("title") or opening)


class QuoteForm(MergingForm):
    """A form for a statement: its quote is looked for in the article, and anchored where it stands."""

    needs_quote = True

    exact = TextField(label="quote", widget=forms.Textarea(attrs={"rows": 3}), help_text="Paste it from the text.")
    occurrence = forms.IntegerField(
        label="which one", required=False, min_value=1, max_value=999,
        help_text="Only where the text holds the quote more than once: 1 for the first",
    )  # fmt: skip

    def __init__(self, *args: Any, article: Article | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.article = article
        if article is None and self.instance.article_id:
            self.article = self.instance.article
        if self.instance.pk and self.instance.is_placed:  # a quote that stands is not changed
            del self.fields["exact"], self.fields["occurrence"]

    def typed(self) -> dict[str, Any]:
        """Return what was typed; a button that decides is pressed on the status that was shown."""
        pressed = next((status for button, status in DECIDES.items() if button in self.data), None)
        typed = super().typed()
        return {**typed, "status": pressed} if pressed and self.prefix is None else typed

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        article, quote = self.article or cleaned.get("article"), (cleaned.get("exact") or "").strip()
        if self.needs_quote and "exact" in self.fields and "exact" not in self.errors and not quote:
            self.add_error("exact", ValidationError("Paste the quote from the text.", code="required"))
        if "exact" in self.fields and article and quote:
            start, end = self._place(article.body, quote, cleaned.get("occurrence"))
            if end:
                self._anchor(article.body, start, end)
        return cleaned

    def _place(self, body: str, quote: str, occurrence: int | None) -> tuple[int, int]:
        """Return where a quote stands in a body, or (0, 0) after saying what is wrong with it.

        1. Word for word, however the lines are broken: once, or the one asked for.
        2. The same words in other marks or capitals. A passage that is only like it is shown, not taken.
        """
        # 1. word for word
        found = occurrences(quote, body)
        if len(found) == 1 and (occurrence or 1) == 1:
            return found[0]
        if found and occurrence and occurrence <= len(found):
            return found[occurrence - 1]
        if found and occurrence:
            self.add_error("occurrence", f"The text holds this quote {_times(len(found))}.")
        elif found:
            self.add_error(
                "exact",
                f"The text holds this quote {_times(len(found))}. Quote more of it, or say which one is meant.",
            )
        # 2. printed otherwise, or the nearest passage
        else:
            return self._nearest(quote, body)
        return 0, 0

    def _nearest(self, quote: str, body: str) -> tuple[int, int]:
        """Return where the same words stand in other marks or capitals, or (0, 0) after showing what is nearest."""
        anchor = anchors.find(quote, body)
        if anchor.start is not None and anchor.end is not None:
            near = body[anchor.start : anchor.end]
            if fingerprint.words(near) == fingerprint.words(quote):
                return anchor.start, anchor.end
            self._show(near)
        elif anchor.verdict == Verdict.AMBIGUOUS:
            self.add_error("exact", "The text holds this quote more than once. Quote more of the passage.")
        elif like := [span for score, span in anchors.alike(quote, body)[:1] if score >= NEAR]:
            self._show(body[like[0].start : like[0].end])
        else:
            self.add_error("exact", "The text does not hold this quote. Paste it from the text as it stands there.")
        return 0, 0

    def _show(self, near: str) -> None:
        near = near if len(near) <= QUOTED else near[:QUOTED].rsplit(" ", 1)[0] + "…"
        self.add_error("exact", f"The text does not say this word for word. The nearest passage is “{near}”")

    def _anchor(self, body: str, start: int, end: int) -> None:
        self.cleaned_data["exact"] = body[start:end]
        placing.anchor(self.instance, body, start, end)


class NoteForm(QuoteForm):
    """A form for a note; one that quotes nothing is about the whole article."""

    needs_quote = False

    class Meta:
        model = Annotation
        fields = ["text", "visibility"]
        widgets = {"text": forms.Textarea(attrs={"rows": 6})}
        labels = {"visibility": "seen by"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["exact"].required = False
        self.fields["text"].widget.attrs["data-editors"] = reverse("admin:annotation_editors")
        self.fields["exact"].help_text = "Paste it from the text. Left empty, the note is about the whole article."


def occurrences(quote: str, body: str) -> list[tuple[int, int]]:
    """Return where `quote` stands in `body`, however white space is broken."""
    pattern = r"\s+".join(re.escape(word) for word in quote.split())
    return [match.span() for match in re.finditer(pattern, body)] if pattern else []


def _times(n: int) -> str:
    return {1: "once", 2: "twice"}.get(n, f"{n} times")
