"""Home, workbench, about."""

from django.urls import URLPattern, path

from . import views

app_name = "site"
urlpatterns: list[URLPattern] = [
    path("", views.home, name="home"),
    path("work/", views.work, name="work"),
    path("about/", views.about, name="about"),
    path("robots.txt", views.robots, name="robots"),
]
