"""Addresses of maps and boards."""

from django.urls import path

from .views import boards, drawing, maps

app_name = "reports"
urlpatterns = [
    path("map/", maps.show, name="map"),
    path("board/", boards.show, name="board"),
    path("work/board/", boards.work, name="work_board"),
    path("manage/map/", drawing.drawing, name="drawing"),
]
