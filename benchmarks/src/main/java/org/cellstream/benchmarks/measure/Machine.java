package org.cellstream.benchmarks.measure;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.cellstream.jobs.report.Report;

/** The machine that a benchmark ran on. */
public final class Machine {

    private static final Path CPU = Path.of("/proc/cpuinfo");
    private static final List<String> WORTH_KNOWING = List.of("avx2", "avx512f", "asimd", "sve");
    private static final double GIB = 1 << 30;

    private Machine() {}

    /** Puts processor, cores, memory, system, JDK and date. */
    public static void report(Report report) throws IOException {
        OperatingSystemMXBean system =
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        report.put("date", LocalDate.now(ZoneOffset.UTC).toString())
                .put("processor", processor())
                .put("cores", Runtime.getRuntime().availableProcessors())
                .put("memoryGiB", Math.round(system.getTotalMemorySize() / GIB))
                .put("system", system.getName() + " " + system.getVersion())
                .put("jdk", System.getProperty("java.vm.name") + " " + Runtime.version());
    }

    private static String processor() throws IOException {
        if (!Files.exists(CPU)) {
            return System.getProperty("os.arch");
        }
        List<String> lines = Files.readAllLines(CPU);
        String name = value(lines, "model name");
        List<String> flags = List.of((value(lines, "flags") + value(lines, "Features")).split(" "));
        List<String> known = WORTH_KNOWING.stream().filter(flags::contains).toList();
        return name + " (" + String.join(", ", known) + ")";
    }

    private static String value(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("");
    }
}
