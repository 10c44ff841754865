package org.cellstream.benchmarks.keys;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the processes of TaskManagers have taken of the machine's memory, as Linux counts it. */
final class TaskManagerMemory {

    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");

    private TaskManagerMemory() {}

    /** The most that any TaskManager of a cluster has held at one time since it started. */
    static double peakMiB(Path cluster) throws IOException {
        double most = 0;
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(cluster.resolve("pids"), "taskmanager-*")) {
            for (Path file : files) {
                String pid = Files.readString(file).split(" ", 2)[0];
                Matcher peak = PEAK.matcher(Files.readString(Path.of("/proc", pid, "status")));
                if (!peak.find()) {
                    throw new IOException("/proc/" + pid + "/status has no VmHWM");
                }
                most = Math.max(most, Long.parseLong(peak.group(1)) / 1024.0);
            }
        }
        return most;
    }
}
