"""What an editor sees when somebody else saved the same row: what merged, what is to choose, or that it is gone."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import get_text_list

from articles.curation import naming
from articles.curation.admin.frame import FramedAdmin

NOT_TYPED = ("csrfmiddlewaretoken", "version", "_", "initial-")


class MergingMixin(FramedAdmin):
    """An admin whose forms say what they merged, and that shows what was typed where the row is gone."""

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> Any:
        for one in (form, *(form for formset in formsets or [] for form in formset.initial_forms)):
            if (merge := getattr(one, "merge", None)) and merge.taken:
                kept = get_text_list(merge.taken, "and")
                text = f"Changed meanwhile by {merge.by}: {kept}. That is kept, and so is what you changed."
                self.message_user(request, text, messages.WARNING)
        return super().construct_change_message(request, form, formsets, add)

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> HttpResponse:
        """Show what was typed into a row that somebody deleted meanwhile."""
        events = self.model.pgh_event_model.objects.filter(pgh_label="deleted").select_related("pgh_context")
        typed = [(name, value) for name, values in request.POST.lists() for value in values if _is_typed(name, value)]
        known = object_id.isdecimal() and len(object_id) < 19
        event = events.filter(pgh_obj=object_id).last() if known and request.method == "POST" else None
        if event is None or not typed:
            return super()._get_obj_does_not_exist_redirect(request, opts, object_id)  # type: ignore[misc]
        return TemplateResponse(request, "articles/admin/gone.html", {
            **self.admin_site.each_context(request),
            "opts": opts,
            "title": "Deleted meanwhile",
            "subtitle": naming.called(event),
            "at": event.pgh_created_at,
            "who": naming.Names([(self.model, event)]).user(event.pgh_context),
            "typed": typed,
            "history": reverse(f"admin:articles_{opts.model_name}_history", args=[object_id]),
        }, status=409)  # fmt: skip


def _is_typed(name: str, value: str) -> bool:
    own = not name.startswith(NOT_TYPED) and not name.endswith(("_FORMS", "-version", "-id"))
    return bool(value.strip()) and own
