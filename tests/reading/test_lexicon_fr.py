"""French: what advises, what only looks like it."""

import pytest

from articles.reading import statements


def read(names, body, country=None):
    mentions = names.find(body, "fr", country=country)
    return statements.recommendations(body, "fr", names=names, mentions=mentions, country=country, headings=())


@pytest.mark.parametrize("apostrophe", ["'", "’"])
def test_elision_with_either_apostrophe(names, apostrophe):
    body = "Il est urgent d'ouvrir les archives de la police.".replace("'", apostrophe)
    assert [one.action for one in read(names, body)] == ["ouvrir les archives de la police"]
