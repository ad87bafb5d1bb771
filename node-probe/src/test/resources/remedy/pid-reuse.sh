#!/bin/sh
# Process 1 of a small PID namespace of its own: makes the kernel give one pid to two processes, one after the other, and
# has each asked to be killed. Usage: pid-reuse.sh PROBE...; says what happened in lines "word rest".
set -eu
probe="$*"

ticks() {
  read -r stat <"/proc/$1/stat"
  set -- ${stat##*) }
  echo "${20}"
}

lives() {
  if kill -0 "$1" 2>/dev/null; then echo yes; else echo no; fi
}

# room for the probe's threads, and not much more
echo 420 >/proc/sys/kernel/pid_max

# ids below 300 are given out once only (RESERVED_PIDS in kernel/pid.c)
sleep 1000 &
old=$!
while [ "$old" -lt 305 ]; do
  kill -9 "$old"
  wait "$old" || true
  sleep 1000 &
  old=$!
done
oldTicks=$(ticks "$old")
kill -9 "$old"
wait "$old" || true

rounds=0
while :; do
  sleep 1000 &
  new=$!
  [ "$new" != "$old" ] || [ "$(ticks "$new")" = "$oldTicks" ] || break
  kill -9 "$new"
  wait "$new" || true
  rounds=$((rounds + 1))
  [ "$rounds" -lt 5000 ] || exit 3
done
echo "reused $old $oldTicks $(ticks "$new")"

boot=$(cat /proc/sys/kernel/random/boot_id)
echo "probe $($probe kill --node=small "--boot-id=$boot" --grace=1s "--target=$old:$oldTicks")"
echo "lives $(lives "$new")"

# without the check: the same number, by kill(2)
kill -TERM "$old"
wait "$new" || true
echo "lives $(lives "$new")"
