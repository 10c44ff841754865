package org.cellstream.jobs.market;

/**
 * The price of one symbol, trade by trade. Its log is a sum of three parts:
 *
 * <ul>
 *   <li>a random walk, which no one can forecast;
 *   <li>an oscillation {@code o[n] = 2 d cos(2 pi / P) o[n-1] - d^2 o[n-2] + noise}, which swings
 *       around the walk with a period near P trades and forgets its phase slowly. Its rule is the
 *       same for all symbols, so one network can learn it, but where a symbol stands in its swing
 *       has to be inferred from that symbol's own last trades;
 *   <li>noise of the single trade, which should be filtered out.
 * </ul>
 *
 * A filter that knows these rules (Kalman's) has about half the mean absolute error of repeating
 * the last price; the running mean has a larger one than that. Numbers of shares grow with the
 * distance from the walk.
 */
final class SymbolPath {

    /** Trades of one swing. */
    static final double PERIOD = 6;

    /** What is left of a swing's height after one trade. */
    static final double DAMPING = 0.97;

    /** Standard deviation of the single trade's noise, in heights of the swing. */
    static final double TRADE_NOISE = 0.3;

    /** Standard deviation of the walk's step, in heights of the swing. */
    static final double WALK_STEP = 0.05;

    private static final double TURN = 2 * DAMPING * StrictMath.cos(2 * Math.PI / PERIOD);
    private static final double DECAY = DAMPING * DAMPING;

    /** Standard deviation of the oscillation's own noise that gives the oscillation variance 1. */
    private static final double PUSH =
            StrictMath.sqrt((1 - DECAY) * ((1 + DECAY) * (1 + DECAY) - TURN * TURN) / (1 + DECAY));

    private final String symbol;
    private final double height;
    private final double usualSize;
    private final Gaussians gaussians;
    private double walk;
    private double swing;
    private double swingBefore;

    /**
     * @param level first price
     * @param height standard deviation of the oscillation, in log price
     * @param usualSize middle of the numbers of shares
     */
    SymbolPath(String symbol, double level, double height, double usualSize, Gaussians gaussians) {
        this.symbol = symbol;
        this.height = height;
        this.usualSize = usualSize;
        this.gaussians = gaussians;
        walk = StrictMath.log(level);
        swing = gaussians.next();
        swingBefore = TURN / (1 + DECAY) * swing;
    }

    Trade next() {
        walk += height * WALK_STEP * gaussians.next();
        double following = TURN * swing - DECAY * swingBefore + PUSH * gaussians.next();
        swingBefore = swing;
        swing = following;
        double log = walk + height * (swing + TRADE_NOISE * gaussians.next());
        double size = usualSize * (1 + Math.abs(swing)) * StrictMath.exp(0.5 * gaussians.next());
        double price = Math.round(StrictMath.exp(log) * 10_000) / 10_000.0;
        return new Trade(symbol, price, Math.max(1, Math.round(size)));
    }
}
