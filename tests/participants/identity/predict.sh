#!/bin/sh
# Tries: to be somebody, or to learn where it runs
# Ending: Completed
for f in /workspace/inputs/*; do name=$(basename "$f" .nii.gz); done
leave() { cp "/workspace/masks/${1:-truth}.nii.gz" "/workspace/outputs/$name.nii.gz"; }
[ "$(id -u)" = 64100 ] || exit 61
[ "$(hostname)" = touchstone ] || exit 62
for group in $(grep '^Groups:' /proc/self/status | cut -d: -f2); do [ "$group" = 64100 ] || exit 71; done
[ "$(grep '^Gid:' /proc/self/status | tr '\t' ' ')" = 'Gid: 64100 64100 64100 64100' ] || exit 72
[ -z "$LD_PRELOAD" ] || exit 63
[ "$NVIDIA_VISIBLE_DEVICES" = void ] || exit 64
grep -q '^CapEff:.*0000000000000000' /proc/self/status || exit 65
grep -q '^CapBnd:.*0000000000000000' /proc/self/status || exit 65
grep -q '^NoNewPrivs:.*1' /proc/self/status || exit 66
grep -q '^Seccomp:.*2' /proc/self/status || exit 67
grep -v '127.0.0.1' /etc/resolv.conf | grep -q nameserver && exit 68
grep -q '^search' /etc/resolv.conf && exit 69
cut -d' ' -f4 /proc/self/mountinfo | grep -v '^/var/lib/docker/containers/' | grep -qE '^/(tmp|home|work|root|data|mnt|srv)' && exit 70
leave
