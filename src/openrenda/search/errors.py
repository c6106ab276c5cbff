"""Refusals."""

from openrenda.kernel.errors import Invalid
from openrenda.kernel.text import N_


class BadSynonyms(Invalid):
    code = "search.bad_synonyms"
    message = N_("同义词至少要有两个不同的词，每个词 2 至 20 个字，最多 12 个词。")
    remedy = N_("请把同一个地方或同一件事的不同叫法写在一起，用顿号或空格分开。")


class WordTaken(Invalid):
    code = "search.word_taken"
    message = N_("“{word}”已经在另一组同义词里。")
    remedy = N_("请修改那一组，或先把这个词从那一组里删去。")
