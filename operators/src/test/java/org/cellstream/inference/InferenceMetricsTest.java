package org.cellstream.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cellstream.TestingMetrics;
import org.cellstream.config.MemoryConfig;
import org.cellstream.event.Control;
import org.cellstream.event.Forecast;
import org.junit.jupiter.api.Test;

/** What is counted of things that no other test makes happen. */
class InferenceMetricsTest {

    private static final ForecasterSetup PLAIN = ForecasterSetup.plain();
    private static final Path SOURCE =
            Path.of("src/main/java/org/cellstream/inference/InferenceMetrics.java");

    @Test
    void everyMetricOfTheTableIsRegisteredAndNoOther() throws Exception {
        try (var forecaster = TestingForecaster.start(PLAIN)) {
            assertThat(forecaster.metrics().names()).isEqualTo(documented());
        }
    }

    /** The names of the table; "ByX" goes on from the name before it in its row. */
    private static Set<String> documented() throws IOException {
        Set<String> names = new TreeSet<>();
        String text = Files.readString(SOURCE);
        String table = text.substring(text.indexOf("<table>"), text.indexOf("</table>"));
        Matcher rows = Pattern.compile("<tr><td>(.*?)</td>", Pattern.DOTALL).matcher(table);
        while (rows.find()) {
            String family = "";
            Matcher codes = Pattern.compile("\\{@code[\\s*]+(\\w+)\\}").matcher(rows.group(1));
            while (codes.find()) {
                String name = codes.group(1);
                if (name.startsWith("By")) {
                    names.add(family + name);
                } else {
                    names.add(name);
                    family = name.replaceFirst("By\\w+", "");
                }
            }
        }
        return names;
    }

    @Test
    void flushesAreCountedByTheirReason() throws Exception {
        try (var forecaster = TestingForecaster.start(PLAIN.maxRows(2))) {
            forecaster.process("a", 0, 1);
            forecaster.process("b", 0, 1);
            forecaster.process("a", 1, 1);
            forecaster.passMillis(5);
            forecaster.process("a", 2, 1);
            forecaster.eventWatermark(2);
            forecaster.process("a", 3, 1);
            forecaster.checkpoint();
            forecaster.process("a", 4, 1);
            forecaster.weights(PLAIN.weights(1));
            forecaster.process("a", 5, 1);
            forecaster.control(Control.report("a"));
            forecaster.process("a", 6, 1);
            forecaster.end();

            TestingMetrics metrics = forecaster.metrics();
            for (FlushReason reason : FlushReason.values()) {
                // Only a task that runs finds itself without input.
                int expected = reason == FlushReason.IDLE ? 0 : 1;
                assertThat(metrics.value(reason.counter())).as(reason.name()).isEqualTo(expected);
            }
            assertThat(metrics.value("batchRows")).isEqualTo(7);
            assertThat(metrics.value("stepNanos")).isEqualTo(7);
            assertThat(metrics.value("forecasts")).isEqualTo(8);
            assertThat(metrics.value("coldKeys")).isEqualTo(2);
            assertThat(metrics.value("controlOrders")).isEqualTo(1);
            assertThat(metrics.value("weightsGeneration")).isEqualTo(1);
            assertThat(metrics.value("weightsNumber")).isEqualTo(1);
        }
    }

    @Test
    void errorsAreSummedUp() throws Exception {
        try (var forecaster = TestingForecaster.start(PLAIN)) {
            forecaster.process("a", 0, 1);
            forecaster.process("a", 1, 4);
            forecaster.process("a", 2, 2);
            forecaster.checkpoint();

            double errors = 0;
            for (Forecast<String> forecast : forecaster.forecasts().subList(1, 3)) {
                errors += Math.abs(forecast.error());
            }
            assertThat(forecaster.metrics().value("absoluteErrorSum")).isEqualTo(errors);
            assertThat(forecaster.metrics().value("persistenceAbsoluteErrorSum"))
                    .isEqualTo(3.0 + 2.0);
        }
    }

    @Test
    void rejectedAndLateEventsAreCounted() throws Exception {
        try (var forecaster = TestingForecaster.start(PLAIN)) {
            forecaster.process("a", 5, 1);
            forecaster.process("a", 6, Double.NaN);
            forecaster.process("a", 4, 1);
            forecaster.checkpoint();

            assertThat(forecaster.metrics().value("rejected")).isEqualTo(1);
            assertThat(forecaster.metrics().value("late")).isEqualTo(1);
            assertThat(forecaster.metrics().value("quarantinedEvents")).isZero();
        }
    }

    @Test
    void residentMemoriesAndTheirReadsAndWritesAreShown() throws Exception {
        MemoryConfig memory = MemoryConfig.plain();
        ForecasterSetup setup =
                PLAIN.maxRows(2)
                        .memory(
                                new MemoryConfig(
                                        memory.residentSize(),
                                        3,
                                        memory.precision(),
                                        memory.stateLimit()));
        try (var forecaster = TestingForecaster.start(setup)) {
            for (int i = 0; i < 10; i++) {
                forecaster.process("key-" + i % 5, i, i);
            }
            forecaster.checkpoint();
            forecaster.checkpoint();

            TestingMetrics metrics = forecaster.metrics();
            assertThat(metrics.value("residentKeys")).isEqualTo(3);
            assertThat(metrics.value("residentBytes")).isBetween(600.0, 5_000.0);
            assertThat(metrics.value("memoryReads")).isEqualTo(10);
            assertThat(metrics.value("memoryWrites")).isEqualTo(10);
        }
    }

    @Test
    void barrierWritesOnlyTheKeysThatHadEvents() throws Exception {
        try (var forecaster = TestingForecaster.start(PLAIN)) {
            for (int i = 0; i < 20; i++) {
                forecaster.process("key-" + i, 0, 1);
            }
            forecaster.checkpoint();
            forecaster.process("key-3", 1, 1);
            forecaster.process("key-3", 2, 1);
            forecaster.checkpoint();

            assertThat(forecaster.metrics().value("memoryWrites")).isEqualTo(20 + 1);
        }
    }
}
