"""Static files under hashed names, imports between our ES modules included: they may be cached for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStatic(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise publishes no types
    """Also rewrites `import … from "./x.js"`, so that a changed module is never met under its old name."""

    support_js_module_import_aggregation = True
