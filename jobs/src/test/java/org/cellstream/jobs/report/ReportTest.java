package org.cellstream.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

    @Test
    void writesItsFieldsInOrderAsOneFlatObject(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("report.json");

        new Report()
                .put("rows", 3)
                .put("maeSkill", 0.25)
                .put("hash", "ab")
                .put("mae", Double.NaN)
                .write(file);

        assertThat(Files.readString(file).replaceAll("\\s+", ""))
                .isEqualTo("{\"rows\":3,\"maeSkill\":0.25,\"hash\":\"ab\",\"mae\":null}");
    }
}
