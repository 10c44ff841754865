package org.cellstream.nn;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What a recurrent layer makes of its sums. In text {@code lstm(64, activation=relu)} and {@code
 * recurrent-activation=hard_sigmoid}, after Keras' names of them.
 *
 * <p>The kernels know the usual two by heart; others run one number at a time, several times
 * slower.
 *
 * @param activation of the candidate, and of the cell an LSTM shows; tanh unless given
 * @param recurrent of the gates; sigmoid unless given
 */
public record CellFunctions(Activation activation, Activation recurrent) implements Serializable {

    /** tanh and sigmoid. */
    public static final CellFunctions USUAL =
            new CellFunctions(
                    Activation.of(ActivationFunction.TANH),
                    Activation.of(ActivationFunction.SIGMOID));

    static final String ACTIVATION = "activation";
    static final String RECURRENT = "recurrent-activation";

    public CellFunctions {
        check(ACTIVATION, activation);
        check(RECURRENT, recurrent);
    }

    private static void check(String name, Activation activation) {
        if (!activation.function().isToldByValue()) {
            List<String> allowed = new ArrayList<>();
            for (ActivationFunction function : ActivationFunction.values()) {
                if (function.isToldByValue()) {
                    allowed.add(function.word());
                }
            }
            throw new IllegalArgumentException(
                    "%s of a recurrent layer is %s; allowed are %s"
                            .formatted(name, activation, String.join(", ", allowed)));
        }
    }

    /** The functions that a layer's word names. */
    static CellFunctions read(LayerWord word) {
        LayerWord activation = word.argument(ACTIVATION);
        LayerWord recurrent = word.argument(RECURRENT);
        return new CellFunctions(
                activation == null ? USUAL.activation : Activation.read(activation),
                recurrent == null ? USUAL.recurrent : Activation.read(recurrent));
    }

    /** Whether the kernels know them. */
    public boolean areUsual() {
        return equals(USUAL);
    }

    /** The arguments that are read again, each with a comma before it; empty if all are usual. */
    @Override
    public String toString() {
        return argument(ACTIVATION, activation, USUAL.activation)
                + argument(RECURRENT, recurrent, USUAL.recurrent);
    }

    private static String argument(String name, Activation given, Activation usual) {
        return given.equals(usual) ? "" : ", " + name + "=" + given;
    }
}
