"""Made-up op-eds on one subject in two languages: the same numbers make the same texts, and no two are related."""

import random
from functools import cache

SYLLABLES = {
    "en": "ten ing ver com lan dor mer sta pol tri con gra fen wel rod",
    "id": "ka sa ber me tan nya ling pu ra gun di lam sek wo teng",
}
ACTORS = ("north korea", "south korea", "indonesia", "united states", "china", "japan", "russia", "un")
PLACES = ("Pyongyang", "Kaesong", "Bandung", "Jakarta", "Seoul", "Rason", "Wonsan", "Geneva", "Busan", "Palembang")
# What op-eds on one subject do say: its years, its days, its round numbers.
DAYS = {
    "en": ("27 July 1953", "12 June 2018", "27 April 2018"),
    "id": ("27 Juli 1953", "12 Juni 2018", "27 April 2018"),
}
YEARS = range(1945, 2026)


@cache
def vocabulary(language: str) -> tuple[str, ...]:
    rng, syllables = random.Random(f"words {language}"), SYLLABLES[language].split()  # noqa: S311
    return tuple("".join(rng.choices(syllables, k=rng.choice((1, 2, 2, 3)))) for _ in range(3000))


def prose(seed: int, sentences: int = 30, language: str = "en") -> str:
    """Return a text of made-up words, three sentences a paragraph; texts of two seeds share nothing but words."""
    rng, words = random.Random(f"prose {seed}"), vocabulary(language)  # noqa: S311 - no secret
    told = [" ".join(rng.choices(words, k=rng.randint(9, 20))).capitalize() + "." for _ in range(sentences)]
    return "\n\n".join(" ".join(told[at : at + 3]) for at in range(0, sentences, 3))


def article_of(seed: int) -> tuple[str, str, list[tuple[int, int]]]:
    """Return (language, body, [(number of an actor, where it is named)]) of an op-ed on North Korea."""
    rng = random.Random(f"article {seed}")  # noqa: S311
    language = rng.choice(("en", "id"))
    body, named = "", []
    for paragraph in prose(seed, sentences=rng.randint(9, 24), language=language).split("\n\n"):
        if body:
            body += "\n\n"
        for sentence in paragraph.split(". "):
            for _ in range(rng.choice((0, 1, 1, 2))):
                named.append((min(int(rng.expovariate(0.5)), len(ACTORS) - 1), len(body)))
                body += "Xxxxxxxx "
            body += sentence.rstrip(".").lower()
            chance = rng.random()
            if chance < 0.2:
                body += f" in {rng.choice(YEARS)}"
            elif chance < 0.3:
                body += f" {rng.choice(DAYS[language])}"
            elif chance < 0.45:
                body += f" {rng.choice((20, 30, 40, 50, 100, 1000, rng.randrange(13, 400)))}"
            if rng.random() < 0.3:
                body += f" and {rng.choice(PLACES)}"
            if rng.random() < 0.08:
                body += f" “{' '.join(rng.choices(sentence.split(), k=8))}”"
            body += ". "
    return language, body.strip(), named
