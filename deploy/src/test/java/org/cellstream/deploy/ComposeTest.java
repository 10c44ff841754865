package org.cellstream.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.cellstream.deploy.Compose.Condition;
import org.cellstream.deploy.Compose.Service;
import org.cellstream.jobs.config.ConfigFile;
import org.cellstream.jobs.config.JobConfig;
import org.junit.jupiter.api.Test;

class ComposeTest {

    private static final String JOB_FILE = "./forecast.yaml";

    private final Compose compose = Compose.read();
    private final Service kafka = compose.service("kafka");
    private final Service jobManager = compose.service("jobmanager");
    private final Service taskManager = compose.service("taskmanager");

    ComposeTest() throws IOException {}

    @Test
    void keysThatTheModelDoesNotKnowAreRefused() {
        String misspelt = "name: a\nservices: {b: {image: c, enviroment: {}}}\nvolumes: {}";

        assertThatThrownBy(() -> StrictYaml.parse(misspelt, Compose.class))
                .isInstanceOf(UnrecognizedPropertyException.class);
    }

    @Test
    void imagesArePinnedAndThoseOfTheProjectAreOfItsVersions() throws Exception {
        String ours = "cellstream:" + Project.version();
        String broker = "apache/kafka:" + Project.pom("kafka.version");

        assertThat(compose.services().values())
                .extracting(Service::image)
                .allSatisfy(i -> assertThat(i).matches(".+:[^:]*\\d+\\.\\d+\\.\\d+[^:]*"))
                .contains(ours, broker);
        assertThat(compose.service("topics").image()).isEqualTo(broker);
        assertThat(List.of(jobManager.image(), taskManager.image())).containsOnly(ours);
    }

    @Test
    void imageIsBuiltFromTheDockerfileInTheModulesFolder() {
        Path context = Project.DOCKER.resolve(jobManager.build().context()).normalize();

        assertThat(context).isEqualTo(Project.DEPLOY);
        assertThat(context.resolve(jobManager.build().dockerfile())).isRegularFile();
    }

    @Test
    void dependenciesAndVolumesAreThere() {
        for (Service service : compose.services().values()) {
            assertThat(compose.services().keySet()).containsAll(service.dependsOn().keySet());
            assertThat(service.volumes())
                    .allSatisfy(
                            volume -> {
                                String source = volume.substring(0, volume.indexOf(':'));
                                assertThat(
                                                compose.volumes().containsKey(source)
                                                        || Files.isRegularFile(
                                                                Project.DOCKER.resolve(source)))
                                        .as(source)
                                        .isTrue();
                            });
        }
        assertThat(jobManager.dependsOn().get("topics").condition()).isEqualTo(Condition.COMPLETED);
        assertThat(compose.service("topics").dependsOn().get("kafka").condition())
                .isEqualTo(Condition.HEALTHY);
        assertThat(kafka.healthcheck()).isNotNull();
    }

    @Test
    void onlyThisMachineReachesThePublishedPorts() {
        List<String> ports =
                compose.services().values().stream().flatMap(s -> s.ports().stream()).toList();

        assertThat(ports).containsExactly("127.0.0.1:8081:8081");
    }

    @Test
    void settingsOfTheBrokerAreOnesThatItHas() {
        Set<String> known = KafkaConfig.configDef().names();

        assertThat(kafka.environment().keySet())
                .allSatisfy(
                        name -> {
                            assertThat(name).startsWith("KAFKA_");
                            String setting = name.substring("KAFKA_".length());
                            assertThat(known)
                                    .contains(setting.toLowerCase(Locale.ROOT).replace('_', '.'));
                        });
    }

    @Test
    void brokerKeepsItsDataOnItsVolume() {
        assertThat(kafka.mountOf("kafka")).isEqualTo(kafka.environment().get("KAFKA_LOG_DIRS"));
    }

    @Test
    void jobsFileIsOneThatTheJobTakesAndFlinkHasTheSlotsForIt() throws Exception {
        ConfigFile file = ConfigFile.read(Project.DOCKER.resolve(JOB_FILE));
        Configuration flink = GlobalConfiguration.loadConfiguration(Project.DOCKER.toString());

        assertThat(file.flink().toMap()).isEmpty();
        assertThat(file.job().kafka().servers())
                .isEqualTo(
                        kafka.environment()
                                .get("KAFKA_ADVERTISED_LISTENERS")
                                .replace("PLAINTEXT://", ""));
        assertThat(flink.get(TaskManagerOptions.NUM_TASK_SLOTS))
                .isEqualTo(file.job().parallelism());
    }

    @Test
    void topicsThatTheJobDoesNotMakeAreMadeBeforeIt() throws Exception {
        JobConfig job = ConfigFile.read(Project.DOCKER.resolve(JOB_FILE)).job();
        String script = String.join(" ", compose.service("topics").command());
        String made = script.replaceFirst(".*?for topic in ([^;]+);.*", "$1");

        assertThat(made.split(" ", -1))
                .containsExactlyInAnyOrder(
                        job.topics().events(),
                        job.topics().forecasts(),
                        job.topics().late(),
                        job.topics().rejected());
        assertThat(script).contains("--bootstrap-server " + job.kafka().servers());
    }

    @Test
    void processesOfFlinkFindEachOther() {
        Configuration flink = GlobalConfiguration.loadConfiguration(Project.DOCKER.toString());
        String quorum = flink.get(HighAvailabilityOptions.HA_ZOOKEEPER_QUORUM);

        assertThat(compose.services()).containsKey(flink.get(JobManagerOptions.ADDRESS));
        assertThat(Stream.of(jobManager, taskManager))
                .allSatisfy(
                        s ->
                                assertThat(s.environment())
                                        .containsOnly(
                                                Map.entry(
                                                        "JOB_MANAGER_RPC_ADDRESS",
                                                        flink.get(JobManagerOptions.ADDRESS))))
                .allSatisfy(s -> assertThat(s.mountOf("state")).isEqualTo(FlinkOptions.STATE));
        assertThat(compose.services()).containsKey(quorum.replaceFirst(":.*", ""));
        assertThat(taskManager.command()).containsExactly("taskmanager");
    }

    @Test
    void jobFindsItsFile() {
        List<String> command = jobManager.command();

        assertThat(command.get(command.size() - 1)).isEqualTo(jobManager.mountOf(JOB_FILE));
    }
}
