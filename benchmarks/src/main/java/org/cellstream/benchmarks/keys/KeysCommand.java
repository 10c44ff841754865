package org.cellstream.benchmarks.keys;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.cellstream.benchmarks.chaos.WorkFolder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code benchmarks/run keys}: do many more keys than fit into memory work? {@code lstm(32)
 * dense(1)} in one TaskManager of 4 GiB with RocksDB.
 *
 * <p>One event of each key and a checkpoint; then, restored from it, 10 checkpoints with events of
 * 1% of the keys before each; then the throughput for random keys, in turns with a job that reads
 * and writes as many bytes for each event and does nothing else.
 */
@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        description =
                "Fills, restores and measures the state of many keys. Exit code 1 if a bound does not"
                        + " hold.")
public final class KeysCommand implements Callable<Integer> {

    @Option(names = "--keys", paramLabel = "N", description = "Keys; default 10000000.")
    private long keys = 10_000_000;

    @Option(
            names = "--quick",
            description = "A tenth of the keys, and few rounds, whose rates are not judged.")
    private boolean quick;

    @Option(names = "--report", paramLabel = "F", description = "Writes the numbers as JSON.")
    private @Nullable Path report;

    @Override
    public Integer call() throws Exception {
        PrintStream out = System.out;
        KeysSettings settings = KeysSettings.of(keys, quick);
        try (WorkFolder work = WorkFolder.create("keys")) {
            KeysReport result = new ManyKeys(settings, WorkFolder.home(), out).run(work.folder());
            out.println();
            out.print(result.numbers().toText());
            result.broken().forEach(sentence -> out.println("FAILED " + sentence));
            if (report != null) {
                result.numbers().write(report);
            }
            work.keepUnless(true); // it holds gigabytes, and nothing to look at
            return result.broken().isEmpty() ? 0 : 1;
        }
    }
}
