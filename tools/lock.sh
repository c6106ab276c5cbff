#!/usr/bin/env bash
# Writes requirements.lock (what runs) and requirements-dev.lock (what runs and what tests), hashed, naming no host.
set -euo pipefail
cd "$(dirname "$0")/.."
compile() {
    .venv/bin/uv pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url \
        --no-emit-find-links pyproject.toml "$@"
}
compile --extra install --output-file requirements.lock
compile --extra install --extra dev --output-file requirements-dev.lock
