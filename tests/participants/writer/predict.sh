#!/bin/sh
# Tries: to write anywhere but into its output
# Ending: Completed
for f in /workspace/inputs/*; do name=$(basename "$f" .nii.gz); done
leave() { cp "/workspace/masks/${1:-truth}.nii.gz" "/workspace/outputs/$name.nii.gz"; }
for folder in / /etc /bin /usr /workspace /workspace/inputs /var /root /home /sys/fs/cgroup /proc/sys/kernel; do
  (: > "$folder/mark") 2>/dev/null && exit 66
done
(: > "$f") 2>/dev/null && exit 66
rm -f "$f" 2>/dev/null && [ ! -e "$f" ] && exit 66
mount -t tmpfs none /tmp 2>/dev/null && exit 66
mount -o remount,rw / 2>/dev/null && exit 66
chroot /tmp 2>/dev/null && exit 66
leave
