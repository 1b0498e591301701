    if [ -d /run/systemd/system ]; then deb-systemd-invoke stop @UNITS@ || true; fi
