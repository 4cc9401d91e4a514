"""Who may do what, asked in one place: annotators suggest, editors decide, administrators keep accounts.

Every door of the desk asks these functions; the groups behind them are made by migrations.
"""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

from articles.models import Claim, PolicyRecommendation

Person = AbstractBaseUser | AnonymousUser
Statement = Claim | PolicyRecommendation
KINDS = [Claim._meta.model_name, PolicyRecommendation._meta.model_name]


def _all(user: Any, action: str) -> bool:
    return bool(user.has_perms([f"articles.{action}_{kind}" for kind in KINDS]))


def may_suggest(user: Person) -> bool:
    """Whether this user may put claims and recommendations forward: annotators and up."""
    return _all(user, "add")


def may_decide(user: Person) -> bool:
    """Whether this user accepts and rejects, and stands for what it puts forward: editors and up."""
    return _all(user, "decide")


def may_edit(user: Person, statement: Statement) -> bool:
    """Whether this user may change or take back a statement: editors any, annotators their own while it is open."""
    own = statement.suggested_by_id is not None and statement.suggested_by_id == user.pk
    return may_decide(user) or (own and statement.is_suggestion and may_suggest(user))


def may_publish(user: Any) -> bool:
    """Whether this user shows articles to readers and takes them away: editors and up."""
    return bool(user.has_perm("articles.publish_article"))
