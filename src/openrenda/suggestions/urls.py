"""Addresses of suggestions: /suggestions/ for everybody, /work/suggestions/ for those who work on them."""

from django.urls import path

from .views import case, desk, public, writing

app_name = "suggestions"
urlpatterns = [
    path("suggestions/", public.index, name="index"),
    path("suggestions/<slug:key>/", public.case, name="case"),
    path("work/suggestions/", desk.inbox, name="inbox"),
    path("work/suggestions/new/", writing.write, name="write"),
    path("work/suggestions/mine/", writing.mine, name="mine"),
    path("work/suggestions/all/", desk.register, name="register"),
    path("work/suggestions/promises/", desk.promises, name="promises"),
    path("work/suggestions/look-backs/", desk.look_backs, name="look_backs"),
    path("work/suggestions/bulk/<slug:name>/", desk.bulk, name="bulk"),
    path("work/suggestions/<int:pk>/", case.case, name="work"),
    path("work/suggestions/<int:pk>/edit/", writing.edit, name="edit"),
    path("work/suggestions/<int:pk>/cosigners/", writing.cosigners, name="cosigners"),
    path("work/suggestions/<int:pk>/beside/<int:other>/", case.beside, name="beside"),
    path("work/suggestions/<int:pk>/<slug:name>/", case.act, name="act"),
    path("work/suggestions/<int:pk>/<slug:name>/<int:part>/", case.act, name="part_act"),
]
