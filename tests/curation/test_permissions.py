"""Who may do what: each of the cast tries each action."""

import pytest
from django.urls import reverse

from articles.curation import decisions
from articles.models import Actor, Article, Author, Claim, Source
from articles.vocabulary import Origin, Publication, Review
from tests.curation.conftest import ROLES
from tests.factories import make_actor, make_article, make_author, make_claim, make_source

pytestmark = pytest.mark.django_db
DESK, EDITORS = {"annotator", "editor", "administrator"}, {"editor", "administrator"}


def selected(client, model, action, *rows):
    address = reverse(f"admin:articles_{model}_changelist")
    return client.post(address, {"action": action, "_selected_action": [row.pk for row in rows]})


def accept_by_action(client):
    claim = make_claim(make_article())
    selected(client, "claim", "accept", claim)
    return Claim.objects.get(pk=claim.pk).status == Review.ACCEPTED


def accept_by_button(client):
    claim = make_claim(make_article())
    client.post(reverse("admin:articles_claim_changelist"), {"_accept": claim.pk})
    return Claim.objects.get(pk=claim.pk).status == Review.ACCEPTED


def accept_by_card(client):
    claim = make_claim(make_article())
    client.post(reverse("admin:articles_claim_decide", args=[claim.pk]), {"decision": "_accept"})
    return Claim.objects.get(pk=claim.pk).status == Review.ACCEPTED


CLAIM = {"kind": "factual", "voice": "own", "claimant_text": "", "exact": "North Korea has asked for grain."}


def accept_by_form(client):
    claim = make_claim(make_article())
    client.post(reverse("admin:articles_claim_change", args=[claim.pk]), CLAIM | {"_accept": ""})
    return Claim.objects.get(pk=claim.pk).status == Review.ACCEPTED


def edit_what_a_rule_suggested(client):
    claim = make_claim(make_article())
    client.post(reverse("admin:articles_claim_change", args=[claim.pk]), CLAIM | {"kind": "causal"})
    return Claim.objects.get(pk=claim.pk).kind == "causal"


def suggest(client):
    client.post(reverse("admin:articles_claim_add"), CLAIM | {"article": make_article().pk})
    return Claim.objects.filter(origin=Origin.PERSON, suggested_by__isnull=False).exists()


def edit_and_take_back_ones_own(client):
    if not suggest(client):
        return False
    claim = Claim.objects.get()
    client.post(reverse("admin:articles_claim_change", args=[claim.pk]), CLAIM | {"kind": "causal"})
    edited = Claim.objects.get().kind == "causal"
    client.post(reverse("admin:articles_claim_delete", args=[claim.pk]), {"post": "yes"})
    return edited and not Claim.objects.exists()


def accept_all_of_an_article(client):
    claim = make_claim(make_article())
    selected(client, "article", "accept_suggestions", claim.article)
    return Claim.objects.get(pk=claim.pk).status == Review.ACCEPTED


def publish(client):
    article = make_article(status=Publication.INBOX)
    selected(client, "article", "publish", article)
    return Article.objects.get(pk=article.pk).status == Publication.PUBLISHED


def withdraw(client):
    article = make_article()
    address = reverse("admin:articles_article_changelist")
    client.post(address, {"action": "withdraw", "_selected_action": [article.pk], "because": "Wrong"})
    return Article.objects.get(pk=article.pk).status == Publication.WITHDRAWN


def change_an_article(client):
    article = make_article()
    values = {"title": "Changed", "body": article.body, "slug": article.slug, "_publish": ""}
    values |= {f"{p}-{n}_FORMS": 0 for p in ("bylines", "recommendations", "claims") for n in ("TOTAL", "INITIAL")}
    client.post(reverse("admin:articles_article_change", args=[article.pk]), values)
    return Article.objects.get(pk=article.pk).title == "Changed"


def merge(make, model):
    def act(client):
        rows = [make("One"), make("Two")]
        address = reverse(f"admin:articles_{model._meta.model_name}_merge") + f"?row={rows[0].pk}&row={rows[1].pk}"
        client.post(address, {"survivor": rows[0].pk})
        return model.objects.count() == 1

    act.__name__ = f"merge_{model._meta.verbose_name_plural}"
    return act


def see(model):
    def act(client):
        return client.get(reverse(f"admin:articles_{model}_changelist")).status_code == 200

    act.__name__ = f"see_{model}s"
    return act


MATRIX = [
    *((act, EDITORS) for act in (accept_by_action, accept_by_button, accept_by_card, accept_all_of_an_article)),
    *((act, EDITORS) for act in (accept_by_form, edit_what_a_rule_suggested, publish, withdraw, change_an_article)),
    *((act, DESK) for act in (suggest, edit_and_take_back_ones_own)),
    (merge(make_author, Author), EDITORS), (merge(make_source, Source), EDITORS), (merge(make_actor, Actor), EDITORS),
    *((see(model), DESK) for model in (
        "article", "claim", "policyrecommendation", "author", "source", "actor", "work",
        "document", "importrun", "importitem",
    )),
]  # fmt: skip


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("act", "allowed"), MATRIX, ids=lambda value: getattr(value, "__name__", ""))
def test_matrix(act, allowed, role, cast, client):
    client.force_login(cast[role])
    assert act(client) is (role in allowed)


@pytest.mark.parametrize("role", ["annotator", ""])
def test_what_may_not_be_done_is_not_offered(role, cast, client):
    client.force_login(cast[role])
    article = make_article()
    make_claim(article)
    page = client.get(reverse("admin:articles_article_change", args=[article.pk])).content.decode()
    assert "_publish" not in page
    assert 'name="_save"' not in page
    authors = client.get(reverse("admin:articles_author_changelist")).content.decode()
    assert "Merge selected" not in authors


def test_what_an_annotator_adds_waits_for_an_editor(cast, client):
    client.force_login(cast["annotator"])
    suggest(client)
    claim = Claim.objects.get()
    assert (claim.status, claim.suggested_by, claim.decided_by) == (Review.SUGGESTED, cast["annotator"], None)
    decisions.accept(claim, cast["editor"])
    client.post(reverse("admin:articles_claim_change", args=[claim.pk]), CLAIM | {"kind": "causal"})
    client.post(reverse("admin:articles_claim_delete", args=[claim.pk]), {"post": "yes"})
    assert Claim.objects.get().kind == "factual"  # decided is decided


def test_an_annotator_does_not_edit_what_another_suggested(cast, client):
    make_claim(make_article(), origin=Origin.PERSON, rule="", suggested_by=cast["editor"])
    claim = Claim.objects.get()
    client.force_login(cast["annotator"])
    client.post(reverse("admin:articles_claim_change", args=[claim.pk]), CLAIM | {"kind": "causal"})
    assert Claim.objects.get().kind == "factual"


def test_nobody_edits_a_record(cast, client):
    client.force_login(cast["administrator"])
    for model in ("document", "importrun", "importitem"):
        assert client.get(reverse(f"admin:articles_{model}_add")).status_code == 403


def test_a_stranger_to_the_desk_is_asked_to_log_in(client):
    author = make_author()
    for name in ("articles_author_merge", "articles_claim_changelist"):
        assert "login" in client.get(reverse(f"admin:{name}"))["Location"]
    assert "login" in client.post(reverse("admin:articles_claim_decide", args=[1]))["Location"]
    assert Author.objects.get() == author
