package org.cellstream.jobs.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** A graph of ONNX while it is put together, or the body of one of its operations. */
final class OnnxGraph {

    /** Version 8 of the format, operator set 17: what ONNX Runtime takes since 1.12. */
    private static final int FORMAT = 8;

    private static final int OPERATORS = 17;

    /** ONNX' number of the type of 32-bit floats. */
    static final int FLOAT = 1;

    /** ONNX' number of the type of 64-bit floats. */
    static final int DOUBLE = 11;

    /** ONNX' number of the type of whole numbers. */
    static final int INT64 = 7;

    private static final int ATTRIBUTE_FLOAT = 1;
    private static final int ATTRIBUTE_INT = 2;
    private static final int ATTRIBUTE_TEXT = 3;
    private static final int ATTRIBUTE_GRAPH = 5;
    private static final int ATTRIBUTE_INTS = 7;

    private final OnnxMessage graph;

    OnnxGraph(String name) {
        graph = new OnnxMessage().text(2, name);
    }

    /** A value of floats that goes in; dimensions are numbers, or names of free ones. */
    void input(String name, List<Object> shape) {
        graph.message(11, value(name, shape));
    }

    /** A value of floats that comes out. */
    void output(String name, List<Object> shape) {
        graph.message(12, value(name, shape));
    }

    private static OnnxMessage value(String name, List<Object> shape) {
        OnnxMessage dimensions = new OnnxMessage();
        for (Object size : shape) {
            OnnxMessage dimension = new OnnxMessage();
            if (size instanceof Integer number) {
                dimension.number(1, number);
            } else {
                dimension.text(2, size.toString());
            }
            dimensions.message(1, dimension);
        }
        OnnxMessage tensor = new OnnxMessage().number(1, FLOAT).message(2, dimensions);
        return new OnnxMessage().text(1, name).message(2, new OnnxMessage().message(1, tensor));
    }

    /** A constant of floats. */
    void constant(String name, float[] values, int... shape) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
        bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
        constant(name, FLOAT, bytes.array(), shape);
    }

    /** A constant list of 64-bit floats. */
    void constant(String name, double... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Double.BYTES);
        bytes.order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().put(values);
        constant(name, DOUBLE, bytes.array(), values.length);
    }

    /** A constant list of whole numbers. */
    void constant(String name, long... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Long.BYTES);
        bytes.order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().put(values);
        constant(name, INT64, bytes.array(), values.length);
    }

    private void constant(String name, int type, byte[] bytes, int... shape) {
        OnnxMessage tensor = new OnnxMessage();
        for (int size : shape) {
            tensor.number(1, size);
        }
        graph.message(5, tensor.number(2, type).text(8, name).bytes(9, bytes));
    }

    /**
     * An operation.
     *
     * @param attributes of it
     */
    void node(String kind, List<String> inputs, List<String> outputs, OnnxMessage... attributes) {
        OnnxMessage node = new OnnxMessage();
        inputs.forEach(name -> node.text(1, name));
        outputs.forEach(name -> node.text(2, name));
        node.text(3, outputs.get(0)).text(4, kind);
        for (OnnxMessage attribute : attributes) {
            node.message(5, attribute);
        }
        graph.message(1, node);
    }

    /** An operation with one output; gives the output's name. */
    String node(String kind, String output, List<String> inputs, OnnxMessage... attributes) {
        node(kind, inputs, List.of(output), attributes);
        return output;
    }

    static OnnxMessage attribute(String name, long value) {
        return new OnnxMessage().text(1, name).number(3, value).number(20, ATTRIBUTE_INT);
    }

    static OnnxMessage attribute(String name, double value) {
        return new OnnxMessage().text(1, name).real(2, (float) value).number(20, ATTRIBUTE_FLOAT);
    }

    static OnnxMessage attribute(String name, String value) {
        return new OnnxMessage().text(1, name).text(4, value).number(20, ATTRIBUTE_TEXT);
    }

    /** A list of whole numbers. */
    static OnnxMessage list(String name, long... values) {
        OnnxMessage attribute = new OnnxMessage().text(1, name);
        for (long value : values) {
            attribute.number(8, value);
        }
        return attribute.number(20, ATTRIBUTE_INTS);
    }

    /** What an operation does in each of its steps; it may use the constants of the graph. */
    static OnnxMessage body(OnnxGraph body) {
        return new OnnxMessage().text(1, "body").message(6, body.graph).number(20, ATTRIBUTE_GRAPH);
    }

    byte[] toBytes() {
        return new OnnxMessage()
                .number(1, FORMAT)
                .text(2, "cellstream")
                .message(7, graph)
                .message(8, new OnnxMessage().text(1, "").number(2, OPERATORS))
                .toBytes();
    }
}
