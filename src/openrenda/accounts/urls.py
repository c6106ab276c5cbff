"""Addresses of sign-in and of the administration."""

from django.urls import path

from .views import audit, calendar, overview, people, security, session, settings

app_name = "accounts"
urlpatterns = [
    path("account/", session.account, name="account"),
    path("account/sign-in/", session.sign_in, name="sign-in"),
    path("account/sign-out/", session.sign_out, name="sign-out"),
    path("account/hat/", session.hat, name="hat"),
    path("account/password/", session.password, name="password"),
    path("manage/", overview.overview, name="manage"),
    path("manage/people/", people.people, name="people"),
    path("manage/people/new/", people.add_person, name="add-person"),
    path("manage/people/<int:pk>/", people.person, name="person"),
    path("manage/people/<int:pk>/account/", people.create_account, name="create-account"),
    path("manage/people/<int:pk>/posts/", people.give_post, name="give-post"),
    path("manage/posts/<int:pk>/end/", people.end_post, name="end-post"),
    path("manage/accounts/<int:pk>/reset/", people.reset_password, name="reset-password"),
    path("manage/accounts/<int:pk>/unlock/", people.unlock, name="unlock"),
    path("manage/accounts/<int:pk>/deactivate/", people.deactivate, name="deactivate"),
    path("manage/accounts/<int:pk>/reactivate/", people.reactivate, name="reactivate"),
    path("manage/security/", security.security, name="security"),
    path("manage/sessions/<int:pk>/end/", security.end_session, name="end-session"),
    path("manage/locks/<int:pk>/lift/", security.lift_lock, name="lift-lock"),
    path("manage/calendar/", calendar.calendar, name="calendar"),
    path("manage/calendar/mark/", calendar.mark_days, name="mark-days"),
    path("manage/calendar/clear/", calendar.clear_day, name="clear-day"),
    path("manage/calendar/recompute/", calendar.recompute, name="recompute"),
    path("manage/settings/", settings.settings, name="settings"),
    path("manage/settings/<str:key>/", settings.setting, name="setting"),
    path("manage/audit/", audit.audit, name="audit"),
]
