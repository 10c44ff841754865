package org.cellstream.jobs.backtest;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.Configuration;
import org.cellstream.config.CellstreamOptions;

/**
 * Replays history through the operators of a live job, once for each seed, and compares what they
 * forecast with simple methods on the same events. Each forecast is made before its event is seen,
 * by weights that took effect by event time, so that two backtests give the same forecasts to the
 * last bit.
 */
@Internal
public final class Backtest {

    private static final double NANOS_PER_SECOND = 1e9;

    private final BacktestSettings settings;
    private final PrintWriter err;
    private final long begin = System.nanoTime();

    /**
     * A backtest that has not begun.
     *
     * @param err where it says how far it is
     */
    public Backtest(BacktestSettings settings, PrintWriter err) {
        this.settings = settings;
        this.err = err;
    }

    /**
     * Checks the options of the job that a user gave.
     *
     * @throws IllegalArgumentException if something is wrong
     */
    public static void check(Configuration options) {
        BacktestOptions.check(options);
    }

    /**
     * Runs to the end of the file, as often as there are seeds.
     *
     * @throws org.cellstream.jobs.replay.WrongInputException if the file, its columns or its keys
     *     are not what they have to be
     * @throws InterruptedException if this thread is interrupted; everything is stopped then
     */
    public BacktestReport run() throws Exception {
        say("reading " + settings.csv());
        History history = History.read(settings);
        Tuning tuning = settings.tune() ? Tuning.search(history, settings.options(), err) : null;
        Configuration options =
                tuning == null ? settings.options() : tuning.best().options(settings.options());
        long scoredAfter = tuning == null ? Long.MIN_VALUE : tuning.through();
        List<BacktestResult> results = new ArrayList<>();
        for (long seed : settings.seeds()) {
            say("starting Flink and the job, seed " + seed);
            Configuration seeded = new Configuration(options);
            seeded.set(CellstreamOptions.SEED, seed);
            results.add(
                    new BacktestRun(history, seeded, err)
                            .run(BacktestRun.Part.whole(scoredAfter, settings.plotKeys())));
        }
        return new BacktestReport(results, tuning, (System.nanoTime() - begin) / NANOS_PER_SECOND);
    }

    private void say(String line) {
        err.println(line);
        err.flush();
    }
}
