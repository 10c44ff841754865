package org.cellstream.config;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.ReadableConfig;

/**
 * How far ahead it is forecast, beside the next event.
 *
 * @param events ahead, in rising order; none for the next event alone
 */
public record Horizons(List<Integer> events) implements Serializable {

    /** Every step ahead costs a step of the network, at each event. */
    private static final int MOST = 1000;

    public Horizons {
        events = List.copyOf(events);
        int before = 0;
        for (int horizon : events) {
            if (horizon <= before || horizon > MOST) {
                throw new IllegalArgumentException(
                        "%s is %s; need whole numbers from 1 to %d in rising order, as 1,2,5"
                                .formatted(CellstreamOptions.HORIZONS.key(), text(events), MOST));
            }
            before = horizon;
        }
    }

    /** The next event alone. */
    public static Horizons none() {
        return new Horizons(List.of());
    }

    /**
     * Reads the option's text.
     *
     * @throws IllegalArgumentException if it is no list of horizons; the message says what is
     */
    public static Horizons parse(String text) {
        List<Integer> events = new ArrayList<>();
        for (String word : text.split(",", -1)) {
            try {
                events.add(Integer.parseInt(word.strip()));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        "%s is \"%s\"; need whole numbers from 1 to %d in rising order, as 1,2,5"
                                .formatted(CellstreamOptions.HORIZONS.key(), text, MOST),
                        e);
            }
        }
        return new Horizons(events);
    }

    public static Horizons from(ReadableConfig options) {
        return options.getOptional(CellstreamOptions.HORIZONS)
                .map(Horizons::parse)
                .orElseGet(Horizons::none);
    }

    private static String text(List<Integer> events) {
        return String.join(",", events.stream().map(String::valueOf).toList());
    }

    /** As the option has them. */
    @Override
    public String toString() {
        return text(events);
    }
}
