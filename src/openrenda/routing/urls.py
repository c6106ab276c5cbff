"""Addresses of routing."""

from django.urls import path

from .views import standing

app_name = "routing"
urlpatterns = [
    path("manage/routing/", standing.standing, name="standing"),
    path("manage/routing/learn/", standing.learn, name="learn"),
]
