"""Forms that carry the version they were opened with, and merge what others saved meanwhile."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.curation import lost_updates
from articles.curation.lost_updates import Merge


class MergingForm(forms.ModelForm):
    """A form whose row may change while it is open; without a version it saves as Django's forms do."""

    merge: Merge | None = None
    shown: str | None = None  # the version of its row, where a formset has asked for all of them at once
    is_gone = False  # its row was deleted meanwhile, and nothing was typed into it

    def opened(self) -> str:
        """Return the version that the form was opened with; nothing for a new row."""
        if self.is_bound:
            return str(self.data.get(self.add_prefix("version"), ""))
        if self.shown is not None:
            return self.shown
        return lost_updates.version(self.instance) if self.instance.pk else ""

    def version_field(self) -> SafeString:
        """Return the hidden field that carries the version."""
        name, opened = self.add_prefix("version"), self.opened()
        if not opened:
            return SafeString("")
        field = format_html('<input type="hidden" name="{}" value="{}">', name, opened)
        if self.merge and self.merge.conflicts:
            field += format_html(
                '<input type="hidden" name="{}" value="{}">', self.add_prefix("settled"), self.merge.version
            )
        return field

    def sides(self) -> list[tuple[str, str, str]]:
        """Return what may be chosen: how the name of its box begins, its value, its label."""
        named = (("theirs", "Theirs"), ("yours", "Yours"), ("before", "Before"))
        return [(self.add_prefix("choose-"), side, label) for side, label in named]

    def chose(self, name: str) -> str:
        """Return which side was chosen where both had changed a field: theirs, yours, before; nothing without one."""
        return str(self.data.get(self.add_prefix(f"choose-{name}"), ""))

    def typed(self) -> dict[str, Any]:
        """Return the values of the row's own fields as they were typed."""
        fields = {
            field.name for field in (*self._meta.model._meta.concrete_fields, *self._meta.model._meta.many_to_many)
        }
        return {name: value for name, value in self.cleaned_data.items() if name in fields and name != "id"}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.is_bound or not self.opened():
            return cleaned
        if not self.instance.pk:
            self._agree_that_it_is_gone()
            return cleaned
        typed = self.typed()
        choices = {name: self.chose(name) for name in typed}
        settled = str(self.data.get(self.add_prefix("settled"), ""))
        try:
            self.merge = lost_updates.merge(self.instance, self.opened(), typed, choices=choices, settled=settled)
        except ValueError as error:
            raise ValidationError("This form is not as it was sent. Open it again.", code="version") from error
        self._stand_on_what_is_there()
        for name, value in self.merge.values.items():
            if (
                name in self.fields
                and name in cleaned
                and value != lost_updates.comparable(_column(self, name), cleaned[name])
            ):
                cleaned[name] = _row_of(self, name, value)
        self.__dict__["changed_data"] = [name for name in self.changed_data if not self._is_as_it_was(name, cleaned)]
        if self.merge.conflicts:
            raise ValidationError(
                "Somebody else saved this while you had it open. What you typed is still here: choose, and save again.",
                code="conflict",
            )
        return cleaned

    def _stand_on_what_is_there(self) -> None:
        """Take the row as it is now for what the form does not hold, and for what is compared with it."""
        now = self._meta.model._base_manager.get(pk=self.instance.pk)
        left = self.instance.get_deferred_fields()
        for column in now._meta.concrete_fields:
            if column.attname not in left and not column.generated:
                setattr(self.instance, column.attname, getattr(now, column.attname))
        self.initial.update(forms.model_to_dict(now, fields=list(self.fields)))

    def _is_as_it_was(self, name: str, cleaned: dict[str, Any]) -> bool:
        if name not in (self.merge.values if self.merge else {}):
            return False
        column = _column(self, name)
        is_now, was = (lost_updates.comparable(column, side.get(name)) for side in (cleaned, self.initial))
        return bool(is_now == was)

    def _agree_that_it_is_gone(self) -> None:
        """Let a row go that somebody else deleted, if nothing was typed into it; else say so."""
        key = self.data.get(self.add_prefix("id"), "")
        events = self._meta.model.pgh_event_model.objects.filter(pgh_label="deleted")
        event = events.filter(pgh_obj=key).last() if key.isdecimal() and len(key) < 19 else None
        if event is None:
            return
        typed = {name: lost_updates.comparable(_column(self, name), value) for name, value in self.typed().items()}
        before = {name: getattr(event, _column(self, name).attname, None) for name in typed}
        self.is_gone = typed == before
        self.errors.pop("id", None)
        if not self.is_gone:
            raise ValidationError(
                "Somebody else deleted this line while you had it open. Tick “Delete” to agree; what you typed can be "
                "added as a new line.",
                code="gone",
            )


def _column(form: forms.ModelForm, name: str) -> Any:
    return form._meta.model._meta.get_field(name)


def _row_of(form: forms.ModelForm, name: str, value: Any) -> Any:
    """Return a value as the form's own field would: rows for keys."""
    column = _column(form, name)
    if isinstance(column, models.ManyToManyField):
        return column.related_model._base_manager.filter(pk__in=value)
    if column.is_relation:
        return column.related_model._base_manager.filter(pk=value).first() if value else None
    return value
