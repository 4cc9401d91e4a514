"""Indonesian and Malay: what advises, what only looks like it."""

import pytest

from articles.reading import statements
from articles.reading.types import Span


def read(names, body, language="id", country=None):
    mentions = names.find(body, language, country=country)
    return statements.recommendations(body, language, names=names, mentions=mentions, country=country, headings=())


@pytest.mark.parametrize(
    "body",
    [
        "Sudah saatnya parlemen membahas rancangan itu secara terbuka.",
        "Tugas pemerintah sekarang adalah memperbaiki jalan desa.",
        "Langkah pertama yang harus diambil adalah membuka data anggaran.",
        "Kami mendesak menteri untuk menunda pembahasan.",
        "Semestinya pemerintah mengumumkan hasil audit itu.",
        "Alangkah baiknya jika pemerintah mendengar nelayan lebih dulu.",
        "Tidak ada jalan lain selain mencabut izin tambang itu.",
        "Polisi tidak sepatutnya menangkap para pengamen.",
        "Jangan biarkan hutan itu habis.",
        "Reformasi kepolisian adalah keharusan.",
        "Keadaan memburuk. Hentikan impor pada saat panen.",
        "Pemerintah bisa belajar dari Vietnam.",
    ],
)
def test_advice(names, body):
    assert len(read(names, body)) == 1


@pytest.mark.parametrize(
    "body",
    [
        "Petani harus menunggu pupuk sampai dua bulan.",
        "Ibu-ibu harus berdiri sejak pagi demi minyak goreng.",
        "Warga sampai harus meminjam uang ke rentenir.",
        "Perdana menteri mengatakan semua dinas harus siaga.",
        "Ada yang bilang kota harus menunggu dana pusat.",
        "Seharusnya kejadian itu sudah dipahami semua orang.",
        "Haruskah kita diam saja?",
        "Kita harus akui keadaan tidak mudah.",
        "Pada saatnya semua orang akan tahu.",
        "Mari kita simak angka berikut.",
        "Jangan-jangan data itu salah.",
        "Masyarakat tidak perlu khawatir.",
        "Kami paham negara harus berhemat.",
    ],
)
def test_no_advice(names, body):
    assert read(names, body) == ()


@pytest.mark.parametrize(
    "body",
    [
        "Kerajaan wajar menghentikan projek itu dengan segera.",
        "Pihak berkuasa hendaklah mengenakan denda yang setimpal.",
        "Usahlah kita menunggu laporan yang seterusnya.",
        "Sudah tiba masanya Parlimen meluluskan akta itu.",
    ],
)
def test_malay_advice(names, body):
    assert len(read(names, body, "ms")) == 1


def test_what_one_is_told_not_to_do(names):
    (found,) = read(names, "Pemerintah tidak boleh lagi menunda pembayaran.")
    assert found.negated
    assert found.action == "menunda pembayaran"


def test_a_bare_verb_is_the_action(names):
    (found,) = read(names, "Semua sudah jelas. Pangkas biaya perizinan nelayan.")
    assert found.action == "Pangkas biaya perizinan nelayan"


def test_condition_and_deadline(names):
    (found,) = read(names, "Jika harga naik, pemerintah harus membuka gudang sebelum akhir tahun ini.")
    assert found.condition == "Jika harga naik"
    assert found.deadline == "sebelum akhir tahun ini"


def test_what_had_to_be_done_then_is_no_advice(names):
    assert read(names, "Waktu itu pemerintah harus mencetak uang.") == ()
    assert read(names, "Menurut undang-undang, menteri harus melapor ke parlemen.") == ()


def test_headings_that_command(names):
    headings = ("1. Bersihkan trotoar", "2. Pasang lampu jalan", "3. Pangkas antrean", "4. Menakar ulang anggaran")
    body = "\n\n".join(f"{heading}\n\nIni murah dan cepat." for heading in headings)
    places = tuple(Span(body.index(heading), body.index(heading) + len(heading)) for heading in headings)
    found = statements.recommendations(body, "id", names=names, mentions=(), country=None, headings=places)
    assert [one.action for one in found] == ["Bersihkan trotoar", "Pasang lampu jalan", "Pangkas antrean"]
