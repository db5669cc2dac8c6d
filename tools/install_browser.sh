#!/bin/sh
# Installs Chromium for the browser tests where that is simple (Debian, as root); elsewhere the tests say what to do.
# The one that only works unseen is preferred: it needs a third of the processor.
command -v chromium-headless-shell >/dev/null && exit 0
there() {
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        command -v "$name" >/dev/null && return 0
    done
    return 1
}
install() {
    apt-get install -y -qq --no-install-recommends "$1" >/dev/null 2>&1
}
# Nobody waits for a look at what there might be: but for CI, which begins with nothing known.
[ -z "$CI" ] && there && ! apt-cache show chromium-headless-shell >/dev/null 2>&1 && exit 0
if [ "$(id -u)" = 0 ] && [ -f /etc/debian_version ]; then
    echo "Installing Chromium for the browser tests"
    apt-get update -qq >/dev/null 2>&1
    install chromium-headless-shell || there || install chromium ||
        echo "chromium could not be installed; browser tests will skip"
fi
exit 0
