"""The queue in a real browser: decided by keyboard alone, readable on a phone and in the dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
PAGES = ["/admin/queue/", "/admin/queue/all/?kind=claim&do=accept", "/admin/queue/unread/", "/admin/rules/"]


@pytest.fixture
def desk(page, digest):
    page.goto(digest.url + "/admin/")
    page.fill("#id_username", digest.editor)
    page.fill("#id_password", digest.password)
    page.keyboard.press("Enter")
    page.wait_for_selector(".who")
    return page


def test_suggestions_are_decided_by_one_key_each(desk, digest):
    desk.goto(digest.url + "/admin/queue/?kind=claim&order=article")
    rows = desk.locator(".suggestion")
    desk.keyboard.press("j")
    expect(rows.nth(0)).to_be_focused()
    desk.keyboard.press("a")
    expect(rows.nth(0)).to_contain_text("accepted")
    expect(rows.nth(1)).to_be_focused()
    desk.keyboard.press("r")
    expect(rows.nth(1)).to_contain_text("rejected")
    expect(rows.nth(2)).to_be_focused()
    desk.keyboard.press("u")
    expect(rows.nth(1)).to_contain_text("Accept")
    expect(rows.nth(1)).to_be_focused()
    desk.keyboard.press("k")
    desk.get_by_role("button", name="Undo").first.press("Enter")
    expect(rows.nth(0)).to_contain_text("Accept")
    desk.keyboard.press("?")
    expect(desk.locator("#keys")).to_be_visible()


def test_many_are_decided_at_once_and_taken_back(desk, digest):
    desk.goto(digest.url + "/admin/queue/?kind=claim")
    told = desk.locator(".queue > .about").last.inner_text()
    desk.get_by_role("button", name="Reject all").press("Enter")
    desk.get_by_role("button", name="Reject ").press("Enter")
    expect(desk.locator(".messagelist")).to_contain_text("rejected")
    expect(desk.locator(".queue > .about").last).to_contain_text("No suggestion is like that")
    desk.get_by_role("button", name="Undo").first.press("Enter")
    expect(desk.locator(".queue > .about").last).to_have_text(told)


def test_a_list_is_decided_by_one_key_each(desk, digest):
    desk.goto(digest.url + "/admin/articles/claim/?status__exact=suggested")
    rows = desk.locator("#result_list tbody tr")
    told = rows.nth(1).inner_text()
    desk.keyboard.press("j")
    desk.keyboard.press("j")
    expect(rows.nth(1)).to_be_focused()
    desk.keyboard.press("a")
    expect(desk.locator(".messagelist")).to_contain_text("Accepted")
    expect(rows.nth(1)).to_be_focused()  # the next, which stands in its place
    assert rows.nth(1).inner_text() != told
    desk.goto(digest.url + "/admin/articles/claim/?status__exact=accepted")
    desk.keyboard.press("j")
    desk.keyboard.press("o")
    expect(desk.locator(".messagelist")).to_contain_text("Open again")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1360, 390])
def test_pages_fit_and_are_accessible(desk, digest, scheme, width):
    desk.emulate_media(color_scheme=scheme)
    desk.set_viewport_size({"width": width, "height": 900})
    for address in PAGES:
        desk.goto(digest.url + address)
        assert desk.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{address} is too wide"
        found = Axe().run(desk, options={"preload": False})  # it would put styles of its own into the page
        assert found.violations_count == 0, f"{address}: {found.generate_report()}"
