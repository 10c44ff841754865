package org.cellstream.benchmarks.harness;

/** What a job does with each event, apart from emitting a forecast. */
public enum Form {
    /** Nothing: the price of moving the event. */
    NO_OP("noOp"),

    /** Reads and writes as many bytes as ours remembers of a key. */
    PLAIN_STATE("plainState"),

    /** The forecasting operator. */
    OURS("ours"),

    /** DL4J's {@code rnnTimeStep}, one event a call. */
    DL4J("dl4j"),

    /** A session of ONNX Runtime, one event a call. */
    ONNX_RUNTIME("onnxRuntime");

    private final String system;

    Form(String system) {
        this.system = system;
    }

    /** Its name in reports. */
    public String system() {
        return system;
    }

    static Form of(String system) {
        for (Form form : values()) {
            if (form.system.equals(system)) {
                return form;
            }
        }
        throw new IllegalArgumentException(
                "the system is %s; need one of noOp, plainState, ours, dl4j, onnxRuntime"
                        .formatted(system));
    }
}
