package org.cellstream.model;

import java.util.List;

/**
 * How the tensors of a file became layers, as far as the file did not tell it.
 *
 * @param inferred whether the network was not told, but follows from names and shapes
 * @param modules of a state dict with their layers, bottom first, as {@code encoder is lstm}; none
 *     if the modules are called as their layers
 * @param byOrder whether modules fit each other's places, so that their order in the file decided
 */
public record Reading(boolean inferred, List<String> modules, boolean byOrder) {

    /** Of a file that tells everything. */
    public static final Reading TOLD = new Reading(false, List.of(), false);

    public Reading {
        modules = List.copyOf(modules);
    }
}
