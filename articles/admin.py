"""The door by which Django finds the admin: the classes register themselves."""

from articles.curation.admin.articles import ArticleAdmin, WorkAdmin
from articles.curation.admin.candidates import CandidateAdmin
from articles.curation.admin.codebook_admin import TopicAdmin
from articles.curation.admin.editions import EditionAdmin
from articles.curation.admin.feeds import FeedAdmin
from articles.curation.admin.imports import DocumentAdmin, ImportItemAdmin, ImportRunAdmin
from articles.curation.admin.people import ActorAdmin, AuthorAdmin, SourceAdmin
from articles.curation.admin.statements import ClaimAdmin, RecommendationAdmin

__all__ = [
    "ActorAdmin",
    "ArticleAdmin",
    "AuthorAdmin",
    "CandidateAdmin",
    "ClaimAdmin",
    "DocumentAdmin",
    "EditionAdmin",
    "FeedAdmin",
    "ImportItemAdmin",
    "ImportRunAdmin",
    "RecommendationAdmin",
    "SourceAdmin",
    "TopicAdmin",
    "WorkAdmin",
]
