"""Registers the app with Django."""

from django.apps import AppConfig

from openrenda.kernel.text import N_


class SiteConfig(AppConfig):
    """Home and workbench."""

    name = "openrenda.site"
    label = "site"
    verbose_name = "门户"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from openrenda.ui import nav

        from . import slots, tables

        nav.register("public", N_("首页"), "site:home", 0)
        nav.register("public", N_("工作台"), "site:work", 900, nav.signed_in)
        nav.register("work", N_("工作台"), "site:work", 0)
        nav.register("footer", N_("公开与隐私"), "site:about", 10)
        nav.register("footer", N_("订阅最近公开的"), "site:feed", 20)
        nav.register("manage", N_("同义词"), "site:synonyms", 45, slots.worn(*slots.SYNONYM_READERS))
        slots.register()
        tables.offer()
