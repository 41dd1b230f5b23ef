#!/bin/sh
# Installs what the tests need besides Go, or says what to install: from Debian a browser, the Finnish dictionary, the
# Swedish word list, Python, Node, LibreOffice and poppler (they open the documents that are written), PSPP and R (they run the
# syntax that is written), zbar (it reads the QR codes); from npm, into the ignored folder .cache, axe-core
# (accessibility of the pages) and TypeScript (types of the scripts). The product itself needs none of it.
set -u
cd "$(dirname "$0")/.." || exit 1

axe=axe-core@4.14.1
tsc=typescript@5.9.3

missing=""
command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 || missing="$missing chromium"
[ -e /usr/lib/voikko/5/mor-standard/mor.vfst ] || [ -e /usr/share/voikko/5/mor-standard/mor.vfst ] || missing="$missing voikko-fi"
command -v python3 >/dev/null 2>&1 || missing="$missing python3"
command -v node >/dev/null 2>&1 || missing="$missing nodejs"
command -v npm >/dev/null 2>&1 || missing="$missing npm"
command -v soffice >/dev/null 2>&1 || missing="$missing libreoffice-writer-nogui libreoffice-calc-nogui libreoffice-impress-nogui fonts-liberation"
command -v zbarimg >/dev/null 2>&1 || missing="$missing zbar-tools"
command -v pdftoppm >/dev/null 2>&1 || missing="$missing poppler-utils"
command -v pspp >/dev/null 2>&1 || missing="$missing pspp"
command -v Rscript >/dev/null 2>&1 || missing="$missing r-base-core"
[ -e /usr/share/hunspell/sv_SE.dic ] || missing="$missing hunspell-sv"

install_missing() {
  command -v apt-get >/dev/null 2>&1 || return 1
  sudo=""
  if [ "$(id -u)" != 0 ]; then
    sudo="sudo -n"
    $sudo true 2>/dev/null || return 1
  fi
  echo "installing:$missing"
  # shellcheck disable=SC2086 # one word for each package
  $sudo apt-get update -qq && $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
}

if [ -n "$missing" ] && ! install_missing; then
  echo "The tests need these packages, please install them:$missing" >&2
  echo "On Debian: apt-get install$missing" >&2
  exit 1
fi

has() { # has NAME@VERSION: that very version is in .cache
  [ -e ".cache/node_modules/${1%@*}/package.json" ] && grep -q "\"version\": *\"${1#*@}\"" ".cache/node_modules/${1%@*}/package.json"
}

if ! has "$axe" || ! has "$tsc"; then
  echo "fetching: $axe $tsc"
  mkdir -p .cache
  [ -e .cache/package.json ] || echo '{"private": true}' >.cache/package.json
  if ! npm install --prefix .cache --ignore-scripts --no-audit --no-fund --loglevel=error "$axe" "$tsc" >/dev/null; then
    echo "The tests of accessibility and of the scripts' types need $axe and $tsc, which npm could not fetch." >&2
    echo "Where there is a network: npm install --prefix .cache --ignore-scripts $axe $tsc" >&2
    exit 1
  fi
fi
