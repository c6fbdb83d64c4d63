#!/bin/bash
# Sees to it that a Docker engine answers. Safe to run again and again: what is there is left alone, and root is asked for
# only when something has to be installed or started.
set -euo pipefail

PATH=$PATH:/usr/sbin:/sbin # where dockerd is, also for users who are not root
log=/var/log/touchstone-dockerd.log
wait_seconds=60

say() { echo "install-engine: $*"; }
fail() {
  echo "install-engine: $*" >&2
  exit 1
}

case ${1:-} in
  '') ;;
  --help | -h)
    echo "install-engine.sh: installs (apt-get) and starts Docker Engine when none answers"
    exit 0
    ;;
  *) echo "install-engine.sh: unknown argument $1; there are none but --help" >&2 && exit 2 ;;
esac

as_root() {
  if [[ $(id -u) == 0 ]]; then
    "$@"
  elif command -v sudo > /dev/null; then
    sudo "$@"
  else
    fail "this needs root and there is no sudo; run as root: $*"
  fi
}

# answers: 0; refuses this user: 2; silent or not installed: 1.
engine_state() {
  local answer
  command -v docker > /dev/null || return 1
  answer=$(timeout 20 docker version --format '{{.Server.Version}}' 2>&1) && return 0
  [[ $answer == *"permission denied"* ]] && return 2
  return 1
}

explain_refusal() {
  fail "a Docker engine runs, but ${USER:-this user} may not use its socket. Run: sudo usermod -aG docker ${USER:-\$USER}
and log in again (or run as root). Members of the group docker can become root on this machine."
}

engine_version() { docker version --format '{{.Server.Version}}'; }

# What is missing, as names of Debian packages.
missing_packages() {
  command -v dockerd > /dev/null && command -v docker > /dev/null || echo docker.io
  command -v iptables > /dev/null || echo iptables
  [[ -e /etc/ssl/certs/ca-certificates.crt ]] || echo ca-certificates
  # Where the kernel enforces AppArmor, containers do not start without its parser.
  ! grep -qs Y /sys/module/apparmor/parameters/enabled || command -v apparmor_parser > /dev/null || echo apparmor
  [[ -d /run/systemd/system ]] || mountpoint -q /sys/fs/cgroup || echo cgroupfs-mount
}

install_packages() {
  command -v apt-get > /dev/null || fail "there is no apt-get on this machine; please install by hand: $*"
  say "installing $*"
  local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -y -q -o DPkg::Lock::Timeout=300)
  # Lists may be absent (containers) or too old to fetch from: bring them up to date, then install.
  as_root "${apt[@]}" update || say "apt-get update failed; trying with the lists that are there"
  if [[ " $* " == *" docker.io "* ]] && apt-cache show docker-cli > /dev/null 2>&1; then
    set -- "$@" docker-cli # newer releases package the client by itself
  fi
  # The package may start the engine by itself, which is welcome.
  as_root "${apt[@]}" install --no-install-recommends "$@" || fail "apt-get could not install $* (see above)"
}

is_running() { grep -qsx dockerd /proc/[0-9]*/comm; }

wait_for_engine() {
  local second state
  for ((second = 0; second < wait_seconds; second++)); do
    state=0
    engine_state || state=$?
    ((state != 0)) || return 0
    ((state != 2)) || explain_refusal
    is_running || ((second < 5)) || return 1 # ended by itself: no use waiting on
    sleep 1
  done
  return 1
}

start_engine() {
  if is_running; then
    say "a dockerd is starting; waiting for it"
    wait_for_engine && return
    fail "a dockerd runs but does not answer on its socket within $wait_seconds s; see its log"
  fi

  if [[ -d /run/systemd/system ]]; then
    say "starting the engine through systemd"
    as_root systemctl enable --now docker || true
    wait_for_engine && return
    fail "the engine did not start; see: journalctl -u docker"
  fi

  if [[ -x /etc/init.d/docker ]]; then
    say "starting the engine as a service"
    as_root service docker start > /dev/null 2>&1 || true
    wait_for_engine && return
  fi

  # A container without an init system: the daemon alone, its output in a file.
  if ! is_running; then
    say "starting dockerd in the background, log in $log"
    as_root rm -f /var/run/docker.pid # left behind by a machine that was stopped hard; nothing runs (see above)
    as_root sh -c "setsid nohup dockerd > $log 2>&1 < /dev/null &"
    wait_for_engine && return
  fi

  as_root tail -n 5 "$log" >&2 || true
  fail "dockerd did not start (its last lines are above). Inside a container it needs --privileged."
}

# Two runs at once would start two engines. What outlives this script must not inherit the lock, hence the 9>&- below.
exec 9< "${BASH_SOURCE[0]}"
flock 9

state=0
engine_state || state=$?
[[ $state != 2 ]] || explain_refusal
if [[ $state == 0 ]]; then
  say "Docker engine $(engine_version) answers already; nothing to start"
  exit 0
fi

mapfile -t packages < <(missing_packages)
((${#packages[@]} == 0)) || install_packages "${packages[@]}" 9>&-
start_engine 9>&-
say "Docker engine $(engine_version) answers"
