"""Five op-eds, each in English and in Indonesian, and eight others on the same subjects that are none of them."""

# ruff: noqa: E501 - prose

PAIRS = [
    (
        """Jakarta has waited long enough for Pyongyang

When President Megawati Sukarnoputri flew to Pyongyang in March 2002, she carried a letter from Seoul. Indonesia has kept its embassy in North Korea since 1964, longer than almost any other democracy, and it has used it too little.

In 2018 the organisers of the Asian Games in Jakarta let both Koreas march under one flag. Thirty-four athletes rowed in the same boats before 11,500 spectators in Palembang. “For two weeks we forgot on which side of the line we were born,” said the coach Kim Young-ho.

Since then nothing has followed. South Korea has closed its liaison office in Kaesong, the United States has added 63 names to its list of sanctions, and China buys 93 per cent of what North Korea sells.

Indonesia should invite both Koreas to Bandung before 18 April 2025, seventy years after the conference there. “An invitation costs a stamp,” the diplomat Nana Sutresna used to say. It is time to buy one.""",
        """Terlalu lama Jakarta menunggu Pyongyang

Ketika Presiden Megawati Sukarnoputri terbang ke Pyongyang pada Maret 2002, ia membawa sepucuk surat dari Seoul. Indonesia memelihara kedutaannya di Korea Utara sejak 1964, lebih lama daripada hampir semua negara demokrasi lain, dan terlalu jarang memanfaatkannya.

Pada 2018 panitia Asian Games di Jakarta mengizinkan kedua Korea berbaris di bawah satu bendera. Tiga puluh empat atlet mendayung di perahu yang sama di hadapan 11.500 penonton di Palembang. “Selama dua minggu kami lupa di sisi garis mana kami dilahirkan,” ujar sang pelatih Kim Young-ho.

Sesudah itu tidak ada lanjutannya. Korea Selatan menutup kantor penghubungnya di Kaesong, Amerika Serikat menambahkan 63 nama ke dalam daftar sanksinya, dan Tiongkok membeli 93 persen dari apa yang dijual Korea Utara.

Indonesia seharusnya mengundang kedua Korea ke Bandung sebelum 18 April 2025, tujuh puluh tahun setelah konferensi di sana. “Sebuah undangan hanya seharga selembar perangko,” begitu kata diplomat Nana Sutresna dahulu. Sudah waktunya membelinya.""",
    ),
    (
        """Who drinks the Mekong

The gauge at Chiang Saen stood at 1.42 metres on 9 January 2024, the lowest in the 61 years in which anybody has read it. Upstream, China has eleven dams on the river; together they hold 42.7 billion cubic metres.

Thailand complains, Laos builds, Cambodia counts its fish. The catch in the Tonle Sap fell from 400,000 tonnes to 262,000 within four seasons, writes the biologist Chheng Phen.

Vietnam loses most. In Ben Tre the salt came 75 kilometres inland last spring, and 96,000 families bought their drinking water from lorries. “We used to sell water to ships,” a farmer in Ba Tri told us. “Today the ships sell it to us.”

China should publish what its dams let through, hour by hour, and Thailand, Laos, Cambodia and Vietnam should ask for it with one voice at the summit in Vientiane.""",
        """Siapa yang meminum Mekong

Alat ukur di Chiang Saen menunjukkan 1,42 meter pada 9 Januari 2024, angka terendah selama 61 tahun alat itu dibaca orang. Di hulu, Tiongkok mempunyai sebelas bendungan di sungai itu; seluruhnya menampung 42,7 miliar meter kubik.

Thailand mengeluh, Laos membangun, Kamboja menghitung ikannya. Tangkapan di Tonle Sap turun dari 400.000 ton menjadi 262.000 dalam empat musim, tulis ahli biologi Chheng Phen.

Vietnam paling banyak kehilangan. Di Ben Tre air asin masuk 75 kilometer ke pedalaman musim semi lalu, dan 96.000 keluarga membeli air minum dari truk. “Dulu kami menjual air kepada kapal,” kata seorang petani di Ba Tri kepada kami. “Kini kapal yang menjualnya kepada kami.”

Tiongkok harus mengumumkan berapa air yang dilepaskan bendungannya, jam demi jam, dan Thailand, Laos, Kamboja serta Vietnam harus memintanya dengan satu suara pada pertemuan puncak di Vientiane.""",
    ),
    (
        """The price of a quiet border

Papua New Guinea and Indonesia share 820 kilometres of border and one road that crosses it. On 30 July 2022 the crossing at Skouw opened again after 28 months; on the first market day 3,600 people came from Wutung and Vanimo.

Australia pays for patrol boats, and New Zealand for a clinic. Neither pays for what the border lacks: a court. Of 417 quarrels about gardens, pigs and marriages that the priest Izaak Gobay wrote down in Jayapura, 9 came before a judge.

“A line on the map does not know whose yams these are,” he says. “We know, but nobody asks us.”

Indonesia should let the elders of both sides sit as one court at Skouw, as Papua New Guinea has offered since 1986, and Australia should pay the clerk.""",
        """Harga perbatasan yang tenang

Papua Nugini dan Indonesia berbagi perbatasan sepanjang 820 kilometer dan satu jalan yang melintasinya. Pada 30 Juli 2022 pos lintas batas Skouw dibuka lagi setelah 28 bulan; pada hari pasar pertama 3.600 orang datang dari Wutung dan Vanimo.

Australia membiayai kapal patroli, dan Selandia Baru membiayai sebuah klinik. Tak satu pun membiayai apa yang kurang di perbatasan itu: pengadilan. Dari 417 sengketa tentang kebun, babi dan perkawinan yang dicatat pastor Izaak Gobay di Jayapura, hanya 9 yang sampai ke hakim.

“Garis di peta tidak tahu ubi ini milik siapa,” katanya. “Kami tahu, tetapi tidak ada yang bertanya kepada kami.”

Indonesia seharusnya membiarkan para tetua dari kedua sisi duduk sebagai satu pengadilan di Skouw, seperti yang ditawarkan Papua Nugini sejak 1986, dan Australia membayar paniteranya.""",
    ),
    (
        """Palm oil and a letter from Brussels

The regulation that the European Union passed on 31 May 2023 asks every planter of palm oil for the coordinates of his land. In Riau 2.6 million smallholders hold plots of less than four hectares, says the union leader Mansuetus Darto, and half of them have no title to show.

Malaysia has written to Brussels 14 times, Indonesia 22 times. Germany asked for a year's delay, France for none. Meanwhile the mills in Dumai pay 1,870 rupiah for a kilogram of fruit, 240 less than before the regulation was announced.

The European Union should pay for the maps that it demands: a survey costs 38 euros a plot, as the pilot in Siak has shown. And Indonesia should hand out the titles that it promised in 2018.""",
        """Minyak sawit dan sepucuk surat dari Brussel

Peraturan yang disahkan Uni Eropa pada 31 Mei 2023 meminta koordinat lahan dari setiap pekebun sawit. Di Riau 2,6 juta petani kecil memiliki kebun kurang dari empat hektare, kata ketua serikat Mansuetus Darto, dan separuh dari mereka tidak mempunyai sertifikat untuk ditunjukkan.

Malaysia sudah 14 kali menyurati Brussel, Indonesia 22 kali. Jerman meminta penundaan setahun, Prancis tidak meminta apa-apa. Sementara itu pabrik di Dumai membayar 1.870 rupiah per kilogram buah, 240 lebih rendah daripada sebelum peraturan itu diumumkan.

Uni Eropa harus membayar peta yang dimintanya: satu pengukuran menelan 38 euro per kebun, seperti ditunjukkan percontohan di Siak. Dan Indonesia harus membagikan sertifikat yang dijanjikannya pada 2018.""",
    ),
    (
        """Rohingya boats and closed harbours

On 15 November 2023 a wooden boat with 146 Rohingya reached Muara Tiga. The villagers pushed it back, and two days later it landed at Ulee Madon. Since then 1,752 people have come to Aceh, three quarters of them women and children, UNHCR says.

Bangladesh holds a million of them in Cox's Bazar, where the ration was cut to 8 dollars a month. Malaysia turns boats away, Thailand gives them water and fuel, and Myanmar denies that they were ever its own.

“My father pulled 58 people out of this sea in 2015 and nobody asked him for a permit,” the fisherman Abdul Aziz said in Lhokseumawe.

Indonesia should open one harbour, Sabang, and say so; Malaysia and Thailand should each take a third of those who land; and Myanmar must be told at every meeting of ASEAN that the boats will be counted.""",
        """Perahu Rohingya dan pelabuhan yang tertutup

Pada 15 November 2023 sebuah perahu kayu dengan 146 orang Rohingya tiba di Muara Tiga. Penduduk desa mendorongnya kembali, dan dua hari kemudian perahu itu mendarat di Ulee Madon. Sejak itu 1.752 orang datang ke Aceh, tiga perempatnya perempuan dan anak-anak, menurut UNHCR.

Bangladesh menampung sejuta dari mereka di Cox's Bazar, dan di sana jatah makan dipotong menjadi 8 dolar sebulan. Malaysia mengusir perahu, Thailand memberi air dan bahan bakar, dan Myanmar menyangkal bahwa mereka pernah menjadi warganya.

“Ayah saya menarik 58 orang dari laut ini pada 2015 dan tidak ada yang menanyakan izinnya,” kata nelayan Abdul Aziz di Lhokseumawe.

Indonesia seharusnya membuka satu pelabuhan, Sabang, dan mengatakannya; Malaysia dan Thailand masing-masing menerima sepertiga dari yang mendarat; dan Myanmar harus diberi tahu pada setiap pertemuan ASEAN bahwa perahu-perahu itu dihitung.""",
    ),
]

OTHERS = [
    (
        "en",
        """Jakarta owes Pyongyang nothing

North Korea fired 63 missiles in 2022, and Indonesia said nothing. Megawati Sukarnoputri was in Pyongyang in 2002; what came of it can be read on one page.

South Korea trades 20.5 billion dollars a year with Indonesia, and North Korea less than 4 million. China feeds Pyongyang, the United States sanctions it, and Jakarta should stop pretending that it can mediate. “Nobody in Seoul waits for us,” an official in Jakarta told me on 3 March 2024.

Indonesia should close its embassy and send the rent of 412,000 dollars to Kupang.""",
    ),
    (
        "id",
        """Bandung dan kedua Korea

Pada 18 April 1955 Sukarno membuka konferensi di Bandung dan tidak mengundang Korea Utara maupun Korea Selatan. Tujuh puluh tahun kemudian Indonesia ingin memperbaikinya.

Amerika Serikat tidak akan senang, Tiongkok akan tersenyum, dan Jepang akan bertanya. Di Seoul 54 persen warga menganggap penyatuan tidak perlu, menurut survei pada 2023. “Perdamaian dimulai dengan meja,” kata dosen Dewi Fortuna di Jakarta.

Indonesia sebaiknya mulai dengan 25 beasiswa bagi mahasiswa dari Pyongyang.""",
    ),
    (
        "en",
        """What the Mekong dams give

Without the dams of Laos, Thailand would burn 17.3 million tonnes of lignite more each year. The turbines at Xayaburi have sent 7,406 gigawatt hours to Thailand since 29 October 2019.

China, Cambodia and Vietnam gain as well: floods at Kratie were 0.6 metres lower in 2021. “Nobody mourns a flood,” the engineer Pham Tuan Phan told a hearing in Vientiane.

Vietnam should buy power from Laos instead of building 13 coal plants in the delta.""",
    ),
    (
        "id",
        """Ikan Tonle Sap dan bendungan

Kamboja menghentikan rencana bendungan di Sambor pada 18 Maret 2020, dan itulah keputusan yang benar. Di Tonle Sap hidup 296 jenis ikan yang memberi makan 17 juta orang.

Tiongkok, Laos dan Thailand membangun terus, Vietnam hanya mencatat. Kadar lumpur di Can Tho turun 64 persen antara 1992 dan 2014. “Sungai tanpa lumpur adalah selokan,” kata peneliti Brian Eyler.

Kamboja harus menolak bendungan di Stung Treng juga.""",
    ),
    (
        "en",
        """Papua needs roads before courts

The Trans-Papua road measures 4,330 kilometres, of which 3,446 are paved. Papua New Guinea looks on with envy; its own highway ends 90 kilometres from the border with Indonesia.

Australia lent 900 million dollars in 2022 for ports, New Zealand sent 40 engineers. “A road is the only court that everybody uses,” the governor said in Jayapura on 6 May 2024.

Indonesia should carry its road to Vanimo.""",
    ),
    (
        "id",
        """Sawit tidak perlu dibela

Uni Eropa membeli 3,3 juta ton minyak sawit pada 2023, hanya 12 persen dari ekspor Indonesia. India dan Tiongkok membeli 11,2 juta. Malaysia dan Indonesia menyurati Brussel seolah-olah langit akan runtuh.

Jerman dan Prancis sudah memakai minyak bunga matahari. “Pasar kita ada di Timur,” kata pengusaha Sahat Sinaga di Medan pada 7 Juni 2023.

Indonesia sebaiknya mengurus 3,4 juta hektare kebun di kawasan hutan, bukan Brussel.""",
    ),
    (
        "en",
        """Aceh was generous, and was left alone

In 2015 fishermen of Aceh saved 1,807 people, Rohingya and Bangladeshis. The camps in Langsa and Lhokseumawe were closed within 34 months, most of those people went on to Malaysia.

Thailand and Malaysia promised to share the burden on 20 May 2015, and Myanmar promised to talk. UNHCR received 11 per cent of what it asked for. “We are not angry, we are tired,” says the teacher Nasruddin in Bireuen.

Indonesia should sign the convention of 1951.""",
    ),
    (
        "id",
        """Siapa menyelundupkan Rohingya

Polisi di Aceh menahan 23 tersangka penyelundup sejak 16 Desember 2023. Sebuah tempat di perahu dari Cox's Bazar berharga 20 juta rupiah, di Malaysia dua kali lipat.

Bangladesh, Thailand dan Myanmar mengenal nama para agen itu, tetapi tidak saling memberi tahu. “Kami hanya menangkap nakhodanya,” kata Kapolres di Sabang. ASEAN mempunyai konvensi sejak 2015 untuk perkara ini.

Indonesia harus meminta Bangladesh menyerahkan 9 orang yang namanya diketahui.""",
    ),
]
