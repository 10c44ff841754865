package org.cellstream.jobs.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.cellstream.jobs.replay.WrongInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratedStreamsTest {

    @TempDir private Path folder;

    @Test
    void areTwentyOfDifferentNames() {
        assertThat(GeneratedStreams.all())
                .hasSize(20)
                .extracting(GeneratedStream::name)
                .doesNotHaveDuplicates();
    }

    @Test
    void areTheSameEachTime() {
        for (GeneratedStream stream : GeneratedStreams.all()) {
            assertThat(values(stream, 3, 50)).isEqualTo(values(stream, 3, 50));
        }
    }

    @Test
    void giveEachKeyAnotherCourse() {
        for (GeneratedStream stream : GeneratedStreams.all()) {
            assertThat(values(stream, 0, 50)).isNotEqualTo(values(stream, 5, 50));
        }
    }

    @Test
    void stayFinite() {
        for (GeneratedStream stream : GeneratedStreams.all()) {
            assertThat(Arrays.stream(values(stream, 7, GeneratedStream.EVENTS)))
                    .as(stream.name())
                    .allMatch(Double::isFinite);
        }
    }

    @Test
    void standStillWhereTheyAreSaidTo() throws WrongInputException {
        double[] constant = values(GeneratedStreams.named("constant").get(0), 1, 10);
        double[] dying = values(GeneratedStreams.named("dying-sensor").get(0), 1, 5000);

        assertThat(constant).containsOnly(constant[0]);
        assertThat(dying[4999]).isEqualTo(dying[4600]);
        assertThat(dying[400]).isNotEqualTo(dying[300]);
    }

    @Test
    void haveOneRowForEachEventOfAKey() throws IOException {
        Path file = folder.resolve("stream.csv");

        GeneratedStreams.named("trend").get(0).write(file, 3);

        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(1 + 3 * GeneratedStream.KEYS).startsWith("Time,Key,Value");
        assertThat(lines.get(1)).startsWith("1577836800000,k0,");
        assertThat(lines.get(lines.size() - 1)).startsWith("1577844000000,k19,");
    }

    @Test
    void areAllMeantByAll() throws WrongInputException {
        assertThat(GeneratedStreams.named("all")).hasSize(20);
    }

    @Test
    void saysWhichThereAre() {
        assertThatThrownBy(() -> GeneratedStreams.named("waves"))
                .isInstanceOf(WrongInputException.class)
                .hasMessageStartingWith(
                        "there is no stream \"waves\"; need all, white-noise, heavy-tails");
    }

    private static double[] values(GeneratedStream stream, int key, int events) {
        GeneratedStream.Rule rule = stream.rule(key);
        double[] values = new double[events];
        IntStream.range(0, events).forEach(event -> values[event] = rule.next(event));
        return values;
    }
}
