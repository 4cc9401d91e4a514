"""Statements counted once a work: what an earlier version of it says is not counted again where a later one repeats it.

A database function says which statements repeat others; triggers call it for the works in which something changed, so
that lists, tallies and links, which all go by `standing`, count once whatever way the change came.

1. Versions that say a thing in the same words: the first counts, whatever the kind of version.
2. Of what is left, between a rewording or translation and another version: as many of the same kind about the same
   actors as an earlier version has repeat it, in the order of the text; no other mark survives another language.

First is what an editor accepted, then the original, then the earliest article.
"""

import pgtrigger

# The works of the articles that these rows belong to; most belong to none.
_WORKS = """
    PERFORM articles_count_once((
        SELECT array_agg(DISTINCT a.work_id) FROM articles_article a
        WHERE a.work_id IS NOT NULL AND a.id IN ({articles})
    ));
    RETURN NULL;
"""


def counted_once(*columns: str) -> list[pgtrigger.Trigger]:
    """Return the triggers of a table whose rows have an `article_id`: they come, go, or change in these columns."""

    def trigger(name: str, operation: pgtrigger.Operation, articles: str, **seen: str) -> pgtrigger.Trigger:
        return pgtrigger.Trigger(
            name=f"once_{name}", level=pgtrigger.Statement, when=pgtrigger.After, operation=operation,
            referencing=pgtrigger.Referencing(**seen), func=_WORKS.format(articles=articles),
        )  # fmt: skip

    new, old = "SELECT article_id FROM new_rows", "SELECT article_id FROM old_rows"
    before, after = (", ".join(f"{row}.{column}" for column in columns) for row in ("o", "n"))
    changed = f"""
        SELECT unnest(ARRAY[o.article_id, n.article_id]) FROM old_rows o JOIN new_rows n USING (id)
        WHERE ({before}) IS DISTINCT FROM ({after})
    """
    out = [
        trigger("new", pgtrigger.Insert, new, new="new_rows"),
        trigger("gone", pgtrigger.Delete, old, old="old_rows"),
    ]
    if columns:
        out.append(trigger("changed", pgtrigger.Update, changed, new="new_rows", old="old_rows"))
    return out


# Of an article: what makes it another version, or shows it to readers or not.
OF_ARTICLE = pgtrigger.Trigger(
    name="once_in_a_work",
    when=pgtrigger.After,
    operation=pgtrigger.UpdateOf("work_id", "relation", "status", "published", "published_not_before"),
    condition=pgtrigger.AnyChange("work", "relation", "status", "published", "published_not_before"),
    func="""
        PERFORM articles_count_once(array_remove(ARRAY[OLD.work_id, NEW.work_id], NULL));
        IF OLD.work_id IS NOT NULL AND NEW.work_id IS NULL THEN
            UPDATE articles_claim SET repeated = false WHERE article_id = NEW.id AND repeated;
            UPDATE articles_policyrecommendation SET repeated = false WHERE article_id = NEW.id AND repeated;
        END IF;
        RETURN NULL;
    """,
)
