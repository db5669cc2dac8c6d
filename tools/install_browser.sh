#!/bin/sh
# Installs Chromium for the browser tests where that is simple (Debian, as root); elsewhere the tests say what to do.
for name in chromium chromium-browser google-chrome google-chrome-stable; do
    command -v "$name" >/dev/null && exit 0
done
if [ "$(id -u)" = 0 ] && [ -f /etc/debian_version ]; then
    echo "Installing chromium for the browser tests"
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium; } >/dev/null 2>&1 ||
        echo "chromium could not be installed; browser tests will skip"
fi
exit 0
