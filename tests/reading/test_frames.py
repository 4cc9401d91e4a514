"""What stands around an op-ed in seven languages: mastheads, mottos, letters, reprints, comments, notes."""

import pytest

from articles.reading import bylines, layout, lines, people, reader, source, title
from articles.reading.actors import Names

PROSE = {
    "en": "The river has run dry for the third year, nobody in the ministry can say who took the water from it.",
    "id": "Sungai itu kering untuk musim kemarau ketiga, tak seorang pun di kementerian tahu siapa mengambil airnya.",
    "es": "El río se ha secado por tercer verano, nadie en el ministerio sabe decir quién se ha llevado toda el agua.",
    "fr": "La rivière est à sec pour le 3e été, personne au ministère ne sait dire qui en a emporté toute l'eau.",
    "de": "Der Fluss ist den dritten Sommer trocken, niemand im Ministerium kann sagen, wer das Wasser nahm.",
    "pt": "O rio secou pelo terceiro verão, ninguém no ministério sabe dizer quem levou toda a água que tinha.",
    "nl": "De rivier staat voor de derde zomer droog, niemand op het ministerie kan zeggen wie het water nam.",
}


def read(*parts):
    return reader.read("\n\n".join(parts).encode(), names=Names(()))


def prose(code, times=5):
    return [f"{PROSE[code]} ({number})" + "." for number in range(times)]


@pytest.mark.parametrize(
    ("code", "masthead", "frame", "printed", "byline"),
    [
        ("en", "THE HARBOUR POST", "Home | Opinion | Sport", "Rivers have no passport", "By Jane Roe"),
        (
            "id",
            "SUARA MUARA",
            "Minggu, 3 Maret 2024 | 07:15 WIB",
            "TAJUK: Berhenti Menjual Air",
            "Oleh: Sari Wulan",
        ),
        ("es", "LA VOZ DEL DELTA", "OPINIÓN", "Ni una gota más", "Por Ana Paz Rueda"),
        ("fr", "La Gazette du Delta", "Accueil > Idées", "Rendre l'eau aux rivières", "Par Luce Moreau"),
        (
            "de",
            "Deltazeitung",
            "Startseite | Politik | Meinung",
            "Kommentar: Gebt den Fluss zurück",
            "Von Ida Kern",
        ),
        ("pt", "O Popular do Delta", "Assine | Entrar", "Chega de secar o rio", "Por Rui Sá Lima"),
        ("nl", "Dagblad De Delta", "COLUMN", "Droogte", "Door Femke de Wit"),
    ],
)
def test_tells_the_masthead_from_the_title(code, masthead, frame, printed, byline):
    reading = read(masthead, frame, printed, byline, *prose(code))
    assert reading.title == printed.partition(": ")[2] or reading.title == printed
    assert [one.name for one in reading.authors] == [bylines.after_by(byline)]
    assert reading.source == masthead
    assert reading.body.startswith(PROSE[code][:30])


@pytest.mark.parametrize(
    ("code", "note", "where", "day"),
    [
        ("en", "This article was first published in The Harbour Post, 16 July 2013.", "The Harbour Post", "2013-07-16"),
        ("id", "Tulisan ini pertama kali dimuat di Harian Muara, 16 Juli 2013.", "Harian Muara", "2013-07-16"),
        (
            "es",
            "Publicado originalmente en El Heraldo del Delta, el 16 de julio de 2013.",
            "El Heraldo del Delta",
            "2013-07-16",
        ),
        (
            "fr",
            "Tribune parue initialement dans La Gazette du Delta du 16 juillet 2013.",
            "La Gazette du Delta",
            "2013-07-16",
        ),
        ("de", "Zuerst erschienen am 16. Juli 2013 in: Deltazeitung", "Deltazeitung", "2013-07-16"),
        (
            "pt",
            "Artigo publicado originalmente no Jornal do Delta em 16 de julho de 2013.",
            "Jornal do Delta",
            "2013-07-16",
        ),
        ("nl", "Dit artikel verscheen eerder in De Deltabode van 16 juli 2013.", "De Deltabode", "2013-07-16"),
    ],
)
def test_believes_the_first_publication_against_a_blog_s_posting_date(code, note, where, day):
    reading = read("Water is no ware", "3 May 2021", *prose(code), note)
    assert (reading.source, reading.published.iso()) == (where, day)
    assert note not in reading.body


@pytest.mark.parametrize(
    ("code", "opening", "closing"),
    [
        ("en", "Dear Minister,", "Yours sincerely,"),
        ("id", "Yang terhormat Bapak Menteri,", "Hormat kami,"),
        ("es", "Señor Ministro:", "Atentamente,"),
        ("fr", "Madame la Ministre,", "Signataires :"),
        ("de", "Sehr geehrte Frau Ministerin,", "Mit freundlichen Grüßen"),
        ("pt", "Exmo. Senhor Ministro,", "Com os melhores cumprimentos,"),
        ("nl", "Geachte minister,", "Hoogachtend,"),
    ],
)
def test_a_letter_is_by_those_who_sign_it(code, opening, closing):
    reading = read(
        "An open letter about the dry river", opening, *prose(code), closing, "Ida Kern, nurse, Emden\nRui Lima, Faro"
    )
    assert [one.name for one in reading.authors] == ["Ida Kern", "Rui Lima"]
    assert reading.body.startswith(opening)
    assert reading.body.endswith("(4).")


@pytest.mark.parametrize(
    ("code", "end"),
    [
        ("en", "3 comments\nMary says:"),
        ("id", "2 komentar:\nBudi mengatakan..."),
        ("es", "2 comentarios:\nRosa dijo..."),
        ("fr", "3 commentaires:\nLuc a dit…"),
        ("de", "2 Antworten zu „Wasser“\nHans sagt:"),
        ("pt", "3 comentários:\nAna disse..."),
        ("nl", "Reacties (87)\nWim schreef:"),
    ],
)
def test_ends_above_the_readers_comments(code, end):
    reading = read("Water is no ware", *prose(code), end, "They should all resign, and the minister should pay for it.")
    assert reading.body.endswith("(4).")


@pytest.mark.parametrize(
    "note",
    [
        "Ferd Haller schreibt jeden Montag an dieser Stelle.",
        "Zeca Lima escreve às quartas.",
        "Harm de Wit schrijft elke zaterdag over wat hij onderweg tegenkomt.",
        "Ana Paz Rueda es columnista de La Voz del Delta.",
        "Luce Moreau est maître de conférences à l'université du Delta.",
        "Femke de Wit was tot 2015 beleidsadviseur bij een waterschap.",
        "* Diplomático retirado. Fue cónsul en Faro.",
    ],
)
def test_a_note_about_the_author_is_no_body(note):
    assert note not in read("Water is no ware", *prose("en"), note).body


@pytest.mark.parametrize(
    ("printed", "cleaned"),
    [
        ("Opinion | Rivers have no passport", "Rivers have no passport"),
        ("Opinión: El río no tiene dueño", "El río no tiene dueño"),
        ("Tribune. Rendre l'eau aux rivières", "Rendre l'eau aux rivières"),
        ("KOMMENTAR: Gebt den Fluss zurück", "Gebt den Fluss zurück"),
        ("Klartext von Ferd Haller: Finger weg vom Fluss", "Finger weg vom Fluss"),
        ("Offener Brief an die Ministerin: Hören Sie zu", "Offener Brief an die Ministerin: Hören Sie zu"),
        ("Opinion polls mislead us", "Opinion polls mislead us"),
        ("Column inches: how papers count", "Column inches: how papers count"),
    ],
)
def test_takes_a_section_off_a_title(printed, cleaned):
    assert title.clean(printed) == cleaned


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Marina Teles e Jorge Dantas", ("Marina Teles", "Jorge Dantas")),
        ("José Ortega y Gasset", ("José Ortega y Gasset",)),
        ("Ana Paz y Luis Rueda", ("Ana Paz", "Luis Rueda")),
        ("Femke de Wit en Joost van der Velde", ("Femke de Wit", "Joost van der Velde")),
        ("Pedro Castro e Silva", ("Pedro Castro e Silva",)),
    ],
)
def test_parts_joined_names_and_keeps_particles(text, names):
    assert people.names(text) == names


def test_a_publication_with_a_date_is_no_author():
    assert bylines.read("De Scheldetribune | 29 augustus 2019 | Bijgewerkt om 14:32") == ()


def test_names_the_blog_that_reprints():
    rows = lines.split(
        "\n\n".join(
            [
                "Notizen vom Delta",
                "Gepostet von wirtin am 20. Februar 2024",
                "Wasser ist keine Ware",
                "Von Ida Kern",
                *prose("de"),
                "Zuerst erschienen am 3. Mai 2022 in: Deltazeitung",
            ]
        )
    )
    assert source.name(layout.arrange(rows)) == ("Deltazeitung", "Notizen vom Delta")
