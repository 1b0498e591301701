#!/bin/bash
# The first process of a machine made of namespaces: boot.sh ROOT, in new mount, pid, ipc, uts, net and cgroup namespaces.
# Makes ROOT the root, with devices and /proc of its own, and becomes its systemd. Sees no disk, device or network of ours;
# /proc/sys is read-only, because it is the kernel's and so everybody's.
set -e
root=$1
mount --make-rprivate /
mount --rbind "$root" "$root"
cd "$root"
mount -t proc proc proc
mount -t tmpfs -o mode=755 tmpfs sys
mkdir -p sys/fs/cgroup
mount -t cgroup2 cgroup2 sys/fs/cgroup
mount -t tmpfs -o mode=755 tmpfs run
mount -t tmpfs tmpfs tmp
mount -t tmpfs -o mode=755 tmpfs dev
for device in null zero full random urandom tty tty0 tty1 tty7; do
    [[ -e /dev/$device ]] || continue
    touch dev/$device
    mount --bind /dev/$device dev/$device
done
mkdir dev/pts dev/shm
mount -t devpts -o newinstance,ptmxmode=0666 devpts dev/pts
mount -t tmpfs tmpfs dev/shm
ln -s pts/ptmx dev/ptmx
ln -s /proc/self/fd dev/fd
mount --bind proc/sys proc/sys
mount -o remount,bind,ro proc/sys
mkdir -p .outside
pivot_root . .outside
umount -l .outside
rmdir .outside
mount --make-rshared / # within: units hand mounts to their own namespaces and back
ip link set lo up 2>/dev/null || true
exec env -i container=tram-test PATH=/usr/sbin:/usr/bin:/sbin:/bin /lib/systemd/systemd --log-target=journal --show-status=0 \
    </dev/null >/dev/null 2>&1
