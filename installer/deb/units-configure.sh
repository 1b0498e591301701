    for unit in @UNITS@; do
        deb-systemd-helper unmask "$unit" >/dev/null || true
        if deb-systemd-helper --quiet was-enabled "$unit"; then
            deb-systemd-helper enable "$unit" >/dev/null || true
        else # whoever disabled it wants it disabled
            deb-systemd-helper update-state "$unit" >/dev/null || true
        fi
    done
    if [ -d /run/systemd/system ]; then
        systemctl --system daemon-reload >/dev/null || true
        if [ -z "$2" ]; then action=start; else action=@ON_UPGRADE@; fi
        for unit in @UNITS@; do deb-systemd-invoke "$action" "$unit" || true; done
    fi
