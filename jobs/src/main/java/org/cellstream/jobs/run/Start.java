package org.cellstream.jobs.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.flink.configuration.Configuration;
import org.cellstream.jobs.bootstrap.BootstrapFile;
import org.cellstream.jobs.config.JobConfig;
import org.cellstream.jobs.config.JobOptions;
import org.cellstream.jobs.inspect.SavedJob;
import org.cellstream.jobs.kafka.StartFrom;
import org.cellstream.jobs.replay.WrongInputException;

/**
 * The first start of a job from a savepoint.
 *
 * @param savepoint its folder
 * @param lastTime last event time of the file that it was made from, epoch milliseconds; empty for
 *     a savepoint of a job that read Kafka, whose sources know where they were
 */
record Start(Path savepoint, OptionalLong lastTime) {

    /**
     * How much earlier than the last event time of the file the sources start: event times may be
     * those of another time zone than Kafka's, which is no more than this ahead.
     */
    private static final Duration EARLIER = Duration.ofDays(1);

    /**
     * Looks at a savepoint.
     *
     * @param checkpoint the job's own newest checkpoint
     * @throws WrongInputException if the folder is no savepoint of a forecaster, or the job has a
     *     checkpoint of its own
     */
    static Start from(Path savepoint, Optional<Path> checkpoint) throws IOException {
        SavedJob.open(savepoint, "");
        if (checkpoint.isPresent()) {
            throw new WrongInputException(
                    "--from %s: the job has started before and has %s; leave --from out to go on from there, or delete that folder to start anew"
                            .formatted(savepoint, checkpoint.get()));
        }
        return new Start(savepoint, BootstrapFile.lastTime(savepoint));
    }

    /** The job's options with where its sources start, if the savepoint does not say it. */
    JobConfig config(JobConfig config) {
        if (lastTime.isEmpty()) {
            return config;
        }
        Configuration options = Configuration.fromMap(config.options().toMap());
        options.set(
                JobOptions.START_FROM,
                StartFrom.at(lastTime.getAsLong() - EARLIER.toMillis()).word());
        return JobConfig.from(options);
    }

    /** What it means, for people. */
    String text() {
        return lastTime.isEmpty()
                ? "starting from " + savepoint
                : "starting from %s with the events after %s"
                        .formatted(savepoint, Instant.ofEpochMilli(lastTime.getAsLong()));
    }
}
