"""Home, workbench, search, about."""

from django.urls import URLPattern, path

from .views import feed, pages, search, synonyms

app_name = "site"
urlpatterns: list[URLPattern] = [
    path("", pages.home, name="home"),
    path("work/", pages.work, name="work"),
    path("about/", pages.about, name="about"),
    path("robots.txt", pages.robots, name="robots"),
    path("search/", search.everybody, name="search"),
    path("search/hints/", search.hints, name="hints"),
    path("search.json", search.as_json, name="search_json"),
    path("feed/", feed.feed, name="feed"),
    path("work/search/", search.inside, name="work_search"),
    path("work/search/hints/", search.work_hints, name="work_hints"),
    path("manage/search/synonyms/", synonyms.synonyms, name="synonyms"),
    path("manage/search/synonyms/add/", synonyms.add, name="synonym_add"),
    path("manage/search/synonyms/<int:pk>/", synonyms.group, name="synonym_group"),
    path("manage/search/synonyms/<int:pk>/remove/", synonyms.remove, name="synonym_remove"),
]
