package org.cellstream.experts;

/**
 * Exponential smoothing of level l, trend b and seasons s of length m, added or as factors:
 *
 * <pre>
 * l = a (y - s[t-m]) + (1-a) (l + b),   b' = c (l' - l) + (1-c) b,   s[t] = g (y - l) + (1-g) s[t-m]
 * l = a (y / s[t-m]) + (1-a) (l + b),   b' = c (l' - l) + (1-c) b,   s[t] = g (y / l) + (1-g) s[t-m]
 * </pre>
 *
 * <p>with a = 0.3, c = 0.1 and g = 0.6; the forecast is l + b with the season of the next step.
 * Without a season it is Holt's linear trend. It starts from the line and the seasons that the
 * first two seasons have by least distance of their means, and is silent before. With factors it
 * starts anew after a value that is not positive.
 *
 * @see <a href="https://doi.org/10.1287/mnsc.6.3.324">Winters 1960</a>: the equations
 */
final class HoltWinters implements Expert {

    private static final double OF_LEVEL = 0.3;
    private static final double OF_TREND = 0.1;
    private static final double OF_SEASON = 0.6;

    private static final int STEPS = 0;
    private static final int LEVEL = 1;
    private static final int TREND = 2;
    private static final int DOUBLES = 3;

    private final int season;
    private final boolean factors;
    private final int atDoubles;
    private final int atFloats;

    /**
     * @param season its length; 0 for none
     * @param factors whether seasons are factors
     */
    HoltWinters(int season, boolean factors, int atDoubles, int atFloats) {
        this.season = season;
        this.factors = factors;
        this.atDoubles = atDoubles;
        this.atFloats = atFloats;
    }

    @Override
    public int doubles() {
        return DOUBLES;
    }

    @Override
    public int floats() {
        return season;
    }

    @Override
    public void startAnew(KeyView key) {
        key.doubles[atDoubles + STEPS] = 0;
    }

    @Override
    public void advance(KeyView key, double target) {
        if (factors && target <= 0) {
            startAnew(key);
            return;
        }
        double[] numbers = key.doubles;
        long steps = (long) numbers[atDoubles + STEPS];
        numbers[atDoubles + STEPS] = steps + 1;
        if (steps == 0) {
            numbers[atDoubles + LEVEL] = target;
            numbers[atDoubles + TREND] = 0;
        }
        if (steps < 2L * season) {
            collect(key, steps, target);
        } else if (steps > 0) {
            smooth(key, steps, target);
        }
        boolean finite = Double.isFinite(numbers[atDoubles + LEVEL] + numbers[atDoubles + TREND]);
        if (!finite) {
            startAnew(key);
        }
    }

    /**
     * Adds a target of the first two seasons. Level is the first of them meanwhile, trend the sum
     * of the second season less that of the first, and each season the sum of its two, both counted
     * from the first target.
     */
    private void collect(KeyView key, long steps, double target) {
        double[] numbers = key.doubles;
        double above = target - numbers[atDoubles + LEVEL];
        int phase = atFloats + (int) (steps % season);
        boolean second = steps >= season;
        key.floats[phase] = (float) (second ? key.floats[phase] + above : above);
        numbers[atDoubles + TREND] += second ? above : -above;
        if (steps == 2L * season - 1) {
            settle(key);
        }
    }

    private void settle(KeyView key) {
        double[] numbers = key.doubles;
        double sum = 0;
        for (int i = 0; i < season; i++) {
            sum += key.floats[atFloats + i];
        }
        double trend = numbers[atDoubles + TREND] / season / season;
        double first = numbers[atDoubles + LEVEL];
        double middle = sum / (2 * season); // at the time season - 1/2
        for (int i = 0; i < season; i++) {
            double line = middle + trend * (i + (1 - season) / 2.0);
            double both = key.floats[atFloats + i] / 2.0;
            double part = factors ? (first + both) / (first + line) : both - line;
            key.floats[atFloats + i] = (float) part;
        }
        numbers[atDoubles + LEVEL] = first + middle + trend * (season - 0.5);
        numbers[atDoubles + TREND] = trend;
    }

    private void smooth(KeyView key, long steps, double target) {
        double[] numbers = key.doubles;
        double level = numbers[atDoubles + LEVEL];
        double trend = numbers[atDoubles + TREND];
        int phase = season == 0 ? 0 : atFloats + (int) (steps % season);
        double old = season == 0 ? 0 : key.floats[phase];
        double apart = season == 0 ? target : factors ? target / old : target - old;
        double newLevel = OF_LEVEL * apart + (1 - OF_LEVEL) * (level + trend);
        numbers[atDoubles + LEVEL] = newLevel;
        numbers[atDoubles + TREND] = OF_TREND * (newLevel - level) + (1 - OF_TREND) * trend;
        if (season > 0) {
            double now = factors ? target / newLevel : target - newLevel;
            float part = (float) (OF_SEASON * now + (1 - OF_SEASON) * old);
            key.floats[phase] = part;
            if (factors && !(part > 0 && newLevel > 0)) {
                startAnew(key);
            }
        }
    }

    @Override
    public double forecast(KeyView key) {
        long steps = (long) key.doubles[atDoubles + STEPS];
        if (steps == 0 || steps < 2L * season) {
            return Double.NaN;
        }
        double line = key.doubles[atDoubles + LEVEL] + key.doubles[atDoubles + TREND];
        if (season == 0) {
            return line;
        }
        double part = key.floats[atFloats + (int) (steps % season)];
        return factors ? line * part : line + part;
    }
}
