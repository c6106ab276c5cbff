"""Addresses of livelihood projects: /projects/ for everybody, /work/projects/ for those who work on them."""

from django.urls import path

from .views import codes, ideas, proposing, public, tracking, work

app_name = "livelihood"
urlpatterns = [
    path("projects/", public.index, name="index"),
    path("projects/ideas/new/", ideas.new, name="idea_new"),
    path("projects/ideas/new/receipt/", ideas.receipt, name="receipt"),
    path("projects/ideas/new/receipt/done/", ideas.receipt_done, name="receipt_done"),
    path("projects/ideas/track/", tracking.track, name="track"),
    path("projects/ideas/track/idea/", tracking.track_idea, name="track_idea"),
    path("projects/ideas/track/leave/", tracking.track_leave, name="track_leave"),
    path("projects/ideas/track/qr/<slug:number>.svg", codes.track_qr, name="track_qr"),
    path("projects/ideas/<slug:key>/", public.idea, name="idea"),
    path("projects/<int:year>/", public.year, name="year"),
    path("projects/<int:year>/ideas/", public.ideas, name="ideas"),
    path("projects/<int:year>/booklet.pdf", public.booklet, name="booklet"),
    path("projects/<int:year>/<int:serial>/", public.project, name="project"),
    # The workbench
    path("work/projects/", work.index, name="work_index"),
    path("work/projects/own/", work.own, name="own"),
    path("work/projects/call/", proposing.open_call, name="open_call"),
    path("work/projects/ideas/new/", proposing.propose, name="propose"),
    path("work/projects/ideas/register/", proposing.register, name="register"),
    path("work/projects/ideas/<int:pk>/", work.idea, name="work_idea"),
    path("work/projects/ideas/<int:pk>/<slug:name>/", work.idea_act, name="idea_act"),
    path("work/projects/years/<int:pk>/", work.year, name="work_year"),
    path("work/projects/years/<int:pk>/ideas/", work.pool, name="pool"),
    path("work/projects/years/<int:pk>/<slug:name>/", work.year_act, name="year_act"),
    path("work/projects/<int:pk>/", work.project, name="work_project"),
    path("work/projects/<int:pk>/<slug:name>/", work.project_act, name="project_act"),
    path("work/projects/<int:pk>/<slug:name>/<int:part>/", work.project_act, name="part_act"),
]
