package org.cellstream.jobs.demo;

import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.cellstream.jobs.report.ForecastLine;
import org.cellstream.jobs.report.LiveSkill;
import org.cellstream.jobs.report.StepTally;
import org.jspecify.annotations.Nullable;

/** What the demo has seen of its forecasts. One thread. */
final class DemoNumbers {

    /** How far back the recent skill reaches. */
    static final int RECENT_SECONDS = 10;

    private final StepTally tally = new StepTally();
    private final LiveSkill skill = new LiveSkill(RECENT_SECONDS);
    private final Map<String, @Nullable ForecastLine> newest = new TreeMap<>();
    private long weightsNumber;

    /**
     * @param watched symbols whose newest forecast is kept
     */
    DemoNumbers(Collection<String> watched) {
        watched.forEach(symbol -> newest.put(symbol, null));
    }

    /**
     * Counts a forecast.
     *
     * @param second now, in whole seconds of a clock that does not go back
     */
    void add(byte[] json, long second) throws IOException {
        ForecastLine forecast = ForecastLine.parse(json);
        if (tally.add(forecast.key(), forecast.step())) {
            skill.add(second, forecast.error(), forecast.persistenceError());
        }
        weightsNumber = Math.max(weightsNumber, forecast.weightsNumber());
        newest.replace(forecast.key(), forecast);
    }

    /** Forecasts seen, doubles not counted. */
    long forecasts() {
        return tally.distinct();
    }

    long duplicates() {
        return tally.duplicates();
    }

    /** Number of the newest weights that made a forecast. */
    long weightsNumber() {
        return weightsNumber;
    }

    double recentSkill(long second) {
        return skill.recent(second);
    }

    double overallSkill() {
        return skill.overall();
    }

    /** The newest forecast of each watched symbol; null while it has none. */
    Map<String, @Nullable ForecastLine> newest() {
        return newest;
    }
}
