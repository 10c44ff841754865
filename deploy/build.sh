# Builds what the scripts start, when that has not been done yet or a source is newer than the last build. Sourced after
# jdk.sh and find_jdk; expects the project's folder in home. Sets built.
# shellcheck shell=bash

built=${home:?}/deploy/target/cellstream
stamp=$built/built

stale() {
  [[ -f $stamp ]] || return 0
  local sources=() source
  for source in "$home"/pom.xml "$home"/{operators,jobs,deploy}/pom.xml "$home"/{operators,jobs}/src/{main,vector}; do
    [[ ! -e $source ]] || sources+=("$source")
  done
  # Folders count too: a deleted source makes its folder newer.
  [[ -n $(find "${sources[@]}" -newer "$stamp" | head -n 1) ]]
}

build() {
  # Two first starts at once: the second waits, and then finds nothing to do.
  if command -v flock >/dev/null; then
    exec 9<"$home/deploy/pom.xml"
    if ! flock -n 9; then
      say 'waiting for another start that is building'
      flock 9
    fi
    stale || { exec 9<&-; return; }
  fi
  printf 'cellstream: building (about 30 seconds; the first time longer, to download 400 MB) ... ' >&2
  local log start=$SECONDS status=0
  log=$(mktemp "${TMPDIR:-/tmp}/cellstream-build.XXXXXX")
  trap 'rm -f -- "$log"; echo >&2; exit 130' INT
  # Maven forgets the last build's stamp first and writes the new one last.
  (cd -- "$home" && JAVA_HOME=${jdk:?} ./mvnw -q -B -ntp -P '!quality' -pl deploy -am package -Dmaven.test.skip=true) \
    >"$log" 2>&1 9<&- || status=$?
  trap - INT
  if ((status != 0)) || [[ ! -f $stamp ]]; then
    printf 'failed\n' >&2
    cat -- "$log" >&2
    rm -f -- "$log"
    say "the build failed with exit code $status; its output is above"
    exit 1
  fi
  rm -f -- "$log"
  printf 'done in %d s\n' $((SECONDS - start)) >&2
  ! command -v flock >/dev/null || exec 9<&-
}
