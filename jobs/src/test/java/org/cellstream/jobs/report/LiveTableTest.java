package org.cellstream.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;

class LiveTableTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, UTF_8);

    @Test
    void writesOverItselfOnATerminal() {
        LiveTable table = new LiveTable(out, true, 5);

        table.show(List.of("a", "b"), "plain");
        table.show(List.of("c", "d"), "plain");

        assertThat(bytes.toString(UTF_8))
                .isEqualTo("\033[2Ka\n\033[2Kb\n\033[2A\r\033[2Kc\n\033[2Kd\n");
    }

    @Test
    void writesAPlainLineNowAndThenElsewhere() {
        LiveTable table = new LiveTable(out, false, 2);

        for (int i = 0; i < 5; i++) {
            table.show(List.of("a", "b"), "line " + i);
        }

        assertThat(bytes.toString(UTF_8).lines()).containsExactly("line 0", "line 2", "line 4");
    }
}
