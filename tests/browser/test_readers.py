"""The way of a reader from a question to a download: by mouse, by keyboard, without scripts; in Indonesian; by mail."""

import re
import time

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
FARTHEST = 150  # presses of Tab to anything on a page


def by_mouse(page, link):
    link.click()


def by_keyboard(page, link):
    """Press Tab until a link has the focus, then Enter."""
    for _ in range(FARTHEST):
        page.keyboard.press("Tab")
        if link.evaluate("link => link === document.activeElement"):
            return page.keyboard.press("Enter")
    raise AssertionError(f"{link} is not reached by Tab")


@pytest.mark.parametrize(
    ("follow", "scripts"),
    [(by_mouse, True), (by_mouse, False), (by_keyboard, True), (by_keyboard, False)],
    ids=["mouse", "mouse without scripts", "keyboard", "keyboard without scripts"],
)
def test_from_a_question_to_facets_a_passage_an_actor_and_a_download(browser, digest, follow, scripts):
    context = browser.new_context(java_script_enabled=scripts, viewport={"width": 1360, "height": 900})
    page = context.new_page()
    page.goto(digest.url + "/")
    if follow is by_keyboard:
        while page.locator(".ask input").evaluate("box => box !== document.activeElement"):
            page.keyboard.press("Tab")
        page.keyboard.type("Indonesia 2024 security")
    else:
        page.locator(".ask input").fill("Indonesia 2024 security")
    page.keyboard.press("Enter")
    expect(page.locator(".chips")).to_contain_text("security")
    if not scripts:
        follow(page, page.get_by_role("link", name="Count what they are about"))
    facet = page.locator(".facets").get_by_role("link", name=re.compile("^English"))
    expect(facet).to_be_visible()  # counted after the page
    follow(page, facet)
    expect(page.locator(".chips")).to_contain_text("English")
    follow(page, page.locator(".hit h2 a").first)
    passage = page.locator(".asks a.quiet").first
    expect(passage).to_be_visible()
    follow(page, passage)
    expect(page).to_have_url(re.compile(r"#recommendation-\d+$"))
    follow(page, page.locator("dl.facts").get_by_role("link", name="Indonesia", exact=True))
    expect(page.locator("h1")).to_have_text("Indonesia")
    follow(page, page.locator("dl.facts").get_by_role("link", name=re.compile(r"^\d+$")).first)
    expect(page.locator(".chips")).to_contain_text("Indonesia")
    with page.expect_download() as saved:
        follow(page, page.locator(".ways").get_by_role("link", name="CSV"))
    rows = saved.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert len(rows) > 1 and "title" in rows[0]
    context.close()


def test_the_reading_room_in_indonesian(page, digest):
    page.goto(digest.url + "/")
    page.get_by_role("link", name="Bahasa Indonesia").click()
    expect(page.locator("html")).to_have_attribute("lang", "id")
    page.locator(".ask input").fill("Indonesia Korea Utara 2024")
    page.get_by_role("button", name="Cari").click()
    expect(page.locator(".chips")).to_contain_text("North Korea")
    page.get_by_role("link", name="Terlama dahulu").click()
    page.locator(".hit h2 a").first.click()
    expect(page.locator("dl.facts")).to_contain_text("Terbit")
    expect(page.locator("dl.facts")).to_contain_text("Inggris")
    page.get_by_role("navigation").get_by_role("link", name="Rekomendasi").click()
    expect(page.locator("h1")).to_have_text("Rekomendasi")
    page.get_by_role("link", name="English").click()
    expect(page).to_have_url(digest.url + "/recommendations/")


def arrived(mailbox, subject):
    """Wait for a mail, half a minute at most: a worker sends it."""
    for _ in range(300):
        if found := [mail for mail in mailbox.mails if subject in mail["Subject"]]:
            return found[-1]
        time.sleep(0.1)
    raise TimeoutError(subject)


def test_from_opting_in_to_a_mail_and_out_again(page, digest):
    page.goto(digest.url + "/articles/?actor=indonesia")
    page.get_by_role("link", name="Mail me what is new").click()
    page.get_by_label("E-mail address").fill("reader@example.org")
    page.get_by_label("Daily").check()
    page.get_by_role("button", name="Send me a link to confirm").click()
    expect(page.locator("h1")).to_have_text("Look into your mailbox")
    mail = arrived(digest.mailbox, "Confirm")
    assert mail["To"] == "reader@example.org"
    (link,) = re.findall(r"http\S+/follow/confirm/\S+", mail.get_body(("plain",)).get_content())
    page.goto(link)
    page.get_by_role("button", name="Yes, mail me").click()
    expect(page.locator("h1")).to_have_text("You will be told")
    # the digest of the week comes as soon as it is published
    page.goto(digest.url + "/editions/")
    page.get_by_role("link", name="Mail it to me").click()
    page.get_by_label("E-mail address").fill("reader@example.org")
    page.get_by_role("button", name="Send me a link to confirm").click()
    mail = arrived(digest.mailbox, "The digest of the week")
    page.goto(re.findall(r"http\S+/follow/confirm/\S+", mail.get_body(("plain",)).get_content())[0])
    page.get_by_role("button", name="Yes, mail me").click()
    page.goto(f"{digest.url}/admin/login/?next=/admin/articles/edition/add/")
    page.get_by_label("Username").fill(digest.editor)
    page.get_by_label("Password").fill(digest.password)
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("textbox", name="Title").fill("Jakarta between two Koreas")
    page.get_by_role("textbox", name="Lead").fill("What op-eds *asked* of Jakarta.")
    page.locator("#id_recommendations input").first.check()
    page.get_by_role("button", name="Save and continue editing").click()
    page.get_by_role("button", name="Save and publish").click()
    expect(page.locator("h1")).to_have_text("Jakarta between two Koreas")
    mail = arrived(digest.mailbox, "Jakarta between two Koreas")
    assert "<em>asked</em>" in mail.get_body(("html",)).get_content()
    # and out again
    leave = mail["List-Unsubscribe"].strip(" <>")
    assert leave in mail.get_body(("plain",)).get_content()
    page.goto(leave)
    page.get_by_role("button", name="Yes, stop them").click()
    expect(page.locator("h1")).to_have_text("Stopped")
