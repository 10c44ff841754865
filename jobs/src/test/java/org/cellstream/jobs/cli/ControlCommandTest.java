package org.cellstream.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.cellstream.event.Control.Action;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the command refuses before it asks Kafka; what it does with Kafka is in the job's test. */
class ControlCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir private Path folder;
    private Path config;

    @BeforeEach
    void writeConfig() throws IOException {
        config =
                Files.writeString(
                        folder.resolve("job.yaml"),
                        """
                        cellstream:
                          kafka.bootstrap-servers: 127.0.0.1:1
                          columns: price=price|log
                          target: price
                          network: lstm(2) lstm(1) dense(1)
                        """);
    }

    @Test
    void teachesEveryOrder() {
        int code = run("control", "--help");

        assertThat(code).isZero();
        assertThat(out.toString())
                .contains(
                        "Usage: cellstream control",
                        "Examples:",
                        "cellstream control --config F reset --key AAL");
        assertThat(Stream.of(Action.values()))
                .allSatisfy(action -> assertThat(out.toString()).contains(action.text() + ": "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "; no order; need one of reset, resetLayer, seed, report, forget, freeze, promote, rollback",
                "rest --key A; NAME is rest; need one of reset, resetLayer, seed, report, forget, freeze, promote, rollback; the nearest is reset",
                "rollback --key A; --key is A; need none: rollback is about the weights",
                "rolback; NAME is rolback; need one of reset, resetLayer, seed, report, forget, freeze, promote, rollback; the nearest is rollback",
                "freeze --layer lstm; --layer is lstm; need none: it is for resetLayer",
                "reset; --key and --time are missing; reset needs a key, or a time",
                "report; --key is missing; report needs one",
                "reset --key A --time soon; --time is \"soon\"; need ISO 8601",
                "reset --key A --layer lstm; --layer is lstm; need none: it is for resetLayer",
                "resetLayer --key A; --layer is missing; resetLayer needs one of lstm, lstm_1",
                "resetLayer --key A --layer lstm_2; layer lstm_2 has no state in this network; need one of lstm, lstm_1",
                "report --key A --time 5; --time is 5; need none: report is at once",
                "seed --key A; --state is missing; seed needs that of one layer or more, of lstm, lstm_1",
                "seed --key A --state {\"lstm\":[1]}; --state of lstm has 1 numbers; need 4: h, then c",
                "seed --key A --state {\"key\":\"A\",\"state\":{\"lstm_1\":[1]}}; --state of lstm_1 has 1 numbers; need 2",
                "seed --key A --state {\"lstm\":; state is no JSON",
                "seed --key A --state none.json; there is no file none.json",
                "seed --key A --state .; --state . is a folder; need a file, or JSON",
                "reset --key A --wait; --wait is for report, and this is reset",
                "report --key A --wait --timeout soon; --timeout is soon; need a time, as 30s or 5min",
                "resetLayer --key A --layer lstm_1 --network lstm(2)dense(1); layer lstm_1 has no state in this network; need one of lstm"
            })
    void refusesWhatNoJobWouldObey(String arguments, String message) {
        String[] words = arguments == null ? new String[0] : arguments.split(" ");
        String[] all =
                Stream.concat(Stream.of("control", "--config", config.toString()), Stream.of(words))
                        .toArray(String[]::new);

        int code = run(all);

        assertThat(err.toString().lines().filter(l -> l.startsWith("cellstream: "))).hasSize(1);
        assertThat(err.toString()).contains(message).doesNotContain("\tat ");
        assertThat(code).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void refusesAWrongConfiguration() throws IOException {
        Files.writeString(config, "cellstream:\n  columns: price\n");

        int code = run("control", "--config", config.toString(), "reset", "--key", "A");

        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).contains("mistakes in " + config);
    }

    private int run(String... arguments) {
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }
}
