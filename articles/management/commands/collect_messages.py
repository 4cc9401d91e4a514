"""The catalogues of messages: what the public pages say, and what stands for it in each language."""

from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.core.management.base import BaseCommand

from articles import vocabulary
from articles.filters import ArticleFilter, ClaimFilter, NameFilter, RecommendationFilter
from articles.pages.charts.views import KINDS
from articles.pages.listing import CLOSED
from articles.pages.rooms import ROOMS

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "locale"
ROOMS_THAT_SPEAK = ("filters", "following", "pages", "jinja2")
METHODS = [("**.py", "python"), ("**.html", "jinja2"), ("**.txt", "jinja2"), ("**.svg", "jinja2"), ("**.xml", "jinja2")]
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "_plural": (1, 2)}
OPTIONS = {"jinja2": {"trimmed": "false", "newstyle_gettext": "true", "trim_blocks": "true", "lstrip_blocks": "true"}}
# words of ours that readers meet
WORDS = (
    vocabulary.ActorKind, vocabulary.ClaimKind, vocabulary.Every, vocabulary.Instrument, vocabulary.Kind,
    vocabulary.Modality, vocabulary.Provenance, vocabulary.Relation, vocabulary.SourceKind, vocabulary.Stance,
    vocabulary.Voice,
)  # fmt: skip


def said() -> Catalog:
    """Return the catalogue of all that the public pages say, without translations."""
    catalogue = Catalog(project="Digest", charset="utf-8")
    for name in ROOMS_THAT_SPEAK:
        found = extract_from_dir(ROOT / name, METHODS, {"**": {}, **_options()}, KEYWORDS, comment_tags=())
        for _file, _line, message, _comments, context in found:
            catalogue.add(message, context=context)
    for message in sorted(worded() | {"version"}):
        catalogue.add(message)
    return catalogue


def _options() -> dict[str, dict[str, str]]:
    return {pattern: OPTIONS["jinja2"] for pattern, method in METHODS if method == "jinja2"}


def worded() -> set[str]:
    """Return what pages say of values: words, names of filters and of lists."""
    found = {word.label for words in WORDS for word in words}
    found |= {wording for values in CLOSED.values() for wording in values.values()}
    found |= {room.title for room in ROOMS.values()} | {label for label, _ in KINDS.values()}
    for question in (ArticleFilter, ClaimFilter, RecommendationFilter, NameFilter):
        for one in question.base_filters.values():
            choices = one.extra.get("choices", ())
            found |= {one.label, one.extra.get("empty_label", "")} - {""}
            found |= {label for _value, label in ([] if callable(choices) else choices)}
    return found


def held(code: str) -> Catalog:
    """Return the catalogue of a language."""
    with _path(code, "po").open("rb") as file:
        return read_po(file, locale=code)


def compiled(code: str) -> bytes:
    """Return the compiled catalogue of a language, as it stands there."""
    return _path(code, "mo").read_bytes()


def _path(code: str, end: str) -> Path:
    return FOLDER / code / "LC_MESSAGES" / f"django.{end}"


class Command(BaseCommand):
    help = "Bring the catalogues up to date: new messages come in untranslated, those no longer said go out; compile."

    def handle(self, *args: Any, **options: Any) -> None:
        for code, _name in settings.LANGUAGES[1:]:
            catalogue = held(code) if _path(code, "po").exists() else Catalog(locale=code)
            catalogue.update(said(), no_fuzzy_matching=True, update_creation_date=False)
            catalogue.obsolete.clear()
            with _path(code, "po").open("wb") as file:
                write_po(file, catalogue, width=120, no_location=True, sort_output=True)
            with _path(code, "mo").open("wb") as file:
                write_mo(file, catalogue)
            missing = [str(message.id) for message in catalogue if message.id and not _translated(message)]
            self.stdout.write(f"{code}: {len(catalogue)} messages, {len(missing)} not translated")
            self.stdout.writelines(f"  {one}" for one in missing)


def _translated(message: Any) -> bool:
    return all(message.string) if isinstance(message.string, tuple) else bool(message.string)
