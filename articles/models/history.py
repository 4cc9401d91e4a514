"""The history trait: who changed what, kept by the database whatever way the change came."""

import pghistory
import pgtrigger

# Additions are kept where somebody made them: what an import adds is on record as its own, and stays cheap.
BY_SOMEBODY = pgtrigger.Condition("COALESCE(current_setting('pghistory.context_id', true), '') <> ''")


def tracked(*, exclude: tuple[str, ...] = ()):
    """Keep the row as it was before each change and deletion, and as a person added it; with who, and from where."""
    generated = ("sort_key", *exclude)

    def decorate(model):
        names = {field.name for field in model._meta.fields}
        return pghistory.track(
            pghistory.UpdateEvent("changed", row=pghistory.Old),
            pghistory.DeleteEvent("deleted"),
            pghistory.InsertEvent("added", condition=BY_SOMEBODY),
            exclude=[name for name in generated if name in names],
        )(model)

    return decorate
