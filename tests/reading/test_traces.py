"""What a text keeps when it is translated."""

from articles.reading import fingerprint
from articles.reading.traces import agreement, features, traces

EN = (
    "On 14 March 2023 the ministry in Makassar said that 1,250 boats had left, 3.5 per cent more than in 1998.\n\n"
    "“Nobody will pay for the boats that carry people away,” Sulaiman told reporters."
)
ID = (
    "Pada 14 Maret 2023 kementerian di Makassar mengatakan bahwa 1.250 perahu telah pergi, 3,5 persen di atas 1998.\n\n"
    "“Tidak ada yang akan membayar perahu yang membawa orang pergi,” kata Sulaiman kepada wartawan."
)


def test_numbers_dates_and_names_are_the_same_in_two_languages():
    one, other = traces(EN), traces(ID)
    assert one.numbers == other.numbers == {"1250", "3.5", "1998"}
    assert one.dates == other.dates == {"2023-3-14"}
    assert "makassar" in one.names & other.names
    assert set(features(one)) & set(features(other))
    assert agreement(one, other).agreeing == ["dates", "numbers"]


def test_one_kind_of_evidence_is_not_enough():
    assert not agreement(traces("It rose by 40, by 50 and by 60."), traces("Naik 40, 50 dan 60.")).is_translation


def test_actors_by_turns_are_no_order():
    one = traces("x" * 80, mentions=[(n % 3, n, n + 1) for n in range(30)])
    other = traces("x" * 80, mentions=[(2 - n % 3, n, n + 1) for n in range(30)])
    assert agreement(one, one).shares["actors"] == 1.0
    assert agreement(one, other).shares["actors"] < 0.1


def test_an_address_is_the_same_with_and_without_its_ornaments():
    assert traces("x", addresses=["https://www.un.org/report/#p2"]).addresses == {"un.org/report"}


def test_texts_without_spaces_are_compared_by_characters():
    text = "雅加达应当在雨季之前开放北方的水闸因为大坝无法承受另一个这样的季节"
    cut = text[6:]
    assert len(fingerprint.words(text)) == len(text)
    assert fingerprint.shared(text, cut) == 1.0
    assert fingerprint.shared(text, "今天的天气很好我们去公园散步吧孩子们都很高兴") == 0.0
    thai = "รัฐบาลควรเปิดประตูน้ำทางเหนือก่อนฤดูฝนจะกลับมา"
    assert fingerprint.shared(thai, thai[10:]) > 0.8
    mixed = "The BBC 报道说水闸已经打开 said the report"
    assert "said the report" in fingerprint.shingles(mixed)
