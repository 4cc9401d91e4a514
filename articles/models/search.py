"""Full text: one stored vector a card, in the text search configuration of the article's language."""

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


_BY_LANGUAGE = " ".join(f"WHEN '{language}' THEN '{config}'" for language, config in CONFIGURATIONS.items())

# The vector of an article's row in SQL: the title's words weigh more than the body's.
CONFIGURATION = f"(CASE {{row}}.language {_BY_LANGUAGE} ELSE 'simple' END)::regconfig"
VECTOR = (
    f"setweight(to_tsvector({CONFIGURATION}, {{row}}.title), 'A')"
    f" || setweight(to_tsvector({CONFIGURATION}, {{row}}.body), 'B')"
)
