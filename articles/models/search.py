"""Full text: one stored vector an article, in the text search configuration of its language."""

from django.contrib.postgres.search import SearchVector
from django.db.models import Case, Value, When
from django.db.models.expressions import CombinedExpression

# The configurations that PostgreSQL carries, by ISO 639-1; any other language is searched word by word ("simple").
CONFIGURATIONS = {
    "ar": "arabic",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "hi": "hindi",
    "hu": "hungarian",
    "id": "indonesian",
    "it": "italian",
    "nl": "dutch",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
}


def text_search_config(language: str) -> str:
    """Return the name of the text search configuration for an ISO 639-1 code."""
    return CONFIGURATIONS.get(language, "simple")


def search_vector(title: str, body: str) -> Case:
    """Return the expression of an article's vector: the title's words weigh more than the body's."""

    def vector(config: str) -> CombinedExpression:
        return SearchVector(title, weight="A", config=config) + SearchVector(body, weight="B", config=config)

    return Case(
        *(When(language=Value(language), then=vector(config)) for language, config in CONFIGURATIONS.items()),
        default=vector("simple"),
    )
