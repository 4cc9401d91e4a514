"""English: what advises without a plain modal, what only looks like it, whose voice it is, and whom it tells."""

import pytest

from articles.reading import statements
from articles.reading.types import Span
from articles.vocabulary import Voice


def read(names, body, *, country=None, headings=()):
    mentions = names.find(body, "en", country=country)
    return statements.recommendations(body, "en", names=names, mentions=mentions, country=country, headings=headings)


@pytest.mark.parametrize(
    "body",
    [
        "It is time for the mayor to open the books.",
        "The council is urged to publish the contracts.",
        "Ministers would do well to read the report.",
        "The best way is to pay nurses more.",
        "The answer is to build closer to the stations.",
        "Germany has a responsibility to share the burden.",
        "It is up to the regulator to stop this practice.",
        "Parliament's first task is to repeal the decree.",
        "What is needed is a fund that outlives one cabinet.",
        "Investing in early schooling is essential for the valley.",
        "Training more midwives is crucial if deaths are to fall.",
        "Let us plant the trees before we cut the ribbon.",
        "The pension rules must be reformed by parliament.",
        "If the EU is to survive, it must speak with one voice.",
        "I call on the bishops to sell the palace.",
        "Schools should teach children how to argue.",
        "There needs to be a register of owners.",
        "Japan cannot afford to wait for another summit.",
        "Doctors ought to say so in public.",
        "Brussels needs to find its nerve.",
    ],
)
def test_advice(names, body):
    assert len(read(names, body)) == 1


@pytest.mark.parametrize(
    "body",
    [
        "The letter must have been written in haste.",
        "It should be clear by now that the scheme failed.",
        "Output should rise by 3 percent next year.",
        "Everything is as it should be.",
        "Who should govern the islands?",
        "Nurses have to buy their own gloves.",
        "The law says employers must keep a record.",
        "Under the treaty, members must pay their share.",
        "Should talks fail, the price will double.",
        "One has to wonder what the minister knew.",
        "This must be difficult for the family.",
        "Those who want peace must prepare for war.",
        "The committee should have met in March.",
        "He was told that he must leave the country.",
        "It is a myth that Germany must choose between jobs and rivers.",
        "Some would have us believe that Japan should rearm.",
        "Critics claim that Germany should close its borders. They are wrong.",
        "“Germany must close its borders,” says the governor. He is mistaken.",
        "The winner should be known by Friday.",
        "Nobody can say whether Seoul should apologise.",
    ],
)
def test_no_advice(names, body):
    assert read(names, body) == ()


@pytest.mark.parametrize(
    ("body", "keys", "printed"),
    [
        ("A water commissioner should sign each permit.", (), "water commissioner"),
        ("The fishing community must act.", (), "fishing community"),
        ("Indonesian companies should publish their accounts.", (), "Indonesian companies"),
        ("Israelis and Palestinians must talk again.", ("israel", "palestine"), "Israelis and Palestinians"),
        ("We must leave the car at home.", (), "We"),
        ("Perhaps the ministers should resign.", (), "ministers"),
        ("The commissioners have little time. They must learn to say no.", (), "commissioners"),
        ("Germany must act. A wider package is necessary for this to work.", ("germany",), "Germany"),
        ("The report must be published by Japan.", ("japan",), "Japan"),
        ("It is up to the regulator to stop this.", (), "regulator"),
    ],
)
def test_whom_it_tells(names, body, keys, printed):
    found = read(names, body)[-1]
    assert (found.addressees, found.addressee_text) == (keys, printed)


def test_a_list_under_a_lead_asks_the_leads_addressee(names):
    body = (
        "Here is the plan. It is short.\n\nGermany should:\n\n- Open the archives.\n\n- Pay the claims.\n\nIt rained."
    )
    found = read(names, body)
    assert [(one.action, one.addressees) for one in found] == [
        ("Open the archives", ("germany",)),
        ("Pay the claims", ("germany",)),
    ]


def test_paragraphs_under_a_heading_that_asks(names):
    heading = "What should be done"
    body = f"It rained.\n\n{heading}\n\nFreeze the rents for a year. It has worked before.\n\nThe rest is history."
    at = body.index(heading)
    found = read(names, body, headings=(Span(at, at + len(heading)),))
    assert [one.action for one in found] == ["Freeze the rents for a year"]


@pytest.mark.parametrize(
    ("body", "condition", "deadline"),
    [
        ("If talks resume, Japan should send an envoy.", "If talks resume", ""),
        ("Japan should halve its emissions by 2030.", "", "by 2030"),
        ("Japan must publish the list before the summit.", "", "before the summit"),
        ("Japan should leave the pact, unless its neighbours pay.", "unless its neighbours pay", ""),
        ("Within six months, Japan should vote again.", "", ""),
    ],
)
def test_condition_and_deadline(names, body, condition, deadline):
    (found,) = read(names, body)
    assert (found.condition, found.deadline) == (condition, deadline)


@pytest.mark.parametrize(
    ("body", "voice"),
    [
        ("Japan must act.", Voice.OWN),
        ("Kim Jong-un said that Japan must disarm.", Voice.REPORTED),
        ("“Japan must disarm at once,” Kim Jong-un said.", Voice.QUOTED),
    ],
)
def test_voice(names, body, voice):
    assert [one.voice for one in read(names, body)] == [voice]
