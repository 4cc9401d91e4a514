"""Addresses never break."""

import pytest

from articles.models import Actor, FormerSlug
from tests.factories import make_actor, make_article

pytestmark = pytest.mark.django_db


def test_a_renamed_row_is_found_at_its_former_address():
    actor = make_actor("Burma")
    Actor.objects.filter(pk=actor.pk).update(slug="myanmar")  # past save(): the database remembers by itself
    found = Actor.objects.at("burma")
    assert (found.pk, found.slug) == (actor.pk, "myanmar")


def test_a_row_renamed_back_is_found_at_both_addresses():
    actor = make_actor("Burma")
    for slug in ("myanmar", "burma"):
        Actor.objects.filter(pk=actor.pk).update(slug=slug)
    assert Actor.objects.at("myanmar") == Actor.objects.at("burma") == actor
    assert not FormerSlug.objects.filter(slug="burma").exists()


def test_an_address_that_never_was_is_not_found():
    with pytest.raises(Actor.DoesNotExist):
        Actor.objects.at("atlantis")


def test_a_free_slug_avoids_present_and_former_ones():
    actor = make_actor("Burma")
    Actor.objects.filter(pk=actor.pk).update(slug="myanmar")
    assert Actor.free_slug("Burma") == "burma-2"
    assert Actor.free_slug("Burma", keep=actor) == "burma"


def test_a_title_without_letters_still_gets_a_slug():
    assert make_article(title="?!").slug == "article"


def test_a_slug_of_another_script_keeps_its_letters():
    assert make_article(title="Россия и Корея").slug == "россия-и-корея"
