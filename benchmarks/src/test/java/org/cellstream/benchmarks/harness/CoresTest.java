package org.cellstream.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CoresTest {

    @Test
    void coresAreReadFromRangesAndSingleNumbers() {
        assertThat(Cores.parse("0-3,8")).containsExactly(0, 1, 2, 3, 8);
        assertThat(Cores.parse("5")).containsExactly(5);
    }

    @Test
    void processIsKeptOnItsCoresAndFreedAgain() throws Exception {
        assumeThat(Cores.canKeep(1)).isTrue();
        Process sleeper = new ProcessBuilder("sleep", "60").start();
        try {
            String free = allowed(sleeper);

            Cores.keep(sleeper.pid(), 1);
            assertThat(Cores.parse(allowed(sleeper))).hasSize(1);

            Cores.free(sleeper.pid());
            assertThat(allowed(sleeper)).isEqualTo(free);
        } finally {
            sleeper.destroy();
        }
    }

    private static String allowed(Process process) throws Exception {
        String start = "Cpus_allowed_list:";
        return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length()).strip())
                .findFirst()
                .orElseThrow();
    }
}
