"""Questions about people, sources and actors."""

import django_filters as filters
from django.db.models import Q, QuerySet

from articles.filters.fields import Question


class NameFilter(Question):
    """People, sources and actors by part of their name, accents and case aside."""

    q = filters.CharFilter(label="name", method="named", max_length=100)

    def named(self, qs: QuerySet, name: str, value: str) -> QuerySet:
        return qs.filter(Q(sort_key__contains=value.casefold()) | Q(name__icontains=value))
