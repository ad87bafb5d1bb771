#!/bin/sh
# Process 1 of a PID namespace of its own, as a pod without hostPID is. Usage: own-namespace.sh PROBE...
set -eu
echo 500 >/proc/sys/kernel/pid_max
boot=$(cat /proc/sys/kernel/random/boot_id)
"$@" set-pid-max --node=small "--boot-id=$boot" --pid-max-file=/proc/sys/kernel/pid_max --to=100000
cat /proc/sys/kernel/pid_max
