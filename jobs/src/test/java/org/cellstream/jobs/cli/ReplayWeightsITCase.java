package org.cellstream.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cellstream.model.ModelFile;
import org.cellstream.nn.Network;
import org.cellstream.nn.Weights;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job that starts from a model file, by the command line. */
class ReplayWeightsITCase {

    private static final String WORDS = "lstm(4) dense(1)";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir private Path folder;
    private Path csv;
    private Path file;

    @BeforeEach
    void writeRows() throws IOException {
        StringBuilder rows = new StringBuilder("Date,Price,Name\n");
        for (int day = 1; day <= 28; day++) {
            rows.append("2020-01-%02d,%d,A%n".formatted(day, 100 + day * day % 17));
            rows.append("2020-01-%02d,%d,B%n".formatted(day, 50 + 3 * day % 7));
        }
        csv = Files.writeString(folder.resolve("rows.csv"), rows.toString());
        file = folder.resolve("m.safetensors");
    }

    /** Seed 7 is the other way to come to these weights. */
    @Test
    void firstForecastsAreThoseOfTheFile() throws IOException {
        write(WORDS);

        String ofFile = forecasts("--weights", file.toString());
        String ofSeed = forecasts("--seed", "7");
        String ofOthers = forecasts("--seed", "8");

        assertThat(ofFile.lines()).hasSize(56);
        assertThat(ofFile).isEqualTo(ofSeed).isNotEqualTo(ofOthers);
        assertThat(ofFile).contains("\"weightsNumber\":0");
    }

    @Test
    void refusesAFileOfAnotherNetwork() throws IOException {
        write("lstm(5) dense(1)");

        int code = replay("--weights", file.toString());

        assertThat(code).isEqualTo(2);
        assertThat(err.toString().lines())
                .hasSize(1)
                .first()
                .asString()
                .contains(
                        "--weights: "
                                + file
                                + ": network: it holds lstm(5) dense(1) over 1 input;"
                                + " need lstm(4) dense(1) over 1 input");
    }

    @Test
    void refusesAFileThatIsBroken() throws IOException {
        Files.writeString(file, "no model");

        int code = replay("--weights", file.toString());

        assertThat(code).isEqualTo(2);
        assertThat(err.toString().lines())
                .hasSize(1)
                .first()
                .asString()
                .contains("--weights: " + file + ": header: ", "need a safetensors file");
    }

    private void write(String words) throws IOException {
        Weights weights = Weights.seeded(Network.parse(words, 1), 7);
        new ModelFile(weights, Map.of()).write(file);
    }

    private String forecasts(String... arguments) throws IOException {
        Path forecasts = folder.resolve("forecasts.jsonl");
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--no-training", "--forecasts", forecasts.toString()));

        int code = replay(all.toArray(new String[0]));

        assertThat(code).as(err.toString()).isZero();
        return Files.readString(forecasts);
    }

    private int replay(String... arguments) {
        List<String> all = new ArrayList<>(List.of("replay", "--csv", csv.toString()));
        all.addAll(List.of("--key", "Name", "--time", "Date", "--network", WORDS));
        all.addAll(List.of("--columns", "price=Price|log", "--target", "price"));
        all.addAll(List.of(arguments));
        PrintWriter output = new PrintWriter(out, true);
        return Main.run(output, new PrintWriter(err, true), all.toArray(new String[0]));
    }
}
