"""What is stored: a file a concept, the QuerySet beside its model, traits (slug, anchor, review) as mixins.

The law of this room: the database holds the truth. Named constraints and indexes, generated columns, and triggers
where a row must follow another (a slug that was, an article's date in its actors' index, a quote that must stand where
its anchor says). Visibility is a queryset method; no other room spells a status. Imports only `articles.vocabulary`
and Django.
"""

from articles.models.actor import Actor, ActorName
from articles.models.annotation import Annotation
from articles.models.article import Article, Byline
from articles.models.author import Author
from articles.models.bulk_decision import BulkDecision
from articles.models.candidate import Candidate, CandidateMention
from articles.models.card import Card
from articles.models.coder import CodedPassage, Coder
from articles.models.document import Document
from articles.models.edition import Choice, Edition
from articles.models.feed import Feed
from articles.models.following import Alert, Mailing, SignUp
from articles.models.imports import ImportItem, ImportRun
from articles.models.job import JobFailure, Retagging
from articles.models.kinship import Kinship
from articles.models.mention import ArticleActor, Mention
from articles.models.merge import Distinct, Merge
from articles.models.reference import Reference
from articles.models.rereading import Rereading, RereadItem
from articles.models.rule_record import RuleRecord
from articles.models.slug import FormerSlug
from articles.models.source import Source
from articles.models.statement import KINDS, Addressee, Claim, ClaimActor, PolicyRecommendation, Target
from articles.models.tally import Tally
from articles.models.topic import Coding, Topic
from articles.models.work import Work

__all__ = [
    "KINDS",
    "Actor",
    "ActorName",
    "Addressee",
    "Alert",
    "Annotation",
    "Article",
    "ArticleActor",
    "Author",
    "BulkDecision",
    "Byline",
    "Candidate",
    "CandidateMention",
    "Card",
    "Choice",
    "Claim",
    "ClaimActor",
    "CodedPassage",
    "Coder",
    "Coding",
    "Distinct",
    "Document",
    "Edition",
    "Feed",
    "FormerSlug",
    "ImportItem",
    "ImportRun",
    "JobFailure",
    "Kinship",
    "Mailing",
    "Mention",
    "Merge",
    "PolicyRecommendation",
    "Reference",
    "RereadItem",
    "Rereading",
    "Retagging",
    "RuleRecord",
    "SignUp",
    "Source",
    "Tally",
    "Target",
    "Topic",
    "Work",
]
