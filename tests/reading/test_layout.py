import pytest

from articles.reading import layout, lines
from articles.reading.reader import page
from tests.reading.documents import PARAGRAPHS, body, op_ed

P = PARAGRAPHS["en"]


def arrange(text, titles=()):
    return layout.arrange(lines.split(text), titles=titles)


def texts(found):
    return [text for text, _ in found.paragraphs]


def test_takes_both_paragraph_styles():
    assert texts(arrange(body())) == P
    assert texts(arrange("\n".join(P))) == P


def test_leaves_menu_and_foot_out():
    menu = "\n".join(["Home", "About", "Rivers", "Money", "Letters from readers", "Join the club"])
    foot = "Comments\n\nWhat a fine article this is, said nobody ever, but I do say it here and now.\n\nAbout"
    found = arrange(f"{menu}\nWater is a promise\nBy Jane Roe\n\n{body()}\n\n{foot}")
    assert found.title == "Water is a promise"
    assert texts(found) == P


def test_a_comment_longer_than_the_article_is_no_article():
    assert texts(arrange(f"Title of it\n\n{body()}\n\nComments\n\n{body('fr') * 5}")) == P


def test_takes_the_title_that_a_breadcrumb_repeats():
    found = arrange(f"HomeAsiaRivers are a border\n\nRivers are a border\n\n{body()}")
    assert found.title == "Rivers are a border"
    assert texts(found) == P


def test_the_title_again_ends_the_article():
    found = arrange(f"Rivers are no border at all\n\n{body()}\n\nRivers are no border at all\n\nA teaser. Read more")
    assert texts(found) == P


def test_a_standfirst_above_the_byline_is_no_body():
    found = arrange(f"Rivers are a border\nThe ministers have no excuse left.\nBy Jane Roe\n3 May 2021\n\n{body()}")
    assert texts(found) == P


def test_drops_teasers_inside_the_article():
    teasers = [P[0], "Related", "Why wells fail", P[1], P[2], "Read: Why dams fail", P[3], "Jane Roe: A dry year"]
    assert texts(arrange("Rivers are a border\n\n" + "\n\n".join(teasers))) == P


def test_keeps_headings_where_they_stand():
    found = arrange(f"Rivers are a border\n\n{P[0]}\n\nThe cost of nothing\n\n{P[1]}\n\nWho pays for it?\n\n{P[2]}")
    assert [text for text, heading in found.paragraphs if heading] == ["The cost of nothing", "Who pays for it?"]


def test_joins_a_paragraph_that_a_page_break_tore():
    torn = P[1].index(" in one season")
    found = arrange(f"Rivers are a border\n\n{P[0]}\n\n{P[1][:torn]}\n\n{P[1][torn + 1 :]}\n\n{P[2]}")
    assert texts(found) == P[:3]


def test_notes_and_disclaimers_follow_the_body():
    note = "Jane Roe is a professor at Delta University. She writes about rivers."
    disclaimer = "The views expressed here are the author’s own and not those of her employer."
    found = arrange(f"Rivers are a border\n\n{body()}\n\n{note}\n\n{disclaimer}")
    assert texts(found) == P
    assert [block.role for block in found.blocks[-2:]] == ["bio", "note"]


def test_a_sentence_about_somebody_is_no_note():
    sentence = "Jane Roe is a professor of hydrology at Delta University, and she was sacked for saying so in public."
    assert texts(arrange("Rivers are a border\n\n" + "\n\n".join([P[0], sentence, P[1], P[2]])))[1] == sentence


def test_text_that_breaks_off():
    assert arrange(f"{body()}\n\nThe next dry season begins in........\n\n© The Ledger").truncated
    assert arrange(f"{body()}\n\nThe next dry season begins\n\nContinue reading").truncated
    assert not arrange(f"{P[0]}\n\nLet us hope not...\n\n{P[1]}\n\n{P[2]}").truncated
    assert not arrange(f"{body()}\n\nRead more\n\nWhy dams fail").truncated


def test_gives_every_line_a_role():
    roles = [
        block.role
        for block in arrange(f"Menu\nRivers are a border\nBy Jane Roe\n3 May 2021\n\n{P[0]}\n\n{P[1]}").blocks
    ]
    assert roles == ["chrome", "title", "byline", "dateline", "paragraph", "paragraph"]


def test_keeps_a_list_inside_the_article():
    items = ["The cabinet should:", "- create a basin authority", "- publish the reports"]
    found = arrange(
        "Rivers are a border\nBy Jane Roe\n\n" + "\n\n".join([P[0], *items, *P[1:]]) + "\n\nTags: water, rivers"
    )
    assert texts(found) == [P[0], *items, *P[1:]]


def test_calls_to_the_reader_end_the_article():
    call = "Do you have an opinion on this? If you would like to send a letter, please click here."
    assert texts(arrange(f"Rivers are a border\n\n{body()}\n\n{call}")) == P


@pytest.mark.parametrize(
    ("deck", "language"),
    [
        ("Vijf kabinetten schoven het voor zich uit. Nu betaalt iedereen, schrijven een boer en een ecoloog.", "nl"),
        (
            "Un collectif d'élus et de chercheurs appelle le gouvernement à ne pas laisser mourir les petites lignes.",
            "fr",
        ),
        ("Der Plan ist teuer und kommt zu spät, schreibt unser Gastautor.", "de"),
        ("The plan is dear and late, and nobody has read it, writes Jane Roe.", "en"),
    ],
)
def test_the_desks_standfirst_is_not_the_authors(deck, language):
    reading, _ = page(op_ed(f"Rivers are a border\n\n3 May 2021\n\nShare\n\n{deck}", language=language))
    assert deck not in reading.body


def test_those_who_sign_an_appeal_are_its_authors_and_no_part_of_it():
    signed = "Premiers signataires : Jeanne Roe, maire de Port-Neuf ; Jean Doé, géographe, université du Delta."
    reading, _ = page(op_ed("Les fleuves sont une frontière\n\n3 mai 2021", signed, language="fr"))
    assert "signataires" not in reading.body
    assert [one.name for one in reading.authors] == ["Jeanne Roe", "Jean Doé"]


def test_a_call_for_letters_ends_the_article():
    line = "Vous souhaitez réagir à ce texte ? Écrivez-nous à idees@port.example. 750 mots au plus."
    assert line not in page(op_ed("Les fleuves sont une frontière\nPar Jeanne Roe", line, language="fr"))[0].body


@pytest.mark.parametrize(
    ("dateline", "stays"),
    [
        ("JAKARTA, KOMPAS.com – ", False),
        ("Berlin (dpa) - ", False),
        ("WASHINGTON — ", False),
        ("NEW DELHI: ", False),
        ("NATO – as everybody calls it – ", True),
        ("Jakarta – ", True),
    ],
)
def test_a_dateline_is_not_the_authors(dateline, stays):
    text = body("en")
    reading, _ = page(f"Rivers are a border\n\nBy Jane Roe\n3 May 2021\n\n{dateline}{text}\n".encode())
    assert reading.body.startswith(dateline) is stays


def test_a_pull_quote_is_printed_once():
    quote = "Rivers do not respect provincial borders."
    paragraphs = [*PARAGRAPHS["en"][:2], f"“{quote}”", *PARAGRAPHS["en"][2:]]
    reading, _ = page(("Rivers are a border\n\nBy Jane Roe\n\n" + "\n\n".join(paragraphs)).encode())
    assert reading.body.count(quote) == 1


def test_a_note_by_comma_below_a_short_text_is_no_header():
    text = body("id").split("\n\n")[0]
    reading, _ = page(
        f"Sungai adalah batas\n\nJana Roe\n\n{text}\n\nJana Roe, dosen ekonomi Universitas Delta.".encode()
    )
    assert reading.body == text
