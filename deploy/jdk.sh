# Finds a JDK; sourced by the scripts that start Java. find_jdk sets jdk and jdk_major.
# shellcheck shell=bash

say() { printf 'cellstream: %s\n' "$1" >&2; }

# Prints the feature version of the JDK in folder $1; fails if there is no JDK. Reads a file, since starting a JVM takes longer.
jdk_version() {
  [[ -x $1/bin/java && -x $1/bin/javac ]] || return 1
  local version=
  [[ ! -r $1/release ]] || version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
  [[ -n $version ]] || version=$("$1/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p')
  [[ -n $version ]] || return 1
  printf '%s' "$version"
}

# The home of the java on the PATH.
jdk_on_path() {
  local java
  java=$(command -v java) || return 1
  while [[ -L $java ]]; do
    local target
    target=$(readlink -- "$java")
    [[ $target == /* ]] || target=$(dirname -- "$java")/$target
    java=$target
  done
  (cd -- "$(dirname -- "$java")/.." && pwd -P)
}

# Sets jdk and jdk_major to the first JDK that is new enough.
find_jdk() {
  local candidate major looked=
  for candidate in "${JAVA_HOME:-}" "$(jdk_on_path || true)" \
    /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/*; do
    [[ -n $candidate ]] || continue
    if major=$(jdk_version "$candidate"); then
      if ((major >= 17)); then
        jdk=$candidate jdk_major=$major
        return
      fi
      looked+="; $candidate is too old"
    elif [[ $candidate == "${JAVA_HOME:-}" ]]; then
      looked+="; JAVA_HOME=$candidate is no JDK"
    fi
  done
  say "needs a JDK 17 or newer and found none$looked; install one or set JAVA_HOME"
  exit 2
}
