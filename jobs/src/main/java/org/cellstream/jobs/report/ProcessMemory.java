package org.cellstream.jobs.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.flink.annotation.Internal;

/** Memory of processes as the Linux kernel counts it. */
@Internal
public final class ProcessMemory {

    private static final String PEAK = "VmHWM:";
    private static final double KIB_PER_MIB = 1024;

    private ProcessMemory() {}

    /**
     * The sum over this process and all it started, as far as they still run, of the largest
     * resident memory each has had. In MiB; NaN where there is no {@code /proc}.
     */
    public static double peakResidentMiB() {
        LongStream ids =
                LongStream.concat(
                        LongStream.of(ProcessHandle.current().pid()),
                        ProcessHandle.current().descendants().mapToLong(ProcessHandle::pid));
        return ids.mapToObj(id -> Path.of("/proc", Long.toString(id), "status"))
                .mapToDouble(ProcessMemory::peakMiB)
                .filter(Double::isFinite)
                .reduce(Double::sum)
                .orElse(Double.NaN);
    }

    private static double peakMiB(Path status) {
        try {
            return peakMiB(Files.readAllLines(status, StandardCharsets.UTF_8));
        } catch (IOException gone) {
            return Double.NaN;
        }
    }

    static double peakMiB(List<String> status) {
        return status.stream()
                .filter(line -> line.startsWith(PEAK))
                .map(line -> line.substring(PEAK.length()).replace("kB", "").strip())
                .mapToDouble(kib -> Long.parseLong(kib) / KIB_PER_MIB)
                .findFirst()
                .orElse(Double.NaN);
    }
}
