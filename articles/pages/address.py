"""Addresses that change one thing of the question and keep the rest."""

from django.http import QueryDict


def with_value(question: QueryDict, name: str, value: object, *, add: bool = False) -> str:
    """Return "?…" with `name` set to `value` (added to its values with `add`), back on the first page."""
    changed = question.copy()
    first_page(changed)
    if add:
        changed.appendlist(name, str(value))
    else:
        changed[name] = str(value)
    return address(changed)


def without(question: QueryDict, name: str, value: object = None) -> str:
    """Return "?…" without `name`, or only without this value of it, back on the first page."""
    changed = question.copy()
    first_page(changed)
    changed.setlist(name, [kept for kept in changed.getlist(name) if value is not None and kept != str(value)])
    return address(changed)


def first_page(question: QueryDict) -> None:
    """Take out of a question which page of its answer is wanted."""
    for name in ("page", "after", "before"):
        question.pop(name, None)


def address(question: QueryDict) -> str:
    """Return the question as an address: empty values left out, never an empty string."""
    kept = QueryDict(mutable=True)
    for name, values in question.lists():
        if named := [value for value in values if value]:
            kept.setlist(name, named)
    return f"?{kept.urlencode()}"
