package org.cellstream.nn;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One vector of what a key remembers for a layer.
 *
 * @param name as {@code h} or {@code c}
 * @param size its floats
 */
public record StatePart(String name, int size) {

    /** The parts in words: {@code h, then c}, or {@code 2 of h, then 4 of c} if sizes differ. */
    public static String text(List<StatePart> parts) {
        boolean alike = parts.stream().mapToInt(StatePart::size).distinct().count() < 2;
        return parts.stream()
                .map(part -> alike ? part.name() : part.size() + " of " + part.name())
                .collect(Collectors.joining(", then "));
    }
}
