"""Addresses of the inbox."""

from django.urls import path

from . import views

app_name = "notifications"
urlpatterns = [
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/read/", views.read_all, name="read_all"),
    path("inbox/preferences/", views.preferences, name="preferences"),
    # Outside of the inbox, which asks for a sign-in: whoever has the letter may end it.
    path("letters/stop/<str:token>/", views.stop, name="stop"),
    path("inbox/<int:pk>/", views.open_notice, name="open"),
    path("inbox/<int:pk>/read/", views.read, name="read"),
]
