package org.cellstream.benchmarks.harness;

import java.util.List;

/**
 * A job that is measured.
 *
 * @param form what it does with an event
 * @param network as the option {@code network} takes it, over {@link #INPUTS} inputs
 * @param parallelism subtasks of source and operator
 * @param batchRows the option {@code batch.max-rows}, of ours
 * @param training whether ours learns from a second source as it forecasts
 * @param checkpointMillis from one checkpoint to the next; 0 for those that are asked for only
 */
public record JobSpec(
        Form form,
        String network,
        int parallelism,
        int batchRows,
        boolean training,
        long checkpointMillis) {

    /** Numbers of an event, each a column of its own. */
    public static final int INPUTS = 8;

    /** The default of {@code batch.max-rows}. */
    public static final int BATCH_ROWS = 64;

    /** One layer, what most benchmarks run. */
    public static JobSpec lstm(Form form, int hidden) {
        return new JobSpec(form, "lstm(%d) dense(1)".formatted(hidden), 1, BATCH_ROWS, false, 0);
    }

    /** The same for another network. */
    public JobSpec withNetwork(String other) {
        return new JobSpec(form, other, parallelism, batchRows, training, checkpointMillis);
    }

    /** The same with so many subtasks. */
    public JobSpec withParallelism(int subtasks) {
        return new JobSpec(form, network, subtasks, batchRows, training, checkpointMillis);
    }

    /** The same with batches of so many rows. */
    public JobSpec withBatchRows(int rows) {
        return new JobSpec(form, network, parallelism, rows, training, checkpointMillis);
    }

    /** The same, learning or not. */
    public JobSpec withTraining(boolean learns) {
        return new JobSpec(form, network, parallelism, batchRows, learns, checkpointMillis);
    }

    /** The same with checkpoints of its own accord. */
    public JobSpec withCheckpointMillis(long millis) {
        return new JobSpec(form, network, parallelism, batchRows, training, millis);
    }

    List<String> arguments() {
        return List.of(
                form.system(),
                network,
                Integer.toString(parallelism),
                Integer.toString(batchRows),
                Boolean.toString(training),
                Long.toString(checkpointMillis));
    }

    static JobSpec parse(List<String> arguments) {
        return new JobSpec(
                Form.of(arguments.get(0)),
                arguments.get(1),
                Integer.parseInt(arguments.get(2)),
                Integer.parseInt(arguments.get(3)),
                Boolean.parseBoolean(arguments.get(4)),
                Long.parseLong(arguments.get(5)));
    }
}
