"""Questions about articles."""

import django_filters as filters
from django.contrib.postgres.search import SearchHeadline, SearchQuery
from django.db.models import Case, Q, QuerySet, Value, When
from django.db.models.functions import Left
from django.http import QueryDict

from articles.filters.fields import (
    ChoiceFilter,
    Question,
    Since,
    SlugsFilter,
    Undated,
    Until,
    language_choices,
    languages_held,
)
from articles.filters.statements import ClaimFilter, RecommendationFilter, StatementFilter
from articles.models import Actor, Article, Author, Card, Source, Topic
from articles.models.card import CardQuerySet
from articles.models.search import CONFIGURATIONS
from articles.vocabulary import ClaimKind, Instrument, Modality, Stance

MARK_START, MARK_STOP = "\ue000", "\ue001"  # private characters around a matching word: no text holds them
# what is asked of recommendations, of claims, of either
TOLD = frozenset({"addressee", "recommender", "country", "modality", "instrument"})
SAID = frozenset({"kind", "claimant"})
CODED = frozenset({"topic", "stance"})
EXCERPTED = 4_000  # characters: marking words costs by the length of the text, and lists show the first that match


class ArticleFilter(Question):
    """A question about articles, asked of their cards."""

    since = Since()
    until = Until()
    q = filters.CharFilter(label="words", method="holding", max_length=400)
    undated = Undated(field_name="article_id")
    actor = SlugsFilter(label="actor", model=Actor, field_name="actor_ids", array=True, every=True)
    actor_any = SlugsFilter(label="any of", model=Actor, field_name="actor_ids", array=True)
    actor_not = SlugsFilter(label="not", model=Actor, field_name="actor_ids", array=True, exclude=True)
    source = SlugsFilter(label="source", model=Source, field_name="source_id")
    via = SlugsFilter(label="taken from", model=Source, field_name="via_id")
    author = SlugsFilter(label="author", model=Author, field_name="author_ids", array=True, every=True)
    language = ChoiceFilter(label="language", choices=language_choices)
    # what its statements are asked: see `filter_queryset`
    addressee = SlugsFilter(label="addressee", model=Actor, method="by_statements")
    recommender = SlugsFilter(label="recommender", model=Actor, method="by_statements")
    country = SlugsFilter(label="recommended from", model=Actor, method="by_statements")
    modality = ChoiceFilter(label="modality", choices=Modality.choices, method="by_statements")
    instrument = ChoiceFilter(label="instrument", choices=Instrument.choices, method="by_statements")
    kind = ChoiceFilter(label="kind of claim", choices=ClaimKind.choices, method="by_statements")
    claimant = SlugsFilter(label="claimant", model=Actor, method="by_statements")
    topic = SlugsFilter(label="topic", model=Topic, method="by_statements")
    stance = ChoiceFilter(label="stance", choices=Stance.choices, method="by_statements")
    review = ChoiceFilter(
        label="review", method="by_statements", choices=[("reviewed", "reviewed"), ("open", "not yet reviewed")]
    )
    sort = ChoiceFilter(
        label="sort", method="unsorted",
        choices=[
            ("newest", "Newest first"), ("oldest", "Oldest first"), ("source", "By source"), ("relevance", "Relevance"),
        ],
    )  # fmt: skip

    class Meta:
        model = Card
        fields: list[str] = []

    @property
    def gathered(self) -> bool:
        """Whether its answers can't be walked by date alone: they are gathered first, as far as they are counted."""
        return bool(self.asked.keys() & {"q", "actor_any", "undated", *TOLD, *SAID, *CODED, "review"})

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """Keep the articles of which some recommendation, some claim answers all that is asked of such."""
        cards = super().filter_queryset(queryset)
        asked = {name for name in self.asked if name not in self.form.errors}
        said, told, coded = asked & SAID, asked & TOLD, asked & CODED
        if told:
            cards = cards.filter(article_id__in=self._holding(RecommendationFilter))
        if said:
            cards = cards.filter(article_id__in=self._holding(ClaimFilter))
        if coded and not told | said:
            kinds = (self._holding(RecommendationFilter), self._holding(ClaimFilter))
            cards = cards.filter(Q(article_id__in=kinds[0]) | Q(article_id__in=kinds[1]))
        if "review" in asked and not told | said | coded:
            read = Article.objects.filter(reviewed_at__isnull=False).order_by().values("pk")
            holds = Q(article_id__in=read)
            cards = cards.filter(~holds if self.asked["review"] == "open" else holds)
        return cards

    def _holding(self, kind: type[StatementFilter]) -> QuerySet:
        """Return the articles of the public statements of a kind that answer what is asked of statements."""
        names = (TOLD if kind is RecommendationFilter else SAID) | CODED | {"review"}
        asked = QueryDict(mutable=True)
        for name in names & set(self.data):
            asked.setlist(name, self.data.getlist(name))
        return kind(asked, kind.Meta.model.objects.all(), every_version=True).qs.order_by().values("article_id")

    def by_statements(self, qs: QuerySet, name: str, value: object) -> QuerySet:
        return qs

    def holding(self, qs: CardQuerySet, name: str, value: str) -> QuerySet:
        return qs.matching(value, languages_held())

    def unsorted(self, qs: QuerySet, name: str, value: str) -> QuerySet:
        return qs  # counts and facets need no order; the catalogue gives it


def with_headline(articles: QuerySet, words: str) -> QuerySet:
    """Add `headline` to articles: what stands around `words` in the first `EXCERPTED` characters, with marks."""
    config = Case(*(When(language=code, then=Value(c)) for code, c in CONFIGURATIONS.items()), default=Value("simple"))
    query = SearchQuery(words, config=config, search_type="websearch")
    headline = SearchHeadline(
        Left("body", EXCERPTED), query, config=config, start_sel=MARK_START, stop_sel=MARK_STOP,
        max_fragments=2, min_words=12, max_words=28, fragment_delimiter=" … ",
    )  # fmt: skip
    return articles.annotate(headline=headline)
