"""The reader keeps what it reached on labelled documents: `python -m tests.gold.measure` shows where it stands."""

import pytest

from tests.gold import measure

FLOORS = measure.floors()


@pytest.mark.parametrize("folder", measure.folders(), ids=lambda folder: folder.name)
def test_the_reader_keeps_its_floors(folder):
    reached = measure.measured(folder)
    below = {
        name: reached.get(name) for name, floor in FLOORS[folder.name].items() if reached.get(name, 0.0) < floor - 1e-6
    }
    assert not below, f"below the floors of {folder.name}"


@pytest.mark.parametrize("folder", measure.folders(), ids=lambda folder: folder.name)
def test_labels_quote_the_documents(folder):
    for path, gold in measure.documents(folder):
        text = measure.plain(path.read_text(encoding="utf-8"))
        labels = [*gold.get("recommendations", []), *gold.get("claims", []), *measure.lures(gold)]
        quotes = [one["quote"] for one in labels]
        if path.suffix != ".html":  # whose words stand between tags
            lost = [quote for quote in quotes if measure.plain(quote) not in text]
            assert not lost, path.name
