"""Every page of the desk as axe, a phone and a magnifier see it, and the article form by keyboard alone.

The addresses are the permission matrix's: a page that is added there is looked at here.
"""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
TOO_WIDE = "document.documentElement.scrollWidth - innerWidth"


@pytest.fixture
def desk(page, furnished):
    page.goto(furnished.url + "/admin/")
    page.fill("#id_username", furnished.editor)
    page.fill("#id_password", furnished.password)
    page.keyboard.press("Enter")
    page.wait_for_selector(".who")
    return page


def visit(desk, furnished, address):
    """Go to a page; return whether it is one: downloads and what scripts ask for are none."""
    if "/download/" in address:
        return False
    answer = desk.goto(furnished.url + address)
    assert answer.status < 500, address
    return "text/html" in answer.headers["content-type"] and "<html" in desk.content()[:400]


def breaches(desk, scheme):
    """Return what axe finds; in the dark only what may differ from the light: contrast."""
    options = {"preload": False, "resultTypes": ["violations"]}  # it would put styles of its own into the page
    options |= {"runOnly": ["color-contrast"]} if scheme == "dark" else {}
    found = Axe().run(desk, options=options).response["violations"]
    return [f"{one['id']} {one['nodes'][0]['html'][:200]}" for one in found]


@pytest.mark.parametrize("part", range(4))
def test_every_page_fits_and_is_accessible(desk, furnished, part):
    wrong, seen = [], set()
    for address in list(dict.fromkeys([*furnished.pages, *furnished.hard.values()]))[part::4]:
        if not visit(desk, furnished, address) or desk.url in seen:
            continue
        seen.add(desk.url)
        for width, scheme in ((1360, "light"), (1360, "dark"), (390, "light"), (390, "dark")):
            desk.set_viewport_size({"width": width, "height": 900})
            desk.emulate_media(color_scheme=scheme)
            desk.evaluate("document.getAnimations().forEach((one) => one.finish())")  # colours that are on their way
            if (over := desk.evaluate(TOO_WIDE)) > 0:
                wrong.append(f"{address} is {over} px too wide of {width}")
            wrong += [f"{address} {width} {scheme}: {said}" for said in breaches(desk, scheme)]
    assert not wrong, "\n".join(wrong)
    assert len(seen) > 20


def test_every_page_fits_a_magnifier(desk, furnished):
    desk.set_viewport_size({"width": 680, "height": 450})  # 1360 by 900 at 200 %
    wrong = []
    for address in furnished.hard.values():
        if visit(desk, furnished, address) and (over := desk.evaluate(TOO_WIDE)) > 0:
            wrong.append(f"{address} is {over} px too wide")
    assert not wrong, "\n".join(wrong)


OPERATED = "a[href], button, input, select, textarea, summary, [tabindex]"
SEEN = """() => {
  const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
  const proxy = one.closest('.select2-container')?.querySelector('.select2-selection');
  const line = (e) => getComputedStyle(e).outlineStyle !== 'none' && parseFloat(getComputedStyle(e).outlineWidth) >= 1;
  return { what: `${one.tagName}.${one.className}#${one.id} ${one.name ?? ''}`, body: one === document.body,
    seen: line(one) || (proxy && line(proxy)) || style.boxShadow !== 'none', there: box.width > 0 && box.height > 0 };
}"""


@pytest.mark.parametrize("which", ["empty", "claim", "coding", "comparison", "split", "note", "long restore"])
def test_tab_comes_by_everything_visibly_and_out_again(desk, furnished, which):
    desk.goto(furnished.url + furnished.hard[which])
    desk.evaluate("document.activeElement.blur()")
    count = desk.evaluate(f"document.querySelectorAll({OPERATED!r}).length")
    stops = []
    for _ in range(count + 20):
        desk.keyboard.press("Tab")
        stop = desk.evaluate(SEEN)
        if stop["body"]:
            break
        stops.append(stop)
    else:
        raise AssertionError(f"a trap after {stops[-3:]}")
    assert [stop["what"] for stop in stops if not stop["seen"] or not stop["there"]] == []
    assert len(stops) > 20


def test_an_article_goes_its_way_by_keyboard_alone(desk, furnished):
    desk.goto(furnished.url + furnished.hard["empty"])

    def tab_to(locator):
        for _ in range(120):
            if locator.evaluate("one => one === document.activeElement"):
                return
            desk.keyboard.press("Tab")
        raise AssertionError("out of reach")

    # what speaks against publishing leads to where it is mended
    desk.get_by_role("link", name="no date").focus()
    desk.keyboard.press("Enter")
    desk.keyboard.press("Tab")
    tab_to(desk.locator("#id_title"))
    desk.keyboard.type("Nothing asked")
    # Select2: opened by a key, searched, chosen, and left
    tab_to(desk.locator("#id_source + .select2-container .select2-selection"))
    desk.keyboard.press("Enter")
    desk.keyboard.type("Harbour Post")
    expect(desk.locator(".select2-results__option--highlighted")).to_contain_text("Harbour Post")
    desk.keyboard.press("Enter")
    expect(desk.locator("#id_source + .select2-container")).to_contain_text("Harbour Post")
    tab_to(desk.locator("#id_published"))
    desk.keyboard.type("2024-07-01")
    tab_to(desk.get_by_role("button", name="Save and publish"))
    desk.keyboard.press("Enter")
    expect(desk.locator(".messagelist")).to_contain_text("1 article published.")
    # withdrawn: a reason is asked for first
    desk.get_by_role("button", name="Save and withdraw").press("Enter")
    expect(desk.locator(".messagelist")).to_contain_text("not withdrawn")
    tab_to(desk.get_by_label("Reason for withdrawing"))
    desk.keyboard.type("It was not ours.")
    tab_to(desk.get_by_role("button", name="Save and withdraw"))
    desk.keyboard.press("Enter")
    expect(desk.locator(".flow")).to_contain_text("Readers are told: It was not ours.")


def test_a_lost_update_is_shown_and_accessible(desk, furnished, context):
    address = furnished.url + furnished.hard["emoji"]
    desk.goto(address)
    other = context.new_page()
    other.goto(address)
    for page, title in ((other, "Ships sailed"), (desk, "Ships stayed " * 20)):
        page.locator("#id_title").fill(title)
        page.get_by_role("button", name="Save", exact=True).press("Enter")
        page.wait_for_load_state()
    expect(desk.locator(".conflicts")).to_contain_text("Ships sailed")
    for width in (1360, 390):
        desk.set_viewport_size({"width": width, "height": 900})
        assert desk.evaluate(TOO_WIDE) <= 0
        found = Axe().run(desk, options={"preload": False})
        assert found.violations_count == 0, found.generate_report()
    desk.get_by_role("radio").first.check()
