package org.cellstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.cellstream.TestingJob.Learning;
import org.cellstream.TestingJob.Output;
import org.cellstream.event.Forecast;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every release restores the savepoints of all releases before it, which lie among the test
 * resources. A release adds its own, once, and never changes it:
 *
 * <pre>{@code
 * ./mvnw -pl operators verify -Dit.test=ReleaseSavepointITCase -Dcellstream.savepoints=FOLDER
 * }</pre>
 */
class ReleaseSavepointITCase {

    private static final Path SAVEPOINTS = Path.of("src/test/resources/org/cellstream/savepoints");
    private static final int PART = TestingJob.EVENTS / 2 + 5;

    @TempDir static Path folder;

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(4)
                            .build());

    static Stream<Path> releases() throws Exception {
        try (Stream<Path> releases = Files.list(SAVEPOINTS)) {
            return releases.sorted().toList().stream();
        }
    }

    /** Experts, which no release had at first, would start where it left off. */
    @ParameterizedTest
    @MethodSource("releases")
    void fixedWeightsGoOnToTheLastBit(Path release) throws Exception {
        TestingJob job = TestingJob.of(Learning.NONE, true, true, folder).withoutExperts();
        Output undisturbed = job.run();

        Output restored = job.run(release.resolve("fixed").toUri().toString());

        assertThat(restored).isEqualTo(undisturbed);
    }

    /** Not to the bit: what was learned before depends on the CPU it was learned on. */
    @ParameterizedTest
    @MethodSource("releases")
    void learningGoesOn(Path release) throws Exception {
        TestingJob job = TestingJob.of(Learning.BY_EPOCH, true, true, folder);

        Output restored = job.run(release.resolve("learning").toUri().toString());

        List<Forecast<String>> forecasts = restored.forecasts();
        assertThat(forecasts).hasSize(TestingJob.EVENTS);
        assertThat(forecasts.stream().filter(Forecast::cold)).hasSize(TestingJob.KEYS);
        long last = forecasts.get(forecasts.size() - 1).weightsNumber();
        assertThat(restored.published().get(0).number()).isEqualTo(1);
        assertThat(last).isGreaterThan(3);
    }

    @Test
    @EnabledIfSystemProperty(named = "cellstream.savepoints", matches = ".+")
    void makesThoseOfThisRelease(@InjectMiniCluster MiniCluster cluster) throws Exception {
        Path made = Path.of(System.getProperty("cellstream.savepoints"));
        make(TestingJob.of(Learning.NONE, true, true, folder), made.resolve("fixed"), cluster);
        make(
                TestingJob.of(Learning.BY_EPOCH, true, true, folder),
                made.resolve("learning"),
                cluster);

        assertThat(made.resolve("fixed")).isDirectory();
        assertThat(made.resolve("learning")).isDirectory();
    }

    private static void make(TestingJob job, Path made, MiniCluster cluster) throws Exception {
        JobClient running = job.startUpTo(PART, cluster);
        String savepoint =
                running.stopWithSavepoint(
                                false,
                                folder.resolve("made").toUri().toString(),
                                SavepointFormatType.CANONICAL)
                        .get();
        Files.createDirectories(made.getParent());
        Files.move(Path.of(URI.create(savepoint)), made);
    }
}
