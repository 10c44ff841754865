package org.cellstream.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveTableTest {

    private final StringWriter text = new StringWriter();
    private final PrintWriter out = new PrintWriter(text);

    @Test
    void writesOverItselfOnATerminal() {
        LiveTable table = new LiveTable(out, true, 5);

        table.show(List.of("a", "b"), "plain");
        table.show(List.of("c", "d"), "plain");

        assertThat(text.toString()).isEqualTo("\033[2Ka\n\033[2Kb\n\033[2A\r\033[2Kc\n\033[2Kd\n");
    }

    @Test
    void writesAPlainLineNowAndThenElsewhere() {
        LiveTable table = new LiveTable(out, false, 2);

        for (int i = 0; i < 5; i++) {
            table.show(List.of("a", "b"), "line " + i);
        }

        assertThat(text.toString().lines()).containsExactly("line 0", "line 2", "line 4");
    }
}
