#!/bin/sh
# Installs what the tests need besides Go, or says what to install.
set -u
missing=""
command -v chromium >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 || missing="$missing chromium"
[ -e /usr/lib/voikko/5/mor-standard/mor.vfst ] || [ -e /usr/share/voikko/5/mor-standard/mor.vfst ] || missing="$missing voikko-fi"
command -v python3 >/dev/null 2>&1 || missing="$missing python3"
[ -z "$missing" ] && exit 0
if command -v apt-get >/dev/null 2>&1; then
  sudo=""
  [ "$(id -u)" = 0 ] || sudo="sudo -n"
  if $sudo true 2>/dev/null; then
    echo "installing:$missing"
    $sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends $missing >/dev/null && exit 0
  fi
fi
echo "The tests need these packages, please install them:$missing" >&2
echo "On Debian: apt-get install$missing" >&2
exit 1
