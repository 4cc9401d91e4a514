"""German: what advises, what only looks like it."""

import pytest

from articles.reading import statements


def read(names, body, country=None):
    mentions = names.find(body, "de", country=country)
    return statements.recommendations(body, "de", names=names, mentions=mentions, country=country, headings=())


@pytest.mark.parametrize(
    ("body", "action"),
    [
        ("Pflanzen wir endlich mehr Hecken.", "Pflanzen wir endlich mehr Hecken"),
        ("Hören Sie auf, die Eltern zu vertrösten.", "Hören Sie auf"),
        ("Schluss mit den Sonntagsreden!", "den Sonntagsreden"),
        ("Nun gilt es, die Brunnen zu schützen.", "die Brunnen zu schützen"),
        ("Die Gebühr gehört abgeschafft.", "abgeschafft"),
        ("Die Verträge sind neu zu verhandeln.", "neu zu verhandeln"),
        ("Die Verwaltung hat bis Mai eine Liste vorzulegen.", "bis Mai eine Liste vorzulegen"),
        ("Eine Reform ist überfällig.", "Eine Reform"),
        ("Nötig ist ein ehrlicher Kassensturz.", "ein ehrlicher Kassensturz"),
        ("Die Vereine wären gut beraten, früher zu fragen.", "früher zu fragen"),
        ("Wir fordern die Ministerin auf, den Erlass zurückzuziehen.", "den Erlass zurückzuziehen"),
        ("Die Regierung soll endlich einen Plan vorlegen.", "endlich einen Plan vorlegen"),
        ("Der Stadtrat darf sich davon nicht beirren lassen.", "sich davon nicht beirren lassen"),
        ("Es ist höchste Zeit, die Akten zu öffnen.", "die Akten zu öffnen"),
        ("Höchste Eisenbahn, die Schleusen zu sanieren.", "die Schleusen zu sanieren"),
        ("Die Werft hat gefälligst offenzulegen, was sie verdient.", "gefälligst offenzulegen, was sie verdient"),
        ("Ein Ombudsmann gehört in jedes Heim.", "in jedes Heim"),
        ("Es empfiehlt sich, die Prüfer früher zu schicken.", "die Prüfer früher zu schicken"),
        ("Es kommt jetzt darauf an, die Vorräte zu sichern.", "die Vorräte zu sichern"),
        ("Es liegt nun an den Ländern, die Lücke zu schließen.", "die Lücke zu schließen"),
        ("Wer die Verkehrswende will, muss den Nahverkehr bezahlen.", "den Nahverkehr bezahlen"),
        ("Niemand darf gezwungen werden, sein Haus zu verkaufen.", "gezwungen werden, sein Haus zu verkaufen"),
    ],
)
def test_advice(names, body, action):
    assert [one.action for one in read(names, body)] == [action]


def test_a_dass_clause_may_advise(names):
    found = read(names, "Dass der Verbrauch bis 2040 halbiert werden muss, bestreitet kaum jemand.")
    assert len(found) == 1


@pytest.mark.parametrize(
    "body",
    [
        "Die Stadt wird noch lange sparen müssen.",
        "Man hätte viel früher handeln müssen.",
        "Der Minister soll davon gewusst haben.",
        "Der Minister muss davon gewusst haben.",
        "Sollte es so kommen, ist die Regierung am Ende.",
        "Man muss sagen, dass der Plan klug war.",
        "Nach geltendem Recht muss der Vermieter nur auf Verlangen antworten.",
        "Viele Familien müssen bei der Tafel anstehen.",
        "Krankenhäuser müssen schließen.",
        "Das ist leicht zu verstehen.",
        "Die Partei hat damit zu kämpfen.",
        "Kommen wir nicht voran, wird es teuer.",
        "Stellen Sie sich vor, es wäre Krieg.",
        "Die Kritiker fordern, der Rat müsse nachgeben.",
        "Niemand weiß, wie der Rat entscheiden soll.",
        "Muss die Partei sich neu erfinden?",
        "Die Kommunen sind gefragt.",
        "Die Kommunen sind gefragt worden.",
        "Man muss diese Geschichte kennen, um den Streit zu verstehen.",
        "Dort dürfen die Netze keinen Gewinn machen.",
        "Laut Gutachten muss das Dach erneuert werden.",
        "Es bedarf keiner Fantasie, sich das auszumalen.",
        "Das sollte uns zu denken geben.",
        "Sie sollten nie erfahren, wer es war.",
    ],
)
def test_no_advice(names, body):
    assert read(names, body) == ()


@pytest.mark.parametrize(
    ("body", "addressee"),
    [
        ("Zweitens sollten die Gemeinden ihre Grundstücke behalten.", "Gemeinden"),
        ("Um Platz zu schaffen, sollte die Stadt die Stellplätze verlegen.", "Stadt"),
        ("Umso ehrlicher müsste der Bundestag über die Kosten reden.", "Bundestag"),
        ("Wichtig ist, dass die Kammer jeden Antrag offen prüft.", "Kammer"),
        ("Wir fordern die Länder auf, das Gesetz abzulehnen.", "Länder"),
    ],
)
def test_who_is_told(names, body, addressee):
    assert [one.addressee_text for one in read(names, body)] == [addressee]


def test_condition_and_deadline(names):
    [found] = read(names, "Wenn die Preise steigen, muss der Senat bis Ende 2027 neue Wohnungen kaufen.")
    assert (found.condition, found.deadline) == ("Wenn die Preise steigen", "bis Ende 2027")


def test_a_maxim_is_no_advice(names):
    assert read(names, "Wer Frieden will, muss auf manches verzichten.") == ()


def test_a_list_of_demands(names):
    body = "Was zu tun ist:\n\n- Den Nahverkehr ausbauen.\n\n- Die Fahrpreise senken."
    assert [one.action for one in read(names, body)] == ["Den Nahverkehr ausbauen", "Die Fahrpreise senken"]


def test_a_pronoun_behind_the_verb_is_the_subject(names):
    [found] = read(names, "Wenn die Nato glaubwürdig bleiben will, muss sie Ungarn die Mittel kürzen.")
    assert found.addressees == ("nato",)


def test_an_object_before_the_verb_is_not_told(names):
    found = read(names, "Den Antrag sollte der Kreistag ablehnen.")
    assert [one.addressee_text for one in found] == ["Kreistag"]
