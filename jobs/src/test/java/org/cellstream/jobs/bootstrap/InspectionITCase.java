package org.cellstream.jobs.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.core.execution.SavepointFormatType;
import org.cellstream.config.CellstreamOptions;
import org.cellstream.jobs.inspect.Format;
import org.cellstream.jobs.inspect.InspectSettings;
import org.cellstream.jobs.inspect.Inspection;
import org.cellstream.jobs.replay.WrongInputException;
import org.cellstream.jobs.report.Report;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InspectionITCase {

    @TempDir private Path folder;
    private TestingHistory history;
    private final StringWriter out = new StringWriter();

    @BeforeEach
    void setUp() {
        history = new TestingHistory(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rocksdb", "hashmap"})
    void readsTheSameFromSavepointsAndCheckpoints(String backend) throws Exception {
        history.options().set(CellstreamOptions.TRAINING_ENABLED, false);
        Path canonical = history.savepoint(backend, SavepointFormatType.CANONICAL);
        Path asItIs = history.savepoint(backend, SavepointFormatType.NATIVE);
        Path checkpoint = history.checkpoint(backend);

        List<String> rows = rows(canonical);

        assertThat(rows)
                .hasSize(1 + TestingHistory.KEYS)
                .element(0)
                .isEqualTo(
                        "key,time,timeMillis,step,stepsSinceReset,weightsGeneration,weightsNumber,"
                                + "madeFor,lstm.hNorm,lstm.cNorm,lstm_1.hNorm,lstm_1.cNorm");
        assertThat(rows.get(1))
                .startsWith("k0,1970-01-01T00:00:29Z,29000,30,30,1,0,,0.")
                .doesNotContain("E-");
        assertThat(rows(asItIs)).isEqualTo(rows);
        assertThat(rows(checkpoint)).isEqualTo(rows);
    }

    @Test
    void tellsOfTheWholeJobAndOfOneKeyAllValues() throws Exception {
        Path savepoint = history.savepoint("rocksdb", SavepointFormatType.CANONICAL);

        Report report = inspect(savepoint, "k1", Format.JSON);

        assertThat(out.toString())
                .contains(
                        "\"network\" : \"lstm(4) lstm(3) dense(1) over 2 inputs\"",
                        "\"columns\" : \"price=price|log, return=price|log|diff\"",
                        "\"target\" : \"price\"",
                        "\"drained\" : false",
                        "\"weightsGeneration\" : 1",
                        "\"trainerGeneration\" : 1",
                        "\"trainerOptimiserSteps\" : 0",
                        "{\"key\":\"k1\",\"time\":\"1970-01-01T00:00:29Z\",\"timeMillis\":29000,")
                .containsPattern("\"name\":\"lstm\",.*?\"h\":\\[(-?[\\d.E-]+,){3}-?[\\d.E-]+\\]")
                .containsPattern("\"name\":\"lstm_1\",.*?\"c\":\\[(-?[\\d.E-]+,){2}-?[\\d.E-]+\\]")
                .doesNotContain("\"k0\"", "\"k2\"");
        assertThat(report.toText()).doesNotContain("keys ");
    }

    @Test
    void saysWhatIsNotThere() throws Exception {
        Path savepoint = history.savepoint("rocksdb", SavepointFormatType.CANONICAL);

        assertThatThrownBy(() -> inspect(savepoint, "k9", Format.CSV))
                .isInstanceOf(WrongInputException.class)
                .hasMessage(savepoint + " has no key \"k9\"");
        assertThatThrownBy(
                        () ->
                                new Inspection(
                                                new InspectSettings(
                                                        savepoint, "shop-", null, Format.CSV))
                                        .run(out))
                .isInstanceOf(WrongInputException.class)
                .hasMessageContaining("has no operator with uid shop-forecaster; it has ")
                .hasMessageContaining("forecaster");
        assertThatThrownBy(() -> inspect(savepoint.getParent(), null, Format.CSV))
                .isInstanceOf(WrongInputException.class)
                .hasMessage(
                        "%s is no savepoint or checkpoint: it holds no _metadata; did you mean %s"
                                .formatted(savepoint.getParent(), savepoint));
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void saysThatANewerCellstreamWroteIt() throws Exception {
        Path savepoint = history.savepoint("rocksdb", SavepointFormatType.CANONICAL);
        Path metadata = savepoint.resolve("_metadata");
        String bytes = Files.readString(metadata, StandardCharsets.ISO_8859_1);
        String newer =
                bytes.replaceAll(
                        "(?s)(org.cellstream.state.KeyMemorySerializerSnapshot)....", "$1\0\0\0c");
        Files.writeString(metadata, newer, StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> inspect(savepoint, null, Format.CSV))
                .isInstanceOf(WrongInputException.class)
                .hasMessageContaining(
                        "key memories have snapshot version 99; this Cellstream reads");
    }

    @Test
    void saysThatASavepointIsCut() throws Exception {
        Path cut = Files.createDirectory(folder.resolve("cut"));
        Files.write(cut.resolve("_metadata"), new byte[] {1, 2, 3});

        assertThatThrownBy(() -> inspect(cut, null, Format.CSV))
                .isInstanceOf(WrongInputException.class)
                .hasMessageStartingWith(cut.resolve("_metadata") + " cannot be read: ");
    }

    private List<String> rows(Path savepoint) throws Exception {
        out.getBuffer().setLength(0);
        inspect(savepoint, null, Format.CSV);
        List<String> rows = out.toString().lines().toList();
        List<String> sorted = rows.stream().skip(1).sorted().collect(Collectors.toList());
        sorted.add(0, rows.get(0));
        return sorted;
    }

    private Report inspect(Path savepoint, @Nullable String key, Format format) throws Exception {
        return new Inspection(new InspectSettings(savepoint, "", key, format)).run(out);
    }
}
