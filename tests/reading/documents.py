"""Made-up op-eds in many languages: one argument about water, told in the words of each."""

# ruff: noqa: E501 - a paragraph is one line

PARAGRAPHS = {
    "ar": [
        "تعد الحكومة منذ ثلاث سنوات بخطة وطنية للمياه، ولا تزال الصنابير في المناطق الشرقية جافة عند الظهر. لا أحد في الوزارة يستطيع أن يقول متى سيتغير ذلك، رغم أن الميزانية أقرت منذ زمن طويل.",
        "الأنهار لا تعرف حدود المحافظات. السد الذي يبنى في أعلى النهر يصبح جفافا في أسفله في الموسم التالي، والمزارعون الذين يدفعون الثمن لا صوت لهم هناك. يجب على مجلس الوزراء أن ينشئ هيئة للحوض.",
        "سيقول المنتقدون إن هيئة جديدة تعني مكاتب جديدة ورواتب جديدة. هم محقون في الكلفة، لكن كلفة عدم القيام بشيء بلغت أحد عشر مليارا في العام الماضي.",
    ],
    "bn": [
        "সরকার তিন বছর ধরে জাতীয় পানি পরিকল্পনার প্রতিশ্রুতি দিয়ে আসছে, অথচ পূর্বাঞ্চলের জেলাগুলোতে দুপুরের আগেই কল শুকিয়ে যায়। মন্ত্রণালয়ের কেউ বলতে পারেন না কবে এই অবস্থা বদলাবে।",
        "নদী প্রদেশের সীমানা মানে না। উজানে নির্মিত বাঁধ পরের মৌসুমে ভাটিতে খরা হয়ে দাঁড়ায়, আর যে কৃষকেরা এর মূল্য দেন তাঁদের সেখানে কোনো ভোট নেই। মন্ত্রিসভার উচিত একটি অববাহিকা কর্তৃপক্ষ গঠন করা।",
        "সমালোচকেরা বলবেন নতুন কর্তৃপক্ষ মানে নতুন অফিস আর নতুন বেতন। খরচের বিষয়ে তাঁরা ঠিক, কিন্তু কিছু না করার খরচ গত বছর ছিল এগারো শ কোটি টাকা।",
    ],
    "de": [
        "Die Regierung verspricht seit drei Jahren einen nationalen Wasserplan, und in den östlichen Bezirken sind die Hähne mittags noch immer trocken. Niemand im Ministerium kann sagen, wann sich das ändern wird, obwohl das Geld dafür längst bewilligt ist.",
        "Flüsse kennen keine Landesgrenzen. Ein Damm, der in einem Jahr flussaufwärts gebaut wird, ist im nächsten eine Dürre flussabwärts, und die Bauern, die dafür zahlen, haben dort keine Stimme. Das Kabinett sollte eine Behörde für das ganze Einzugsgebiet schaffen.",
        "Kritiker werden sagen, eine neue Behörde bedeute neue Büros und neue Gehälter. Bei den Kosten haben sie recht, aber das Nichtstun hat im vergangenen Jahr elf Milliarden gekostet, bezahlt von denen, die es am wenigsten können.",
    ],
    "en": [
        "The government has spent three years promising a national water plan, and the taps in the eastern districts still run dry by noon. Nobody in the ministry can say when that will change, although the budget for it was approved long ago.",
        "Rivers do not respect provincial borders. A dam built upstream in one season becomes a drought downstream in the next, and the farmers who pay for it have no vote in the province that built it. The cabinet should create a basin authority with the power to say no.",
        "Critics will say that a new authority means new offices and new salaries. They are right about the cost, but the cost of doing nothing was eleven billion last year, and it is paid by people who can least afford it.",
        "None of this requires a new law. It requires a minister who reads the reports on her desk and a parliament that asks for them. The next dry season begins in four months.",
    ],
    "es": [
        "El gobierno lleva tres años prometiendo un plan nacional del agua, y los grifos de los distritos orientales siguen secos al mediodía. Nadie en el ministerio sabe decir cuándo cambiará eso, aunque el presupuesto se aprobó hace mucho tiempo.",
        "Los ríos no respetan las fronteras provinciales. Una presa construida río arriba se convierte en sequía río abajo en la temporada siguiente, y los agricultores que la pagan no votan allí. El gabinete debe crear una autoridad de cuenca.",
        "Los críticos dirán que una nueva autoridad significa nuevas oficinas y nuevos salarios. Tienen razón en cuanto al costo, pero no hacer nada costó once mil millones el año pasado.",
    ],
    "fr": [
        "Le gouvernement promet depuis trois ans un plan national de l’eau, et les robinets des districts de l’est sont toujours à sec à midi. Personne au ministère ne peut dire quand cela changera, alors que le budget est voté depuis longtemps.",
        "Les fleuves ne connaissent pas les frontières des provinces. Un barrage construit en amont devient une sécheresse en aval la saison suivante, et les agriculteurs qui en paient le prix n’y votent pas. Le cabinet doit créer une autorité de bassin.",
        "Les critiques diront qu’une nouvelle autorité signifie de nouveaux bureaux et de nouveaux salaires. Ils ont raison sur le coût, mais ne rien faire a coûté onze milliards l’an dernier.",
    ],
    "id": [
        "Pemerintah telah tiga tahun menjanjikan rencana air nasional, dan keran di kabupaten timur tetap kering menjelang siang. Tidak seorang pun di kementerian dapat mengatakan kapan keadaan itu akan berubah, meskipun anggarannya sudah lama disetujui.",
        "Sungai tidak mengenal batas provinsi. Bendungan yang dibangun di hulu pada satu musim menjadi kekeringan di hilir pada musim berikutnya, dan petani yang menanggung akibatnya tidak punya suara di provinsi yang membangunnya. Kabinet harus membentuk otoritas daerah aliran sungai.",
        "Para pengkritik akan mengatakan bahwa lembaga baru berarti kantor baru dan gaji baru. Mereka benar soal biaya, tetapi biaya berdiam diri tahun lalu mencapai sebelas miliar, dan itu dibayar oleh orang yang paling tidak mampu.",
        "Semua ini tidak memerlukan undang-undang baru. Yang diperlukan adalah menteri yang membaca laporan di mejanya dan parlemen yang memintanya. Musim kemarau berikutnya dimulai empat bulan lagi.",
    ],
    "ja": [
        "政府は三年にわたり全国的な水計画を約束してきたが、東部の地区では正午には今も蛇口が乾いている。予算はとうに承認されているのに、省の誰もいつ変わるのかを言えない。",
        "川は県境を知らない。上流に造られたダムは次の季節には下流の干ばつとなり、その代償を払う農民には投票権がない。内閣は流域管理機関を設けるべきだ。",
        "批判する人は、新しい機関は新しい事務所と給与を意味すると言うだろう。費用については正しいが、何もしないことの費用は昨年百十億だった。",
    ],
    "ko": [
        "정부는 3년 동안 국가 물 계획을 약속해 왔지만 동부 지역의 수도꼭지는 정오가 되면 여전히 마른다. 예산이 오래전에 승인되었는데도 부처의 누구도 언제 바뀔지 말하지 못한다.",
        "강은 도의 경계를 모른다. 상류에 지은 댐은 다음 계절에 하류의 가뭄이 되고, 그 대가를 치르는 농민들은 그곳에서 투표권이 없다. 내각은 유역 관리청을 설립해야 한다.",
        "비판하는 사람들은 새 기관이 새 사무실과 새 급여를 뜻한다고 말할 것이다. 비용에 대해서는 그들이 옳지만, 아무것도 하지 않은 비용은 작년에 110억이었다.",
    ],
    "ms": [
        "Kerajaan telah berjanji selama tiga tahun untuk menyediakan pelan air negara, namun paip di daerah timur masih kering menjelang tengah hari. Tiada sesiapa di kementerian boleh mengatakan bila keadaan itu akan berubah kerana peruntukan sudah lama diluluskan.",
        "Sungai tidak mengenal sempadan negeri. Empangan yang dibina di hulu menjadi kemarau di hilir pada musim berikutnya, dan petani yang menanggung kos itu tidak mempunyai suara. Kabinet perlu menubuhkan pihak berkuasa lembangan sungai dengan segera kerana rakyat sudah menderita.",
        "Pengkritik akan mengatakan bahawa agensi baharu bermakna pejabat baharu dan gaji baharu. Mereka betul tentang kos, tetapi kos berdiam diri ialah sebelas bilion ringgit tahun lepas sahaja.",
    ],
    "nl": [
        "De regering belooft al drie jaar een nationaal waterplan, en in de oostelijke districten staan de kranen om twaalf uur nog altijd droog. Niemand op het ministerie kan zeggen wanneer dat verandert, hoewel het geld allang is toegekend.",
        "Rivieren kennen geen provinciegrenzen. Een dam die stroomopwaarts wordt gebouwd, is het seizoen daarna een droogte stroomafwaarts, en de boeren die ervoor betalen hebben daar geen stem. Het kabinet moet een stroomgebiedsautoriteit oprichten.",
    ],
    "pt": [
        "O governo passou três anos prometendo um plano nacional de águas, e as torneiras dos distritos do leste continuam secas ao meio-dia. Ninguém no ministério sabe dizer quando isso vai mudar, embora o orçamento tenha sido aprovado há muito tempo.",
        "Os rios não respeitam fronteiras estaduais. Uma barragem construída rio acima numa estação torna-se seca rio abaixo na seguinte, e os agricultores que pagam por isso não têm voto no estado que a construiu. O gabinete deve criar uma autoridade de bacia.",
        "Os críticos dirão que uma nova autoridade significa novos escritórios e novos salários. Eles têm razão quanto ao custo, mas o custo de não fazer nada foi de onze bilhões no ano passado.",
    ],
    "ru": [
        "Правительство три года обещает национальный план водоснабжения, а краны в восточных районах по-прежнему пересыхают к полудню. Никто в министерстве не может сказать, когда это изменится, хотя деньги давно выделены.",
        "Реки не знают границ областей. Плотина, построенная выше по течению, на следующий год становится засухой ниже по течению, и крестьяне, которые за это платят, там не голосуют. Кабинет должен создать бассейновое управление.",
        "Критики скажут, что новое управление означает новые кабинеты и новые зарплаты. О расходах они правы, но бездействие стоило в прошлом году одиннадцать миллиардов.",
    ],
    "tr": [
        "Hükümet üç yıldır ulusal bir su planı vaat ediyor, ancak doğu ilçelerindeki musluklar öğlene kadar hâlâ kuruyor. Bütçesi çoktan onaylanmış olmasına rağmen bakanlıkta kimse bunun ne zaman değişeceğini söyleyemiyor.",
        "Nehirler il sınırlarını tanımaz. Yukarıda yapılan bir baraj bir sonraki mevsimde aşağıda kuraklığa dönüşür ve bedelini ödeyen çiftçilerin orada oyu yoktur. Kabine bir havza kurumu oluşturmalıdır.",
        "Eleştirmenler yeni bir kurumun yeni ofisler ve yeni maaşlar anlamına geldiğini söyleyecek. Maliyet konusunda haklılar, ama hiçbir şey yapmamanın bedeli geçen yıl on bir milyardı.",
    ],
    "vi": [
        "Chính phủ đã hứa hẹn một kế hoạch nước quốc gia trong ba năm qua, nhưng vòi nước ở các huyện phía đông vẫn cạn vào buổi trưa. Không ai trong bộ có thể nói khi nào điều đó sẽ thay đổi, dù ngân sách đã được phê duyệt từ lâu.",
        "Sông ngòi không biết ranh giới tỉnh. Một con đập xây ở thượng nguồn sẽ trở thành hạn hán ở hạ nguồn vào mùa sau, và những nông dân phải trả giá không có lá phiếu ở đó. Nội các nên thành lập một cơ quan lưu vực.",
    ],
    "zh": [
        "政府三年来一直承诺制定全国水资源计划，但东部各县的水龙头到中午仍然干涸。部里没有人能说清楚这种情况什么时候会改变，尽管预算早已批准。",
        "河流不认省界。上游一个季节修建的水坝，到下一个季节就成了下游的干旱，而为此付出代价的农民在修坝的省份没有投票权。内阁应当设立一个流域管理机构。",
        "批评者会说，新机构意味着新办公室和新工资。关于成本他们说得对，但去年无所作为的代价是一百一十亿。",
    ],
}


def body(language: str = "en") -> str:
    """Return the argument's paragraphs, parted as a Reading parts them."""
    return "\n\n".join(PARAGRAPHS[language])


def op_ed(before: str = "Water is a promise we keep breaking", after: str = "", language: str = "en") -> bytes:
    """Return a document: what stands above the argument, the argument, what stands below it."""
    return f"{before}\n\n{body(language)}\n\n{after}\n".encode()
