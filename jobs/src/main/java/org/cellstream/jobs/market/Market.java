package org.cellstream.jobs.market;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.flink.annotation.Internal;

/**
 * Trades of many symbols, one after the other; each comes from a symbol drawn at random. Symbols
 * differ in price, in how far the price swings and in the number of shares, and have the rule of
 * their movement in common (see {@link SymbolPath}).
 */
@Internal
public final class Market {

    private final SplittableRandom draw;
    private final List<SymbolPath> paths = new ArrayList<>();

    /**
     * @param symbols how many symbols there are, at least 1
     * @param seed the same seed gives the same trades
     */
    public Market(int symbols, long seed) {
        if (symbols < 1) {
            throw new IllegalArgumentException("symbols is " + symbols + "; need at least 1");
        }
        SplittableRandom root = new SplittableRandom(seed);
        draw = root.split();
        for (int i = 0; i < symbols; i++) {
            paths.add(path(name(i), root.split()));
        }
    }

    private static SymbolPath path(String name, SplittableRandom random) {
        double level = 20 * StrictMath.pow(25, random.nextDouble());
        double height = 0.002 + 0.006 * random.nextDouble();
        double usualSize = 50 * StrictMath.pow(20, random.nextDouble());
        return new SymbolPath(name, level, height, usualSize, new Gaussians(random));
    }

    /** Name of symbol {@code index}: {@code S000}, {@code S001}, ... */
    public static String name(int index) {
        return "S%03d".formatted(index);
    }

    /** The next trade. */
    public Trade next() {
        return paths.get(draw.nextInt(paths.size())).next();
    }
}
