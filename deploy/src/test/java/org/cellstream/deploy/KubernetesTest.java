package org.cellstream.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.kubernetes.operator.api.FlinkDeployment;
import org.apache.flink.kubernetes.operator.api.spec.FlinkDeploymentSpec;
import org.apache.flink.kubernetes.operator.api.spec.JobSpec;
import org.apache.flink.kubernetes.operator.api.spec.JobState;
import org.apache.flink.kubernetes.operator.api.spec.UpgradeMode;
import org.apache.flink.kubernetes.utils.Constants;
import org.cellstream.config.CellstreamOptions;
import org.cellstream.jobs.ForecastJob;
import org.cellstream.jobs.config.ConfigFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubernetesTest {

    private static final String JOB_FILE = "forecast.yaml";

    private final FlinkDeploymentSpec spec = Manifests.flinkDeployment().getSpec();
    private final JobSpec job = spec.getJob();
    private final PodSpec pod = spec.getPodTemplate().getSpec();
    private final Container container = pod.getContainers().get(0);

    @TempDir private Path folder;

    KubernetesTest() throws IOException {}

    @Test
    void manifestsAreOfTheKindsThatTheirReadersExpect() throws Exception {
        Map<String, HasMetadata> readers =
                Map.of(
                        "flink-deployment.yaml", new FlinkDeployment(),
                        "config-map.yaml", new ConfigMap(),
                        "state.yaml", new PersistentVolumeClaim());

        assertThat(readers.keySet())
                .containsExactlyInAnyOrderElementsOf(Manifests.kustomization().resources());
        for (Map.Entry<String, HasMetadata> reader : readers.entrySet()) {
            JsonNode written = Manifests.tree(reader.getKey());
            HasMetadata expected = reader.getValue();
            assertThat(written.required("kind").textValue()).isEqualTo(expected.getKind());
            assertThat(written.required("apiVersion").textValue())
                    .isEqualTo(expected.getApiVersion());
        }
    }

    @Test
    void kustomizationHoldsEveryManifestBesideIt() throws Exception {
        Manifests.Kustomization all = Manifests.kustomization();

        assertThat(all.kind()).isEqualTo("Kustomization");
        assertThat(all.apiVersion()).isEqualTo("kustomize.config.k8s.io/v1beta1");
        assertThat(Project.filesBelow("kubernetes/base"))
                .extracting(f -> f.getFileName().toString())
                .filteredOn(name -> !name.equals("kustomization.yaml"))
                .containsExactlyInAnyOrderElementsOf(all.resources());
    }

    @Test
    void deploymentRunsTheImageOfThisVersionOnTheProjectsFlink() throws Exception {
        String[] flink = Project.pom("flink.version").split("\\.", -1);

        assertThat(spec.getImage()).isEqualTo("cellstream:" + Project.version());
        assertThat(Manifests.flinkVersion()).isEqualTo("v" + flink[0] + "_" + flink[1]);
        assertThat(spec.getServiceAccount()).isEqualTo("flink");
    }

    @Test
    void jobIsTheOneInTheImageAndUpgradesThroughASavepoint() throws Exception {
        Dockerfile image = Dockerfile.read(Project.DOCKER.resolve("Dockerfile"));

        assertThat(job.getJarURI())
                .isEqualTo("local://" + image.targetOf("target/cellstream-job.jar"));
        assertThat(job.getEntryClass()).isEqualTo(ForecastJob.class.getName());
        assertThat(job.getUpgradeMode()).isEqualTo(UpgradeMode.SAVEPOINT);
        assertThat(job.getState()).isEqualTo(JobState.RUNNING);
    }

    @Test
    void configMapHoldsAFileThatTheJobTakesWithTheParallelismOfTheDeployment() throws Exception {
        Map<String, String> files = Manifests.configMap().getData();
        Path file = Files.writeString(folder.resolve(JOB_FILE), files.get(JOB_FILE));

        ConfigFile config = ConfigFile.read(file);

        assertThat(files).containsOnlyKeys(JOB_FILE);
        assertThat(config.flink().toMap()).isEmpty();
        assertThat(config.job().parallelism())
                .isEqualTo(job.getParallelism())
                .isEqualTo(config.job().options().get(CellstreamOptions.PARALLELISM));
        assertThat(Integer.parseInt(option(TaskManagerOptions.NUM_TASK_SLOTS.key())))
                .isLessThanOrEqualTo(job.getParallelism());
    }

    @Test
    void jobReadsTheFileFromWhereTheConfigMapIsMounted() throws Exception {
        String mounted =
                container.getVolumeMounts().stream()
                        .filter(m -> m.getName().equals("job"))
                        .map(VolumeMount::getMountPath)
                        .findFirst()
                        .orElseThrow();

        assertThat(container.getName()).isEqualTo(Constants.MAIN_CONTAINER_NAME);
        assertThat(job.getArgs()).containsExactly("--config", mounted + "/" + JOB_FILE);
        assertThat(volume("job").getConfigMap().getName())
                .isEqualTo(Manifests.configMap().getMetadata().getName());
    }

    @Test
    void stateLiesOnTheClaimThatAllPodsMayWrite() throws Exception {
        Map<String, String> mounts =
                container.getVolumeMounts().stream()
                        .collect(Collectors.toMap(VolumeMount::getName, VolumeMount::getMountPath));
        PersistentVolumeClaim claim = Manifests.state();

        assertThat(mounts).containsEntry("state", FlinkOptions.STATE).hasSize(2);
        assertThat(volume("state").getPersistentVolumeClaim().getClaimName())
                .isEqualTo(claim.getMetadata().getName());
        assertThat(claim.getSpec().getAccessModes()).containsExactly("ReadWriteMany");
        assertThat(pod.getSecurityContext().getFsGroup())
                .isEqualTo(pod.getSecurityContext().getRunAsGroup());
    }

    @Test
    void flinkKeepsWhatAFreshJobManagerNeedsInKubernetes() {
        assertThat(option("high-availability.type")).isEqualTo("kubernetes");
        assertThat(option("high-availability.storageDir")).isNotBlank();
        assertThat(option("execution.checkpointing.dir")).isNotBlank();
        assertThat(option("execution.checkpointing.savepoint-dir")).isNotBlank();
    }

    private String option(String key) {
        return spec.getFlinkConfiguration().get(key);
    }

    private Volume volume(String name) {
        return pod.getVolumes().stream()
                .filter(v -> v.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
