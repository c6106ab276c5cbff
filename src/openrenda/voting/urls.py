"""Addresses of votes: /votes/ and /vote/ for everybody, /hall/ for the screen, /work/votes/ for those on duty."""

from django.urls import path

from .views import casting, client, papers, public, roll, work

app_name = "voting"
urlpatterns = [
    path("votes/", public.index, name="index"),
    path("votes/<slug:key>/", public.poll, name="poll"),
    path("votes/<slug:key>/board/", public.board, name="board"),
    path("votes/<slug:key>/check/", public.check, name="check"),
    path("votes/<slug:key>/election.json", public.setup_file, {"name": "election"}, name="election"),
    path("votes/<slug:key>/trustees.json", public.setup_file, {"name": "trustees"}, name="trustees"),
    path("votes/<slug:key>/credentials.json", public.setup_file, {"name": "credentials"}, name="public_credentials"),
    path("votes/<slug:key>/archive.bel", public.archive, name="archive"),
    path("votes/<slug:key>/proof.json", public.proof, name="proof"),
    path("votes/<slug:key>/ballots/", casting.ballots, name="ballots"),
    path("votes/<slug:key>/ballots/<slug:tracker>/", casting.ballot, name="ballot"),
    path("vote/<slug:key>/", public.cast, name="cast"),
    path("hall/<slug:key>/", public.hall, name="hall"),
    path("work/votes/", work.index, name="work_index"),
    path("work/votes/<slug:key>/", work.poll, name="work"),
    path("work/votes/<slug:key>/act/<slug:name>/", work.act, name="act"),
    path("work/votes/<slug:key>/roll/", roll.roll, name="roll"),
    path("work/votes/<slug:key>/paper/<slug:what>.pdf", papers.paper, name="paper"),
    path("work/votes/<slug:key>/credentials/", client.credentials, name="credentials"),
    path("work/votes/<slug:key>/withdraw/", client.withdraw, name="withdraw"),
    path("work/votes/<slug:key>/trustee/", client.trustee, name="trustee"),
    path("work/votes/<slug:key>/trustee/transcript.json", client.transcript, name="transcript"),
    path("work/votes/<slug:key>/trustee/<slug:kind>/", client.trustee_message, name="trustee_message"),
]
