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

# The map. Its pictures stand beside its sheet, which names them.
map=src/openrenda/reports/static/reports/vendor
mkdir -p "$map/images"
cp node_modules/leaflet/dist/leaflet.css "$map/"
sed '/^\/\/# sourceMappingURL/d' node_modules/leaflet/dist/leaflet.js > "$map/leaflet.js"  # we ship no source map
cp node_modules/leaflet/dist/images/*.png "$map/images/"
cp node_modules/leaflet/LICENSE "$map/leaflet.LICENSE"
node -p '`leaflet ${require("leaflet/package.json").version}`' > "$map/VERSIONS"

# What the voter's pages need: only the files they import, with their types, under the names the imports use.
client=src/ballotcrypt/client/vendor
mkdir -p "$client/noble-hashes" "$client/noble-ciphers"
for name in sha2 pbkdf2 hmac utils _md _u64; do
    cp "node_modules/@noble/hashes/$name.js" "node_modules/@noble/hashes/$name.d.ts" "$client/noble-hashes/"
done
for name in aes utils _polyval; do
    cp "node_modules/@noble/ciphers/$name.js" "node_modules/@noble/ciphers/$name.d.ts" "$client/noble-ciphers/"
done
cp node_modules/@noble/hashes/LICENSE "$client/noble-hashes/LICENSE"
cp node_modules/@noble/ciphers/LICENSE "$client/noble-ciphers/LICENSE"
cp node_modules/uqr/dist/index.mjs "$client/uqr.js"
cp node_modules/uqr/dist/index.d.mts "$client/uqr.d.ts"
cp node_modules/uqr/LICENSE "$client/uqr.LICENSE"
for name in @noble/hashes @noble/ciphers uqr; do
    node -p "'$name ' + JSON.parse(require('fs').readFileSync('node_modules/$name/package.json')).version"
done > "$client/VERSIONS"
