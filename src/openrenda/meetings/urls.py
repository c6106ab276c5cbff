"""Addresses of meetings, all on the workbench."""

from django.urls import path

from .views import meeting, sign_in

app_name = "meetings"
urlpatterns = [
    path("work/meetings/", meeting.index, name="index"),
    path("work/meetings/new/", meeting.convene, name="convene"),
    path("work/meetings/<slug:key>/", meeting.meeting, name="meeting"),
    path("work/meetings/<slug:key>/sign-in/", sign_in.sign_in, name="sign_in"),
    path("work/meetings/<slug:key>/act/<slug:name>/", meeting.act, name="act"),
    path("work/meetings/<slug:key>/items/<int:pk>/<slug:name>/", meeting.item_act, name="item_act"),
]
