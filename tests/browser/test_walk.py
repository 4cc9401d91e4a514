"""The way of a reader and an editor through the real pages."""

import re
from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]  # one server for all walks

PAGES = ["/", "/articles/", "/articles/?q=korea&actor=indonesia", "/actors/", "/actors/indonesia/", "/claims/",
         "/recommendations/", "/authors/", "/sources/", "/topics/", "/nowhere/", "/charts/timeline/", "/charts/matrix/",
         "/charts/network/", "/articles/?since=2024-01-01&until=2024-12-31&modality=must", "/compare/actors/",
         "/compare/actors/?a=indonesia&b=south-korea", "/compare/periods/?a=2024&b=soon", "/editions/",
         "/follow/articles/?actor=indonesia", "/id/", "/id/articles/?actor=indonesia", "/id/compare/authors/",
]  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1360, 390])
def test_public_pages_fit_and_are_accessible(page, digest, scheme, width):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(digest.url + "/articles/")
    articles = page.locator(".hit h2 a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert len(articles) == 5
    page.goto(digest.url + "/recommendations/")
    statements = [page.locator('.quote a[href^="/recommendations/"]').first.get_attribute("href")]
    versions = []
    for address in articles:
        page.goto(digest.url + address)
        found = page.locator(".versions a[href*='/versions/']")
        versions += found.evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert len(versions) == 2
    for address in [*PAGES, *articles, *statements, *versions]:
        page.goto(digest.url + address)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{address} is too wide"
        found = Axe().run(page)
        assert found.violations_count == 0, f"{address}: {found.generate_report()}"


@pytest.mark.parametrize("address", ["/", "/articles/", "/articles/?q=korea", "ARTICLE", "/actors/indonesia/"])
def test_a_page_is_light_and_asks_no_other_host(page, digest, address):
    if address == "ARTICLE":
        page.goto(digest.url + "/articles/")
        address = page.locator(".hit h2 a").first.get_attribute("href")
    sent, hosts = [], set()

    def count(response):
        hosts.add(response.url.split("/")[2])
        sent.append(response.request.sizes()["responseBodySize"])

    page.on("response", count)
    page.goto(digest.url + address, wait_until="networkidle")
    assert hosts == {digest.url.split("/")[2]}
    assert 0 < sum(sent) < 60_000, sent


def test_a_reader_with_a_keyboard_and_without_scripts(browser, digest):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(digest.url + "/articles/")
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


def test_margin_notes_stand_beside_their_paragraph_and_never_overlap(page, digest):
    page.set_viewport_size({"width": 1360, "height": 900})
    page.goto(digest.url + "/articles/")
    page.get_by_role("link", name=re.compile("Russia is returning")).click()
    notes = page.locator(".aside").evaluate_all(
        "notes => notes.map(n => [n.getBoundingClientRect(), n.nextElementSibling.getBoundingClientRect()])"
        ".map(([n, p]) => [n.left, n.top, n.bottom, p.right, p.top])"
    )
    assert len(notes) > 5
    for (_, _, bottom, _, _), (_, top, *_) in pairwise(notes):
        assert bottom <= top
    assert all(left > right and top >= paragraph - 1 for left, top, _, right, paragraph in notes)


def test_from_home_to_a_reviewed_statement(page, digest):
    # home -> filter by an actor and a date
    page.goto(digest.url)
    page.get_by_role("navigation").get_by_role("link", name="Op-eds").click()
    page.get_by_label("from").fill("2024-07-01")
    page.get_by_role("button", name="Apply").click()
    page.locator(".facets").get_by_role("link", name=re.compile(r"^Indonesia\s*\d")).click()
    assert "actor=indonesia" in page.url
    assert "since=2024-07-01" in page.url
    # -> article -> a highlighted passage
    page.get_by_role("link", name=re.compile("Delicate Balancing Act")).click()
    article = page.url
    page.locator(".summary .asks li a.quiet").first.click()
    fragment = page.url.split("#")[1]
    assert fragment.startswith("recommendation-")
    expect(page.locator(f"#{fragment} + .passage.recommendation")).to_be_in_viewport()
    card = page.locator(".aside .statement.recommendation").first
    expect(card).to_contain_text("not yet reviewed")
    # -> admin login -> accept a suggestion
    number = fragment.split("-")[1]
    page.goto(f"{digest.url}/admin/articles/policyrecommendation/?status__exact=suggested")
    page.get_by_label("Username").fill(digest.editor)
    page.get_by_label("Password").fill(digest.password)
    page.get_by_role("button", name="Log in").click()
    row = page.locator("tr", has=page.locator(f'input[name="_selected_action"][value="{number}"]'))
    row.get_by_role("button", name="Accept").click()
    # -> the public page shows it as reviewed
    page.goto(article)
    expect(card).to_contain_text("reviewed")
    expect(card).not_to_contain_text("not yet reviewed")
