"""The sort key trait: alphabetical order that does not depend on the server's collations."""

from django.db import models
from django.db.models import Func
from django.db.models.functions import Lower


class SortKey(Func):
    """A text in lower case, decomposed (NFKD), without marks and leading quotes: "Élie" sorts beside "Elie"."""

    template = "regexp_replace(normalize(%(expressions)s, NFKD), '[\\u0300-\\u036f]|^[^[:alnum:]]+', '', 'g')"
    output_field = models.TextField()


def sort_key(field: str) -> models.GeneratedField:
    """Return a stored generated column that holds the sort key of `field`."""
    return models.GeneratedField(expression=SortKey(Lower(field)), output_field=models.TextField(), db_persist=True)
