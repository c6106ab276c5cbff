"""Addresses of the exchange: what goes out, what comes in."""

from django.urls import path

from .views import exports, imports

app_name = "exchange"
urlpatterns = [
    path("exports/<str:name>/", exports.export, name="export"),
    path("work/exports/", exports.exports, name="exports"),
    path("work/exports/<int:pk>/file/", exports.file, name="file"),
    path("work/exports/<int:pk>/cancel/", exports.cancel, name="cancel"),
    path("manage/imports/", imports.runs, name="imports"),
    path("manage/imports/new/", imports.new, name="import-new"),
    path("manage/imports/template/<str:name>/", imports.template, name="import-template"),
    path("manage/imports/<int:pk>/", imports.run, name="import"),
    path("manage/imports/<int:pk>/mapping/", imports.mapping, name="import-mapping"),
    path("manage/imports/<int:pk>/confirm/", imports.confirm, name="import-confirm"),
    path("manage/imports/<int:pk>/cancel/", imports.cancel, name="import-cancel"),
    path("manage/imports/<int:pk>/errors/", imports.errors, name="import-errors"),
]
