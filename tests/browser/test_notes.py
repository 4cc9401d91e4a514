"""Notes, codebook and second coders in a real browser: nobody is named by typing alone, nothing is out of reach."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
PAGES = ["/admin/annotations/", "/admin/annotations/awaiting/", "/admin/annotations/add/?article=1",
         "/admin/codebook/", "/admin/agreement/", "/admin/agreement/1/"]  # fmt: skip


@pytest.fixture
def desk(page, digest):
    page.goto(digest.url + "/admin/")
    page.fill("#id_username", digest.editor)
    page.fill("#id_password", digest.password)
    page.keyboard.press("Enter")
    page.wait_for_selector(".who")
    return page


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


def test_an_editor_is_named_by_keyboard(desk, digest):
    desk.goto(digest.url + "/admin/annotations/add/?article=1")
    text = desk.get_by_label("Note", exact=True)
    text.focus()
    desk.keyboard.type("Ask @ed")
    offer = desk.get_by_role("button", name="@editor")
    expect(offer).to_be_visible()
    desk.keyboard.press("ArrowDown")
    expect(offer).to_be_focused()
    desk.keyboard.press("Enter")
    expect(text).to_have_value("Ask @editor ")
    expect(text).to_be_focused()
    desk.keyboard.type("**soon**.")
    desk.get_by_role("button", name="Keep the note").press("Enter")
    expect(desk.locator(".markdown strong")).to_have_text("soon")


def test_a_topic_is_added_and_a_statement_coded(desk, digest):
    desk.goto(digest.url + "/admin/codebook/")
    desk.get_by_label("Name").fill("Harbours")
    desk.get_by_role("button", name="Add").press("Enter")
    expect(desk.locator(".tree")).to_contain_text("Harbours")
    desk.goto(digest.url + "/admin/articles/claim/")
    desk.locator(".field-quote a").first.click()
    desk.get_by_role("link", name=re.compile("say to which topics|change topics")).click()
    desk.locator(".select2-selection").click()
    desk.keyboard.type("Harb")
    desk.locator(".select2-results__option", has_text="Harbours").click()
    desk.get_by_label("opposes").check()
    desk.get_by_role("button", name="Code").click()
    expect(desk.locator(".given")).to_contain_text("Harbours")


def test_two_coders_are_two_people(desk, digest):
    desk.goto(digest.url + "/admin/agreement/1/")
    for which in ("First coder", "Second coder"):
        desk.get_by_label(which).select_option(index=1)
    desk.get_by_role("button", name="Give it to them").click()
    expect(desk.locator(".errorlist")).to_contain_text("two different coders")
