#!/bin/sh
# Tries: to use the rights of root, where it runs as root, and works as any other user too
# Ending: Completed
for f in /workspace/inputs/*; do name=$(basename "$f" .nii.gz); done
leave() { cp "/workspace/masks/${1:-truth}.nii.gz" "/workspace/outputs/$name.nii.gz"; }
grep -q '^CapEff:.*0000000000000000' /proc/self/status || exit 61
grep -q '^CapBnd:.*0000000000000000' /proc/self/status || exit 61
(: > /etc/mark) 2>/dev/null && exit 62
(: > "$f") 2>/dev/null && exit 63
mknod /tmp/disk b 254 0 2>/dev/null && exit 64
mount -t tmpfs none /tmp 2>/dev/null && exit 65
chroot / true 2>/dev/null && exit 66
busybox date -s "2001-01-01 00:00:00" > /dev/null 2>&1
[ "$(date +%Y)" != 2001 ] || exit 67
busybox chown 1:1 /workspace/outputs 2>/dev/null && exit 68
leave
[ "$1" != as-root ] || [ "$(id -u)" = 0 ] || exit 69
