#!/usr/bin/env bash
# What tests need from the system: Chromium, Chinese fonts, python's venv, the independent verifier of ballots. Installs only what is missing, only as root
# and only with apt; elsewhere it says what to install. Never fails: the tests themselves say what they miss.
set -uo pipefail

missing=()
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || missing+=(chromium)
fc-list 2>/dev/null | grep -qi 'noto.*cjk' || missing+=(fontconfig fonts-noto-cjk)
python3 -c 'import ensurepip, venv' 2>/dev/null || missing+=(python3-venv)
command -v belenios-tool >/dev/null || missing+=(belenios-tool)
command -v make >/dev/null || missing+=(make)

[ ${#missing[@]} -eq 0 ] && exit 0
if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    echo "installing: ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >/tmp/system-packages.log 2>&1 ||
        { tail -n 20 /tmp/system-packages.log; echo "could not install: ${missing[*]}"; }
else
    echo "please install: ${missing[*]}"
fi
exit 0
