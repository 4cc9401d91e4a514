"""Answer a question from the cards within bounded time: a page of articles, how many, and what they are about.

A question is a queryset of published cards (see `articles.filters`). Whatever it asks, and however much is held:

1. Pages are reached by the last row of the one before, never by counting rows; any depth costs the same.
2. Counts that the database keeps are exact; others are counted as far as `COUNTED`, then it is "more than".
3. Words pass a gate, for the planner knows how often frequent words occur and nothing of rare ones or of two together:
   their hits are gathered by the index of words, as far as `COUNTED`. If these are all, they are sorted by date; if
   there are more, the newest are found on the way back through the dates, and given up for the first plan where that
   takes longer than `PATIENCE`. What takes too long even so is looked for in the newest `LATEST` articles.
4. Relevance ranks the newest `RANKED` hits; facets of more than `COUNTED` count a sample of `SAMPLED`. Both say so.
"""

from articles.catalogue.addressed import most_addressed
from articles.catalogue.answers import Count, Facets, Found, Place, Turn, place
from articles.catalogue.faceting import facets, statement_facets
from articles.catalogue.gate import holding
from articles.catalogue.lists import capped, count, find, find_first
from articles.catalogue.news import news
from articles.catalogue.statements import count_statements, find_statements, first_statements

__all__ = [
    "Count",
    "Facets",
    "Found",
    "Place",
    "Turn",
    "capped",
    "count",
    "count_statements",
    "facets",
    "find",
    "find_first",
    "find_statements",
    "first_statements",
    "holding",
    "most_addressed",
    "news",
    "place",
    "statement_facets",
]
