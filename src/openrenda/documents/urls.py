"""Addresses of files."""

from django.urls import path

from . import views

app_name = "documents"
urlpatterns = [
    path("files/<str:token>/", views.file, name="file"),
    path("files/<str:token>/thumb/", views.thumb, name="thumb"),
]
