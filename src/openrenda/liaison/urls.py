"""Addresses of the slice."""

from django.urls import path

from .views import find, opinions, receptions, tracking, work

app_name = "liaison"

urlpatterns = [
    # Finding
    path("stations/", find.stations, name="stations"),
    path("stations/<str:code>/", find.station, name="station"),
    path("stations/<str:code>/poster/", find.poster, name="poster"),
    path("stations/<str:code>/qr.svg", find.station_qr, name="station_qr"),
    path("stations/<str:code>/receptions/<int:event_id>/book/", receptions.book, name="book"),
    path("bookings/<int:booking_id>/cancel/", receptions.cancel_booking, name="cancel_booking"),
    path("deputies/", find.deputies, name="deputies"),
    path("deputies/<str:code>/", find.deputy, name="deputy"),
    path("deputies/<str:code>/qr.svg", find.deputy_qr, name="deputy_qr"),
    path("s/<str:token>/", find.from_station_code, name="from_station"),
    path("d/<str:token>/", find.from_deputy_code, name="from_deputy"),
    # Writing and following
    path("opinions/new/", opinions.new, name="opinion_new"),
    path("opinions/new/others/", opinions.others, name="opinion_others"),
    path("opinions/new/receipt/", opinions.receipt, name="receipt"),
    path("opinions/new/receipt/done/", opinions.receipt_done, name="receipt_done"),
    path("opinions/track/", tracking.track, name="track"),
    path("opinions/track/case/", tracking.track_case, name="track_case"),
    path("opinions/track/case/<slug:what>/", tracking.track_say, name="track_say"),
    path("opinions/track/leave/", tracking.track_leave, name="track_leave"),
    path("opinions/track/qr/<str:number>.svg", find.track_qr, name="track_qr"),
    # Published
    path("opinions/", opinions.published, name="published"),
    path("opinions/<str:number>/", opinions.opinion, name="opinion"),
    # The workbench
    path("work/opinions/", work.inbox, name="inbox"),
    path("work/opinions/new/", work.walk_in, name="walk_in"),
    path("work/opinions/receipt/", work.receipt, name="work_receipt"),
    path("work/opinions/<int:opinion_id>/", work.case, name="work_case"),
    path("work/opinions/<int:opinion_id>/beside/<int:other_id>/", work.beside, name="beside"),
    path("work/opinions/<int:opinion_id>/contact/", work.reveal, name="reveal"),
    path("work/opinions/<int:opinion_id>/code/", work.reset_code, name="reset_code"),
    path("work/opinions/<int:opinion_id>/<slug:key>/", work.move, name="move"),
    path("work/stations/", receptions.my_receptions, name="my_receptions"),
    path("work/stations/<str:code>/receptions/", receptions.receptions, name="receptions"),
    path("work/stations/<str:code>/receptions/plan/", receptions.plan, name="reception_plan"),
    path("work/stations/<str:code>/receptions/generate/", receptions.generate, name="reception_generate"),
    path("work/stations/<str:code>/receptions/<int:event_id>/", receptions.reception, name="reception"),
    path(
        "work/stations/<str:code>/receptions/<int:event_id>/<slug:name>/",
        receptions.reception_move,
        name="reception_move",
    ),
]
