"""Home, workbench, about."""

from django.urls import URLPattern, path

from .views import pages

app_name = "site"
urlpatterns: list[URLPattern] = [
    path("", pages.home, name="home"),
    path("work/", pages.work, name="work"),
    path("about/", pages.about, name="about"),
    path("robots.txt", pages.robots, name="robots"),
]
