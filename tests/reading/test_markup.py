from articles.reading import lines, markup

TEXT = """---
title: "Water Should Not Wait"
date: 2021-04-05
---

The [dam](https://x.example/dam_(river)) was **never** built, _alas_.

## The cost

![Figure](cost.png "Figure 1")

<iframe src="https://x.example/chart" loading="lazy"></iframe>

| Year | Cost |
| ---- | ---- |
| 2021 | 11 |

> Nobody asked the [farmers]({{< relref "/post/farmers" >}}).

<blockquote class="twitter-tweet"><p>Rain!</p>&mdash; Somebody</blockquote> <script async src="https://x.example/w.js"></script>
"""


def test_takes_markup_out_and_marks_headings():
    found = lines.split(markup.plain(TEXT))
    assert [(line.text, line.tag) for line in found] == [
        ("The dam was never built, alas.", ""),
        ("The cost", "h"),
        ("Nobody asked the farmers.", ""),
    ]


def test_reads_front_matter():
    assert markup.front_matter(TEXT) == {"title": "Water Should Not Wait", "date": "2021-04-05"}
    assert markup.front_matter("No front matter.") == {}


def test_leaves_a_text_without_markup_alone():
    text = "Note[1] stays; so do 5 < 6, a*b*c, snake_case_name and “[sic]”.\n"
    assert markup.plain(text) == text


def test_lines_keep_their_numbers():
    text = "---\ntitle: Rivers\n---\n\n<!-- a\nb -->\n# The cost\nA river is no border."
    rows = lines.split(markup.plain(text))
    assert [(row.number, row.tag, row.text) for row in rows] == [(7, "h", "The cost"), (8, "", "A river is no border.")]
