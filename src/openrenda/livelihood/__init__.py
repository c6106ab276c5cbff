"""Livelihood projects: proposed by residents, chosen by deputies, built by the government, judged by the congress."""
