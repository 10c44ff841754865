package org.cellstream.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A replay with options of the operators and of the job that have no argument of their own. */
class ReplayNamedOptionsITCase {

    private static final String[] SEQUENCES = {
        "-D", "cellstream.memory.mode=sequence", "-Dcellstream.boundary=Part"
    };

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir private Path folder;
    private Path csv;

    /** Sequences of four days; the second day of each is masked. */
    @BeforeEach
    void writeRows() throws IOException {
        StringBuilder rows = new StringBuilder("Date,Price,Part,Counts\n");
        for (int day = 0; day < 12; day++) {
            String part = List.of("start", "", "", "end").get(day % 4);
            int counts = day % 4 == 1 ? 0 : 1;
            rows.append("2020-01-%02d,%d,%s,%d%n".formatted(day + 1, 10 + day % 5, part, counts));
        }
        csv = Files.writeString(folder.resolve("rows.csv"), rows.toString());
    }

    @Test
    void memoryModeAndFieldsOfMarksAreThoseThatAreNamed() throws IOException {
        int code = replay("-D", "cellstream.mask=Counts");

        assertThat(code).as(err.toString()).isZero();
        assertThat(Files.readAllLines(folder.resolve("forecasts.jsonl")))
                .extracting(line -> line.replaceAll(".*\"stepsSinceReset\":(\\d+).*", "$1"))
                .containsExactly("1", "2", "3", "1", "2", "3", "1", "2", "3");
        assertThat(out.toString()).containsPattern("rejectedSequence +0\n");
    }

    @Test
    void replayGoesOnWithTheSameNamedOptionsAlone() {
        String work = folder.resolve("work").toString();
        int first = replay("--work", work, "-D", "cellstream.mask=Counts");
        int same = replay("--work", work, "-D", "cellstream.mask=Counts");
        int without = replay("--work", work);
        int others = replay("--work", work, "-D", "cellstream.mask=Part");

        assertThat(List.of(first, same, without, others)).containsExactly(0, 0, 2, 2);
        assertThat(err.toString())
                .contains("with mask \"Counts\", not \"\"", "with mask \"Counts\", not \"Part\"");
    }

    private int replay(String... more) {
        List<String> all = new ArrayList<>(List.of("replay", "--csv", csv.toString()));
        all.addAll(List.of("--time", "Date", "--columns", "price=Price|log", "--target", "price"));
        all.addAll(List.of("--network", "lstm(4) dense(1)"));
        all.addAll(List.of("--forecasts", folder.resolve("forecasts.jsonl").toString()));
        all.addAll(List.of(SEQUENCES));
        all.addAll(List.of(more));
        PrintWriter output = new PrintWriter(out, true);
        return Main.run(output, new PrintWriter(err, true), all.toArray(new String[0]));
    }
}
