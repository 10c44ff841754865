package org.cellstream.benchmarks.step;

import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** What {@link StepBenchmark} allocates, by JMH's profiler, in a JVM of its own. */
final class StepAllocation {

    private static final String BYTES = "gc.alloc.rate.norm";

    private StepAllocation() {}

    /** Bytes per event, by layer, batch and way of calling. */
    static Map<String, Double> measure(boolean quick) throws RunnerException {
        ChainedOptionsBuilder options =
                new OptionsBuilder()
                        .include("\\." + StepBenchmark.class.getSimpleName() + "\\.")
                        .addProfiler(GCProfiler.class)
                        .verbosity(VerboseMode.SILENT)
                        .shouldFailOnError(true)
                        // Compiled in the foreground: vectors are objects until they are.
                        .jvmArgsAppend("-Djmh.ignoreLock=true", "-Xbatch")
                        .forks(1)
                        .warmupIterations(1)
                        .warmupTime(TimeValue.milliseconds(quick ? 200 : 1000))
                        .measurementIterations(2)
                        .measurementTime(TimeValue.milliseconds(quick ? 200 : 500));
        if (quick) {
            options.param("kind", "LSTM").param("batch", "64");
        }
        Map<String, Double> bytes = new TreeMap<>();
        for (RunResult run : new Runner(options.build()).run()) {
            String batch = run.getParams().getParam("batch");
            String label = run.getPrimaryResult().getLabel();
            String kind = run.getParams().getParam("kind");
            String word = StepCell.Kind.valueOf(kind).word();
            Result<?> allocated = run.getSecondaryResults().get(BYTES);
            if (allocated == null) {
                throw new IllegalStateException(
                        "JMH gave no " + BYTES + " but " + run.getSecondaryResults().keySet());
            }
            bytes.put(
                    Character.toUpperCase(label.charAt(0))
                            + label.substring(1)
                            + word
                            + "Batch"
                            + batch,
                    allocated.getScore() / Integer.parseInt(batch));
        }
        return bytes;
    }
}
