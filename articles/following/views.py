"""The pages of following: the form, what a confirming link opens, what a leaving link opens."""

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from articles.following import alerts, mails
from articles.models import Alert
from articles.models.following import EDITIONS
from articles.pages.address import without
from articles.pages.listing import errors
from articles.pages.rooms import ROOMS
from articles.vocabulary import Every
from digest.middleware import client_address

LONGEST = 2_000  # characters of a question that is followed


class SignUpForm(forms.Form):
    email = forms.EmailField(label="E-mail address", max_length=254)
    every = forms.ChoiceField(label="How often", choices=Every.choices, initial=Every.WEEKLY)


@never_cache
def follow(request: HttpRequest, name: str) -> HttpResponse:
    """Ask for the address to which what is new in a list shall be mailed, and have a mail sent that asks back."""
    if not settings.MAIL or name not in {*ROOMS, EDITIONS}:
        raise Http404("Nothing is mailed from here.")
    wanted, wrong = _wanted(name, request.GET)
    if wrong:
        return HttpResponseBadRequest("\n".join(wrong), content_type="text/plain; charset=utf-8")
    form = SignUpForm(request.POST if request.method == "POST" else None, initial={"every": Every.WEEKLY})
    back, title = reverse(name) + (f"?{wanted}" if wanted else ""), mails.titled(Alert(room=name, question=wanted))
    context = {"form": form, "title": title, "back": back, "state": "", "wrong": "", "chosen": name == EDITIONS}
    if not form.is_valid():
        context["wrong"] = " ".join(str(one) for one in form.errors.get("email", []))
        return render(request, "articles/follow.html", context, status=400 if form.is_bound else 200)
    try:
        given = form.cleaned_data
        alerts.sign_up(given["email"], name, wanted, Every(given["every"]), client_address(request))
    except alerts.TooMany:
        return render(request, "articles/follow.html", {**context, "state": "too many"}, status=429)
    return render(request, "articles/follow.html", {**context, "state": "asked", "email": given["email"]})


def _wanted(name: str, given: QueryDict) -> tuple[str, list[str]]:
    """Return the question that is to be followed, as in its list's address; and what is wrong with it."""
    if name == EDITIONS:
        return "", []
    asked = given.copy()
    asked.pop("sort", None)
    wanted = without(asked, "page").removeprefix("?")
    return wanted, errors(ROOMS[name].question(asked)) or (["too long"] if len(wanted) > LONGEST else [])


@csrf_exempt  # the token is the secret, and a mailbox has no cookie of ours
@never_cache
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Ask once more, for machines open links too; pressed, begin to mail."""
    found = alerts.asked_by(token)
    if found is None:
        return render(request, "articles/followed.html", {"state": "gone"}, status=404)
    alert, every = found
    if request.method == "POST":
        alerts.confirm(alert, every)
        return HttpResponseRedirect(f"{reverse('confirm', args=[token])}?done")
    state = "confirmed" if "done" in request.GET and alert.confirmed_at else "confirm"
    context = {"state": state, "title": mails.titled(alert), "every": every, "alert": alert}
    return render(request, "articles/followed.html", context)


@csrf_exempt  # RFC 8058: the reader's mail program presses the button
@never_cache
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether to end an alert; pressed, end it, and forget who had it."""
    alert = alerts.left_by(token)
    if alert is None:
        return render(request, "articles/followed.html", {"state": "left"})
    if request.method == "POST":
        alert.delete()
        return render(request, "articles/followed.html", {"state": "left"})
    return render(request, "articles/followed.html", {"state": "leave", "title": mails.titled(alert)})
