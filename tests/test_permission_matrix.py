"""Who may ask what of which address: every address of the project, by role and method.

The table is the project's word on it: an address that is not in it fails, and so does an entry without an address.
Whoever may not is asked to log in, or told that it is forbidden. Every request is undone before the next.
"""

import re

import pghistory
import pytest
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver
from django.utils import timezone

from articles.curation.history import timeline
from articles.models import (
    Actor,
    Article,
    Author,
    BulkDecision,
    Candidate,
    Claim,
    Coder,
    Document,
    Edition,
    Feed,
    ImportItem,
    ImportRun,
    Kinship,
    Merge,
    PolicyRecommendation,
    Rereading,
    Source,
    Topic,
    Work,
)
from tests.curation.conftest import QUICK
from tests.factories import (
    make_actor,
    make_article,
    make_author,
    make_candidate,
    make_claim,
    make_edition,
    make_editor,
    make_note,
    make_recommendation,
    make_source,
    make_topic,
)

pytestmark = pytest.mark.django_db
ROLES = ["anonymous", "reader", "annotator", "editor", "administrator"]
ALL = frozenset(ROLES)
DESK = ALL - {"anonymous", "reader"}  # whoever has an account at the desk
EDITORS = DESK - {"annotator"}
ADMINISTRATORS = frozenset({"administrator"})
NOBODY: frozenset[str] = frozenset()
OTHERS = ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]
WRITING = re.compile("INSERT|UPDATE|DELETE|MERGE|TRUNCATE")
READING = "GET only"  # the address has no POST


def model_pages(label, *, see=DESK, add=EDITORS, change=EDITORS, delete=EDITORS, **more):
    """Return the pages that the admin has of a model: the roles that may GET and POST each."""
    pages = {
        "": (see, see), "add/": (add, add), "<path:object_id>/history/": (see, see),
        "<path:object_id>/change/": (see, change), "<path:object_id>/delete/": (delete, delete),
        "<path:object_id>/": (DESK, DESK),  # leads to the form, whose door asks
    }  # fmt: skip
    return {f"admin/{label}/{page}": roles for page, roles in {**pages, **more}.items()}


def tracked(restore=EDITORS, see=DESK):
    return {"deleted/": (see, see), "<int:pk>/history/<slug:act>/": (restore, restore)}


DECIDED = {"<int:pk>/decide/": (NOBODY, EDITORS)}
MERGED = {"merge/": (EDITORS, EDITORS)}
RECORD = {"add": NOBODY, "change": NOBODY, "delete": NOBODY}

PUBLIC = [
    "", "search/", "articles/", "articles/<str:slug>/", "actors/", "actors/<str:slug>/",
    "authors/", "authors/<str:slug>/", "sources/", "sources/<str:slug>/",
    "claims/", "claims/<int:pk>/", "recommendations/", "recommendations/<int:pk>/", "topics/", "topics/<str:slug>/",
    "articles/<str:slug>/versions/<str:other>/", "robots.txt", "sitemap.xml", "sitemap-names.xml",
    "sitemap-<int:number>.xml", "opensearch.xml", "healthz", "readyz",
    *(f"{name}{form}" for name in ("articles", "claims", "recommendations")
      for form in (".csv", ".jsonl", "/feed.atom", "/feed.json")),
    "charts/<str:kind>/", "charts/<str:kind>.<str:end>", "editions/", "editions/<str:slug>/", "compare/",
    "compare/<str:kind>/",
]  # fmt: skip
BENCH = "admin/articles/article/<int:pk>/workbench/"

# address: who may GET, who may POST
TABLE = {
    # public pages
    **dict.fromkeys(PUBLIC, (ALL, ALL)),
    # following by mail: off unless a setting turns it on; a token names what it opens
    "follow/<str:name>/": (NOBODY, NOBODY),
    "follow/confirm/<str:token>/": (NOBODY, NOBODY),
    "follow/leave/<str:token>/": (ALL, ALL),
    "metrics": (NOBODY, NOBODY),  # off unless a setting turns it on
    # the desk
    "admin/": (DESK, DESK),
    "admin/login/": (ALL, ALL),
    "admin/logout/": (ALL - DESK, ALL),  # who is not logged in is led to the desk's own page
    "admin/password_change/": (DESK, DESK),
    "admin/password_change/done/": (DESK, NOBODY),
    "admin/autocomplete/": (DESK, NOBODY),
    "admin/jsi18n/": (DESK, NOBODY),
    "admin/r/<path:content_type_id>/<path:object_id>/": (DESK, DESK),
    "admin/^(?P<app_label>articles|auth)/$": (DESK, DESK),
    "admin/(?P<url>.*)$": (NOBODY, NOBODY),
    # what is curated
    **model_pages("articles/article", **tracked()),
    **model_pages("articles/claim", add=DESK, **tracked(), **DECIDED),
    **model_pages("articles/policyrecommendation", add=DESK, **tracked(), **DECIDED),
    **model_pages("articles/author", delete=ADMINISTRATORS, **tracked(), **MERGED),
    **model_pages("articles/source", delete=ADMINISTRATORS, **tracked(), **MERGED),
    **model_pages("articles/actor", delete=ADMINISTRATORS, **tracked(), **MERGED),
    **model_pages("articles/edition"),
    **model_pages("articles/feed", delete=ADMINISTRATORS, **tracked()),
    **model_pages("articles/topic", delete=ADMINISTRATORS, **tracked(), **MERGED),
    **model_pages("articles/candidate", add=NOBODY, delete=ADMINISTRATORS, **tracked()),
    **model_pages("articles/work", delete=ADMINISTRATORS),
    # what comes in
    "admin/add/": (EDITORS, EDITORS),
    "admin/add/<int:pk>/": (EDITORS, EDITORS),
    # records
    **model_pages("articles/document", **RECORD, **{"<int:pk>/download/": (DESK, DESK)}),
    **model_pages("articles/importrun", **RECORD),
    "admin/articles/importrun/<int:pk>/cancel/": (NOBODY, ADMINISTRATORS),
    "admin/articles/importrun/<int:pk>/resume/": (NOBODY, ADMINISTRATORS),
    **model_pages("articles/importitem", **RECORD),
    # accounts
    **model_pages("auth/group", see=ADMINISTRATORS, add=ADMINISTRATORS, change=ADMINISTRATORS, delete=ADMINISTRATORS),
    **model_pages("auth/user", see=ADMINISTRATORS, add=ADMINISTRATORS, change=ADMINISTRATORS, delete=ADMINISTRATORS,
                  **{"<id>/password/": (ADMINISTRATORS, ADMINISTRATORS)}),
    # what is one and what is two
    "admin/duplicates/<str:kind>/": (EDITORS, NOBODY),
    "admin/duplicates/<str:kind>/apart/": (NOBODY, EDITORS),
    "admin/merges/": (EDITORS, NOBODY),
    "admin/merges/<int:pk>/undo/": (NOBODY, EDITORS),
    "admin/families/": (DESK, NOBODY),
    "admin/families/<int:pk>/": (DESK, NOBODY),
    "admin/families/<int:pk>/decide/": (NOBODY, EDITORS),
    # what workers do
    "admin/jobs/": (DESK, NOBODY),
    "admin/jobs/<int:pk>/again/": (NOBODY, ADMINISTRATORS),
    "admin/rereadings/ask/": (NOBODY, ADMINISTRATORS),
    "admin/rereadings/<int:pk>/": (DESK, NOBODY),
    "admin/rereadings/<int:pk>/cancel/": (NOBODY, ADMINISTRATORS),
    # the workbench
    BENCH: (DESK, NOBODY),
    f"{BENCH}actors/": (DESK, NOBODY),
    f"{BENCH}topics/": (DESK, NOBODY),
    f"{BENCH}code/<str:kind>/<int:row>/": (DESK, DESK),
    f"{BENCH}next/": (DESK, NOBODY),
    f"{BENCH}metadata/": (EDITORS, EDITORS),
    f"{BENCH}new/<str:kind>/": (DESK, DESK),
    f"{BENCH}edit/<str:kind>/<int:row>/": (EDITORS, EDITORS),
    f"{BENCH}decide/<str:kind>/<int:row>/": (NOBODY, EDITORS),
    f"{BENCH}move/<str:kind>/<int:row>/": (NOBODY, EDITORS),
    f"{BENCH}delete/<str:kind>/<int:row>/": (NOBODY, EDITORS),
    f"{BENCH}back/<str:way>/": (NOBODY, DESK),
    f"{BENCH}publish/": (NOBODY, EDITORS),
    # notes and the codebook
    "admin/annotations/": (DESK, DESK),
    "admin/annotations/awaiting/": (DESK, DESK),
    "admin/annotations/add/": (DESK, DESK),
    "admin/annotations/editors/": (DESK, NOBODY),
    "admin/annotations/<int:pk>/": (DESK, DESK),
    "admin/codebook/": (DESK, EDITORS),
    "admin/codebook/<int:pk>/": (DESK, EDITORS),
    "admin/codebook/<int:pk>/split/": (EDITORS, EDITORS),
    "admin/codebook/<str:kind>/<int:pk>/": (DESK, DESK),
    # the review queue; what another decided in bulk is undone by administrators
    "admin/queue/": (DESK, DESK),
    "admin/queue/all/": (EDITORS, EDITORS),
    "admin/queue/all/<int:pk>/undo/": (NOBODY, ADMINISTRATORS),
    "admin/queue/decide/<str:kind>/<int:pk>/": (NOBODY, EDITORS),
    "admin/queue/places/": (DESK, NOBODY),
    "admin/queue/places/<str:kind>/<int:pk>/": (NOBODY, EDITORS),
    "admin/queue/unread/": (DESK, NOBODY),
    "admin/queue/unread/<int:pk>/": (NOBODY, EDITORS),
    "admin/rules/": (DESK, NOBODY),
    # two coders: everybody codes what is theirs to code
    "admin/coding/<int:pk>/": (DESK, DESK),
    "admin/agreement/": (DESK, DESK),
    "admin/agreement/<int:pk>/": (DESK, EDITORS),
}  # fmt: skip

# Pages with several buttons: the one that is pressed.
BUTTONS = {
    "admin/annotations/<int:pk>/": {"do": "answer", "text": "Done."},
    "admin/codebook/<int:pk>/": {"do": "move"},
    "admin/agreement/<int:pk>/": {"do": "agreed"},
    "admin/coding/<int:pk>/": {"do": "finish"},
}

MODELS = {
    "article": Article, "claim": Claim, "policyrecommendation": PolicyRecommendation, "author": Author,
    "source": Source, "actor": Actor, "topic": Topic, "candidate": Candidate, "work": Work, "document": Document,
    "importrun": ImportRun, "importitem": ImportItem, "edition": Edition, "feed": Feed, "group": Group, "user": User,
}  # fmt: skip


def addresses(patterns=None, prefix=""):
    """Yield every address of the project as it is written in its `urls`."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        address = prefix + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from addresses(pattern.url_patterns, address)
        else:
            yield address


@pytest.fixture
def world(settings):
    settings.PASSWORD_HASHERS = QUICK
    return make_world()


def make_world():
    """Make one row of everything that an address can name, each changed once; into a database without others."""
    editor = make_editor()
    article = make_article(source=make_source(), authors=[make_author()], actors=[make_actor()],
                           work=Work.objects.create(), relation="original")  # fmt: skip
    claim, _ = make_claim(article), make_recommendation(article)
    make_candidate(article, "The harbour"), make_topic()
    make_note(article, editor), make_edition()
    Feed.objects.create(address="https://post.example/feed")
    Document.objects.create(sha256="0" * 64, raw=b"x", size=1)
    ImportItem.objects.create(run=ImportRun.objects.create(enqueued=True), location="a.txt", outcome="created")
    text, run = (
        Document.objects.create(sha256="1" * 64, raw=b"The harbour\n\nIt sleeps.", size=23),
        ImportRun.objects.first(),
    )
    waits = ImportItem.objects.create(run=run, location="b.txt", outcome="waiting", document=text)
    with pghistory.context(user=editor.pk):
        for model in (Article, Author, Source, Actor, Topic, Edition):
            model.objects.update(slug="changed")
        Candidate.objects.update(note="changed")
        Feed.objects.update(interval=5)
        Claim.objects.update(voice="quoted", suggested_by=editor)
        PolicyRecommendation.objects.update(voice="quoted")
    version = make_article(work=article.work, relation="reprint")
    act = BulkDecision.objects.create(user=editor, at=timezone.now(), status="rejected")
    return {
        "act": act,
        "article": article,
        "claim": claim,
        "merge": Merge.objects.create(model="author", survivor=0, name="Ayu", merged=["Ayu A."]),
        "note": article.annotations.get(),
        "topic": Topic.objects.get(),
        "waits": waits,
        "rereading": Rereading.objects.create(),
        "kinship": Kinship.objects.create(article=version, other=article, relation="reprint"),
        "versions": ("changed", version.slug),
    }


def concrete(address, world):
    """Return an address with rows in the place of its parameters."""
    parts = address.split("/")
    model = MODELS.get(parts[2]) if len(parts) > 2 else None
    values = {
        "<path:content_type_id>": ContentType.objects.get_for_model(Article).pk,
        "<int:pk>": (world["note"] if "annotations" in parts else world["topic"] if "codebook" in parts
                     else model.objects.order_by("pk").first() if model else world["article"]).pk,
        "<str:kind>": "claim", "<int:row>": world["claim"].pk, "<str:way>": "undo",
        "<id>": User.objects.first().pk, "<str:slug>": "changed",
        "^(?P<app_label>articles|auth)": "articles", "$": "", "(?P<url>.*)$": "nowhere/",
    }  # fmt: skip
    if parts[0] in {"claims", "recommendations"}:
        values["<int:pk>"] = (Claim if parts[0] == "claims" else PolicyRecommendation).objects.public().first().pk
    if parts[0] == "topics":
        values["<str:slug>"] = world["topic"].slug
    if "versions" in parts:
        values["<str:slug>"], values["<str:other>"] = world["versions"]
    if parts[0] == "charts":
        values["<str:kind>"], values["<str:kind>.<str:end>"] = "matrix", "matrix.csv"
    if parts[0] == "compare":
        values["<str:kind>"] = "actors"
    values["sitemap-<int:number>.xml"] = "sitemap-0.xml"
    if "undo" in parts:
        values["<int:pk>"] = world["merge" if "merges" in parts else "act"].pk
    if room := {"families": "kinship", "add": "waits", "rereadings": "rereading"}.get(parts[1] if parts[1:] else ""):
        values["<int:pk>"] = world[room].pk
    if "duplicates" in parts:
        values["<str:kind>"] = "author"
    if {"codebook", "decide", "places"} & set(parts) and parts[1] != "articles" and "<str:kind>" in parts:
        values["<int:pk>"] = world["claim"].pk
    values["<path:object_id>"] = (model.objects.order_by("pk").first() if model else world["article"]).pk
    if "<slug:act>" in parts:
        values["<slug:act>"] = timeline(model, values["<int:pk>"])[0][0].act.key
    asked = "/" + "/".join(str(values.get(part, part)) for part in parts)
    if address == "admin/annotations/add/":
        asked += f"?article={world['article'].pk}"
    if address == "admin/autocomplete/":
        asked += "?app_label=articles&model_name=article&field_name=source"
    return asked + ("?row=1" if "merge" in parts else "")


def account_of(role, world):
    """Return the account of a role, with an article to code where it has a desk; nobody's is None."""
    if role in {"anonymous", "reader"}:
        return User.objects.create_user("a reader") if role == "reader" else None
    account = make_editor(role)
    Coder.objects.create(article=world["article"], user=account)
    return account


def client_of(account):
    client = Client()
    if account:
        client.force_login(account)
    return client


def outcome(client, method, address, asked):
    """Ask, undo what came of it, and return whether the door was open."""
    with transaction.atomic():
        answer = getattr(client, method.lower())(asked, BUTTONS.get(address) if method == "POST" else None)
        transaction.set_rollback(True)
    turned_away = answer.status_code in (401, 403, 404, 405)
    return not (turned_away or (answer.status_code == 302 and "/login/" in answer["Location"])), answer.status_code


def test_every_address_has_its_entry():
    assert set(addresses()) == set(TABLE)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_matrix(method, role, world):
    wrong = []
    asked, account = {address: concrete(address, world) for address in TABLE}, account_of(role, world)
    for address, allowed in TABLE.items():
        expected = role in allowed[method == "POST"]
        is_open, status = outcome(client_of(account), method, address, asked[address])
        if is_open != expected:
            wrong.append((address, "open" if is_open else "shut", status))
    assert not wrong


@pytest.mark.parametrize("role", ["anonymous", "administrator"])
def test_head_is_answered_as_get_is_or_refused_and_writes_nothing(role, world):
    wrong, client = [], client_of(account_of(role, world))
    for address, asked in {address: concrete(address, world) for address in TABLE}.items():
        expected = role in TABLE[address][0]
        with CaptureQueriesContext(connection) as asking:
            is_open, status = outcome(client, "HEAD", address, asked)
        written = [q["sql"][:80] for q in asking if WRITING.match(q["sql"]) and "django_session" not in q["sql"]]
        if (is_open != expected and status != 405) or status >= 500 or (written and "logout" not in address):
            wrong.append((address, "open" if is_open else "shut", status, written))
    assert not wrong


@pytest.mark.parametrize("role", ["anonymous", "administrator"])
def test_other_methods_are_refused_before_anything_is_asked(role, world, django_assert_num_queries):
    asked, client = [concrete(address, world) for address in TABLE], client_of(account_of(role, world))
    with django_assert_num_queries(0):
        answers = {method: {client.generic(method, one).status_code for one in asked} for method in OTHERS}
    assert answers == {method: {405} for method in OTHERS}


@pytest.mark.parametrize("role", ["anonymous", "reader", "annotator"])
def test_nothing_is_written_by_whom_the_table_turns_away(role, world):
    kept = {model: model.objects.count() for model in MODELS.values()}
    client = client_of(account_of(role, world))
    kept[User] = User.objects.count()
    for address, (_, allowed) in TABLE.items():
        if role not in allowed and "logout" not in address:
            client.post(concrete(address, world), {"post": "yes", "_accept": "1", "decision": "_accept", "name": "x"})
    assert {model: model.objects.count() for model in MODELS.values()} == kept
    assert Claim.objects.get().status == PolicyRecommendation.objects.get().status == "suggested"
