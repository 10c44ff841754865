# The parts of the local cluster: their configuration and how each is started. Sourced by cluster, which sets folder, home and
# here.
# shellcheck shell=bash

port_names=(web kafka controller zookeeper rpc blob)
port_web=8081 port_kafka=9092 port_controller=9093 port_zookeeper=2181 port_rpc=6123 port_blob=6124
taskmanagers=2 slots=2 memory=2g replaced=()


# Flags of a JVM that ends before it would pay to optimise its code.
short_lived=(-XX:TieredStopAtLevel=1 -XX:+UseSerialGC)

# The number of port $1.
port() {
  local variable=port_$1
  printf '%s' "${!variable}"
}

# A file of conf with this cluster's folder, ports and sizes.
fill() {
  local edits=(-e "s|@folder@|${folder:?}|g" -e "s|@slots@|$slots|g" -e "s|@memory@|$memory|g") name
  for name in "${port_names[@]}"; do
    edits+=(-e "s|@$name@|$(port "$name")|g")
  done
  sed "${edits[@]}" "${here:?}/conf/$1"
}

configure() {
  mkdir -p "$folder"/{conf,logs,zookeeper,tmp}
  fill kafka.properties >"$folder/conf/kafka.properties"
  fill zookeeper.cfg >"$folder/conf/zookeeper.cfg"
  local text entry name
  text=$(fill flink.yaml)
  for entry in ${replaced[@]+"${replaced[@]}"}; do
    text=$(grep -v -F -- "${entry%%=*}: " <<<"$text")$'\n'"${entry%%=*}: ${entry#*=}"
  done
  printf '%s\n' "$text" >"$folder/conf/config.yaml"
  for name in "${port_names[@]}"; do
    echo "$name $(port "$name")"
  done >"$folder/conf/ports"
}

# The ports of the last start.
load_ports() {
  local name number
  while read -r name number; do
    printf -v "port_$name" %s "$number"
  done <"$folder/conf/ports"
}

# Sets flink_path to Flink without ND4J, the broker and what is ours: that comes in a job's jar.
find_jars() {
  local jar name
  flink_path=
  for jar in "${built:?}"/lib/*.jar; do
    name=${jar##*/}
    case $name in
      cellstream-* | kafka* | flink-connector-kafka* | scala*) ;;
      *) [[ -e ${home:?}/deploy/target/nd4j/$name ]] || flink_path+=:$jar ;;
    esac
  done
  flink_path=${flink_path#:}
}

# Sets java to the start of a command whose log is named $1.
java_for() {
  java=("${jdk:?}/bin/java" "@$home/deploy/jvm.options")
  ((${jdk_major:?} < 24)) || java+=(--sun-misc-unsafe-memory-access=allow)
  java+=("-Dcellstream.log=$folder/logs/$1.log" "-Dlog.file=$folder/logs/$1.log"
    "-Dlog4j2.configurationFile=$home/deploy/log4j2.properties")
}

# Flags of the JVM and options of Flink for the sizes in its configuration, as Flink's own scripts find them: $1 is TM or JM.
sizes() {
  java_for sizes
  "${java[@]}" "${short_lived[@]}" -cp "$flink_path" org.apache.flink.runtime.util.bash.BashJavaUtils "GET_$1_RESOURCE_PARAMS" \
    --configDir "$folder/conf" 2>"$folder/logs/sizes.out" |
    sed -n 's/^BASH_JAVA_UTILS_EXEC_RESULT://p' >"$folder/conf/sizes-$1" || true
  [[ -z ${interrupted:-} ]] || exit 130
  [[ $(wc -l <"$folder/conf/sizes-$1") -eq 2 ]] || {
    say "Flink does not take the configuration in $folder/conf/config.yaml:"
    grep -h Exception "$folder/logs/sizes.out" "$folder/logs/sizes.log" >&2 || true
    exit 2
  }
}

# Starts process $1 of kind TM or JM with class path $3 and class $4; further arguments are Flink's.
start_flink() {
  local name=$1 kind=$2 path=$3 main=$4 flags dynamic
  shift 4
  { IFS= read -r flags && IFS= read -r dynamic; } <"$folder/conf/sizes-$kind"
  java_for "$name"
  # shellcheck disable=SC2086 # several words each
  launch "$name" "${java[@]}" $flags -Dorg.bytedeco.javacpp.maxbytes=256m -cp "$path" "$main" \
    --configDir "$folder/conf" $dynamic "$@"
}

start_zookeeper() {
  java_for zookeeper
  launch zookeeper "${java[@]}" -Xmx128m -cp "$flink_path" \
    org.apache.flink.shaded.zookeeper3.org.apache.zookeeper.server.quorum.QuorumPeerMain "$folder/conf/zookeeper.cfg"
}

start_kafka() {
  java_for kafka
  if [[ ! -e $folder/kafka/meta.properties ]]; then
    local id
    id=$(od -A n -N 8 -t x1 /dev/urandom | tr -d ' \n' | base64 | tr -d =)
    "${java[@]}" "${short_lived[@]}" -cp "$built/lib/*" kafka.tools.StorageTool format -t "$id" -c "$folder/conf/kafka.properties" \
      >"$folder/logs/kafka.out" 2>&1 || { cat "$folder/logs/kafka.out" >&2; exit 1; }
  fi
  launch kafka "${java[@]}" -Xmx512m -cp "$built/lib/*" kafka.Kafka "$folder/conf/kafka.properties"
}

kafka_answers() { listens "$port_kafka"; }

start_jobmanager() {
  start_flink jobmanager JM "$flink_path" org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint
}

jobmanager_answers() { get "$port_web" /overview >/dev/null; }

# Starts the next TaskManager; numbers are not used twice. Sets number.
start_taskmanager() {
  number=$(($(cat "$folder/conf/last-taskmanager" 2>/dev/null || echo 0) + 1))
  echo "$number" >"$folder/conf/last-taskmanager"
  mkdir -p "$folder/tmp/taskmanager-$number"
  start_flink "taskmanager-$number" TM "$flink_path:$home/deploy/target/nd4j/*" \
    org.apache.flink.runtime.taskexecutor.TaskManagerRunner \
    -D "taskmanager.resource-id=taskmanager-$number" -D "io.tmp.dirs=$folder/tmp/taskmanager-$number"
}

taskmanager_registered() { [[ $(get "$port_web" /taskmanagers) == *"\"id\":\"$1\""* ]]; }
