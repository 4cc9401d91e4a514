"""Fill an empty database with what a desk has after a hard year, and print where its pages are.

`python -m tests.browser.furnished` in a migrated database prints a JSON object: `pages`, the addresses that an
administrator may ask for, of the permission matrix and of rows that are hard to set (long, empty, right to left);
`hard`, the addresses of those rows by what they are. The account is `NAME`, with `tests.factories`' password.
"""

import json
from datetime import date, timedelta

import django

django.setup()

import pghistory  # noqa: E402 - models are there after setup
from django.contrib.auth.models import User  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from articles.curation import annotating, decisions  # noqa: E402
from articles.curation.history import timeline  # noqa: E402
from articles.models import Article, BulkDecision, Claim, Coder  # noqa: E402
from tests.factories import (  # noqa: E402
    BODY,
    make_actor,
    make_article,
    make_author,
    make_candidate,
    make_claim,
    make_coded,
    make_coding,
    make_editor,
    make_note,
    make_recommendation,
    make_source,
    make_topic,
)
from tests.test_permission_matrix import TABLE, account_of, concrete, make_world  # noqa: E402

NAME = "wilhelmina"
LONG = "On the ports, the harvest, the grain that was asked for and the ships that did not sail: " * 4
UNBROKEN = "Küstenschifffahrtsgenehmigungsverfahrensbeschleunigungsgesetz" * 3
ARABIC = "يجب على إندونيسيا أن تفتح موانئها أمام سفن الإغاثة. لقد طلبت كوريا الشمالية الحبوب."
PORTS, GRAIN = "Indonesia should open its ports to relief ships.", "North Korea has asked for grain."
NOTE = "Ask @{} for the **minutes**:\n\n| when | who |\n|---|---|\n| 1998 | the harbour commission |\n\n- one\n- two"


def pages_of_matrix() -> list[str]:
    """Make the matrix's world and return each address of the desk that an administrator may ask for."""
    world = make_world()
    account = account_of("administrator", world)
    account.username = NAME
    account.save()
    shown = [address for address, (may_get, _) in TABLE.items() if "administrator" in may_get]
    desk = [address for address in shown if address.startswith("admin/") and "logout" not in address]
    return [concrete(address, world) for address in desk]


def furnish(chief: User) -> dict[str, str]:
    """Make rows that are hard to set and return the addresses of their pages, by what they show."""
    budi = make_editor(name="budi.with.a.name.as.long.as.an.address@harbour-commission.example")
    source, author = make_source(LONG[:180]), make_author(UNBROKEN[:120])
    actors = [make_actor(f"{kind} {n}") for n, kind in enumerate(["Ministry of Ports", UNBROKEN[:90], "اليابان"])]
    topic = make_topic(LONG[:120].strip(), description=LONG)
    part = make_topic(UNBROKEN[:100], parent=topic)

    body = "\n\n".join([BODY] + [f"{n}. {BODY}" for n in range(340)])  # some 10,000 words
    long = make_article(title=LONG[:300].strip(), body=body, words=len(body.split()), source=source, authors=[author],
                        actors=actors[:0], assignee=budi, status="in_review")  # fmt: skip
    for n in range(0, 340, 12):
        start = body.index(f"{n}. ")
        made = make_recommendation(long, PORTS, start=body.index(PORTS, start), end=body.index(PORTS, start) + 48,
                                   rule=f"en.{UNBROKEN[:40]}" if n else "en.modal", action=LONG[:200])  # fmt: skip
        made.addressees.set(actors)
        make_claim(long, GRAIN, start=body.index(GRAIN, start), end=body.index(GRAIN, start) + len(GRAIN))
    right = make_article(title=ARABIC, body=ARABIC, language="ar", status="ready", source=source)
    make_claim(right, ARABIC.split(". ")[1])
    emoji = make_article(title="👩‍👩‍👧 Ships 🚢 must sail 🇮🇩", body="👩‍👩‍👧 Ships 🚢 must sail. " + BODY, source=source)
    empty = make_article(title="", body="Nothing is asked here.", published=None, status="inbox", language="",
                         due=date(2024, 1, 1), assignee=chief)  # fmt: skip

    coded = make_article(title="Two read it", source=source)
    for one, exacts in ((chief, [PORTS]), (budi, [PORTS, "Because the harvest failed, hunger is spreading"])):
        make_coded(coded, one, *exacts, topic=topic if one == chief else part,
                   stance="supports", action=LONG[:140])  # fmt: skip
    Coder.objects.create(article=emoji, user=chief)

    with pghistory.context(user=budi.pk):
        Article.objects.filter(pk=long.pk).update(title="Before", published=None, published_precision="",
                                                  published_provenance="")  # fmt: skip
    with pghistory.context(user=chief.pk):
        Article.objects.filter(pk=long.pk).update(title=LONG[:300].strip(), body=body + "\n\nAn end.")
        Claim.objects.filter(article=long).update(exact=GRAIN, voice="quoted")
    withdrawn = make_article(title="It was not so", source=source)
    decisions.withdraw(Article.objects.filter(pk=withdrawn.pk), chief, because=LONG)
    decisions.schedule(right, timezone.now() + timedelta(days=3), chief, because="It waits for the minister.")
    decided = make_claim(emoji, GRAIN, actors=actors)
    decisions.accept(Claim.objects.filter(pk=decided.pk), budi)
    coding = make_coding(decided, topic, "opposes", is_example=True)
    make_coding(make_recommendation(emoji, PORTS), part)
    make_candidate(emoji, "harbour", note=LONG[:300])
    BulkDecision.objects.create(user=chief, at=timezone.now(), status="accepted", claims=[decided.pk])

    note = make_note(emoji, budi, NOTE.format(NAME), exact=GRAIN)
    annotating.answer(note, chief, UNBROKEN)
    annotating.resolve(make_note(emoji, chief, "Settled.", visibility="public"), chief)

    def page(name: str, *args: object, query: str = "") -> str:
        return reverse(f"admin:{name}", args=args) + query

    act = timeline(Article, long.pk)[0][0].act.key
    return {
        "long": page("articles_article_change", long.pk),
        "long history": page("articles_article_history", long.pk),
        "long restore": page("articles_article_restore", long.pk, act),
        "bench": page("workbench", long.pk),
        "right to left": page("articles_article_change", right.pk),
        "emoji": page("articles_article_change", emoji.pk),
        "empty": page("articles_article_change", empty.pk),
        "withdrawn": page("articles_article_change", withdrawn.pk),
        "gone": withdrawn.get_absolute_url(),
        "claim": page("articles_claim_change", decided.pk),
        "claim history": page("articles_claim_history", Claim.objects.filter(article=long).first().pk),
        "coding": page("code", emoji.pk),
        "comparison": page("agreement_of", coded.pk),
        "topic": page("topic", coding.topic_id),
        "split": page("topic_split", coding.topic_id),
        "note": page("annotation", note.pk),
        "no notes": page("annotations", query="?q=nothinglikethat"),
        "no articles": page("articles_article_changelist", query="?q=nothinglikethat"),
        "all of them": page("queue_all", query="?kind=recommendation&do=reject"),
        "no suggestions": page("queue", query="?kind=claim&language=xx"),
    }


if __name__ == "__main__":
    pages = pages_of_matrix()
    hard = furnish(User.objects.get(username=NAME))
    print(json.dumps({"pages": pages, "hard": hard}))
