package org.cellstream.benchmarks.harness;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a JVM on some of the machine's cores while it is measured, so that all that a job does
 * counts: on more cores than it has subtasks its source and the garbage collector would run beside
 * it for nothing. Only where there is the program {@code taskset}, as on any Linux.
 */
public final class Cores {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String ALLOWED = "Cpus_allowed_list:";

    private Cores() {}

    /** Whether a JVM can be kept on so many cores; also if there are no more. */
    public static boolean canKeep(int cores) {
        List<Integer> all = allowed();
        return all.size() == cores || (all.size() > cores && taskset() != null);
    }

    /** Keeps all threads of a process on the last so many cores, where that is possible. */
    static void keep(long process, int cores) throws IOException {
        List<Integer> all = allowed();
        if (all.size() > cores) {
            move(process, all.subList(all.size() - cores, all.size()));
        }
    }

    /** Lets all threads of a process run on any core again. */
    static void free(long process) throws IOException {
        move(process, allowed());
    }

    private static void move(long process, List<Integer> cores) throws IOException {
        String taskset = taskset();
        if (taskset == null || cores.isEmpty()) {
            return;
        }
        String list = cores.stream().map(String::valueOf).collect(Collectors.joining(","));
        List<String> command = List.of(taskset, "-a", "-c", "-p", list, Long.toString(process));
        Process mover =
                new ProcessBuilder(command)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        // A thread that ends meanwhile makes it fail; all others have moved.
        mover.onExit().join();
    }

    private static @Nullable String taskset() {
        for (String folder :
                System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            Path file = Path.of(folder, "taskset");
            if (Files.isExecutable(file)) {
                return file.toString();
            }
        }
        return null;
    }

    /** The cores that this JVM may use; none if the system does not say. */
    private static List<Integer> allowed() {
        try {
            for (String line : Files.readAllLines(STATUS)) {
                if (line.startsWith(ALLOWED)) {
                    return parse(line.substring(ALLOWED.length()).strip());
                }
            }
        } catch (IOException e) {
            return List.of(); // another system than Linux
        }
        return List.of();
    }

    /** Reads {@code 0-3,8}. */
    static List<Integer> parse(String list) {
        List<Integer> cores = new ArrayList<>();
        for (String range : list.split(",", -1)) {
            String[] ends = range.split("-", -1);
            int last = Integer.parseInt(ends[ends.length - 1]);
            for (int core = Integer.parseInt(ends[0]); core <= last; core++) {
                cores.add(core);
            }
        }
        return cores;
    }
}
