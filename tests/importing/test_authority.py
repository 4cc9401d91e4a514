"""The authority file and the editors' own changes."""

import pytest

from articles.importing.authority import entries_held, key_of, load
from articles.models import Actor, ActorName
from articles.reading.types import AuthorityEntry, Name
from articles.vocabulary import ActorKind, NameKind

pytestmark = pytest.mark.django_db

LAND = AuthorityEntry(
    "ruritania", "Ruritania", ActorKind.COUNTRY, (Name("Ruritania"), Name("Ruritanian", NameKind.DEMONYM))
)
KING = AuthorityEntry("rudolf", "Rudolf", ActorKind.PERSON, (Name("Rudolf"),), country="ruritania")


def names(actor):
    return {name.text for name in actor.names.all()}


def test_loading_twice_changes_nothing():
    assert load([LAND, KING]).created == 2
    before = [list(model.objects.order_by("pk").values()) for model in (Actor, ActorName)]
    second = load([LAND, KING])
    assert (second.created, second.updated, second.unchanged) == (0, 0, 2)
    assert before == [list(model.objects.order_by("pk").values()) for model in (Actor, ActorName)]
    assert Actor.objects.get(key="rudolf").country.name == "Ruritania"


def test_editors_changes_stay_and_the_files_new_ones_come():
    load([LAND])
    land = Actor.objects.get()
    land.name = "Kingdom of Ruritania"
    land.save()
    land.names.get(text="Ruritanian").delete()
    ActorName.objects.create(actor=land, text="Strelsau", kind=NameKind.CAPITAL)
    newer = AuthorityEntry("ruritania", "Ruritania", ActorKind.COUNTRY, (*LAND.names, Name("RU")), wikidata="Q42")
    assert load([newer]).updated == 1
    land.refresh_from_db()
    assert (land.name, land.wikidata, names(land)) == ("Kingdom of Ruritania", "Q42", {"Ruritania", "Strelsau", "RU"})


def test_an_actor_merged_away_does_not_come_back():
    load([LAND])
    Actor.objects.update(key="", former_keys=["ruritania"])
    assert load([LAND]).unchanged == 1
    assert Actor.objects.count() == 1


def test_the_reader_knows_editors_actors_and_passes_over_retired_ones():
    load([LAND, KING])
    Actor.objects.filter(key="rudolf").update(retired=True)
    own = Actor.objects.create(name="Zenda League", slug="zenda-league", kind=ActorKind.GROUP)
    assert {entry.key for entry in entries_held()} == {"ruritania", key_of(own)}
