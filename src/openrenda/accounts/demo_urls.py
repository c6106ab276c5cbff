"""Addresses of the demonstration; config.urls includes them only where settings say DEMO."""

from django.urls import path

from .views import demo

app_name = "demo"
urlpatterns = [
    path("", demo.accounts, name="accounts"),
    path("step-in/", demo.step_in, name="step-in"),
]
