package org.cellstream.jobs.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cellstream.model.ModelFile;
import org.cellstream.model.ModelFormatException;
import org.cellstream.model.Tensor;
import org.cellstream.nn.Bidirectional;
import org.cellstream.nn.Dense;
import org.cellstream.nn.Embedding;
import org.cellstream.nn.Gru;
import org.cellstream.nn.Layer;
import org.cellstream.nn.LayerNorm;
import org.cellstream.nn.Lstm;
import org.cellstream.nn.Network;
import org.jspecify.annotations.Nullable;

/** Reads weights that Keras saved alone, of a network that the user tells in words. */
final class KerasWeights {

    private final Path file;
    private final String words;

    KerasWeights(Path file, String words) {
        this.file = file;
        this.words = words;
    }

    ModelFile read(KerasSource source) throws IOException {
        // How wide the input row is, only the weights tell.
        Network narrow = parsed(1);
        Network wider = parsed(2);
        Map<String, Integer> seen = new HashMap<>();
        List<Map<String, Tensor>> tensors = new ArrayList<>();
        int inputs = 0;
        for (int i = 0; i < narrow.layers().size(); i++) {
            Layer layer = narrow.layers().get(i);
            String kind = kerasKind(layer);
            Map<String, Tensor> own = Map.of();
            if (kind != null) {
                int index = seen.merge(kind, 1, Integer::sum) - 1;
                own = tensors(layer, variables(source, narrow.nameOf(i), kind, index));
            }
            tensors.add(own);
            Tensor first = first(own);
            if (inputs == 0 && first != null) {
                // Layers below may add to the width, or double it.
                int slope = wider.inputsOf(i) - narrow.inputsOf(i);
                inputs =
                        1 + (first.dimension(isVector(first) ? 0 : 1) - narrow.inputsOf(i)) / slope;
            }
        }
        return ModelFile.of(file, parsed(Math.max(1, inputs)), tensors);
    }

    private LayerVariables variables(KerasSource source, String name, String kind, int index)
            throws ModelFormatException {
        LayerVariables variables = source.layer(name, kind, index);
        if (variables == null) {
            throw new ModelFormatException(
                    file,
                    "layer " + name,
                    "has no weights in the file; need those of the %s number %d"
                            .formatted(kind, index + 1));
        }
        return variables;
    }

    /** The tensor that tells how wide a layer's input is; null if it has none. */
    private static @Nullable Tensor first(Map<String, Tensor> own) {
        Tensor recurrent = own.get("weight_ih_l0");
        // An embedding has a weight alone, which does not tell.
        return recurrent != null ? recurrent : own.containsKey("bias") ? own.get("weight") : null;
    }

    private static boolean isVector(Tensor tensor) {
        return tensor.shape().size() == 1;
    }

    private Network parsed(int inputs) throws ModelFormatException {
        try {
            return Network.parse(words, inputs);
        } catch (IllegalArgumentException e) {
            throw new ModelFormatException(file, "network", String.valueOf(e.getMessage()), e);
        }
    }

    /** Keras' class of a layer; null for a layer without weights. */
    private static @Nullable String kerasKind(Layer layer) {
        if (layer instanceof Lstm) {
            return "LSTM";
        }
        if (layer instanceof Gru) {
            return "GRU";
        }
        if (layer instanceof Bidirectional) {
            return "Bidirectional";
        }
        if (layer instanceof Dense) {
            return "Dense";
        }
        if (layer instanceof Embedding) {
            return "Embedding";
        }
        return layer instanceof LayerNorm ? "LayerNormalization" : null;
    }

    private static Map<String, Tensor> tensors(Layer layer, LayerVariables variables)
            throws IOException {
        if (layer instanceof Lstm || layer instanceof Gru) {
            return GateOrder.recurrent(layer instanceof Gru, variables.take("cell", 3, 0), "");
        }
        if (layer instanceof Bidirectional both) {
            return GateOrder.bidirectional(both.layer() instanceof Gru, variables, true);
        }
        if (layer instanceof Dense) {
            return GateOrder.dense(variables.take("", 2, 0));
        }
        if (layer instanceof Embedding) {
            return Map.of("weight", variables.take("", 1, 0).get(0));
        }
        List<Tensor> norm = variables.take("", 2, 0);
        return Map.of("weight", norm.get(0), "bias", norm.get(1));
    }
}
