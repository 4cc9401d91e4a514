"""What the database keeps: changes and deletions always, additions where somebody made them."""

import pghistory
import pytest

from articles.models import ActorName, ArticleActor, Claim, Reference
from articles.models.statement import ClaimActorLink
from tests.factories import make_actor, make_article, make_claim, make_editor, make_mention

pytestmark = pytest.mark.django_db


def kept(model):
    return list(model.pgh_event_model.objects.order_by("pgh_id").values_list("pgh_label", flat=True))


def test_additions_are_kept_where_somebody_made_them():
    make_claim(make_article())
    assert kept(Claim) == []
    with pghistory.context(user=make_editor().pk):
        make_claim(make_article())
    assert kept(Claim) == ["added"]


def test_links_names_and_references_are_kept_too():
    indonesia, article = make_actor(), make_article()
    claim = make_claim(article, actors=[indonesia])
    reference = Reference.objects.create(article=article, position=1, text="A report")
    claim.actors.clear()
    reference.delete()
    indonesia.names.update(text="RI")
    assert [kept(model) for model in (ClaimActorLink, Reference, ActorName)] == [["deleted"], ["deleted"], ["changed"]]


def test_counting_anew_leaves_equal_counts_alone():
    indonesia, korea, article = make_actor(), make_actor("North Korea"), make_article()
    make_mention(article, indonesia), make_mention(article, korea)
    make_mention(article, korea, start=0)
    assert kept(ArticleActor) == ["changed"]
    assert dict(article.article_actors.values_list("actor__name", "n")) == {"Indonesia": 1, "North Korea": 2}
