package org.cellstream.model;

import java.nio.file.Path;
import java.util.Set;

/**
 * What names and shapes of a layer's tensors say of it.
 *
 * @param word the layer in a network's words
 */
record LayerShape(String word, int inputs, int outputs) {

    private static final int LSTM_GATES = 4;
    private static final int GRU_GATES = 3;

    /**
     * @throws ModelFormatException if they allow no reading, or more than one
     */
    static LayerShape of(Path file, TensorGroup group) throws ModelFormatException {
        Tensor hidden = group.tensors().get("weight_hh_l0");
        Tensor input = group.tensors().get("weight_ih_l0");
        Tensor weight = group.tensors().get("weight");
        if (hidden != null && input != null) {
            return recurrent(file, group, input, hidden);
        }
        if (weight != null && weight.shape().size() == 2 && group.tensors().containsKey("bias")) {
            return new LayerShape(
                    "dense(" + weight.dimension(0) + ")", weight.dimension(1), weight.dimension(0));
        }
        throw new ModelFormatException(
                file,
                "tensors",
                group
                        + (weight != null && isKnown(group)
                                ? " can be of more than one kind of layer; say the network with"
                                        + " --network or the file's metadata \"network\""
                                : " is of no layer that is known here; need an lstm, a gru, a linear"
                                        + " layer, an embedding or a layer normalisation"));
    }

    /** Whether it has what an embedding, a layer normalisation or a linear layer has. */
    private static boolean isKnown(TensorGroup group) {
        return Set.of("weight", "bias").containsAll(group.tensors().keySet())
                && group.tensors().values().stream().allMatch(t -> t.shape().size() <= 2);
    }

    boolean isDense() {
        return word.startsWith("dense");
    }

    private static LayerShape recurrent(Path file, TensorGroup group, Tensor input, Tensor hidden)
            throws ModelFormatException {
        int outputs = hidden.dimension(1);
        Tensor projection = group.tensors().get("weight_hr_l0");
        int units = projection == null ? outputs : projection.dimension(1);
        int gates = units == 0 ? 0 : hidden.dimension(0) / units;
        if (outputs == 0
                || gates * units != hidden.dimension(0)
                || (gates != LSTM_GATES && (gates != GRU_GATES || projection != null))) {
            throw new ModelFormatException(
                    file,
                    "tensors",
                    "%s has %d rows over %d units; need 4 for each unit of an lstm, or 3 of a gru"
                            .formatted(group, hidden.dimension(0), units));
        }
        if (projection != null && outputs >= units) {
            throw new ModelFormatException(
                    file,
                    "tensors",
                    "%s projects %d units to %d numbers; need fewer than the units"
                            .formatted(group, units, outputs));
        }
        String kind = gates == LSTM_GATES ? "lstm" : "gru";
        String layer =
                "%s(%d%s)"
                        .formatted(
                                kind, units, projection == null ? "" : ", projection=" + outputs);
        boolean both = group.tensors().containsKey("weight_ih_l0_reverse");
        return both
                ? new LayerShape(
                        "bidirectional(%s, merge=concat)".formatted(layer),
                        input.dimension(1),
                        2 * outputs)
                : new LayerShape(layer, input.dimension(1), outputs);
    }
}
