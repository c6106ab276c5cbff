#!/bin/sh
# Copies the front-end files that pages load from others into the source tree; run after changing package.json.
set -eu
cd "$(dirname "$0")/.."
npm ci --ignore-scripts
target=src/openrenda/ui/static/ui/vendor
mkdir -p "$target" tests/browser/vendor
cp node_modules/htmx.org/dist/htmx.min.js "$target/htmx.min.js"
cp node_modules/htmx.org/LICENSE "$target/htmx.LICENSE"
cp node_modules/axe-core/axe.min.js tests/browser/vendor/axe.min.js
cp node_modules/axe-core/LICENSE tests/browser/vendor/axe.LICENSE
node -p '`htmx.org ${require("htmx.org/package.json").version}`' > "$target/VERSIONS"
node -p '`axe-core ${require("axe-core/package.json").version}`' > tests/browser/vendor/VERSIONS
