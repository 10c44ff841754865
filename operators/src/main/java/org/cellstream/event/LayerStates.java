package org.cellstream.event;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** Compares and describes states of layers: maps with arrays do neither by themselves. */
final class LayerStates {

    private LayerStates() {}

    static boolean equal(Map<String, float[]> one, Map<String, float[]> other) {
        return one.keySet().equals(other.keySet())
                && one.keySet().stream()
                        .allMatch(layer -> Arrays.equals(one.get(layer), other.get(layer)));
    }

    static String describe(Map<String, float[]> state) {
        return state.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue().length + " floats")
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
