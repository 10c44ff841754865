package org.cellstream.jobs.model;

import org.cellstream.model.ModelFormatException;

/**
 * Keras' activations in the words of a network here.
 *
 * @param version of the Keras that wrote the file; empty if it does not say
 */
record KerasFunctions(String version) {

    /** The activation that an option of a layer names. */
    String word(KerasLayer layer, String option, String missing) throws ModelFormatException {
        String name = layer.text(option, missing);
        return switch (name) {
            case "leaky_relu" -> "leaky_relu(0.2)"; // Keras' slope, not PyTorch's
            case "silu" -> "swish";
            case "hard_sigmoid" -> hardSigmoid(layer, option);
            default -> name;
        };
    }

    /** Keras 2 has {@code clip(0.2 x + 0.5)}, Keras 3 {@code relu6(x + 3) / 6}. */
    private String hardSigmoid(KerasLayer layer, String option) throws ModelFormatException {
        if (version.startsWith("2.") || version.startsWith("1.")) {
            return "hard_sigmoid(0.2)";
        }
        if (version.startsWith("3.")) {
            return "hard_sigmoid";
        }
        throw layer.refused(
                option,
                "hard_sigmoid, which Keras 2 and Keras 3 compute in two ways; need a file that says"
                        + " its keras_version, not \"%s\"".formatted(version));
    }
}
