"""The authority file: TOML that editors keep, made into entries that the reader finds in texts.

`seeds/actors.toml` says at its head what its tables hold. Countries take their names from the Unicode CLDR (through
Babel), so the file holds only what the CLDR lacks: demonyms, capitals, abbreviations, other names and corrections.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError

from articles.reading.types import AuthorityEntry, Name
from articles.vocabulary import ActorKind, NameKind

# Languages whose country names are taken from the CLDR. English comes first: its name is the preferred one.
LANGUAGES = ("en", "id", "ms", "de", "fr", "es", "pt", "nl", "it")

# CLDR territories that are no actors: remote islands, unions that stand among the organisations, test data.
NO_ACTORS = frozenset(
    [
        "AC",
        "AX",
        "BL",
        "BQ",
        "BV",
        "CC",
        "CP",
        "CQ",
        "CX",
        "DG",
        "EA",
        "EU",
        "EZ",
        "GG",
        "GS",
        "HM",
        "IC",
        "IM",
        "IO",
        "JE",
        "MF",
        "NF",
        "PM",
        "PN",
        "QO",
        "SH",
        "SJ",
        "SX",
        "TA",
        "TC",
        "TF",
        "UM",
        "UN",
        "WF",
        "XA",
        "XB",
        "YT",
        "ZZ",
    ]
)

# Endings of demonyms that are written small, by language: the first suffix that fits is replaced by each ending.
ENDINGS = {
    "de": (("", ("", "e", "en", "er", "es", "em")),),
    "fr": (
        ("en", ("en", "enne", "ens", "ennes")),
        ("e", ("e", "es")),
        ("s", ("s", "se", "ses")),
        ("", ("", "e", "s", "es")),
    ),
    "es": (
        ("o", ("o", "a", "os", "as")),
        ("e", ("e", "es")),
        ("és", ("és", "esa", "eses", "esas")),
        ("í", ("í", "íes", "ís")),
        ("a", ("a", "as")),
    ),
    "pt": (
        ("o", ("o", "a", "os", "as")),
        ("ês", ("ês", "esa", "eses", "esas")),
        ("ol", ("ol", "ola", "óis", "olas")),
        ("e", ("e", "es")),
        ("a", ("a", "as")),
    ),
    "it": (("o", ("o", "a", "i", "e")), ("e", ("e", "i"))),
    "nl": (("ees", ("ees", "ese")), ("s", ("s", "se"))),
}
LARGE = ("nl",)  # languages whose demonyms take endings and a large letter: Amerikaans, Amerikaanse
GENITIVE = ("de",)  # languages whose names of countries take an s: Frankreichs
PLURAL = re.compile(r"[niktdr]$", re.IGNORECASE)  # English demonyms that take an s: Indonesian, Iraqi, Greek, Croat
LANGUAGE_CODE = re.compile(r"[a-z]{2}")
CONJUNCTIONS = {  # for the "&" of "Bosnia & Herzegovina"
    "en": "and",
    "id": "dan",
    "ms": "dan",
    "de": "und",
    "fr": "et",
    "es": "y",
    "pt": "e",
    "nl": "en",
    "it": "e",
}
GLOSS = re.compile(r"\s*\(.*?\)")
SLUG = re.compile(r"[^a-z0-9]+")

FIELDS = {
    "name": str,
    "key": str,
    "kind": str,
    "country": str,
    "wikidata": str,
    "family": str,
    "full": bool,
    "names": list,
    "forms": list,
    "alone": list,
    "demonyms": list,
    "capitals": list,
    "abbreviations": list,
    "government": list,
    "witness": dict,
}
TABLES = {
    "organisations": ActorKind.ORGANISATION,
    "persons": ActorKind.PERSON,
    "regions": ActorKind.REGION,
    "groups": ActorKind.GROUP,
}
LISTS = {
    "names": NameKind.NAME,
    "forms": NameKind.NAME,
    "alone": NameKind.NAME,
    "demonyms": NameKind.DEMONYM,
    "capitals": NameKind.CAPITAL,
    "abbreviations": NameKind.ABBREVIATION,
}

# How a government is called after its country; {demonym} is the first one in English, {name} the country's.
GOVERNMENT = {
    "en": ("{demonym} government", "{name}'s government", "government of {name}", "{name} government"),
    "id": ("Pemerintah {name}", "pemerintah {name}", "pemerintahan {name}"),
    "ms": ("kerajaan {name}",),
    "fr": ("gouvernement de {name}",),
    "es": ("Gobierno de {name}", "gobierno de {name}"),
}
# How an institution that many countries have is called after one of them.
INSTITUTION = ("{demonym} {title}", "{title} of {name}", "{name}'s {title}")


def load(path: Path) -> tuple[AuthorityEntry, ...]:
    """Return the entries of an authority file, countries first, each key once.

    Raises OSError where the file can't be read, ValueError naming entry and field where it is wrong.
    """
    try:
        file = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{path.name}: {error}") from error
    countries = dict(_countries(file))
    entries: dict[str, AuthorityEntry] = {}
    for entry in _all(file, countries):
        if entry.key in entries:
            raise ValueError(f'[{entry.name}] key: "{entry.key}" is already taken by "{entries[entry.key].name}"')
        entries[entry.key] = entry
    return tuple(entries.values())


def slug(text: str) -> str:
    """Return text as a key: "Côte d'Ivoire" is "cote-d-ivoire"."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return SLUG.sub("-", plain.casefold()).strip("-")


def _all(file: Mapping[str, Any], countries: Mapping[str, AuthorityEntry]) -> Iterator[AuthorityEntry]:
    keys = {iso: entry.key for iso, entry in countries.items()}
    yield from countries.values()
    yield from (_entry(name, ActorKind.COUNTRY, fields, keys) for name, fields in _rows(file, "historical"))
    for table, kind in TABLES.items():
        for name, fields in _rows(file, table):
            yield _entry(name, kind, fields, keys)
    yield from _cities(file, countries)
    said = _governments(file)
    yield from (
        _government(entry, said.get(entry.iso, ())) for entry in countries.values() if entry.kind == ActorKind.COUNTRY
    )
    yield from _institutions(file, countries)


def _rows(file: Mapping[str, Any], table: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the entries of a table, checked field by field."""
    for name, fields in file.get(table, {}).items():
        _check(name, fields, languages=True)
        yield name, fields


def _check(name: str, fields: Any, *, languages: bool = False) -> None:
    if not isinstance(fields, dict):
        raise ValueError(f"[{name}]: a table of fields is wanted, not {fields!r}")
    for field, value in fields.items():
        wanted = FIELDS.get(field)
        if wanted is None and languages and LANGUAGE_CODE.fullmatch(field):
            wanted = list
        if wanted is None:
            raise ValueError(f"[{name}] {field}: no such field; known are {', '.join(FIELDS)}")
        if not isinstance(value, wanted):
            raise ValueError(f"[{name}] {field}: {wanted.__name__} is wanted, not {value!r}")
        items = list(value) if isinstance(value, list) else []
        if isinstance(value, dict):
            items = [item for items in value.values() for item in items]
        if not all(isinstance(item, str) and item.strip() for item in items):
            raise ValueError(f"[{name}] {field}: only words are wanted, not {value!r}")


def _countries(file: Mapping[str, Any]) -> Iterator[tuple[str, AuthorityEntry]]:
    table, local = file.get("countries", {}), file.get("local", {})
    local_names = {language: territories(language) for language in LANGUAGES}
    for language, lines in {"": table, **local}.items():
        for iso, fields in lines.items():
            _check(f"{language or 'countries'} {iso}", fields)
            if iso not in local_names["en"]:
                raise ValueError(f"[{iso}]: no country of ISO 3166-1 has this code")
    for iso, common in local_names["en"].items():
        fields = table.get(iso, {})
        name = fields.get("name", common)
        witness = fields.get("witness", {})
        names = [Name(name, witness=tuple(witness.get(name, ())))]
        names += _named(fields, "", witness)
        for language in LANGUAGES:
            printed = local_names[language].get(iso, "")
            if printed and printed != name:
                names.append(Name(printed, language=language, witness=tuple(witness.get(printed, ()))))
            if printed and language in GENITIVE and not printed.endswith(("s", "n")):
                names.append(Name(printed + "s", language=language))
        for language, lines in local.items():
            own = lines.get(iso, {})
            names += _named(own, language, {**witness, **own.get("witness", {})})
        yield (
            iso,
            AuthorityEntry(
                key=fields.get("key", slug(name)),
                name=name,
                kind=_kind(iso, fields, ActorKind.COUNTRY),
                names=tuple(dict.fromkeys(names)),
                iso=iso,
                wikidata=fields.get("wikidata", ""),
            ),
        )


@cache
def territories(language: str) -> dict[str, str]:
    """Return the CLDR's names of countries by code, tidied of its glosses, as of "Myanmar (Burma)".

    Empty for a language that the CLDR does not know.
    """
    try:
        names = Locale.parse(language).territories
    except (UnknownLocaleError, ValueError):
        return {}
    conjunction = CONJUNCTIONS.get(language, "&")
    return {
        iso: GLOSS.sub("", name).replace("&", conjunction).replace("’", "'")
        for iso, name in names.items()
        if len(iso) == 2 and iso.isalpha() and iso not in NO_ACTORS
    }


def _named(fields: Mapping[str, Any], language: str, witness: Mapping[str, Any]) -> Iterator[Name]:
    """Yield the forms of all lists of an entry in one language, with their endings."""
    for field, kind in LISTS.items():
        for text in fields.get(field, ()):
            for form in _inflected(text, kind, language):
                yield Name(form, kind, language, tuple(witness.get(form, witness.get(text, ()))))


def _inflected(text: str, kind: NameKind, language: str) -> Iterator[str]:
    """Yield the form and, of demonyms, its endings: Indonesian, Indonesians; russisch, russische, russischen."""
    yield text
    if kind != NameKind.DEMONYM:
        return
    if language == "":
        if PLURAL.search(text):
            yield text + "s"
        elif text.endswith("y"):
            yield text[:-1] + "ies"
    elif text[0].islower() or language in LARGE:
        for suffix, endings in ENDINGS.get(language, ()):
            if text.endswith(suffix):
                yield from (text.removesuffix(suffix) + ending for ending in endings)
                break


def _entry(name: str, kind: ActorKind, fields: Mapping[str, Any], keys: Mapping[str, str]) -> AuthorityEntry:
    """Make an organisation, person, region, group or a state that is gone."""
    preferred = fields.get("name", name)
    country = fields.get("country", "")
    if country and country not in keys:
        raise ValueError(f"[{name}] country: {country!r} is not among the countries")
    witness = fields.get("witness", {})
    names = [Name(form, witness=tuple(witness.get(form, ()))) for form in dict.fromkeys([preferred, name])]
    if not fields.get("full", True):  # the entry's name only tells it from others of the same name
        names = []
    names += _named(fields, "", witness)
    for language, forms in fields.items():
        if LANGUAGE_CODE.fullmatch(language):
            for text in forms:
                demonym = text[0].islower() and " " not in text and "'" not in text
                for form in _inflected(text, NameKind.DEMONYM if demonym else NameKind.NAME, language):
                    names.append(Name(form, language=language, witness=tuple(witness.get(form, ()))))
    if kind == ActorKind.PERSON:
        names += _family(preferred, fields, names)
    return AuthorityEntry(
        key=fields.get("key", slug(preferred)),
        name=preferred,
        kind=_kind(name, fields, kind),
        names=tuple(dict.fromkeys(_abbreviated(one) for one in names)),
        wikidata=fields.get("wikidata", ""),
        country=keys.get(country, ""),
    )


def _family(name: str, fields: Mapping[str, Any], names: list[Name]) -> Iterator[Name]:
    """Yield the family name, which counts once the full name stands in the text."""
    family = fields.get("family", name.rsplit(maxsplit=1)[-1])
    alone = {*fields.get("alone", ()), name}
    full = tuple(one.text for one in names if one.text not in fields.get("alone", ()))
    if family not in alone:
        yield Name(family, witness=full)


def _abbreviated(name: Name) -> Name:
    """Mark a form of capitals only as the abbreviation that it is."""
    if name.kind == NameKind.NAME and name.text.isupper() and " " not in name.text:
        return Name(name.text, NameKind.ABBREVIATION, name.language, name.witness)
    return name


def _kind(name: str, fields: Mapping[str, Any], default: ActorKind) -> ActorKind:
    try:
        return ActorKind(fields.get("kind", default))
    except ValueError as error:
        raise ValueError(f"[{name}] kind: one of {', '.join(ActorKind)} is wanted, not {fields['kind']!r}") from error


def _cities(file: Mapping[str, Any], countries: Mapping[str, AuthorityEntry]) -> Iterator[AuthorityEntry]:
    """Make the capital of each country, a place under the names that also stand for the country that acts.

    A city that the file itself has keeps its entry.
    """
    own = {form for name, fields in file.get("regions", {}).items() for form in (name, *fields.get("forms", ()))}
    taken = {slug(name) for table in TABLES for name in file.get(table, {})} | {one.key for one in countries.values()}
    for country in countries.values():
        names = [n for n in country.names if n.kind == NameKind.CAPITAL and n.text not in own]
        english = [n.text for n in names if not n.language]
        if english and slug(english[0]) not in taken:
            forms = tuple(dict.fromkeys(Name(n.text, language=n.language) for n in names))
            yield AuthorityEntry(slug(english[0]), english[0], ActorKind.REGION, forms, country=country.key)


def _governments(file: Mapping[str, Any]) -> dict[str, list[Name]]:
    """Return, by country code, what governments are called by no pattern: "Bundesregierung"."""
    out: dict[str, list[Name]] = {}
    for language, lines in file.get("local", {}).items():
        for iso, fields in lines.items():
            out.setdefault(iso, []).extend(Name(text, language=language) for text in fields.get("government", ()))
    return out


def _government(country: AuthorityEntry, said: Iterable[Name] = ()) -> AuthorityEntry:
    """Make the government of a country; "the government" alone is made out by the one who reads statements."""
    names = [Name(f"Government of {country.name}"), *said]
    for language, patterns in GOVERNMENT.items():
        for own in _own_names(country, language):
            names += [
                Name(pattern.format(name=own, demonym=demonym), language=language)
                for pattern in patterns
                for demonym in (_demonyms(country) if "{demonym}" in pattern else ("",))
            ]
    return AuthorityEntry(
        key=f"government-of-{country.key}",
        name=f"Government of {country.name}",
        kind=ActorKind.ORGANISATION,
        names=tuple(dict.fromkeys(names)),
        country=country.key,
    )


def _own_names(country: AuthorityEntry, language: str) -> list[str]:
    """Return the full names of a country in a language; the preferred one where none is known."""
    own = [n.text for n in country.names if n.kind == NameKind.NAME and n.language == language and not n.witness]
    same = not own or territories(language).get(country.iso) == country.name
    return list(dict.fromkeys([*own, country.name] if same else own))


def _demonyms(country: AuthorityEntry) -> list[str]:
    singular = [n.text for n in country.names if n.kind == NameKind.DEMONYM and not n.language and not n.witness]
    short = [n.text for n in country.names if n.kind == NameKind.ABBREVIATION and not n.language]
    return [text for text in [*singular, *short] if not text.endswith("ns")]


def _institutions(file: Mapping[str, Any], countries: Mapping[str, AuthorityEntry]) -> Iterator[AuthorityEntry]:
    """Make institutions that many countries have, one for each; they share the bare title."""
    for title, fields in file.get("institutions", {}).items():
        _check(title, {k: v for k, v in fields.items() if k != "countries"}, languages=True)
        titles = [title, *fields.get("forms", ())]
        for iso in fields.get("countries", ()):
            if iso not in countries:
                raise ValueError(f"[{title}] countries: {iso!r} is not among the countries")
            country = countries[iso]
            names = [Name(one) for one in titles]
            names += [
                Name(pattern.format(title=one, name=own, demonym=demonym))
                for one in titles
                for pattern in INSTITUTION
                for own in [country.name]
                for demonym in (_demonyms(country) if "{demonym}" in pattern else ("",))
            ]
            names += [
                Name(form, language=language)
                for language, forms in fields.items()
                if LANGUAGE_CODE.fullmatch(language)
                for form in forms
            ]
            name = f"{title} ({country.name})"
            yield AuthorityEntry(
                slug(name), name, ActorKind.ORGANISATION, tuple(dict.fromkeys(names)), country=country.key
            )
