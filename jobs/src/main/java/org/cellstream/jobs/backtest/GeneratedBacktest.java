package org.cellstream.jobs.backtest;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.Configuration;
import org.cellstream.config.CellstreamOptions;
import org.cellstream.jobs.config.JobOptions;
import org.cellstream.jobs.embedded.Folders;
import org.cellstream.jobs.replay.WrongInputException;

/** Backtests of streams with known rules: whether the mixture loses to a simple method. */
@Internal
public final class GeneratedBacktest {

    private final List<GeneratedStream> streams;
    private final Configuration options;
    private final int events;
    private final PrintWriter err;

    /**
     * A backtest that has not begun.
     *
     * @param name of a stream, or {@code all}
     * @param options of the job, as far as the user gave them; columns, target, key and time are
     *     those of the streams
     * @param err where it says how far it is
     * @throws WrongInputException if there is no such stream
     */
    public GeneratedBacktest(String name, Configuration options, PrintWriter err)
            throws WrongInputException {
        this(GeneratedStreams.named(name), options, GeneratedStream.EVENTS, err);
    }

    /**
     * @param events of each key
     */
    GeneratedBacktest(
            List<GeneratedStream> streams, Configuration options, int events, PrintWriter err) {
        this.streams = streams;
        this.options = options;
        this.events = events;
        this.err = err;
    }

    /** The options of the job for a stream without a season. */
    public static Configuration forStreams(Configuration given) {
        Configuration options = new Configuration(given);
        options.set(CellstreamOptions.COLUMNS, "value=Value");
        options.set(CellstreamOptions.TARGET, "value");
        options.set(JobOptions.KEY, "Key");
        options.set(JobOptions.TIME, "Time");
        return options;
    }

    /** Runs them one after the other. */
    public StreamScores run() throws Exception {
        Path folder = Files.createTempDirectory("cellstream-streams-");
        try {
            List<StreamScores.Row> rows = new ArrayList<>();
            for (GeneratedStream stream : streams) {
                err.println(stream.name() + ": " + stream.what());
                err.flush();
                rows.add(run(stream, folder.resolve(stream.name() + ".csv")));
            }
            return new StreamScores(rows);
        } finally {
            Folders.delete(folder);
        }
    }

    private StreamScores.Row run(GeneratedStream stream, Path file) throws Exception {
        stream.write(file, events);
        Configuration its = forStreams(options);
        if (stream.season() > 0) {
            its.set(CellstreamOptions.SEASON, stream.season());
        }
        BacktestSettings settings =
                new BacktestSettings(
                        file,
                        List.of(),
                        its,
                        List.of(its.get(CellstreamOptions.SEED)),
                        false,
                        List.of());
        BacktestResult result = new Backtest(settings, err).run().median();
        Method best =
                result.methods().stream()
                        .filter(Method::isSimple)
                        .min(Comparator.comparing(method -> mae(result, method)))
                        .orElse(Method.LAST);
        return new StreamScores.Row(
                stream.name(),
                mae(result, Method.MIXTURE),
                best,
                mae(result, best),
                result.keys().stream().mapToDouble(KeyResult::size).average().orElse(0));
    }

    /** Mean absolute error over the scored events of all keys, those that never move included. */
    private static double mae(BacktestResult result, Method method) {
        double sum = 0;
        long count = 0;
        for (KeyResult key : result.keys()) {
            sum += key.score(method).absolute();
            count += key.score(method).count();
        }
        return sum / count;
    }
}
