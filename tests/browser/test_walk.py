"""The way of a reader and an editor through the real pages."""

import io
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from playwright.sync_api import expect

from articles.models import Article, PolicyRecommendation
from tests.factories import make_editor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.fixture
def seeded(settings):
    """The five documents, imported as a newcomer would have them."""
    cache.clear()
    call_command("load_actors", verbosity=0, stdout=io.StringIO())
    call_command("import_articles", str(settings.BASE_DIR / "seeds"), publish=True, stdout=io.StringIO())
    yield
    connection.close()


def test_from_home_to_a_reviewed_statement(page, live_server, seeded):
    # home -> filter by an actor and a date
    page.goto(live_server.url)
    page.get_by_role("link", name="Op-eds", exact=True).click()
    page.get_by_label("from").fill("2024-07-01")
    page.get_by_role("button", name="Apply").click()
    page.locator(".facets").get_by_role("link", name=re.compile("^Indonesia")).click()
    assert "actor=indonesia" in page.url
    assert "since=2024-07-01" in page.url
    # -> article -> a highlighted passage
    page.get_by_role("link", name=re.compile("Delicate Balancing Act")).click()
    told = PolicyRecommendation.objects.filter(article__title__contains="Delicate").earliest("start")
    page.locator(".summary").get_by_role("link", name=told.action).click()
    assert page.url.endswith(f"#{told.fragment}")
    passage = page.locator(f"#{told.fragment} + .passage.recommendation")
    expect(passage).to_be_in_viewport()
    expect(page.locator(".aside .statement.recommendation").first).to_contain_text("not yet reviewed")
    # -> admin login -> accept a suggestion
    editor = make_editor("editor")
    page.goto(f"{live_server.url}/admin/articles/policyrecommendation/{told.pk}/change/")
    page.get_by_label("Username").fill(editor.username)
    page.get_by_label("Password").fill("a long password")
    page.get_by_role("button", name="Log in").click()
    page.goto(f"{live_server.url}/admin/articles/policyrecommendation/?status__exact=suggested")
    page.locator("tr", has=page.locator(f'input[value="{told.pk}"]')).get_by_role("button", name="Accept").click()
    # -> the public page shows it as reviewed
    page.goto(live_server.url + told.get_absolute_url())
    card = page.locator(".aside .statement.recommendation").first
    expect(card).to_contain_text("reviewed")
    expect(card).not_to_contain_text("not yet reviewed")


PAGES = ["/", "/articles/", "/articles/?q=korea&actor=indonesia", "/actors/", "/actors/indonesia/", "/claims/",
         "/recommendations/", "/authors/", "/sources/", "/nowhere/"]  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1360, 390])
def test_public_pages_fit_and_are_accessible(page, live_server, seeded, scheme, width):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    for address in [*PAGES, *(article.get_absolute_url() for article in Article.objects.all())]:
        page.goto(live_server.url + address)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{address} is too wide"
        found = Axe().run(page)
        assert found.violations_count == 0, f"{address}: {found.generate_report()}"


def test_a_reader_with_a_keyboard_and_without_scripts(browser, live_server, seeded):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(live_server.url + "/articles/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.get_by_role("link", name=re.compile("^Filters")).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Close the filters")).to_be_visible()
    page.locator(".facets").get_by_role("link", name=re.compile("^Indonesian")).focus()
    page.keyboard.press("Enter")
    expect(page.locator(".tools")).to_contain_text("1 op-ed")
    page.locator(".hit h2 a").focus()
    page.keyboard.press("Enter")
    fold = page.locator("details.fold").first
    fold.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(fold.locator(".statement").first).to_be_visible()
    context.close()
