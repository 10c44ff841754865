package org.cellstream.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessMemoryTest {

    @Test
    void readsThePeakFromTheKernelsText() {
        double peak =
                ProcessMemory.peakMiB(
                        List.of("Name:\tjava", "VmHWM:\t  524288 kB", "VmRSS:\t 1024 kB"));

        assertThat(peak).isEqualTo(512);
    }

    @Test
    void findsThisProcess() {
        assumeThat(Files.exists(Path.of("/proc/self/status"))).isTrue();

        double peak = ProcessMemory.peakResidentMiB();

        assertThat(peak).isBetween(20.0, 16_384.0);
    }
}
