if [ "$1" = remove ]; then
    if [ -d /run/systemd/system ]; then systemctl --system daemon-reload >/dev/null || true; fi
    deb-systemd-helper mask @UNITS@ >/dev/null || true
fi
if [ "$1" = purge ]; then
    deb-systemd-helper purge @UNITS@ >/dev/null || true
    deb-systemd-helper unmask @UNITS@ >/dev/null || true
fi
