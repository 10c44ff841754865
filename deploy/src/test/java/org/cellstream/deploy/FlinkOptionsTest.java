package org.cellstream.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.metrics.reporter.MetricReporterFactory;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The options of Flink in compose and on Kubernetes. */
class FlinkOptionsTest {

    /** What ND4J's and OpenBLAS's libraries need beside its arrays. */
    private static final MemorySize LIBRARIES = MemorySize.ofMebiBytes(400);

    private static final String ND4J_ARRAYS = "-Dorg.bytedeco.javacpp.maxbytes=";

    private static final MemorySize LEAST_TASK_HEAP = MemorySize.ofMebiBytes(768);

    private static final Set<String> OF_KUBERNETES_ITSELF =
            Set.of(
                    "jobmanager.rpc.address",
                    "jobmanager.bind-host",
                    "taskmanager.bind-host",
                    "rest.address",
                    "rest.bind-address",
                    "high-availability.zookeeper.quorum",
                    "high-availability.cluster-id");

    /** Where options are written. */
    enum Place {
        COMPOSE,
        KUBERNETES;

        /** Options as they are written, with those that the manifest has fields of its own for. */
        Map<String, String> options() throws IOException {
            if (this == COMPOSE) {
                return StrictYaml.readFlat(Project.DOCKER.resolve("config.yaml"));
            }
            var spec = Manifests.flinkDeployment().getSpec();
            Map<String, String> options = new HashMap<>(spec.getFlinkConfiguration());
            options.put(
                    JobManagerOptions.TOTAL_PROCESS_MEMORY.key(),
                    spec.getJobManager().getResource().getMemory());
            options.put(
                    TaskManagerOptions.TOTAL_PROCESS_MEMORY.key(),
                    spec.getTaskManager().getResource().getMemory());
            return options;
        }
    }

    @ParameterizedTest
    @EnumSource
    void areAllOnesThatFlinkHasAndCanRead(Place place) throws Exception {
        Map<String, String> options = place.options();

        assertThat(options).isNotEmpty();
        assertThat(FlinkOptions.wrong(options)).isEmpty();
    }

    @Test
    void areRefusedIfFlinkHasNoneOrCannotReadThem() {
        Map<String, String> options =
                Map.of("state.backend", "rocksdb", "taskmanager.numberOfTaskSlots", "two");

        assertThat(FlinkOptions.wrong(options))
                .containsExactly(
                        "state.backend is no option", "taskmanager.numberOfTaskSlots is two");
    }

    @ParameterizedTest
    @EnumSource
    void giveTheJvmTheLaunchersFlagsButForTheHeap(Place place) throws Exception {
        String flags = place.options().get(CoreOptions.FLINK_JVM_OPTIONS.key());

        assertThat(flags.split(" ", -1)).containsExactlyElementsOf(Project.jvmFlags());
    }

    @ParameterizedTest
    @EnumSource
    void leaveNd4jTheMemoryThatItsFlagsAllowAndTasksAHeap(Place place) throws Exception {
        TaskExecutorProcessSpec memory =
                TaskExecutorProcessUtils.processSpecFromConfig(
                        Configuration.fromMap(place.options()));
        String arrays =
                Project.jvmFlags().stream()
                        .filter(f -> f.startsWith(ND4J_ARRAYS))
                        .map(f -> f.substring(ND4J_ARRAYS.length()))
                        .findFirst()
                        .orElseThrow();

        assertThat(memory.getTaskOffHeapSize())
                .isGreaterThanOrEqualTo(MemorySize.parse(arrays).add(LIBRARIES));
        assertThat(memory.getTaskHeapSize()).isGreaterThanOrEqualTo(LEAST_TASK_HEAP);
        assertThat(memory.getManagedMemorySize()).isEqualTo(MemorySize.parse("1g"));
    }

    @ParameterizedTest
    @EnumSource
    void giveTheJobManagerMemoryThatAddsUp(Place place) throws Exception {
        Configuration options = Configuration.fromMap(place.options());

        MemorySize heap =
                JobManagerProcessUtils.processSpecFromConfig(options).getJvmHeapMemorySize();

        assertThat(heap).isEqualTo(MemorySize.parse("1g"));
    }

    @ParameterizedTest
    @EnumSource
    void keepAllStateInTheFolderThatProcessesShare(Place place) throws Exception {
        List<String> paths = FlinkOptions.paths(place.options());

        assertThat(paths)
                .hasSize(3)
                .doesNotHaveDuplicates()
                .allSatisfy(p -> assertThat(p).startsWith("file://" + FlinkOptions.STATE + "/"));
    }

    @ParameterizedTest
    @EnumSource
    void nameAReporterThatThereIs(Place place) throws Exception {
        String factory = place.options().get("metrics.reporter.prom.factory.class");

        assertThat(Class.forName(factory)).isAssignableTo(MetricReporterFactory.class);
    }

    @Test
    void areTheSameInBothPlacesButForWhatKubernetesDoesItself() throws Exception {
        Map<String, String> compose = Place.COMPOSE.options();
        Map<String, String> kubernetes = Place.KUBERNETES.options();

        compose.keySet().removeAll(OF_KUBERNETES_ITSELF);
        assertThat(compose.put("high-availability.type", "kubernetes")).isEqualTo("zookeeper");

        assertThat(kubernetes).containsExactlyInAnyOrderEntriesOf(compose);
    }

    @Test
    void ofTheImageCanBeReachedFromOtherContainers() {
        Configuration read = GlobalConfiguration.loadConfiguration(Project.DOCKER.toString());

        assertThat(read.get(JobManagerOptions.BIND_HOST)).isEqualTo("0.0.0.0");
        assertThat(read.get(TaskManagerOptions.BIND_HOST)).isEqualTo("0.0.0.0");
        assertThat(read.get(RestOptions.BIND_ADDRESS)).isEqualTo("0.0.0.0");
        assertThat(read.getOptional(TaskManagerOptions.HOST)).isEmpty();
        assertThat(read.get(CoreOptions.ALWAYS_PARENT_FIRST_LOADER_PATTERNS_ADDITIONAL))
                .containsExactly("org.nd4j", "org.bytedeco");
    }
}
