from articles.reading import speaker


def spoken_from(names, body, language="en", byline="", source=None):
    mentions = names.find(body, language)
    return speaker.country_of(names, byline_text=byline, source=source, body=body, mentions=mentions, language=language)


def test_the_country_spoken_from(names):
    assert spoken_from(names, "Prices rise.", byline="Lecturer, University of Malaya, Malaysia") == "malaysia"
    assert spoken_from(names, "Prices rise.", source="The Times of Malta") == "malta"
    inside = "Our citizens are at risk. The South Korean government waits. The government should act on Japan."
    assert spoken_from(names, inside) == "south-korea"
    assert spoken_from(names, "Russia and China met. Japan watched.") is None
    assert spoken_from(names, "") is None
    assert spoken_from(names, "Negara kita, Indonesia, besar.", "id") == "indonesia"


def test_one_foreign_name_does_not_move_a_text_abroad(names):
    body = "Pemerintah harus memperbaiki jalan. Jepang pernah melakukannya."
    assert spoken_from(names, body, "id") is None
