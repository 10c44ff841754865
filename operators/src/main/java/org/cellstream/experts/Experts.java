package org.cellstream.experts;

import java.util.List;
import java.util.Objects;
import org.cellstream.config.ExpertChoice;
import org.cellstream.config.ExpertName;
import org.cellstream.config.ExpertsConfig;
import org.jspecify.annotations.Nullable;

/**
 * All experts of a job, what they say together, and how far it may be off. Of each event of a key,
 * first its target is {@link #meet met}, {@link #passOver passed over} or {@link #startAnew made a
 * beginning}, and then the next one is {@link #speak spoken} of. Numbers of keys are in their
 * {@link ExpertMemory}; between calls this holds nothing of any key but what the last event's
 * {@link #anomaly} and {@link #covered} were. One thread; nothing is allocated for an event.
 */
public final class Experts {

    /** What is mixed is at most so many spreads of the key away from its last target. */
    private static final double REACH = 20;

    private static final double[] NOTHING_TOLD = {};

    private final ExpertsConfig config;
    private final List<ExpertName> names;
    private final Expert[] experts;
    private final Series series;
    private final KeyView view;
    private final Mixture mixture;
    private final Calibration calibration;
    private final int firstForecast;
    private final ExpertMemory fresh;

    public Experts(ExpertsConfig config) {
        this.config = config;
        this.names = config.experts();
        int count = names.size();
        this.series = new Series(lags());
        this.view = new KeyView(series);
        this.firstForecast = series.size();
        this.mixture = new Mixture(count, config.follow() == ExpertChoice.BEST, firstForecast);
        this.calibration = new Calibration(config.coverage(), firstForecast + Mixture.size(count));
        this.experts = new Expert[count];
        int doubles = firstForecast + Mixture.size(count) + Calibration.SIZE;
        int floats = 0;
        for (int i = 0; i < count; i++) {
            experts[i] = make(names.get(i), doubles, floats);
            doubles += experts[i].doubles();
            floats += experts[i].floats();
        }
        int settings = Objects.hash(names.toString(), config.season());
        this.fresh = new ExpertMemory(settings, new double[doubles], new float[floats]);
        start();
    }

    private int lags() {
        int lags = 1;
        for (ExpertName name : names) {
            lags = Math.max(lags, make(name, 0, 0).lags());
        }
        return lags;
    }

    private Expert make(ExpertName name, int atDoubles, int atFloats) {
        int season = config.season();
        return switch (name) {
            case LAST -> new LastValue();
            case SEASONAL -> new SeasonalValue(season);
            case AR -> new AutoRegression(atFloats);
            case HOLT_WINTERS -> new HoltWinters(season, false, atDoubles, atFloats);
            case HOLT_WINTERS_MULTIPLICATIVE -> new HoltWinters(season, true, atDoubles, atFloats);
            case NETWORK -> new NetworkForecast();
            case READOUT -> new Readout(season, atDoubles, atFloats);
        };
    }

    private void start() {
        view.of(fresh);
        for (Expert expert : experts) {
            expert.start(view);
        }
        mixture.start(fresh.doubles(), names.indexOf(ExpertName.NETWORK));
        calibration.start(fresh.doubles());
    }

    /**
     * What is known of a key, for these experts: a memory of others tells them nothing.
     *
     * @param kept null for a key never seen
     */
    public ExpertMemory fitting(@Nullable ExpertMemory kept) {
        if (kept != null
                && kept.settings() == fresh.settings()
                && kept.doubles().length == fresh.doubles().length
                && kept.floats().length == fresh.floats().length) {
            return kept;
        }
        return fresh.copy();
    }

    /**
     * Takes in the target of an event, for which a forecast was made.
     *
     * @param target finite
     * @param made the forecast that was made for it; NaN for none
     */
    public void meet(ExpertMemory memory, double target, double made) {
        view.of(memory);
        calibration.passOver();
        double error = Series.finite(target - made);
        if (series.knows(1)) {
            for (Expert expert : experts) {
                expert.learn(view, target);
            }
        }
        if (series.knows(1) && !Double.isNaN(error)) {
            mixture.meet(memory.doubles(), target, error, calibration);
            calibration.meet(memory.doubles(), error, series.change());
        }
        advance(target);
    }

    /** Takes in a target that was made up: it is the key's last now, but nothing is learned. */
    public void passOver(ExpertMemory memory, double target) {
        view.of(memory);
        calibration.passOver();
        advance(target);
    }

    /** Takes in a target that does not follow those before it. */
    public void startAnew(ExpertMemory memory, double target) {
        view.of(memory);
        calibration.passOver();
        for (Expert expert : experts) {
            expert.startAnew(view);
        }
        series.startAnew();
        advance(target);
    }

    private void advance(double target) {
        for (Expert expert : experts) {
            expert.advance(view, target);
        }
        series.add(target);
    }

    /**
     * Forecasts the target after the one that was taken in last.
     *
     * @param network what the network says of it, finite
     * @param spoken overwritten
     */
    public void speak(ExpertMemory memory, double network, Spoken spoken) {
        view.of(memory);
        view.network = network;
        double[] numbers = memory.doubles();
        for (int i = 0; i < experts.length; i++) {
            mixture.note(numbers, i, experts[i].forecast(view));
        }
        double value = mixture.speak(numbers, series.last(), reach());
        boolean said = Double.isFinite(value);
        spoken.value = said ? value : network;
        spoken.speaker = said ? names.get(mixture.speaker()) : ExpertName.NETWORK;
        spoken.share = said ? mixture.share() : 1;
        spoken.halfWidth = calibration.halfWidth(numbers);
        spoken.told = config.tell() ? told(numbers) : NOTHING_TOLD;
    }

    /** Without bound at a key's first target, which does not tell yet how far is far. */
    private double reach() {
        double spreads = series.spread() + Math.abs(series.last() - series.mean());
        return series.count() == 1 ? Double.MAX_VALUE : REACH * spreads;
    }

    private double[] told(double[] numbers) {
        double[] told = new double[experts.length];
        System.arraycopy(numbers, firstForecast, told, 0, told.length);
        return told;
    }

    /** Whether there was an interval for the event that was taken in last, and an error. */
    public boolean judged() {
        return calibration.judged();
    }

    /** Whether the target that was taken in last was in its interval. */
    public boolean covered() {
        return calibration.covered();
    }

    /**
     * How likely an error as large as that at the event that was taken in last was, above 0 and at
     * most 1; NaN if it is not known.
     */
    public double anomaly() {
        return calibration.anomaly();
    }
}
