package org.cellstream.loss;

/** Functions that bring outputs, which may be any number, to where they mean something. */
final class Outputs {

    private Outputs() {}

    /** log(1 + exp(x)), above 0 or, far below, 0; without overflow. */
    static double softplus(double x) {
        return Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
    }

    /** 1 / (1 + exp(-x)), the slope of softplus. */
    static double sigmoid(double x) {
        double small = StrictMath.exp(-Math.abs(x));
        return (x >= 0 ? 1 : small) / (1 + small);
    }

    /** That there are as many outputs as the loss of one target needs. */
    static void need(Loss loss, int outputs, int needed) {
        if (outputs != needed) {
            throw new IllegalArgumentException(
                    "the network has %d outputs; the loss %s needs %d, so end it with dense(%d)"
                            .formatted(outputs, loss, needed, needed));
        }
    }

    static boolean isClass(float label, int classes) {
        return label >= 0 && label < classes && label == Math.rint(label);
    }
}
