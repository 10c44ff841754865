package org.cellstream.jobs.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvScanTest {

    @TempDir private Path folder;

    @Test
    void findsTheMedianDistanceOfDistinctTimes() throws IOException {
        // Distinct: 10, 20, 30, 130; distances 10, 10, 100.
        CsvScan scan = scan("time,x\n20,1\n10,1\n20,1\n130,1\n30,1\nnone,1\n30\n");

        assertThat(scan.rows()).isEqualTo(7);
        assertThat(scan.distinctTimes()).containsExactly(10, 20, 30, 130);
        assertThat(scan.lastTime()).hasValue(130);
        assertThat(scan.spacing()).isEqualTo(Duration.ofMillis(10));
    }

    @Test
    void takesAMillisecondWhereThereAreNoTwoTimes() throws IOException {
        CsvScan scan = scan("time,x\n20,1\n");

        assertThat(scan.spacing()).isEqualTo(Duration.ofMillis(1));
    }

    @Test
    void hashesTheFilesBytes() throws IOException {
        CsvScan scan = scan("a\n");

        assertThat(scan.sha256())
                .isEqualTo("87428fc522803d31065e7bce3cf03fe475096631e5e07bbd7a0fde60c4cf25c7");
    }

    @Test
    void keepsEachTimeOnceInWhateverOrderTheyCome() {
        DistinctTimes times = new DistinctTimes();

        LongStream.range(0, 100_000).map(i -> i * 7919 % 5000).forEach(times::add);

        assertThat(times.ascending()).isEqualTo(LongStream.range(0, 5000).toArray());
    }

    private CsvScan scan(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("file.csv"), text);
        return CsvScan.of(CsvFile.open(file), 0, CsvScanTest::time);
    }

    private static OptionalLong time(String cell) {
        try {
            return OptionalLong.of(Long.parseLong(cell));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
