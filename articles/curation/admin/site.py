"""The admin site: its name, its order of things, and the page it opens on."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString

from articles import catalogue
from articles.curation.admin import (
    adding,
    annotations,
    codebook,
    coders,
    duplicates,
    families,
    flow,
    jobs,
    queue,
    rereadings,
    workbench,
)
from articles.models import Annotation, Candidate, Claim, Coder, ImportRun, PolicyRecommendation
from articles.vocabulary import Outcome, Review

# The catalogue in the order of an editor's day; Django's own is by the alphabet.
ORDER = [
    "Article", "PolicyRecommendation", "Claim", "Author", "Source", "Actor", "Candidate", "Work", "Edition",
    "Feed", "ImportRun", "Document",
]  # fmt: skip

# What the index names and the bar on top does not: pages by their address, lists by their model.
SELDOM = {"admin:duplicates", "admin:families", "admin:jobs", "Feed"}

SHORTER = {"PolicyRecommendation": "Recommendations", "ImportRun": "Imports"}


class CurationSite(admin.AdminSite):
    site_header = "Digest"
    site_title = "Digest"
    index_title = "To review"
    index_template = "articles/admin/index.html"
    empty_value_display = SafeString('<span class="none quiet">–</span>')
    enable_nav_sidebar = False  # the bar on top names the lists, and leaves the width to the text

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        # Deleting one by one shows what goes with it; withdrawing and merging are what many rows are in need of.
        self.disable_action("delete_selected")

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Register models, but for the queue's own tables: `jobs` shows what an editor asks of them."""
        models = model_or_iterable if isinstance(model_or_iterable, list | tuple) else [model_or_iterable]
        if kept := [model for model in models if model._meta.app_label != "procrastinate"]:
            super().register(kept, admin_class, **options)

    def get_urls(self) -> list[Any]:
        own = (adding, annotations, codebook, coders, workbench, queue, jobs, rereadings, duplicates, families)
        return [*(address for room in own for address in room.urls()), *super().get_urls()]

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        apps = super().get_app_list(request, app_label)
        apps.sort(key=lambda app: app["app_label"] != "articles")
        for app in apps:
            if app["app_label"] == "articles":
                app["models"].sort(key=lambda model: ORDER.index(model["object_name"]))
                for model in app["models"]:
                    model["name"] = SHORTER.get(model["object_name"], model["name"])
                    model["in_bar"] = model["object_name"] not in SELDOM
                    if model["object_name"] == "Article" and model["add_url"]:
                        model["add_url"] = reverse("admin:add")
                app["models"] += desk_pages(request)
        return apps

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().index(request, {"panel": to_review(request.user), **(extra_context or {})})


def desk_pages(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the pages of the desk that are no model's own list, as the bar on top names them."""
    pages = [
        ("view_claim", "Claim", "Queue", "admin:queue"),
        ("view_annotation", "Annotation", "Notes", "admin:annotations"),
        ("view_topic", "Topic", "Codebook", "admin:codebook"),
        ("view_coder", "Coder", "Agreement", "admin:agreement"),
        ("merge_author", "Author", "Duplicates", "admin:duplicates"),
        ("view_kinship", "Kinship", "Families", "admin:families"),
        ("view_retagging", "Retagging", "Jobs", "admin:jobs"),
    ]
    return [
        {
            "name": name,
            "object_name": of,
            "in_bar": address not in SELDOM,
            "admin_url": reverse(address, args=["author"] if address == "admin:duplicates" else []),
            "add_url": None,
            "view_only": True,
        }
        for permission, of, name, address in pages
        if request.user.has_perm(f"articles.{permission}")
    ]


def to_review(user: AbstractBaseUser | AnonymousUser) -> dict[str, Any]:
    """Return what waits for this user: open suggestions by kind, articles by state, notes, and the last import."""
    panel: dict[str, Any] = {"waiting": []}
    for model, one, many in (
        (PolicyRecommendation, "recommendation", "recommendations"),
        (Claim, "claim", "claims"),
        (Candidate, "candidate for an actor", "candidates for actors"),
    ):
        if user.has_perm(f"articles.view_{model._meta.model_name}"):
            n = catalogue.capped(model.objects.suggested())
            if model is Candidate:
                address = f"{reverse('admin:articles_candidate_changelist')}?status__exact={Review.SUGGESTED}"
            else:
                address = f"{reverse('admin:queue')}?kind={model.short_name}"
            panel["waiting"].append({"n": n, "what": one if n.n == 1 else many, "address": address})
    panel["waiting"] += queue.in_doubt(user) + families.waiting(user)
    if user.has_perm("articles.view_article"):
        panel["waiting"] += flow.on_desk(user)
    if user.has_perm("articles.view_annotation"):
        n = catalogue.capped(Annotation.objects.awaiting(user).order_by())
        if n.n:
            what = "note awaiting you" if n.n == 1 else "notes awaiting you"
            panel["waiting"].append({"n": n, "what": what, "address": reverse("admin:annotations_awaiting")})
    if user.has_perm("articles.add_codedpassage"):
        n = catalogue.capped(Coder.objects.unfinished().filter(user=user.pk).order_by())
        if n.n:
            what = "op-ed to code" if n.n == 1 else "op-eds to code"
            panel["waiting"].append({"n": n, "what": what, "address": reverse("admin:agreement")})
    if user.has_perm("articles.view_importrun"):
        panel["sees_imports"] = True
        if run := ImportRun.objects.first():
            counted = dict(run.items.order_by().values_list("outcome").annotate(n=Count("pk")))
            panel["last_import"] = run
            panel["outcomes"] = [(counted[outcome], outcome.label) for outcome in Outcome if outcome in counted]
    return panel
