"""Reading again: what the present reader sees is added, what people said stays, and what was cut off goes on."""

import pytest
from django.core.management import CommandError, call_command

from articles import jobs
from articles.curation import decisions
from articles.importing import rereading
from articles.importing.authority import FILE, load
from articles.models import Article, Claim, Document, PolicyRecommendation, Rereading, RereadItem
from articles.reading import authority, reader
from articles.vocabulary import Outcome, Scope, Verdict
from tests.factories import make_article, make_editor
from tests.importing.test_import import OP_ED, PARAGRAPHS, outcomes

TOLD = "Vietnam should open the northern sluices before the rains return"


@pytest.fixture
def folder(tmp_path, db):
    load(authority.load(FILE))
    (tmp_path / "a.txt").write_text(OP_ED, encoding="utf-8")
    return tmp_path


@pytest.fixture
def article(folder):
    assert outcomes(folder) == ["created"]
    return Article.objects.get()


def reread(*args, **options):
    """Read again and return the records of what was changed or failed."""
    try:
        call_command("reread", *map(str, args), **options)
    except SystemExit as stop:
        assert stop.code == 1
    return list(RereadItem.objects.filter(rereading=Rereading.objects.first()))


def outdate():
    Article.objects.update(reader_version="1")


def rows(article):
    return {(type(one).__name__, one.pk, one.exact, one.status) for one in [*article.claims.all(), *told(article)]}


def told(article):
    return article.recommendations.all()


def test_nothing_changes_where_the_reader_says_the_same(article):
    outdate()
    before = (rows(article), Article.objects.values("updated_at", "as_read").get())
    events = Article.pgh_event_model.objects.count() if hasattr(Article, "pgh_event_model") else 0
    assert reread() == []
    assert Article.objects.get().reader_version == reader.VERSION
    assert (rows(article), Article.objects.values("updated_at", "as_read").get()) == before
    if events:
        assert Article.pgh_event_model.objects.count() == events
    asked = Rereading.objects.get()
    assert (asked.scope, asked.to_read, asked.read) == ("outdated", 1, 1) and asked.ended_at
    assert reread() == [] and Rereading.objects.first().to_read == 0
    assert reread("--all") == [] and Rereading.objects.first().read == 1


def test_what_a_newer_reader_finds_is_added_and_what_it_does_not_goes(article):
    recommendation = told(article).get(exact__startswith=TOLD)
    told(article).exclude(pk=recommendation.pk).delete()
    article.claims.all().delete()
    PolicyRecommendation.objects.filter(pk=recommendation.pk).update(action="sleep")
    outdate()
    (item,) = reread()
    assert item.outcome == Outcome.UPDATED and item.changes["suggestions"][1] == 1
    assert told(article).get(exact__startswith=TOLD).action != "sleep"


def test_what_people_said_stays(article):
    editor = make_editor()
    (rejected,) = told(article).filter(exact__startswith=TOLD)
    decisions.reject(rejected, editor)
    Article.objects.update(title="The boats, again")
    Document.objects.update(raw=OP_ED.replace("14 March 2023", "15 March 2023").encode())
    outdate()
    (item,) = reread()
    again = Article.objects.get()
    assert again.title == "The boats, again" and str(again.published) == "2023-03-15"
    assert [(one.pk, one.status) for one in told(again).filter(exact__startswith=TOLD)] == [(rejected.pk, "rejected")]
    assert item.changes["fields"] == ["evidence", "published"] or "published" in item.changes["fields"]
    assert item.found == {"exact": 1}


def test_statements_are_found_again_in_a_new_text_and_the_doubtful_ones_wait(article):
    editor = make_editor()
    accepted = told(article).get(exact__startswith=TOLD)
    decisions.accept(accepted, editor)
    lost = Claim.objects.create(
        article=article, exact=PARAGRAPHS[2][:31], start=article.body.index(PARAGRAPHS[2]),
        end=article.body.index(PARAGRAPHS[2]) + 31, kind="factual", origin="person",
    )  # fmt: skip
    text = OP_ED.replace("A common plan costs little. ", "").replace("northern sluices", "norther sluice gates")
    Document.objects.update(raw=text.encode())
    (item,) = reread("--all")
    accepted.refresh_from_db()
    assert (accepted.verdict, accepted.status, accepted.decided_by) == (Verdict.FUZZY, "accepted", editor)
    assert accepted.exact.startswith("Vietnam should open the norther sluice gates")
    assert accepted.doubted.startswith(TOLD)
    lost.refresh_from_db()
    assert (lost.verdict, lost.doubted) == (Verdict.LOST, lost.exact)
    assert item.found == {"fuzzy": 1, "lost": 1} and item.changes["statements"] == 2
    assert set(PolicyRecommendation.objects.doubtful()) == {accepted}
    # read again, nothing more is known; the text that was comes back, and all is well
    assert reread("--all") == []
    Document.objects.update(raw=OP_ED.encode())
    reread("--all")
    accepted.refresh_from_db(), lost.refresh_from_db()
    assert (accepted.doubted, lost.doubted) == ("", "") and lost.is_placed


def test_a_rejected_quote_that_stands_nowhere_for_sure_is_not_offered_again(article):
    rejected = told(article).get(exact__startswith=TOLD)
    decisions.reject(rejected, make_editor())
    repeated = PARAGRAPHS[1].replace("Thailand has asked", "Nobody has ever asked")
    text = OP_ED.replace("The river has risen", "The river had long risen") + "\n" + repeated + "\n"
    Document.objects.update(raw=text.encode())
    PolicyRecommendation.objects.filter(pk=rejected.pk).update(prefix="", suffix="")
    reread("--all")
    rejected.refresh_from_db()
    assert rejected.verdict == Verdict.AMBIGUOUS
    assert [one.pk for one in told(article).filter(exact=rejected.exact)] == [rejected.pk]


def test_a_dry_run_says_what_would_change_and_writes_nothing(article, capsys):
    Document.objects.update(raw=OP_ED.replace("14 March 2023", "15 March 2023").encode())
    before = rows(article)
    call_command("reread", "--all", "--dry-run")
    assert "published" in capsys.readouterr().out
    assert (rows(article), str(Article.objects.get().published)) == (before, "2023-03-14")
    assert not Rereading.objects.exists() and not RereadItem.objects.exists()


def test_a_broken_document_stops_nothing(article, folder):
    (folder / "b.txt").write_text(OP_ED.replace("boats", "trams").replace("river", "tram"), encoding="utf-8")
    outcomes(folder)
    Document.objects.filter(article=article).update(raw=b"\x00\x01\x02\x03" * 90)
    outdate()
    (item,) = reread()
    assert (item.article, item.outcome) == (article, Outcome.FAILED) and item.reason
    assert list(Article.objects.order_by("pk").values_list("reader_version", flat=True)) == ["1", reader.VERSION]


def test_the_newest_document_is_read_and_the_former_text_stays_in_the_history(article, folder):
    (folder / "a.txt").write_text(OP_ED.replace("nine days", "ten days"), encoding="utf-8")
    assert outcomes(folder) == ["updated"]
    assert Article.objects.get().pk == article.pk and Document.objects.filter(article=article).count() == 2
    assert "nine days" in article.events.filter(pgh_label="changed").latest("pgh_id").body
    assert reread("--all") == []
    assert "ten days" in Article.objects.get().body


def test_what_was_said_at_the_import_is_not_forgotten(folder):
    outcomes(folder, source="The Mekong Times", language="en")
    assert reread("--all") == []
    assert Article.objects.get().source.name == "The Mekong Times"


def test_what_was_cut_off_goes_on_and_counts_nothing_twice(article, folder, monkeypatch):
    for n in range(4):
        text = OP_ED.replace("boats", f"boats number {n}").replace("nine days", f"{n} days")
        (folder / f"more{n}.txt").write_text(text, encoding="utf-8")
    outcomes(folder)
    keys = list(Article.objects.order_by("pk").values_list("pk", flat=True))
    real, done = rereading.reread, []

    def cut_off(key, **given):
        if len(done) == 2:
            raise KeyboardInterrupt
        done.append(key)
        return real(key, **given)

    monkeypatch.setattr(rereading, "reread", cut_off)
    with pytest.raises(KeyboardInterrupt):
        call_command("reread", "--all")
    asked = Rereading.objects.get()
    assert (asked.read, asked.place, asked.ended_at) == (2, keys[1], None)
    monkeypatch.setattr(rereading, "reread", real)
    call_command("reread", "--all")
    asked.refresh_from_db()
    assert (Rereading.objects.count(), asked.read) == (1, 5) and asked.ended_at


def test_a_cancelled_one_stops(article):
    asked = Rereading.objects.create(scope=Scope.ALL)
    assert rereading.cancel(asked) and not rereading.cancel(asked)
    assert list(rereading.go_on(asked)) == []
    assert Rereading.objects.get().read == 0


def test_chosen_ones(article):
    assert reread(article.pk) == []
    assert Rereading.objects.get().chosen == [article.pk]
    with pytest.raises(CommandError, match="4711"):
        call_command("reread", "4711")
    with pytest.raises(CommandError, match="Either"):
        call_command("reread", str(article.pk), "--all")
    assert reread(make_article().pk) == []  # no document of it is held


@pytest.fixture
def administrator(client):
    client.force_login(make_editor("administrator"))
    return client


JOBS = "/admin/jobs/"


def test_a_worker_reads_again_what_an_administrator_asks_for(article, administrator):
    outdate()
    Document.objects.update(raw=OP_ED.replace("14 March 2023", "15 March 2023").encode())
    for _ in range(2):  # asked twice before it began, once is enough
        assert "A worker reads it again." in administrator.post("/admin/rereadings/ask/", follow=True).content.decode()
    asked = Rereading.objects.get()
    assert "not begun" in administrator.get(JOBS).content.decode()
    jobs.reread(asked.pk)
    assert str(Article.objects.get().published) == "2023-03-15"
    page = administrator.get(JOBS).content.decode()
    assert "1 of 1" in page and "finished" in page
    page = administrator.get(f"/admin/rereadings/{asked.pk}/").content.decode()
    assert str(article) in page and "date" in page and "1 changed" in page
    jobs.reread(asked.pk)  # a job may be done twice
    assert RereadItem.objects.count() == 1


def test_chosen_articles_are_read_again(article, administrator):
    administrator.post("/admin/articles/article/", {"action": "read_again", "_selected_action": [article.pk]})
    asked = Rereading.objects.get()
    assert (asked.scope, asked.chosen, asked.asked_by.username[:5]) == ("chosen", [article.pk], "admin")
    jobs.reread(asked.pk)
    assert Rereading.objects.get().read == 1


def test_a_cancelled_one_goes_no_further(folder, administrator):
    for name in "bcd":
        (folder / f"{name}.txt").write_text(OP_ED.replace("river", f"river {name}").replace("boats", f"{name} boats"))
    outcomes(folder)
    administrator.post("/admin/rereadings/ask/", {"scope": "all"})
    asked = Rereading.objects.get()
    for _ in rereading.go_on(Rereading.objects.get()):
        administrator.post(f"/admin/rereadings/{asked.pk}/cancel/")
    asked.refresh_from_db()
    assert asked.cancelled and asked.read == 1
    jobs.reread(asked.pk)
    asked.refresh_from_db()
    assert asked.read == 1 and "cancelled" in administrator.get(JOBS).content.decode()
    page = administrator.post(f"/admin/rereadings/{asked.pk}/cancel/", follow=True).content.decode()
    assert "It had come to its end." in page


def test_editors_see_it_and_do_not_ask_for_it(article, client):
    client.force_login(make_editor())
    assert "Read everything again" not in client.get(JOBS).content.decode()
    assert client.post("/admin/rereadings/ask/").status_code == 403
    assert "read_again" not in client.get("/admin/articles/article/").content.decode()
