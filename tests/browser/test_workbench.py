"""An op-ed coded by keyboard alone, each key press counted; and the bench as axe, a phone and a magnifier see it."""

import re
from collections import Counter

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]  # one server for all walks

TITLE = "Russia is returning to the Korean Peninsula"  # seed 003
ODD = (
    "👩‍👩‍👧 Ships 🚢 must sail. The q\u0301uays should open their doors to x\u0302y. "
    "يجب على إندونيسيا أن تفتح موانئها. And so it goes."
)


class Keys:
    """A keyboard that counts: presses by what they were for, and typed characters apart."""

    def __init__(self, page):
        self.page, self.presses, self.typed = page, Counter(), Counter()

    def press(self, what, *keys):
        for key in keys:
            self.page.keyboard.press(key)
        self.presses[what] += len(keys)

    def type(self, what, text):
        self.page.keyboard.type(text)
        self.typed[what] += len(text)


@pytest.fixture
def bench(page, digest):
    """Log in and return what opens the workbench of an article by its number or title."""
    page.goto(f"{digest.url}/admin/login/?next=/admin/articles/article/")
    page.get_by_label("Username").fill(digest.editor)
    page.get_by_label("Password").fill(digest.password)
    page.get_by_role("button", name="Log in").click()

    def open_bench(title=TITLE):
        page.goto(f"{digest.url}/admin/articles/article/")
        row = page.locator("#result_list tr", has=page.locator(".field-headline", has_text=title))
        row.locator(".field-to_review a").click()
        expect(page.locator(".card.current, .nothing").first).to_be_visible()
        return page

    return open_bench


def statement(page):
    """Return kind and status of the statement that is current."""
    card = page.locator(".card.current")
    return card.get_attribute("data-kind"), card.get_attribute("data-status")


def settled(page):
    expect(page.locator(".htmx-request")).to_have_count(0)


def test_seed_003_is_coded_by_keyboard_alone(bench, capsys):  # noqa: PLR0915 - one sitting
    page = bench()
    keys = Keys(page)
    if page.locator("#publish").get_attribute("value") == "withdraw":  # the walks' server shows all it has
        page.locator("#publish").click()
        page.get_by_label("Because").fill("To be coded")
        page.get_by_label("Because").press("Enter")
        expect(page.locator("#publish")).to_have_attribute("value", "publish")
    before = page.locator(".card").count()

    # what is known of it
    keys.press("metadata", "i")
    expect(page.get_by_label("Title")).to_be_focused()
    keys.press("metadata", "Tab", "Tab")
    keys.type("metadata", "Kyunghyang Shinmun")
    keys.press("metadata", "Tab", "Tab")
    keys.type("metadata", "2024-07")
    keys.press("metadata", "Enter")
    expect(page.locator(".facts")).to_contain_text("Kyunghyang Shinmun editor")
    expect(page.locator(".facts")).to_contain_text("Jul 2024 editor")

    # five recommendations accepted, one rejected
    assert statement(page) == ("claim", "suggested")
    keys.press("reject and next", "x")
    keys.press("to the recommendations", "t")
    for _ in range(5):
        assert statement(page) == ("recommendation", "suggested")
        keys.press("accept and next", "d")
    expect(page.locator("#progress")).to_contain_text("6 of")
    settled(page)
    expect(page.locator('.card[data-kind="recommendation"][data-status="accepted"]')).to_have_count(5)
    expect(page.locator('.card[data-status="rejected"]')).to_have_count(1)

    # a recommendation and a claim on what is selected
    keys.press("new recommendation", "s", "n")
    expect(page.get_by_label("Addressee", exact=True)).to_be_focused()
    keys.type("new recommendation", "south k")
    expect(page.get_by_role("option", name="South Korea", exact=True)).to_have_attribute("aria-selected", "true")
    keys.press("new recommendation", "Enter")
    expect(page.locator(".card")).to_have_count(before + 1)
    expect(page.locator(".card.current .to")).to_contain_text("South Korea")
    assert statement(page) == ("recommendation", "accepted")
    keys.press("new claim", "s", "c")
    expect(page.get_by_label("Kind")).to_be_focused()
    keys.press("new claim", "Enter")
    expect(page.locator(".card.current.claim")).to_contain_text("accepted")
    expect(page.locator(".card")).to_have_count(before + 2)

    # its end, a word less; and back
    quote = page.locator(".card.current .quote").inner_text()
    keys.press("a word less, and undo", "W")
    expect(page.locator(".card.current .quote")).not_to_have_text(quote)
    keys.press("a word less, and undo", "u")
    expect(page.locator(".card.current .quote")).to_have_text(quote)

    # a note
    keys.press("note", "s", "m")
    expect(page.get_by_label("Note", exact=True)).to_be_focused()
    keys.type("note", "Compare the minutes.")
    keys.press("note", "Enter")
    expect(page.locator("#notes")).to_contain_text("Compare the minutes.")

    # shown to readers
    keys.press("publish", "p", "Enter")
    expect(page.get_by_label("Because")).to_be_focused()  # claims wait for review
    keys.type("publish", "Claims follow")
    keys.press("publish", "Enter")
    expect(page.locator("#publish")).to_have_attribute("value", "withdraw")

    assert keys.presses["accept and next"] == 5
    assert keys.presses["new recommendation"] <= 4
    with capsys.disabled():
        print("\nSeed 003 coded by keyboard: presses, and characters typed")
        for what, n in keys.presses.items():
            print(f"  {what:<24} {n:>3}  {keys.typed[what] or ''}")
        print(f"  {'together':<24} {keys.presses.total():>3}  {keys.typed.total()}")

    # all of it taken back, and done again
    done = page.locator(".card").evaluate_all("cards => cards.map(card => card.dataset.status)")
    for way, by in (("undo", "u"), ("redo", "U")):
        for _ in range(30):
            if page.locator(f"#{way}").is_disabled():
                break
            with page.expect_response(re.compile(f"/back/{way}/")):
                page.keyboard.press(by)
            settled(page)
        assert page.locator(f"#{way}").is_disabled()
        if way == "undo":
            expect(page.locator("#progress")).to_contain_text("0 of")
    assert page.locator(".card").evaluate_all("cards => cards.map(card => card.dataset.status)") == done


def test_places_are_code_points_whatever_the_script(bench, page, digest):
    bench()
    page.goto(f"{digest.url}/admin/articles/article/add/")
    page.locator("#id_title").fill("Odd characters")
    page.locator("#id_body").fill(ODD)
    page.locator('[name="_save"]').click()
    bench("Odd characters")
    sentence = "The q\u0301uays should open their doors to x\u0302y."
    page.keyboard.press("f")
    page.keyboard.type("doors")
    page.keyboard.press("Enter")
    page.keyboard.press("c")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".card.claim")).to_be_visible()
    assert page.locator(".card .quote").text_content() == f"“{sentence}”"
    # by mouse, from within a family to within an Arabic word: whole characters are taken
    page.evaluate("""() => {
        const nodes = document.createTreeWalker(document.querySelector("#text"), NodeFilter.SHOW_TEXT);
        while (nodes.nextNode() && !nodes.currentNode.data.includes("موانئها")) continue;
        const last = nodes.currentNode;
        const first = document.querySelector("#text p").firstChild;
        getSelection().setBaseAndExtent(first, 3, last, last.data.indexOf("موانئها") + 7);
    }""")
    page.get_by_role("button", name="Recommendation").click()
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".card.recommendation")).to_be_visible()
    marked = page.locator(".mark.recommendation").evaluate_all("marks => marks.map(mark => mark.textContent).join('')")
    assert marked == ODD[: ODD.index("موانئها") + len("موانئها")]
    assert page.locator("#text").inner_text().strip() == ODD


def test_a_topic_takes_a_key_a_name_and_enter(bench):
    page = bench()
    card = page.locator(".card.current")
    page.keyboard.press("b")
    expect(page.get_by_role("combobox", name="Topic")).to_be_focused()
    page.get_by_label("Stance").evaluate("stance => { stance.value = 'opposes'; }")  # as proposed with another topic
    page.keyboard.type("Return of Russia")
    page.keyboard.press("Enter")
    expect(page.get_by_text("No topic is called “Return of Russia”.")).to_be_visible()
    page.keyboard.press("Enter")  # which adds it
    expect(card.locator("p.topics")).to_have_text("Return of Russia supports")
    page.keyboard.press("b")
    page.keyboard.type("return")
    expect(page.get_by_role("option", name="Return of Russia")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.get_by_label("Stance").select_option("opposes")
    page.keyboard.press("Enter")
    expect(card.locator("p.topics")).to_have_text("Return of Russia opposes")
    settled(page)
    page.keyboard.press("u")
    expect(card.locator("p.topics")).to_have_text("Return of Russia supports")
    settled(page)
    page.keyboard.press("u")
    expect(card.locator("p.topics")).to_have_count(0)


def test_two_editors_never_overwrite_each_other(bench, page, context):
    bench()
    other = context.new_page()
    other.goto(page.url)
    page.keyboard.press("e")
    expect(page.locator("form.code")).to_be_visible()
    other.keyboard.press("e")
    expect(other.locator("form.code")).to_be_visible()
    other.locator("form.code select").first.select_option("causal")
    other.locator("form.code .do button").first.click()
    expect(other.locator("form.code")).to_have_count(0)
    page.locator("form.code select").first.select_option("predictive")
    page.locator("form.code .do button").first.click()
    expect(page.get_by_role("alert")).to_contain_text("changed this after you opened it")
    page.get_by_role("button", name="Keep mine").click()
    expect(page.locator("form.code")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), [(1360, 900), (680, 450), (390, 844)])  # 680: twice as large
def test_the_bench_fits_and_is_accessible(bench, scheme, width, height):
    page = bench()
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": height})
    for keys in ("j", "Escape i", "Escape j e", "Escape b", "Escape s n", "Escape Escape ?"):
        for key in keys.split():
            page.keyboard.press(key)
            page.wait_for_timeout(400)
        settled(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{keys}: too wide"
        found = Axe().run(page)
        assert found.violations_count == 0, f"{keys}: {found.generate_report()}"
