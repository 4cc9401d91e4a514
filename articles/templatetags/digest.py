"""The door for templates: the wording of the public pages, as filters."""

from django import template

from articles.pages import wording
from articles.vocabulary import direction

register = template.Library()

for word in (
    wording.published,
    wording.day,
    wording.language,
    direction,
    wording.minutes,
    wording.marked,
    wording.shortened,
    wording.thousands,
):
    register.filter(word.__name__, word)
