"""The forms of the workbench and of second coders: statements and notes on a passage, what is known of an article.

Actors are typed by name, several with semicolons between them; the passage comes as characters of the body.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib.admin import site
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from articles.curation.forms import LinesField, QuoteForm
from articles.models import Actor, Annotation, Article, Claim, CodedPassage, PolicyRecommendation, Topic
from articles.models.reference import web_address
from articles.vocabulary import Kind, Precision, Stance, language_name

BETWEEN = "; "
DATED = {10: Precision.DAY, 7: Precision.MONTH, 4: Precision.YEAR}  # by the length of "2024-07-22"


def actors_called(name: str) -> QuerySet[Actor]:
    """Return the actors that have this name, whatever its case; those whose own name it is first."""
    own = Actor.objects.filter(name__iexact=name)
    return own if own.exists() else Actor.objects.filter(names__text__iexact=name).distinct()


class ActorsField(forms.CharField):
    """Actors by their names."""

    def __init__(self, *, single: bool = False, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.single = single
        self.widget.attrs |= {"data-offers": "actors", "autocomplete": "off"} | ({} if single else {"data-many": "1"})

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int):
            value = Actor.objects.filter(pk=value)
        if value is None or isinstance(value, str):
            return value
        return BETWEEN.join(actor.name for actor in value)

    def to_python(self, value: Any) -> Any:
        names = list(dict.fromkeys(filter(None, (name.strip() for name in str(value or "").split(";")))))
        found = []
        for name in names:
            called = list(actors_called(name)[:2])
            if not called:
                raise ValidationError(f"No actor is called “{name}”. Write it as printed instead.", code="unknown")
            found.append(called[0])
        if not self.single:
            return found
        if len(found) > 1:
            raise ValidationError("Name one actor.", code="many")
        return found[0] if found else None


class PassageForm(QuoteForm):
    """A form for what stands on a passage: selected in the text, or pasted where there is no script."""

    start = forms.IntegerField(required=False, widget=forms.HiddenInput)
    end = forms.IntegerField(required=False, widget=forms.HiddenInput)

    more: list[str] = []  # fields that are rarely needed

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            for name in {"exact", "occurrence", "start", "end"} & self.fields.keys():
                del self.fields[name]
        elif "start" in self.fields and (self["start"].value() or "") != "":
            self.fields["exact"].widget = forms.HiddenInput()
            self.fields["occurrence"].widget = forms.HiddenInput()

    def _place(self, body: str, quote: str, occurrence: int | None) -> tuple[int, int]:
        start, end = self.cleaned_data.get("start"), self.cleaned_data.get("end")
        if start is not None and end is not None and body[start:end].strip() == quote:
            return start, end
        return super()._place(body, quote, occurrence)

    def _anchor(self, body: str, start: int, end: int) -> None:
        super()._anchor(body, start, end)
        self.instance.exact = body[start:end]

    @property
    def usual(self) -> list[forms.BoundField]:
        """The fields that most statements need."""
        return [self[name] for name in self.fields if name not in self.more and not self[name].is_hidden]

    @property
    def rare(self) -> list[forms.BoundField]:
        return [self[name] for name in self.more]


class RecommendationForm(PassageForm):
    addressees = ActorsField(label="addressee")
    targets = ActorsField(label="towards")
    recommender = ActorsField(single=True, label="recommended by", help_text="Empty: the author")

    more = ["targets", "addressee_text", "condition", "deadline", "recommender", "recommender_text", "voice"]
    field_order = ["addressees", "action", "modality", "negated", "instrument", *more]

    class Meta:
        model = PolicyRecommendation
        fields = [
            "addressees", "action", "modality", "negated", "instrument", "targets", "addressee_text", "condition",
            "deadline", "recommender", "recommender_text", "voice",
        ]  # fmt: skip
        widgets = {"action": forms.Textarea(attrs={"rows": 2})}
        help_texts = {"condition": "As printed", "deadline": "As printed", "action": "", "voice": ""}


class ClaimForm(PassageForm):
    actors = ActorsField(label="about")
    claimant = ActorsField(single=True, label="claimed by", help_text="Empty: the author")

    more = ["claimant_text", "voice"]
    field_order = ["kind", "actors", "claimant", *more]

    class Meta:
        model = Claim
        fields = ["kind", "actors", "claimant", "claimant_text", "voice"]
        help_texts = {"voice": ""}


class PassageNoteForm(PassageForm):
    """A note on the selected passage; without one, on the whole article."""

    needs_quote = False

    field_order = ["text", "visibility"]

    class Meta:
        model = Annotation
        fields = ["text", "visibility"]
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}
        labels = {"visibility": "seen by"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["exact"].required = False


class CodedPassageForm(PassageForm):
    """A form for what a coder marks: a passage, what it is taken for, and what it says to which topic."""

    class Meta:
        model = CodedPassage
        fields = ["exact", "kind", "modality", "claim_kind", "addressee", "action", "topic", "stance"]
        widgets = {
            "action": forms.Textarea(attrs={"rows": 2}),
            "addressee": AutocompleteSelect(
                CodedPassage._meta.get_field("addressee"), site, attrs={"data-allow-clear": "true"}
            ),
            "topic": AutocompleteSelect(
                CodedPassage._meta.get_field("topic"), site, attrs={"data-allow-clear": "true"}
            ),
        }

    field_order = ["exact", "occurrence", "kind"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "exact" in self.fields:  # what is selected shows in it
            self.fields["exact"].widget = forms.Textarea(attrs={"rows": 3})
            self.fields["exact"].help_text = "Select it in the text, or paste it."
            self.fields["occurrence"].widget = forms.NumberInput()

    def _place(self, body: str, quote: str, occurrence: int | None) -> tuple[int, int]:
        start, end = self.cleaned_data.get("start"), self.cleaned_data.get("end")
        if start is not None and end is not None and quote and _letters(body[start:end]) == _letters(quote):
            return start, end  # a browser does not say how paragraphs are broken
        return super()._place(body, quote, occurrence)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        claim = cleaned.get("kind") == Kind.CLAIM
        wanted, other = ("claim_kind", "modality") if claim else ("modality", "claim_kind")
        if not cleaned.get(wanted):
            self.add_error(wanted, ValidationError("Choose one.", code="required"))
        cleaned[other] = ""
        if claim:
            cleaned["addressee"], cleaned["action"] = None, ""
        if cleaned.get("topic") and not cleaned.get("stance"):
            self.add_error("stance", ValidationError("What does it say to the topic?", code="required"))
        if not cleaned.get("topic"):
            cleaned["stance"] = ""
        return cleaned


def _letters(text: str) -> str:
    """Return a text without its white space."""
    return "".join(text.split())


class TopicField(forms.CharField):
    """A topic by its name or another name of it; `add` makes one of a name that none has."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=200, **kwargs)
        self.add: Callable[[str], Topic] | None = None
        self.widget.attrs |= {"data-offers": "topics", "autocomplete": "off"}

    def clean(self, value: Any) -> Any:
        name = " ".join(super().clean(value).split())
        found = Topic.objects.filter(name__iexact=name).first()
        found = found or Topic.objects.filter(aliases__contains=[name.casefold()]).first()
        if found is None and self.add is None:
            raise ValidationError(f"No topic is called “{name}”.", code="unknown")
        return found or self.add(name)  # type: ignore[misc]


class TopicForm(forms.Form):
    """What a statement says to a topic."""

    topic = TopicField()
    stance = forms.ChoiceField(choices=Stance.choices)

    def __init__(self, *args: Any, add: Callable[[str], Topic] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topic"].add = add  # type: ignore[attr-defined]

    @property
    def unknown(self) -> bool:
        """Whether a topic was named that the codebook does not have."""
        return self.is_bound and self.has_error("topic", "unknown")


class ReasonForm(forms.Form):
    """Why an article is published nonetheless, or withdrawn."""

    because = forms.CharField(max_length=1000)


FORMS: dict[str, type[PassageForm]] = {
    "recommendation": RecommendationForm, "claim": ClaimForm, "note": PassageNoteForm,
}  # fmt: skip


class MetadataForm(forms.Form):
    """What is known of an article."""

    title = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 2}))
    authors = LinesField(required=False, help_text="A line each, as printed")
    source = forms.CharField(required=False, max_length=200, help_text="Empty: not known")
    via = forms.CharField(required=False, max_length=200, help_text="The aggregator it was taken from")
    published = forms.CharField(required=False, label="date", help_text="2024-07-22, 2024-07 or 2024")
    url = forms.CharField(required=False, label="address")
    language = forms.CharField(required=False, help_text="Two letters (ISO 639-1)")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["authors"].widget.attrs["rows"] = 2

    def clean_title(self) -> str:
        return " ".join(self.cleaned_data["title"].split())

    def clean_published(self) -> tuple[date, Precision] | None:
        """Return the first day of the period and how much of it is known; None for no date."""
        text = self.cleaned_data["published"].strip()
        if not text:
            return None
        try:
            return date.fromisoformat(text + "0000-01-01"[len(text) :]), DATED[len(text)]
        except (ValueError, KeyError):
            raise ValidationError("A date is written 2024-07-22, 2024-07 or 2024.", code="invalid") from None

    def clean_language(self) -> str:
        code = self.cleaned_data["language"].strip().lower()
        if code and language_name(code) == code:
            raise ValidationError("No language has this ISO 639-1 code.", code="invalid")
        return code

    def clean_url(self) -> str:
        address = self.cleaned_data["url"].strip()
        if address and not web_address(address):
            raise ValidationError("An address begins with https:// or http://.", code="invalid")
        return str(address)


def known(article: Article) -> dict[str, Any]:
    """Return an article's metadata as the form holds it: texts, and the authors as a list."""
    precision = article.published_precision
    length = next((n for n, one in DATED.items() if one == precision), 10)
    return {
        "title": article.title,
        "authors": [line.name for line in article.bylines.all()],
        "source": article.source.name if article.source else "",
        "via": article.via.name if article.via else "",
        "published": article.published.isoformat()[:length] if article.published else "",
        "url": article.url,
        "language": article.language,
    }
