"""The history trait: who changed what, kept by the database whatever way the change came."""

import pghistory


def tracked(*, exclude: tuple[str, ...] = ()):
    """Keep the row as it was before each change and deletion, with the user and address of the request."""
    generated = ("sort_key", *exclude)

    def decorate(model):
        names = {field.name for field in model._meta.fields}
        return pghistory.track(
            pghistory.UpdateEvent("changed", row=pghistory.Old),
            pghistory.DeleteEvent("deleted"),
            exclude=[name for name in generated if name in names],
        )(model)

    return decorate
