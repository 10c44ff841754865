# Starts processes that outlive the script, finds them again, and ends them. Sourced by cluster, which sets folder.
#
# A process is known by a file in folder/pids that holds its id and when it began. Both must agree, so that an id which the
# system has given to another process meanwhile is never signalled.
# shellcheck shell=bash

launched=()

# When process $1 began, in words that no other process with its id has; fails if there is none. One that has ended and that
# nobody has waited for is none.
birth() {
  local stat fields
  if [[ -d /proc/self ]]; then
    { stat=$(<"/proc/$1/stat"); } 2>/dev/null || return 1
    read -r -a fields <<<"${stat##*) }"
    [[ ${fields[0]} != Z ]] || return 1
    printf '%s@%s' "${fields[19]}" "$(</proc/sys/kernel/random/boot_id)"
  else
    LC_ALL=C ps -o lstart= -p "$1"
  fi
}

# Prints the id of process $1 if it is there.
pid_of() {
  local pid born
  { read -r pid born <"${folder:?}/pids/$1"; } 2>/dev/null || return 1
  [[ -n $born && $(birth "$pid") == "$born" ]] || return 1
  printf '%s' "$pid"
}

is_up() { pid_of "$1" >/dev/null; }

# The names of all processes that were started and not ended by a command, in the order of their start.
known() {
  local name
  for name in zookeeper kafka jobmanager; do
    [[ ! -f $folder/pids/$name ]] || echo "$name"
  done
  for name in "$folder"/pids/taskmanager-*; do
    [[ ! -f $name ]] || echo "${name##*-}"
  done | sort -n | sed 's/^/taskmanager-/'
}

# Those of them that run.
running() {
  local name
  for name in $(known); do
    ! is_up "$name" || echo "$name"
  done
}

# Runs a command as process $1 in a process group of its own, which Ctrl-C does not reach.
launch() {
  local name=$1 pid
  shift
  mkdir -p "$folder/pids" "$folder/logs"
  set -m
  "$@" >"$folder/logs/$name.out" 2>&1 </dev/null 8>&- &
  pid=$!
  set +m
  disown "$pid"
  printf '%s %s\n' "$pid" "$(birth "$pid" || true)" >"$folder/pids/$name"
  launched+=("$name")
}

# Sends signal $1 to processes $2... and waits until they are gone; those that ignore it for 20 s are killed.
end() {
  local signal=$1 name pid tries=100
  shift
  for name in "$@"; do
    ! pid=$(pid_of "$name") || kill -s "$signal" "$pid" 2>/dev/null || true
  done
  for name in "$@"; do
    while pid=$(pid_of "$name"); do
      ((tries-- > 0)) || kill -s KILL "$pid" 2>/dev/null || true
      sleep 0.1
    done
    rm -f -- "$folder/pids/$name"
  done
}

# Until keep_launched, an end of this script also ends what it launched; Ctrl-C is noticed by await.
undo_at_exit() {
  trap 'interrupted=1' INT TERM HUP
  trap 'status=$?; end KILL ${launched[@]+"${launched[@]}"}; exit $status' EXIT
}

keep_launched() {
  [[ -z ${interrupted:-} ]] || exit 130
  trap - EXIT
}

# Waits until the command $3... succeeds; fails if process $1 is gone or $2 seconds have passed.
await() {
  local name=$1 deadline=$((SECONDS + $2))
  shift 2
  until "$@"; do
    [[ -z ${interrupted:-} ]] || exit 130
    if ! is_up "$name"; then
      say "$name ended while it was starting; the end of its log:"
      tail -n 20 "$folder/logs/$name.out" "$folder/logs/$name.log" >&2 || true
      exit 1
    elif ((SECONDS > deadline)); then
      say "$name is not ready; see $folder/logs/$name.log"
      exit 1
    fi
    sleep 0.2
  done
}

# Whether somebody listens on port $1 of loopback.
listens() { (exec 7<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# Prints the answer of the web server at port $1 to GET $2.
get() {
  local answer=
  {
    printf 'GET %s HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n' "$2" >&7
    IFS= read -r -t 5 -d '' answer <&7 || true
  } 2>/dev/null 7<>"/dev/tcp/127.0.0.1/$1" || return 1
  [[ $answer == HTTP/*' 200 '* ]] || return 1
  printf '%s' "${answer#*$'\r\n\r\n'}"
}
