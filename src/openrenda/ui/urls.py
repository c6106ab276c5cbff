"""The switch and the gallery."""

from django.urls import path

from . import gallery, views

app_name = "ui"
urlpatterns = [
    path("elder/", views.elder, name="elder"),
    path("ui/", gallery.show, name="gallery"),
    path("ui/work/", gallery.show_work, name="gallery-work"),
    path("ui/confirm/", gallery.show_confirm, name="gallery-confirm"),
]
